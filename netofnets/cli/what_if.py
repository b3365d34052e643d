"""``netofnets what-if`` and ``netofnets lineage``: answers that pages give, on the terminal or as JSON."""

from __future__ import annotations

import click

from netofnets.cli.options import format_option, home_option, settings_from

__all__ = ["lineage", "what_if"]


@click.command("what-if")
@click.option("--without", metavar="LEADER", default="", help="This leader steps back.")
@click.option("--meet", nargs=2, metavar="LEADER LEADER", default=("", ""), help="These two begin to work together.")
@click.option("--join", nargs=2, metavar="NETWORK NETWORK", default=("", ""), help="These two become one network.")
@format_option("text", "json", default="text")
@home_option
def what_if(without: str, meet: tuple[str, str], join: tuple[str, str], form: str, home: str | None) -> None:
    """Say what one change would do between networks: how far they are, in how many pieces, on whom they hang.

    LEADER and NETWORK are ids, or names as far as only one has them. It is about networks, no verdict on a person.
    """
    from netofnets.cli.output import print_answer
    from netofnets.services.answers import Answers
    from netofnets.services.networks.what_if import required

    with Answers.current(settings_from(home=home).home) as answers:
        print_answer(required(answers.what_if(without=without, meet=meet, join=join)), form)


@click.command("lineage")
@click.argument("leader")
@format_option("text", "json", default="text")
@home_option
def lineage(leader: str, form: str, home: str | None) -> None:
    """Say whom a leader brought in by mentoring, showing work and leading together, and how far it spread.

    LEADER is an id, or a name as far as only one has it.
    """
    from netofnets.cli.output import print_answer
    from netofnets.services.answers import Answers

    with Answers.current(settings_from(home=home).home) as answers:
        print_answer(answers.lineage(leader), form)

"""``netofnets what-if`` and ``netofnets lineage``: answers that pages give, on the terminal or as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netofnets.cli.options import answers_from, as_of_option, format_option, home_option
from netofnets.cli.output import FORMATS

if TYPE_CHECKING:
    import pyarrow as pa

    from netofnets.services.networks.what_if import WhatIf

__all__ = ["lineage", "what_if"]


@click.command("what-if")
@click.option("--without", metavar="LEADER", default="", help="This leader steps back.")
@click.option("--meet", nargs=2, metavar="LEADER LEADER", default=("", ""), help="These two begin to work together.")
@click.option("--join", nargs=2, metavar="NETWORK NETWORK", default=("", ""), help="These two become one network.")
@format_option(*FORMATS)
@click.option("--output", metavar="FILE", help="Write here instead of printing.")
@home_option
@as_of_option
def what_if(
    without: str,
    meet: tuple[str, str],
    join: tuple[str, str],
    form: str,
    output: str | None,
    home: str | None,
    as_of: str | None,
) -> None:
    """Say what one change would do between networks: how far they are, in how many pieces, on whom they hang.

    One row a pair of networks (or a network) that it would change. LEADER and NETWORK are ids, or names as far as only
    one has them. It is about networks, no verdict on a person.
    """
    from netofnets.cli.output import print_table
    from netofnets.services.networks.what_if import required

    with answers_from(home, as_of) as answers:
        answer = required(answers.what_if(without=without, meet=meet, join=join, limit=None))
    click.echo(f"{answer.asked} {answer.summary} {answer.pieces} {answer.left_out}".rstrip(), err=True)
    print_table(_table(answer), form, output)


def _table(answer: WhatIf) -> pa.Table:
    import pyarrow as pa

    sorts = {"distance": answer.distances, "hangs on one": answer.hanging, "reaches others by": answer.dependence}
    rows = [(what, one) for what, found in sorts.items() for one in found]
    columns = {
        "what": [what for what, _ in rows],
        "first": [one.first.id for _, one in rows],
        "first_name": [one.first.name for _, one in rows],
        "second": [one.second.id if one.second else None for _, one in rows],
        "second_name": [one.second.name if one.second else None for _, one in rows],
        "before": [one.before for _, one in rows],
        "after": [one.after for _, one in rows],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


@click.command("lineage")
@click.argument("leader")
@format_option("text", "json", default="text")
@home_option
@as_of_option
def lineage(leader: str, form: str, home: str | None, as_of: str | None) -> None:
    """Say whom a leader brought in by mentoring, showing work and leading together, and how far it spread.

    LEADER is an id, or a name as far as only one has it.
    """
    from netofnets.cli.output import print_answer

    with answers_from(home, as_of) as answers:
        print_answer(answers.lineage(leader), form)

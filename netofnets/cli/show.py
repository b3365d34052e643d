"""``netofnets show``: what a page says of a leader, a network, an interest and so on, on the terminal."""

from __future__ import annotations

from collections.abc import Callable

import click

from netofnets.cli.options import answers_from, as_of_option, format_option, home_option

__all__ = ["show"]

_KINDS = ("leader", "network", "interest", "organization", "credential")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("which")
@format_option("text", "json", default="text")
@home_option
@as_of_option
def show(kind: str, which: str, form: str, home: str | None, as_of: str | None) -> None:
    """Print all that the page of a leader, a network, an interest, an organization or a credential says.

    WHICH is an id, or a name as far as only one has it. As JSON it is the page's own twin, key by key.
    """
    from netofnets.cli.output import print_answer

    with answers_from(home, as_of) as answers:
        ask: dict[str, Callable[[str], object]]
        ask = {"leader": answers.profile, "network": answers.network, "interest": answers.interest}
        ask |= {"organization": answers.organization, "credential": answers.credential}
        print_answer(ask[kind](which), form)

"""``netofnets gap``: set a gap between two networks aside, or take it up again."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.schema.topics import GAP_STATES

__all__ = ["gap"]


@click.command("gap")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--state", type=click.Choice(GAP_STATES), required=True, help="Set aside, or open again.")
@click.option("--who", required=True, help="Who decided.")
@click.option("--why", default="", help="The reason, in a sentence.")
@home_option
@store_option
def gap(first: str, second: str, state: str, who: str, why: str, home: str | None, store: str | None) -> None:
    """Set the gap between networks A and B (ids) aside, or take it up again; `netofnets gaps` lists all that there are.

    The page of gaps follows at once, other pages from the next `netofnets publish` on. Nothing leaves the log.
    """
    from netofnets.desk.gap import settle_gap
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        settle_gap(opened, first, second, state, who=who, why=why)
    finally:
        opened.close()
    click.echo(f"{first} and {second}: {'set aside' if state == 'aside' else 'open'}.")

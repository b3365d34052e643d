"""``netofnets name-community``: give a community a name that people know it by, or take it back."""

from __future__ import annotations

import click

from netofnets.cli.options import home_option, settings_from, store_option

__all__ = ["name_community"]


@click.command("name-community")
@click.argument("community", metavar="ID")
@click.argument("name")
@click.option("--who", required=True, help="Who decided.")
@click.option("--why", default="", help="The reason, in a sentence.")
@home_option
@store_option
def name_community(community: str, name: str, who: str, why: str, home: str | None, store: str | None) -> None:
    """Call community ID (its number) NAME, wherever its description showed; an empty NAME ("") takes it back.

    It shows from the next `netofnets publish` on, for organizers only, and follows the number from one publication to
    the next. Every name that was given stays in the log.
    """
    from netofnets.desk.rename import name_community as append
    from netofnets.graph.published import Published
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        with Published.current(settings.home) as published:
            made = append(opened, published, community, name, who=who, why=why)
    finally:
        opened.close()
    called = f"is called {made.value!r}" if made.value else "goes by its description again"
    click.echo(f"Community {made.subjects[0]} {called}. Run `netofnets publish` for it to show.")

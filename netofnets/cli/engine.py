"""``netofnets engine``: whether another engine gives the same as this process, and its communities."""

from __future__ import annotations

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.engines import ENGINES, open_engine

__all__ = ["engine"]


@click.command()
@click.argument("name", type=click.Choice(ENGINES))
@home_option
@store_option
@click.option(
    "--communities", metavar="FILE", help="Write the communities that the engine finds (kind, id, community)."
)
@click.option("--resolution", type=float, default=1.0, show_default=True, help="Of these communities.")
@format_option("table", "csv", "json")
def engine(
    name: str, home: str | None, store: str | None, communities: str | None, resolution: float, form: str
) -> None:
    """Compute the joins of what is published on an engine, and say whether they are the same as those of this process.

    With --communities: Leiden on the affiliation graph, on this process or by Graph Data Science (engine neo4j). Two
    implementations of Leiden differ; how far it agrees with what is published is printed.
    """
    from netofnets.cli.output import print_table
    from netofnets.engines.trial import communities_of, trial
    from netofnets.graph.published import Published
    from netofnets.services.viewer import ORGANIZER

    settings = settings_from(home=home, store=store, engine=name)
    with Published.current(settings.home) as published, open_engine(settings) as chosen:
        edition = ORGANIZER.edition(published)
        standing = edition.table("communities")
        if communities is None:
            print_table(trial(edition.present, standing, chosen), form)
            return
        found, alike = communities_of(edition.present, standing, chosen, resolution, settings.integer("seed"))
        print_table(found, "csv", communities)
        click.echo(
            f"{len(found['community'].unique().drop_null())} communities, agreement with those published {alike:.3f}"
        )

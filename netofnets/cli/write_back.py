"""``netofnets write-back``: put the published results onto the nodes in Neo4j, for Browser, Bloom and Cypher."""

from __future__ import annotations

from datetime import UTC, datetime

import click

import netofnets
from netofnets.cli.options import home_option, settings_from, store_option
from netofnets.errors import NotSupported

__all__ = ["write_back"]


@click.command()
@home_option
@store_option
def write_back(home: str | None, store: str | None) -> None:
    """Write results back to Neo4j: nn_ properties, and communities, blocks and overlaps for Browser and Bloom.

    Each Community and NetworkBlock hangs on the AnalysisRun that found it; networks that share more people than chance
    explains are tied by OVERLAPS_WITH. The next write-back replaces all of it; no fact is ever read from it.
    """
    from netofnets.graph.published import Published
    from netofnets.services.write_back import analysis_findings, analysis_results
    from netofnets.store import open_store
    from netofnets.store.base import Ability, AnalysisRun, WritesBack

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        if Ability.WRITE_BACK not in opened.abilities or not isinstance(opened, WritesBack):
            raise NotSupported(f"{settings.store} cannot take results back; use --store neo4j://HOST:7687")
        with Published.current(settings.home) as published:
            tables, parameters = analysis_results(published)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            run = AnalysisRun(published.run, published.content_hash, parameters, netofnets.__version__, now)
            things, ties = analysis_findings(published)
            written = opened.write_back(run, tables, things, ties)
    finally:
        opened.close()
    click.echo(f"Wrote results of run {published.run} ({published.content_hash[:12]}) onto {written} nodes.")
    beside = [f"{one.table.num_rows} {one.label}" for one in things]
    beside += [f"{one.table.num_rows} {one.type} ({one.start})" for one in ties]
    click.echo(f"Beside them: {', '.join(beside)}.")

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
    """Write communities and bridging scores back to Neo4j as nn_ properties, with an AnalysisRun node."""
    from netofnets.graph.published import Published
    from netofnets.services.write_back import analysis_results
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
            written = opened.write_back(run, tables)
    finally:
        opened.close()
    click.echo(f"Wrote results of run {published.run} ({published.content_hash[:12]}) onto {written} nodes.")

"""``netofnets status``: which store, which run, which snapshot, how much."""

from __future__ import annotations

import json
from typing import Any

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.errors import NotPublished
from netofnets.settings import Settings

__all__ = ["status"]


@click.command()
@home_option
@store_option
@format_option("table", "json")
def status(home: str | None, store: str | None, form: str) -> None:
    """Print the store, its last run, the published snapshot, counts and content hash."""
    settings = settings_from(home=home, store=store)
    found = _found(settings)
    if form == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for name, value in found.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name.replace('_', ' '):14} {'; '.join(shown) if isinstance(shown, list) else shown}")


def _found(settings: Settings) -> dict[str, Any]:
    from netofnets.graph.published import Published
    from netofnets.store import open_store

    opened = open_store(settings.store, settings, reading=True)
    try:
        stored = opened.status()
    finally:
        opened.close()
    found: dict[str, Any] = {
        "home": str(settings.home),
        "store": stored.url,
        "store_detail": stored.detail,
        "run": stored.run,
        "sources": list(stored.sources),
        "counts": {kind: count for kind, count in stored.counts.items() if count},
    }
    try:
        with Published.current(settings.home) as published:
            found |= {
                "snapshot": published.folder.name,
                "snapshot_run": published.run,
                "content_hash": published.content_hash,
                "up_to_date": published.run >= stored.run,
                "editions": {n: e["content_hash"] for n, e in published.manifest["editions"].items()},
            }
    except NotPublished:
        found |= {"snapshot": None, "content_hash": None, "up_to_date": False}
    return found

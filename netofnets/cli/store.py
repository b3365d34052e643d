"""``netofnets store``: look through the book of record, put it right, copy it to another store."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.schema.text import escape_controls

if TYPE_CHECKING:
    from netofnets.store.audit import Audit

__all__ = ["store"]

_SHOWN = 50  # findings on the terminal


@click.group()
def store() -> None:
    """Check, mend or copy the store: the claims of sources are the truth, and everything else follows from them."""


@store.command()
@home_option
@store_option
@format_option("text", "json", default="text")
def check(home: str | None, store: str | None, form: str) -> None:
    """Derive everything from the claims again and name what differs, or is damaged; nothing is written.

    The exit code is 1 when something was found.
    """
    from netofnets.store import open_store
    from netofnets.store.mending import check as look

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings, reading=True)) as opened:
        found = look(opened)
    if form == "json":
        listed = {"looked_at": found.looked_at, "findings": [asdict(finding) for finding in found.findings]}
        click.echo(json.dumps({**listed, "load_again": list(found.load_again)}, indent=1, ensure_ascii=False))
    else:
        _say(found)
    if found.findings:
        sys.exit(1)


@store.command()
@home_option
@store_option
def repair(home: str | None, store: str | None) -> None:
    """Put right what `netofnets store check` finds: what stands becomes what the claims say, in one run."""
    from netofnets.store import open_store
    from netofnets.store.mending import repair as mend

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings)) as opened:
        found = mend(opened)
    _say(found)
    if found.findings:
        click.echo("Put right. Run `netofnets publish` for it to take effect.")


@store.command()
@home_option
@store_option
@click.option("--forget", "forgetting", is_flag=True, help="Withdraw what was adopted: sources alone are heard again.")
def adopt(home: str | None, store: str | None, forgetting: bool) -> None:
    """Keep what somebody edited in Neo4j itself as a source of its own, and put right what cannot be kept.

    Such an edit corrects what other sources say, is shown with its day, survives every load, and goes with --forget.
    """
    from netofnets.schema.records import BY_HAND
    from netofnets.store import open_store
    from netofnets.store.erasure_key import kept_marks
    from netofnets.store.hands import adopt as keep
    from netofnets.store.hands import forget
    from netofnets.store.mending import repair as mend

    settings = settings_from(home=home, store=store)
    with closing(open_store(settings.store, settings)) as opened:
        kept = forget(opened) if forgetting else keep(opened, kept_marks(settings.home))
        mended = mend(opened, deletions_stand=not forgetting)
    done = "withdrawn" if forgetting else "adopted"
    click.echo(f"{kept:,} claims of the source '{BY_HAND}' {done}; {len(mended.findings):,} findings put right.")
    if mended.deleted and not forgetting:
        sources = escape_controls(", ".join(mended.deleted))
        click.echo(f"What was deleted stays away until a new file of its source states it again: {sources}")
    if kept or mended.findings:
        click.echo("Run `netofnets publish` for it to take effect.")


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@home_option
def copy(source: str, target: str, home: str | None) -> None:
    """Copy a store into an empty one, with all logs: sqlite:PATH or neo4j://HOST:7687. It publishes the same bytes.

    User, password and database of a Neo4j server come from the settings, for both.
    """
    from netofnets.store import open_store
    from netofnets.store.mending import copy as carry

    settings = settings_from(home=home)
    with closing(open_store(source, settings, reading=True)) as given, closing(open_store(target, settings)) as taken:
        done = carry(given, taken)
    click.echo(
        f"Copied {done.nodes_and_relationships:,} nodes and relationships with {done.claims:,} claims, "
        f"{done.past:,} past claims, {done.logs:,} rows of the logs and {done.runs:,} runs to {target}."
    )


def _say(found: Audit) -> None:
    if not found.findings:
        click.echo(f"{found.looked_at:,} nodes and relationships: each is as its claims make it.")
        return
    for finding in found.findings[:_SHOWN]:
        click.echo(escape_controls(f"{finding.what}: {finding.kind} {finding.id or '(no id)'}: {finding.words}"))
    if len(found.findings) > _SHOWN:
        click.echo(f"and {len(found.findings) - _SHOWN:,} more (--format json lists all)")
    click.echo(f"{len(found.findings):,} findings among {found.looked_at:,} nodes and relationships.")
    if found.load_again:
        sources = escape_controls(", ".join(found.load_again))
        click.echo(f"What these sources stated is lost in part: load them again once the store is repaired: {sources}")

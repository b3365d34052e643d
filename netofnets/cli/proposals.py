"""``netofnets proposals``, ``accept`` and ``reject``: what articles propose, and what somebody says to it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from netofnets.cli.options import home_option, settings_from, store_option

if TYPE_CHECKING:
    from netofnets.desk.answer import Listed
    from netofnets.schema.proposals import Proposal

__all__ = ["accept", "proposals", "reject"]

_who = click.option("--who", required=True, help="Who decided.")
_ids = click.argument("ids", nargs=-1, required=True, metavar="ID...")


@click.command()
@click.option(
    "--state",
    type=click.Choice(["open", "accepted", "rejected", "all"]),
    default="open",
    help="Which of them: those that nobody answered (default), accepted, rejected, or all.",
)
@click.option(
    "--kind", default="", help="Only of this kind: leaders, networks, organizations, interests, memberships ..."
)
@click.option("--file", "file", default="", help="Only from this article.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the answer.")
@home_option
@store_option
def proposals(state: str, kind: str, file: str, form: str, home: str | None, store: str | None) -> None:
    """List what articles propose: leaders, networks, organizations, interests, relations, each with its quote.

    Nothing of it is on the map before `netofnets accept`.
    """
    from netofnets.desk.answer import listed
    from netofnets.schema.proposals import Answer
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        found = listed(opened, *([] if state == "all" else [Answer(state)]))
    finally:
        opened.close()
    wanted = [
        one
        for one in found
        if kind in ("", one.proposal.kind) and file in ("", *(place.file for place in one.proposal.places))
    ]
    if form == "json":
        json.dump([_as_json(one) for one in wanted], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    for one in wanted:
        click.echo(_printable(_as_text(one)))
    click.echo(f"{len(wanted)} proposals. netofnets accept ID... --who NAME, or reject; a beginning of an id will do.")


@click.command()
@_ids
@_who
@click.option("--why", default="", help="The reason, in a sentence.")
@click.option("--as", "same_as", default="", metavar="RECORD", help="It is this one on the map already (one ID only).")
@home_option
@store_option
def accept(ids: tuple[str, ...], who: str, why: str, same_as: str, home: str | None, store: str | None) -> None:
    """Accept proposals: they become claims of the article's source, and their quotes stand on the profile.

    Somebody who is only mentioned becomes a leader by it. A relation needs both ends accepted, before or with it.
    """
    done = _answer(ids, "accepted", who, why, same_as, home, store)
    _report(done, "accepted")


@click.command()
@_ids
@_who
@click.option("--why", default="", help="The reason, in a sentence.")
@home_option
@store_option
def reject(ids: tuple[str, ...], who: str, why: str, home: str | None, store: str | None) -> None:
    """Reject proposals: they are not proposed again; what was accepted before is withdrawn."""
    done = _answer(ids, "rejected", who, why, "", home, store)
    _report(done, "rejected")


def _answer(
    ids: tuple[str, ...], said: str, who: str, why: str, same_as: str, home: str | None, store: str | None
) -> tuple[Proposal, ...]:
    from netofnets.desk.answer import answer
    from netofnets.schema.proposals import Answer
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        return answer(opened, ids, Answer(said), who=who, why=why, same_as=same_as)
    finally:
        opened.close()


def _report(done: tuple[Proposal, ...], said: str) -> None:
    for proposal in done:
        click.echo(_printable(f"{said}: {proposal.words}"))
    click.echo("Run `netofnets publish` for it to take effect.")


def _as_json(one: Listed) -> dict[str, object]:
    told = asdict(one.proposal)
    records = [thing.record(one.proposal.source) for thing in one.proposal.things]
    return {"id": one.id, "state": one.state.value, "says": one.proposal.words, "records": records, **told}


def _as_text(one: Listed) -> str:
    proposal, place = one.proposal, one.proposal.places[0]
    called = f"\n    the map has: {', '.join(proposal.known)} (accept --as)" if proposal.known else ""
    return (
        f"{one.id}  {proposal.words}\n"
        f"    {place.file}, characters {place.start} to {place.end} ({proposal.detector}: {proposal.reason}){called}\n"
        f"    “{' '.join(place.quote.split())}”"
    )


def _printable(text: str) -> str:
    # Control characters from an article must not reach a terminal.
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)

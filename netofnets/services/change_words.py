"""Changes in words: a section for each sort, a row for each person or pair of networks, with how it came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.differences import Differences
from netofnets.analysis.measure import Results
from netofnets.graph.snapshot import Snapshot
from netofnets.language import listed, say, say_count
from netofnets.services.index import EditionIndex, slice_of
from netofnets.services.refs import Ref, ref
from netofnets.services.words import said, share_words

__all__ = ["SECTIONS", "ChangeRow", "Section", "Tables", "section", "summary"]

# Part of Differences -> title. A section is named by its part.
SECTIONS: dict[str, str] = {
    "joined": say("Joined"),
    "left": say("Left"),
    "come": say("In a network for the first time"),
    "gone": say("In no network any more"),
    "met": say("Networks that share somebody now"),
    "parted": say("Networks that share nobody any more"),
    "validated": say("Overlaps beyond chance now"),
    "no_longer_validated": say("Overlaps no longer beyond chance"),
    "connecting": say("Join networks now"),
    "no_longer_connecting": say("No longer join networks"),
    "bridging": say("Called bridging now"),
    "no_longer_bridging": say("No longer called bridging"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A person, a person and a network, or two networks; ``words`` say how it came about or what holds now."""

    first: Ref
    second: Ref | None
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """One sort of change: the first rows, and how many there are."""

    key: str
    title: str
    rows: tuple[ChangeRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Tables:
    """What the words are taken from: both states, their tables, and their days."""

    index: EditionIndex
    before: Snapshot
    after: Snapshot
    was: Results
    now: Results
    since: str
    until: str


def section(tables: Tables, name: str, changed: tuple[Any, ...], limit: int) -> Section:
    """The section of a part of :class:`Differences`, rows by name; words are made for those that are listed."""
    if name in ("joined", "left"):
        sides = ("leaders", "networks")
    elif changed and isinstance(changed[0], tuple):
        sides = ("networks", "networks")
    else:
        return _section(
            name, changed, [_names(tables, "leaders", changed)], limit, lambda one: _person(tables, name, one)
        )
    words: Callable[..., ChangeRow] = _membership if name in ("joined", "left") else _pair
    names = [_names(tables, kind, [pair[at] for pair in changed]) for at, kind in enumerate(sides)]
    return _section(name, changed, names[::-1], limit, lambda pair: words(tables, name, *pair))


def _section(
    name: str, changed: tuple[Any, ...], keys: Sequence[Sequence[Any]], limit: int, words: Callable[[Any], ChangeRow]
) -> Section:
    first = sorted(range(len(changed)), key=lambda row: [key[row] for key in keys])[:limit]
    return Section(name, SECTIONS[name], tuple(words(changed[row]) for row in first), len(changed))


def _names(tables: Tables, kind: str, ids: Sequence[str]) -> list[tuple[str, str]]:
    """What nodes are ordered by: their name, case aside, and their id."""
    at = pc.index_in(pa.array(ids, pa.string()), value_set=tables.after.ids(kind))
    names = tables.after.names(kind).take(at).to_pylist()
    return [((name or "").casefold(), one) for name, one in zip(names, ids, strict=True)]


def summary(found: Differences, since: str) -> str:
    """The changes that most people ask for, in one sentence."""
    if found.empty:
        if since:
            return say("Since {since}, nothing changed that is shown here.", since=since)
        return say("So far, nothing changed that is shown here.")
    told = listed(_told(found))
    if not told:
        return (
            say("Since {since}, less is joined than was.", since=since)
            if since
            else say("So far, less is joined than was.")
        )
    return (
        say("Since {since}, {changes}.", since=since, changes=told)
        if since
        else say("So far, {changes}.", changes=told)
    )


def _told(found: Differences) -> list[str]:
    told = []
    if n := len(found.joined):
        told.append(say_count("{n:,} membership is new", "{n:,} memberships are new", n))
    if n := len(found.left):
        told.append(say_count("{n:,} membership ended", "{n:,} memberships ended", n))
    if n := len(found.met):
        told.append(say_count("{n:,} pair of networks met", "{n:,} pairs of networks met", n))
    if n := len(found.parted):
        told.append(say_count("{n:,} pair parted", "{n:,} pairs parted", n))
    if n := len(found.connecting):
        told.append(say_count("{n:,} person joins networks now", "{n:,} people join networks now", n))
    if n := len(found.bridging):
        told.append(say_count("{n:,} person is newly called bridging", "{n:,} people are newly called bridging", n))
    return told


def _membership(tables: Tables, name: str, leader: str, network: str) -> ChangeRow:
    first, second = _ref(tables, "leaders", leader), _ref(tables, "networks", network)
    spells = _spells(tables.index.record, leader, network)
    if name == "joined":
        days = sorted(s["start"] for s in spells if s["start"] and tables.since < s["start"] <= tables.until)
        return ChangeRow(first, second, _since(days[-1]) if days and tables.since else say("new in the rosters"))
    days = sorted(s["end"] for s in spells if s["end"] and tables.since <= s["end"] < tables.until)
    return ChangeRow(first, second, say("until {day}", day=days[-1]) if days else say("no longer in the rosters"))


def _since(day: str) -> str:
    return say("since {day}", day=day)


def _before(words: str) -> str:
    return say("before: {words}", words=words)


def _spells(record: Snapshot, leader: str, network: str) -> list[dict[str, Any]]:
    edges = record.edges["memberships"]
    rows = slice_of(edges.source, record.position("leaders", leader))
    at = record.position("networks", network)
    return [row for r in rows if edges.target[r] == at for row in edges.table.slice(r, 1).to_pylist()]


def _pair(tables: Tables, name: str, one: str, other: str) -> ChangeRow:
    ends = _ref(tables, "networks", one), _ref(tables, "networks", other)
    lost = name in ("parted", "no_longer_validated")
    table = (tables.was if lost else tables.now)["overlap"]
    row = table.filter(pc.and_(pc.equal(table["first"], one), pc.equal(table["second"], other))).to_pylist()
    words = share_words(row[0]["shared"], row[0]["expected"]) if row else ""
    return ChangeRow(*ends, _before(words) if lost else words)


def _person(tables: Tables, name: str, leader: str) -> ChangeRow:
    measure = "bridges" if name.endswith("bridging") else "connectors"
    words = ""
    if name.endswith(("bridging", "connecting")):
        lost = name.startswith("no_longer")
        table = (tables.was if lost else tables.now)[measure]
        rows = table.filter(pc.equal(table["leader"], leader)).to_pylist()
        words = said(rows[0]) if rows else ""
        words = _before(words) if lost and words else words
    return ChangeRow(_ref(tables, "leaders", leader), None, words)


def _ref(tables: Tables, kind: str, node: str) -> Ref:
    return ref(tables.after, kind, tables.after.position(kind, node))

"""Changes in words: a section for each sort, a row for each person or pair of networks, with how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
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
    memberships = name in ("joined", "left")
    if not changed:
        return Section(name, SECTIONS[name], (), 0)
    if memberships or isinstance(changed[0], tuple):
        sides = ("leaders" if memberships else "networks", "networks")
        order = [_places(tables, kind, [pair[at] for pair in changed]) for at, kind in enumerate(sides)]
    else:
        order = [_places(tables, "leaders", changed)]
    shown = [changed[row] for row in np.lexsort(order)[:limit]]  # the last key counts first: by network, then person
    rows = _memberships if memberships else _pairs if isinstance(changed[0], tuple) else _people
    return Section(name, SECTIONS[name], tuple(rows(tables, name, shown)), len(changed))


def _places(tables: Tables, kind: str, ids: Sequence[str]) -> npt.NDArray[np.int64]:
    """Where each of some nodes stands among them, by name, case aside, and then by id."""
    found = pa.array(ids, pa.string()).dictionary_encode()
    names = tables.after.names(kind).take(pc.index_in(found.dictionary, value_set=tables.after.ids(kind))).to_pylist()
    keys = [((name or "").casefold(), one) for name, one in zip(names, found.dictionary.to_pylist(), strict=True)]
    places = np.empty(len(keys), dtype=np.int64)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    chosen: npt.NDArray[np.int64] = places[found.indices.to_numpy()]
    return chosen


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


def _memberships(tables: Tables, name: str, pairs: Sequence[tuple[str, str]]) -> Iterator[ChangeRow]:
    return (_membership(tables, name, leader, network) for leader, network in pairs)


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


def _pairs(tables: Tables, name: str, pairs: Sequence[tuple[str, str]]) -> Iterator[ChangeRow]:
    lost = name in ("parted", "no_longer_validated")
    table = (tables.was if lost else tables.now)["overlap"].select(["first", "second", "shared", "expected"])
    told = table.filter(pc.is_in(table["first"], value_set=pa.array([one for one, _ in pairs], pa.string())))
    found = {(row["first"], row["second"]): row for row in told.to_pylist()}
    for one, other in pairs:
        row = found.get((one, other))
        words = share_words(row["shared"], row["expected"]) if row else ""
        ends = _ref(tables, "networks", one), _ref(tables, "networks", other)
        yield ChangeRow(*ends, _before(words) if lost else words)


def _people(tables: Tables, name: str, leaders: Sequence[str]) -> Iterator[ChangeRow]:
    found: dict[str, dict[str, Any]] = {}
    lost = name.startswith("no_longer")
    if name.endswith(("bridging", "connecting")):
        table = (tables.was if lost else tables.now)["bridges" if name.endswith("bridging") else "connectors"]
        told = table.filter(pc.is_in(table["leader"], value_set=pa.array(leaders, pa.string())))
        found = {row["leader"]: row for row in told.to_pylist()}
    for leader in leaders:
        words = said(found[leader]) if leader in found else ""
        yield ChangeRow(_ref(tables, "leaders", leader), None, _before(words) if lost and words else words)


def _ref(tables: Tables, kind: str, node: str) -> Ref:
    return ref(tables.after, kind, tables.after.position(kind, node))

"""How the map grew: on each of a few days the members of every network, who was there, and who was shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.layout import disc_radius
from netofnets.analysis.overlap import shared_members
from netofnets.analysis.parts import are_kin
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, say, say_count
from netofnets.services.dated import MOST
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.marks import drawn_people
from netofnets.services.unseen import unseen_in
from netofnets.services.viewer import Role, Viewer

__all__ = ["MOST_DAYS", "Growth", "Presence", "Timeline", "growth", "timeline"]

MOST_DAYS = 24
_MOST_PAIRS = 400  # the same as the map of networks draws at most
_FINER = (1, 3, 12, 60, 120)  # months between two days: the shortest of these that gives few enough
_FIRST = "1900-01-01"  # what is said to have begun before is taken as having begun then


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days that the map can be turned to: the first days of months, quarters or years, and last what is published.

    ``at`` is the place among them of the day that is looked at. Fewer than two: no first or last day is known.
    """

    days: tuple[str, ...]  # ISO; empty for what is published
    at: int
    until: str  # the day as of which the map was published
    untold: str = ""  # why there are no days to choose from, where there are none
    pages: bool = True  # whether each day has its own page; not with so many people that its analyses take minutes


@dataclass(frozen=True, slots=True)
class Presence:
    """A person who is on the map from the day of number ``first`` up to that of number ``last``, both counted."""

    id: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The map on each day of its timeline, where everything stands and is coloured as it does today.

    A network of n members has a disc of radius ``spread`` * sqrt(n) + ``edge``, in units of the map.
    """

    version: str
    days: tuple[str, ...]
    words: tuple[str, ...]  # by day: how much was there
    networks: tuple[str, ...]  # ids
    members: tuple[tuple[int, ...], ...]  # by day, by network
    pairs: tuple[tuple[int, int], ...]  # numbers of two networks
    shared: tuple[tuple[int, ...], ...]  # by day, by pair
    spread: float
    edge: float
    people: tuple[Presence, ...] = ()


def timeline(published: Published, viewer: Viewer) -> Timeline:
    """The days for a slider; a day that is looked at is among them."""
    index = index_of(published, _present(viewer))
    days = index.once("days of growth", lambda: _days(index))
    if not index.people or unseen_in(index, viewer):
        days = ()  # counts of many days, side by side, would tell who came on which
    asked = viewer.as_of if viewer.as_of < index.as_of else ""
    if asked:
        days = tuple(sorted({*days[:-1], asked})) + ("",)
    at, untold = days.index(asked) if days else 0, "" if len(days) > 1 else _untold(index, viewer)
    return Timeline(days, at, index.as_of, untold, index.people <= MOST)


def _untold(index: EditionIndex, viewer: Viewer) -> str:
    """Why a map has no days: nothing is dated, or what is dated may not be told; never that it is not, unless so."""
    if unseen_in(index, viewer) or not (index.people or viewer.sees_people):
        return say("Days are not told here: counts of many days, side by side, would tell who came on which.")
    if _dated(index):
        return say("Up to now no month began between the days that are known here, so the map has no other days.")
    if viewer.role is Role.ORGANIZER:
        return say(
            "Nothing here is dated: no first or last day of a membership is known, so the map has no other days."
        )
    return say("No first or last day of a membership is shown here, so the map has no other days.")


def growth(published: Published, viewer: Viewer, *, people: bool = False) -> Growth:
    """The map on the days of the :func:`timeline`, of what this viewer sees; with ``people``, who was there when.

    Counted from the memberships of each day alone; nothing is analysed, so it takes the same time for many people as
    one look at their memberships for each day.
    """
    index = index_of(published, _present(viewer))
    days = timeline(published, viewer).days
    return index.once(("growth", days, people), lambda: _growth(index, days, people))


def _present(viewer: Viewer) -> Viewer:
    return replace(viewer, as_of="") if viewer.as_of else viewer


def _days(index: EditionIndex) -> tuple[str, ...]:
    """First days of periods from the first change of a membership on, and an empty one for what is published."""
    turns = [day for day in _dated(index) if day <= index.as_of]
    if not turns or not index.as_of:
        return ()
    first, last = max(min(turns), _FIRST), index.as_of
    for months in _FINER:
        found = tuple(day for day in _first_days(first, last, months) if day < last)
        if len(found) < MOST_DAYS:
            break
    return (*found[-(MOST_DAYS - 1) :], "") if found else ()


def _dated(index: EditionIndex) -> list[str]:
    """The different first and last days of memberships."""
    table = index.record.edges["memberships"].table
    known = pa.chunked_array([*table["start"].chunks, *table["end"].chunks], pa.string())
    return [day for day in pc.unique(known).drop_null().to_pylist() if day]


def _first_days(first: str, last: str, months: int) -> list[str]:
    """The first days of periods of so many months; the first of them is the one after ``first``."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    period = (begin.year * 12 + begin.month - 1) // months + 1
    found = []
    while (day := date(period * months // 12, period * months % 12 + 1, 1)) <= end:
        found.append(day.isoformat())
        period += 1
    return found


def _growth(index: EditionIndex, days: tuple[str, ...], people: bool) -> Growth:
    inside = [index.record.at(day or index.as_of).incidence("memberships") for day in days]
    both = [_joined(index.record, members) for members in inside]
    pairs, shared = _heaviest(both)
    networks = index.snapshot.count("networks")
    nothing = float(disc_radius(0))
    return Growth(
        index.version,
        days,
        tuple(_words(members, len(keys)) for members, (keys, _) in zip(inside, both, strict=True)),
        tuple(index.snapshot.ids("networks").to_pylist()),
        tuple(tuple(members.group_sizes.tolist()) for members in inside),
        tuple(zip((pairs // networks).tolist(), (pairs % networks).tolist(), strict=True)),
        tuple(map(tuple, shared.tolist())),
        round(float(disc_radius(1)) - nothing, 6),
        nothing,
        _presences(index, np.array([members.degrees > 0 for members in inside])) if people and days else (),
    )


def _joined(snapshot: Snapshot, members: TwoMode) -> tuple[Ints, Ints]:
    """Pairs of networks that share members, parts and wholes aside, as first * networks + second; and how many."""
    first, second, shared = shared_members(members)
    apart = ~are_kin(snapshot, first, second)
    return (first * members.csr.shape[1] + second)[apart], shared[apart]


def _heaviest(both: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """The pairs that ever shared most, and by day how many they shared."""
    every = np.unique(np.concatenate([keys for keys, _ in both] or [np.zeros(0, dtype=np.int64)]))
    shared = np.zeros((len(both), len(every)), dtype=np.int64)
    for day, (keys, count) in enumerate(both):
        shared[day, np.searchsorted(every, keys)] = count
    kept = np.sort(np.argsort(-shared.max(axis=0, initial=0), kind="stable")[:_MOST_PAIRS])
    return every[kept], shared[:, kept]


def _presences(index: EditionIndex, seen: npt.NDArray[np.bool_]) -> tuple[Presence, ...]:
    """When those who can be on the map of people were in any network; a gap between two memberships is not told."""
    ids, ever = index.snapshot.ids("leaders"), seen.any(axis=0)
    first, last = seen.argmax(axis=0), len(seen) - 1 - seen[::-1].argmax(axis=0)
    drawn = np.flatnonzero(drawn_people(index) & ever).tolist()
    return tuple(Presence(ids[at].as_py(), int(first[at]), int(last[at])) for at in drawn)


def _words(members: TwoMode, pairs: int) -> str:
    networks, people = int((members.group_sizes > 0).sum()), int((members.degrees > 0).sum())
    where = say_count("in {n:,} network", "in {n:,} networks", networks) if networks else say("in no networks")
    if people:
        within = say_count("{n:,} person {where}", "{n:,} people {where}", people, where=where)
    else:
        within = say("no people {where}", where=where)
    if pairs:
        share = say_count("{n:,} pair of networks shares members", "{n:,} pairs of networks share members", pairs)
    else:
        share = say("no pairs of networks share members")
    return joined([within, share], "; ")

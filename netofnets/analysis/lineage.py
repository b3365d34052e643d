"""Lineage: whom a leader brought in to leading, whom these brought in, and how far it spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.snapshot import Snapshot

__all__ = ["BRINGING_IN", "Arc", "Step", "arcs_of", "lineage_from"]

# Kinds of direct ties by which somebody is brought in, and whether it goes from who began to the other: a mentor and
# somebody who asks another to lead together begin; who observes comes to see somebody else's work.
BRINGING_IN: dict[str, bool] = {
    "mentors": True,
    "mentored": True,
    "coaches": True,
    "coached": True,
    "co-led": True,
    "co-leads": True,
    "observed": False,
    "observes": False,
}


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie by which ``to`` was brought in; days are ISO, empty when not known."""

    to: int
    kind: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Step:
    """A person who was reached: in which generation, and by whom (position, kind, day), the earliest first."""

    person: int
    generation: int
    by: tuple[tuple[int, str, str], ...]


def arcs_of(snapshot: Snapshot) -> dict[int, tuple[Arc, ...]]:
    """The ties by which somebody brought others in, for each leader (position) who did."""
    edges = snapshot.edges["collaborations"]
    kinds = pc.utf8_lower(pc.fill_null(edges.table["kind"], ""))
    # Not pc.indices_nonzero: in pyarrow 18.0 it brings the process down where there are no ties at all.
    rows = np.flatnonzero(pc.is_in(kinds, value_set=pa.array(list(BRINGING_IN))).to_numpy())
    told = edges.table.take(pa.array(rows)).to_pylist()
    found: dict[int, list[Arc]] = {}
    for source, target, row in zip(edges.source[rows].tolist(), edges.target[rows].tolist(), told, strict=True):
        if source == target:
            continue
        kind, first = row["kind"].lower(), row["first"] or row["last"] or ""
        one, other = (source, target) if BRINGING_IN[kind] else (target, source)
        found.setdefault(one, []).append(Arc(other, kind, first, row["last"] or first))
    return {one: tuple(sorted(arcs, key=lambda a: (a.to, a.first, a.kind))) for one, arcs in found.items()}


def lineage_from(arcs: Mapping[int, Sequence[Arc]], leader: int) -> tuple[Step, ...]:
    """Everybody whom ``leader`` reached, nearest generation first, then by position.

    A tie hands on only what had arrived: it counts when it was not over before whoever began was reached (days that
    are not known never stop it). The generation is the fewest ties on such a way; cycles end where somebody was reached
    before; somebody with several mentors is one person, and all of them are named.
    """
    arrived: dict[int, str] = {leader: ""}
    generation: dict[int, int] = {leader: 0}
    front, step = {leader: ""}, 0
    while front:
        step += 1
        following: dict[int, str] = {}
        for one in sorted(front):
            for arc in _open(arcs, one, front[one]):
                day = max(front[one], arc.first)
                if arc.to not in arrived or day < arrived[arc.to]:
                    arrived[arc.to] = following[arc.to] = day
                    generation.setdefault(arc.to, step)
        front = following
    by: dict[int, list[tuple[str, int, int, str]]] = {}
    for one, day in arrived.items():
        for arc in _open(arcs, one, day):
            if arc.to != leader:
                by.setdefault(arc.to, []).append((arc.first, generation[one], one, arc.kind))
    return tuple(
        Step(person, generation[person], tuple((one, kind, day) for day, _, one, kind in _nearest(ways)))
        for person, ways in sorted(by.items(), key=lambda item: (generation[item[0]], item[0]))
    )


def _open(arcs: Mapping[int, Sequence[Arc]], one: int, day: str) -> list[Arc]:
    return [arc for arc in arcs.get(one, ()) if not arc.last or arc.last >= day]


def _nearest(ways: list[tuple[str, int, int, str]]) -> list[tuple[str, int, int, str]]:
    """Ways from the generation nearest to the beginning first, then by day."""
    return sorted(ways, key=lambda way: (way[1], way[0], way[2], way[3]))

"""Ways from one person to another over direct ties and networks in common, each past other people than the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.parts import circles
from netofnets.analysis.ties import ties
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["TIE", "Ground", "Way", "ground", "ways"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

TIE = 1.0  # the length of a step over a direct tie


@dataclass(frozen=True)
class Ground:
    """What ways lead over.

    ``member`` is in ``network``, row by row; only networks that are somebody's circle (:func:`parts.circles`). A step
    over a network is ``width`` long: 1 + log10(members), so that being two of ten counts as much as two direct ties.
    """

    memberships: TwoMode
    member: Ints
    network: Ints
    width: Floats  # of each network; infinite for those that are nobody's circle
    tied: sp.csr_array  # symmetric


@dataclass(frozen=True, slots=True)
class Way:
    """People from the one to the other (positions), both included, and the sum of the lengths of the steps."""

    people: tuple[int, ...]
    length: float


def ground(snapshot: Snapshot) -> Ground:
    """The direct ties and memberships of a snapshot with their lengths."""
    memberships = snapshot.incidence("memberships")
    counted = circles(memberships)
    width = np.where(counted, TIE + np.log10(np.maximum(memberships.group_sizes, 1)), np.inf)
    member = np.repeat(np.arange(memberships.csr.shape[0], dtype=np.int64), memberships.degrees)
    network = memberships.csr.indices.astype(np.int64)
    kept = counted[network]
    return Ground(memberships, member[kept], network[kept], width, ties(snapshot))


def ways(over: Ground, start: int, end: int, barred: Mask, *, most: int = 3, steps: int = 4) -> tuple[Way, ...]:
    """At most ``most`` ways of at most ``steps`` steps, the shortest first; no two past the same person.

    ``barred`` are people whom no way may lead past. Each further way is the shortest that is left without the people
    between of those before it (successive removal, which gives disjoint ways where Yen's k shortest paths share all
    but one person). Where the two know each other, further ways use neither their own tie nor their own networks.
    Of equal ways the one with fewer steps, then with the first people by position.
    """
    closed = barred.copy()
    closed[[start, end]] = True
    found: list[Way] = []
    direct = True
    while len(found) < most:
        way = _shortest(over, start, end, closed, direct, steps)
        if way is None:
            break
        found.append(way)
        direct = direct and len(way.people) > 2
        closed[list(way.people[1:-1])] = True
    return tuple(found)


def _shortest(over: Ground, start: int, end: int, closed: Mask, direct: bool, steps: int) -> Way | None:
    reached = _reached(over, start, closed, steps - 1)
    people, lengths = _next_to(over, end, () if direct else over.memberships.groups_of(start))
    if not direct:
        others = people != start
        people, lengths = people[others], lengths[others]
    total = reached[-1][people] + lengths
    if not len(total) or not np.isfinite(total.min()):
        return None
    best = people[np.flatnonzero(_equal(total, total.min()))]
    level = [_level(reached, int(p)) for p in best]
    at = min(range(len(best)), key=lambda n: (level[n], int(best[n])))
    return Way((*_traced(over, reached, int(best[at]), level[at]), end), float(total.min()))


def _reached(over: Ground, start: int, closed: Mask, steps: int) -> list[Floats]:
    """The length of the shortest way from ``start`` to everybody in at most 0, 1, ... steps."""
    length = np.full(len(closed), np.inf)
    length[start] = 0.0
    levels = [length]
    source = np.repeat(np.arange(len(closed)), np.diff(over.tied.indptr))
    for _ in range(steps):
        last = levels[-1]
        into = np.full(len(over.width), np.inf)
        np.minimum.at(into, over.network, last[over.member])
        now = last.copy()
        np.minimum.at(now, over.member, (into + over.width)[over.network])
        np.minimum.at(now, over.tied.indices, last[source] + TIE)
        now[closed] = np.inf
        now[start] = 0.0
        levels.append(now)
    return levels


def _next_to(over: Ground, person: int, without: npt.ArrayLike = ()) -> tuple[Ints, Floats]:
    """Who is one step from a person, and how long that step is; networks ``without`` are not counted."""
    tied = over.tied.indices[over.tied.indptr[person] : over.tied.indptr[person + 1]].astype(np.int64)
    networks = over.memberships.groups_of(person)
    networks = networks[np.isfinite(over.width[networks]) & ~np.isin(networks, without)]
    circles_of = [over.memberships.actors_of(int(n)).astype(np.int64) for n in networks]
    people = np.concatenate([tied, *circles_of])
    lengths = np.concatenate(
        [np.full(len(tied), TIE), *(np.full(len(c), over.width[n]) for n, c in zip(networks, circles_of, strict=True))]
    )
    others = people != person
    return people[others], lengths[others]


def _level(reached: list[Floats], person: int) -> int:
    """In how few steps the shortest way to a person leads."""
    return next(h for h, length in enumerate(reached) if _equal(length[person], reached[-1][person]))


def _traced(over: Ground, reached: list[Floats], person: int, level: int) -> tuple[int, ...]:
    """The people of the shortest way to a person, in their order."""
    way = [person]
    for h in range(level, 0, -1):
        people, lengths = _next_to(over, way[-1])
        fits = _equal(reached[h - 1][people] + lengths, reached[h][way[-1]])
        way.append(int(people[fits].min()))
    return tuple(reversed(way))


def _equal(one: Floats | float, other: Floats | float) -> Mask:
    return np.asarray(np.isclose(one, other, rtol=0.0, atol=1e-9), dtype=bool)

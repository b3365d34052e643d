"""How near two sets of networks are, as of a day: the fewest steps between them, and who is in both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from netofnets.graph.snapshot import Edges, Snapshot

__all__ = ["Between", "as_known_on", "between"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Between:
    """``steps`` from the one to the other, 0 where they have a network in common, None where nothing leads there."""

    steps: int | None
    people: int  # in a network of the one and in a network of the other


def as_known_on(snapshot: Snapshot, day: str) -> Snapshot:
    """What held on ``day`` (ISO): :meth:`Snapshot.at`, without direct ties that are said to have begun later.

    A tie without a first day, and a membership without dates, held always as far as is known.
    """
    held = snapshot.at(day)
    ties = held.edges["collaborations"]
    begun = np.asarray(pc.less_equal(pc.fill_null(ties.table["first"], ""), day).to_numpy(), dtype=bool)
    if begun.all():
        return held
    kept = Edges(ties.source[begun], ties.target[begun], ties.table.filter(pa.array(begun)))
    return held.with_edges({**held.edges, "collaborations": kept})


def between(snapshot: Snapshot, near: sp.csr_array, one: Ints, other: Ints) -> Between:
    """The nearness of two sets of networks (positions); ``near`` has the steps (:class:`what_if.Standing`)."""
    memberships = snapshot.incidence("memberships")
    people = [
        np.unique(np.concatenate([memberships.actors_of(int(n)) for n in side])) if len(side) else np.empty(0, np.int32)
        for side in (one, other)
    ]
    both = len(np.intersect1d(people[0], people[1]))
    if not len(one) or not len(other):
        return Between(None, both)
    distance = dijkstra(near, directed=False, unweighted=True, indices=one, min_only=True)
    fewest = float(distance[other].min())
    return Between(int(fewest) if np.isfinite(fewest) else None, both)

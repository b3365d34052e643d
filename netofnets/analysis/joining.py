"""Who joins which two networks, and how: by being in both, or by working across."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.engine import Engine, entries, pairs
from netofnets.analysis.joins import pairs_across
from netofnets.analysis.local import LOCAL

__all__ = ["Joining", "joining", "pairs_across"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Joining:
    """Every (pair of networks, leader who joins it), sorted by pair and leader; arrays of shape (joinings,).

    ``first`` < ``second`` are networks; ``both`` says whether the leader is in both, ``carried`` is the weight of the
    direct ties between the two at whose end the leader is. ``people`` and ``ties`` are of the pair: leaders in both,
    and the weight of all ties between members of the one and of the other.

    ``share`` is what hangs on the leader. Of a pair joined by people in both: 1 / people. Of a pair joined by ties:
    everybody who works across hangs in equal parts on their partners on the other side, and the leader's share is the
    mean of these parts over all who work across. Of a pair joined in both ways: the mean of the two. The shares of a
    pair add up to 1.
    """

    leader: Ints
    first: Ints
    second: Ints
    both: npt.NDArray[np.bool_]
    carried: Floats
    people: Ints
    ties: Floats
    share: Floats


def joining(belongs: sp.csr_array, direct: sp.csr_array, related: sp.csr_array, engine: Engine = LOCAL) -> Joining:
    """All joinings of networks by leaders.

    ``belongs`` is 0/1 (leaders, networks); ``direct`` counts of ties (leaders, leaders), symmetric and without loops;
    ``related`` is 1 for two networks of which one is part of the other: they are no pair.
    """
    once = sp.csr_array(sp.triu(direct, k=1, format="csr"))
    found = engine.joined(pairs(belongs), entries(once, whole=True), pairs(related))
    first, second, leader, both, carried, partners, hanging = (column.to_numpy() for column in found.columns)
    of = np.cumsum((np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)) - 1  # they come sorted
    people = np.bincount(of[both], minlength=len(of)).astype(np.int64)[of]
    workers = np.bincount(of[partners > 0], minlength=len(of))[of]
    weight = carried.astype(np.float64)
    ties = np.bincount(of, weight, len(of))[of] / 2.0
    ways = (people > 0).astype(np.float64) + (workers > 0)
    share = np.where(both, 1.0 / np.maximum(people, 1), 0.0) + hanging / np.maximum(workers, 1.0)
    return Joining(leader, first, second, both, weight, people, ties, share / np.maximum(ways, 1.0))

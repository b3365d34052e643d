"""What would change on the map if two records were one person, network or organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.spellings import Spelling

__all__ = ["Effect", "named_effects", "touching"]

_Ints = npt.NDArray[np.int32]
_Counts = npt.NDArray[np.int64]
_AT_ONCE = 4_000  # pairs of networks whose neighbours are compared together: some megabytes


@dataclass(frozen=True, slots=True)
class Effect:
    """Pairs of networks that would share more, those that share nothing now, the weight of all, and what it tells."""

    shared: int
    opened: int
    weight: float
    reasons: tuple[str, ...] = ()


def named_effects(snapshot: Snapshot, found: Sequence[Spelling]) -> list[Effect]:
    """The effect of a yes to each of the proposals, all of one kind."""
    if not found:
        return []
    if found[0].kind == "networks":
        return _of_networks(snapshot, found)
    return _of_organizations(snapshot, found)


def touching(belongs: sp.csr_array, pairs: _Counts) -> tuple[_Counts, _Counts]:
    """How many people each of the ``pairs`` of networks shares, and how many networks share somebody with both.

    ``belongs`` is people by networks; a pair is the number of one network times their count, plus that of the other.
    """
    networks = belongs.shape[1]
    asked, inverse = np.unique(pairs, return_inverse=True)
    together = sp.csr_array(belongs.T @ belongs)
    together.setdiag(0)
    together.eliminate_zeros()
    linked = sp.csr_array((np.ones(together.nnz, np.int64), together.indices, together.indptr), shape=together.shape)
    between = np.zeros(len(asked), np.int64)
    for start in range(0, len(asked), _AT_ONCE):
        one, other = np.divmod(asked[start : start + _AT_ONCE], networks)
        between[start : start + _AT_ONCE] = linked[one].multiply(linked[other]).sum(axis=1)
    return _entries(together, asked)[inverse], between[inverse]


def _entries(matrix: sp.csr_array, pairs: _Counts) -> _Counts:
    """The entries of a matrix at these pairs of a row and a column."""
    listed = sp.coo_array(matrix)
    keys = listed.row.astype(np.int64) * matrix.shape[1] + listed.col
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys, pairs, sorter=order), max(len(keys) - 1, 0))
    found = np.zeros(len(pairs), np.int64)
    if len(keys):
        there = keys[order[at]] == pairs
        found[there] = listed.data[order[at]][there]
    return found


def _of_networks(snapshot: Snapshot, found: Sequence[Spelling]) -> list[Effect]:
    """Members of the smaller one would count in the larger one: with whom that shares more, and the two themselves."""
    belongs = snapshot.incidence("memberships")
    effects = []
    for spelling in found:
        at = [snapshot.position("networks", end) for end in (spelling.left, spelling.right)]
        small, large = sorted((belongs.actors_of(one) for one in at), key=len)
        both = int(np.isin(small, large).sum())
        told = (f"{both:,} {'person is' if both == 1 else 'people are'} in both",) if both else ()
        if not len(small):
            effects.append(Effect(0, 0, 0.0, told))
            continue
        now, joining = (_shared_with(belongs.csr, who) for who in (large, np.setdiff1d(small, large)))
        grows = joining > 0
        grows[at] = False
        weight = float((1 / (1 + now[grows])).sum()) + 1 / (1 + both)
        effects.append(Effect(int(grows.sum()) + 1, int((now[grows] == 0).sum()), weight, told))
    return effects


def _shared_with(belongs: sp.csr_array, people: _Ints) -> npt.NDArray[np.int64]:
    """How many of these people are in each network."""
    return np.asarray(np.bincount(belongs[people].indices, minlength=belongs.shape[1]), dtype=np.int64)


def _of_organizations(snapshot: Snapshot, found: Sequence[Spelling]) -> list[Effect]:
    """Networks that partner with one would have it in common with those that partner with the other."""
    supports = snapshot.incidence("partnerships")
    common = sp.csr_array(supports.csr @ supports.csr.T)
    effects = []
    for spelling in found:
        at = [snapshot.position("organizations", end) for end in (spelling.left, spelling.right)]
        one, other = (supports.actors_of(position) for position in at)
        alone, apart = np.setdiff1d(one, other), np.setdiff1d(other, one)
        both = len(np.intersect1d(one, other))
        told = (f"{both:,} {'network partners' if both == 1 else 'networks partner'} with both",) if both else ()
        if not len(alone) or not len(apart):
            effects.append(Effect(0, 0, 0.0, told))
            continue
        now = common[alone][:, apart].toarray()
        effects.append(Effect(now.size, int((now == 0).sum()), float((1 / (1 + now)).sum()), told))
    return effects

"""What would change on the map if two spellings were one network, or one organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.spellings import Spelling

__all__ = ["Effect", "named_effects"]

_Ints = npt.NDArray[np.int32]


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

"""Positions that last: discs stay where they were published last, as long as the map is as good as a fresh one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.packing import joined

__all__ = ["lasting"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_KNOWN = 0.5  # of the discs that must have been there before
_WORSE = 1.25  # as far apart as in the fresh map discs may be that weigh with each other, in the mean
_LOOKED, _ROUNDS = 6, 100
_ROUNDED = 0.03  # lacking distance that rounding explains, in radii of a member's dot: nothing moves for it
_CLOSE = 0.005  # what may be lacking when something has moved


def lasting(fresh: Floats, before: Floats, radius: Floats, weights: sp.csr_array, gap: float) -> Floats:
    """Centres of discs: those ``before`` (NaN: none), moved aside where discs have grown and new ones placed beside.

    No two discs are nearer than ``gap``. The fresh map stands where most discs are new, where there is no room, or
    where discs that weigh with each other are on average farther apart than 1.25 times as far as there.
    """
    known = ~np.isnan(before[:, 0])
    if not len(radius) or known.mean() < _KNOWN:
        return fresh
    placed = joined(np.where(known[:, None], before, 0.0), known, radius, weights, gap)
    centre = _pushed_apart(placed, radius, gap)
    if centre is None or _apart(centre, weights) > _WORSE * _apart(fresh, weights):
        return fresh
    return centre


def _apart(centre: Floats, weights: sp.csr_array) -> float:
    """Mean distance of discs that weigh with each other, by weight."""
    rows = np.repeat(np.arange(len(centre)), np.diff(weights.indptr))
    away = np.hypot(*(centre[rows] - centre[weights.indices]).T)
    return float((away * weights.data).sum() / weights.data.sum()) if weights.nnz else 0.0


def _pushed_apart(centre: Floats, radius: Floats, gap: float) -> Floats | None:
    """Discs that are too near move apart, both half of the way, again and again; None where that finds no end."""
    if _lacking(centre, radius, gap) <= _ROUNDED:
        return centre
    centre = centre.copy()
    for _ in range(_LOOKED):  # who came near meanwhile is looked for again
        first, second = _near(centre, radius, gap)
        need = radius[first] + radius[second] + gap
        for _ in range(_ROUNDS):
            way = centre[second] - centre[first]
            have = np.maximum(np.hypot(*way.T), 1e-9)
            lacking = np.maximum(need - have, 0.0)
            if lacking.max(initial=0.0) <= _CLOSE:
                break
            push = way * (0.5 * lacking / have)[:, None]
            for axis in (0, 1):
                centre[:, axis] += np.bincount(second, push[:, axis], len(centre))
                centre[:, axis] -= np.bincount(first, push[:, axis], len(centre))
        if _lacking(centre, radius, gap) <= _CLOSE:
            return centre
    return None


def _lacking(centre: Floats, radius: Floats, gap: float) -> float:
    """What is lacking between the two discs that lack most of the gap."""
    first, second = _near(centre, radius, gap)
    have = np.hypot(*(centre[second] - centre[first]).T)
    return float((radius[first] + radius[second] + gap - have).max(initial=0.0))


def _near(centre: Floats, radius: Floats, gap: float) -> tuple[Ints, Ints]:
    """Pairs of discs that are nearer than twice the gap; small ones are looked for around large ones only once."""
    from scipy.spatial import cKDTree

    found = []
    order = np.argsort(radius, kind="stable")
    bounds = np.unique(np.searchsorted(radius[order], [0.0, *np.quantile(radius, [0.5, 0.9, 0.99]), np.inf]))
    bands = [order[a:b] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]
    trees = [cKDTree(centre[band]) for band in bands]
    for large, (band, tree) in enumerate(zip(bands, trees, strict=True)):
        for small in range(large + 1):
            reach = float(radius[band].max() + radius[bands[small]].max()) + 2.0 * gap
            pairs = tree.sparse_distance_matrix(trees[small], reach, output_type="coo_matrix")
            first, second = band[pairs.row], bands[small][pairs.col]
            kept = (pairs.data <= radius[first] + radius[second] + 2.0 * gap) & (
                (first < second) if small == large else np.ones(pairs.nnz, dtype=bool)
            )
            found.append((first[kept], second[kept]))
    first, second = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return first.astype(np.int64), second.astype(np.int64)

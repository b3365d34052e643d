"""Ranks with honest uncertainty: how far they move when a fifth of the memberships is left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netofnets.analysis.affiliation import Affiliation
from netofnets.analysis.crossings import Crossings
from netofnets.graph.twomode import TwoMode

__all__ = ["combined_rank", "rank_intervals"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LEFT_OUT = 0.2
_MANY, _FEW, _LARGE = 20, 5, 50_000  # resamples; fewer above so many leaders


def combined_rank(score: Floats, block_score: Floats) -> Ints:
    """Rank by the mean of the places in two scores, 1 is first; equals share the best rank."""
    both = _place(score) + _place(block_score)
    return np.searchsorted(np.sort(both), both, side="left").astype(np.int64) + 1


def _place(score: Floats) -> Floats:
    """Mean place of each value in falling order; equal values (up to rounding) share it."""
    rounded = np.round(score, 9)
    ordered = np.sort(-rounded)
    return (np.searchsorted(ordered, -rounded, "left") + np.searchsorted(ordered, -rounded, "right") + 1) / 2.0


def rank_intervals(
    graph: Affiliation,
    labels: npt.NDArray[np.int32],
    found: Crossings,
    block_of: Ints,
    memberships: TwoMode,
    known: Ints,
    seed: int,
) -> tuple[Ints, Ints]:
    """Smallest and largest rank over the resamples, for the leaders ``known``; communities and blocks are held."""
    resample = _Resample(graph, labels, found, block_of, memberships)
    draws = np.random.default_rng(seed)
    low = np.full(len(known), np.iinfo(np.int64).max)
    high = np.zeros(len(known), dtype=np.int64)
    for _ in range(_MANY if graph.leaders <= _LARGE else _FEW):
        kept = draws.random(memberships.csr.nnz) >= _LEFT_OUT
        rank = combined_rank(*(score[known] for score in resample.scores(kept)))
        low, high = np.minimum(low, rank), np.maximum(high, rank)
    return low, high


class _Resample:
    """Both scores from a part of the memberships; all groupings are prepared once."""

    def __init__(
        self,
        graph: Affiliation,
        labels: npt.NDArray[np.int32],
        found: Crossings,
        block_of: Ints,
        memberships: TwoMode,
    ) -> None:
        self._leaders, self._found = graph.leaders, found
        rows = graph.matrix[: graph.leaders]
        leader = np.repeat(np.arange(graph.leaders, dtype=np.int64), np.diff(rows.indptr))
        width = int(labels.max(initial=-1)) + 2
        codes = leader * width + labels[rows.indices]
        groups, self._group = np.unique(codes, return_inverse=True)
        self._leader_of_group, self._groups = groups // width, len(groups)
        self._weight = rows.data
        self._is_membership = rows.indices >= graph.leaders  # in the order of the membership matrix
        csr = memberships.csr
        member = np.repeat(np.arange(graph.leaders, dtype=np.int64), np.diff(csr.indptr))
        self._slot = _slots(found, member, block_of[csr.indices])
        self._slots = found.blocks.nnz
        self._ends = tuple(_slots(found, found.leader, side) for side in (found.first, found.second))

    def scores(self, kept: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        weight = self._weight.copy()
        weight[self._is_membership] *= kept
        by_group = np.bincount(self._group, weight, self._groups)
        strength = np.bincount(self._leader_of_group, by_group, self._leaders)
        squares = np.bincount(self._leader_of_group, by_group**2, self._leaders)
        score = strength - np.divide(squares, strength, out=np.zeros(self._leaders), where=strength > 0)
        there = np.zeros(self._slots, dtype=bool)
        there[self._slot[kept & (self._slot >= 0)]] = True
        both = there[self._ends[0]] & there[self._ends[1]]
        joint = np.bincount(self._found.leader[both], 1.0 / self._found.found[both], self._leaders)
        return np.asarray(score), np.asarray(joint, dtype=np.float64)


def _slots(found: Crossings, leader: Ints, block: Ints) -> Ints:
    """Index of (leader, block) among the stored entries of ``found.blocks``; -1 for block -1."""
    width = int(found.blocks.shape[1])
    rows = np.repeat(np.arange(found.blocks.shape[0], dtype=np.int64), np.diff(found.blocks.indptr))
    stored = rows * width + found.blocks.indices
    return np.where(block >= 0, np.searchsorted(stored, leader * width + block), -1).astype(np.int64)

"""Choosing introductions: the most promising first, with caps for each person and each pair of networks."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.analysis.introduction_ground import Ground

__all__ = ["Chosen", "Introducible", "choose", "introducible"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Pairs = Sequence[tuple[int, int]]
_Bound = tuple[float, int]


@dataclass(frozen=True)
class Introducible:
    """Pairs of leaders with their likelihood, and the pairs of networks that each would join.

    The pairs of networks of row i are ``code[start[i]:start[i + 1]]``; ``ways`` is what joins each of them today.
    """

    first: Ints
    second: Ints
    likelihood: Floats
    start: Ints
    code: Ints
    ways: Ints

    def pairs(self, row: int) -> Pairs:
        """The pairs of networks of one row, each with what joins it today."""
        span = slice(int(self.start[row]), int(self.start[row + 1]))
        return list(zip(self.code[span].tolist(), self.ways[span].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Chosen:
    """One introduction: its row, what it scored when it was chosen, the gap it closes, the pair of networks named."""

    row: int
    score: float
    gap: float
    code: int


def introducible(
    ground: Ground, first: Ints, second: Ints, likelihood: Floats, only: int | None = None
) -> Introducible:
    """The pairs of leaders with all pairs of networks between them, or with the pair ``only``."""
    row, code = ground.network_pairs(first, second)
    if only is not None:
        row, code = row[code == only], code[code == only]
    start = np.searchsorted(row, np.arange(len(first) + 1))
    return Introducible(first, second, likelihood, start, code, ground.joined.ways(code))


def choose(
    found: Introducible,
    ground: Ground,
    *,
    beta: float,
    rows: int,
    room: Ints,
    per_pair: int,
    under_way: Introducible,
) -> list[Chosen]:
    """At most ``rows`` introductions, each time the one with the largest likelihood x gap^beta; equals by position.

    The gap is summed over the pairs of networks between the two: 1 / (1 + what joins the pair today + introductions
    chosen before that would join it). An introduction is *for* the pair of networks that least joins, and at most
    ``per_pair`` are for one pair. ``room`` is how many introductions each leader has left; those ``under_way``
    count for their networks as if they were chosen first.

    Gaps only shrink as introductions are chosen, so a score computed earlier bounds today's, and few are computed anew
    (lazy greedy: Minoux 1978, doi:10.1007/BFb0006528).
    """
    state = _State(ground.sizes, per_pair, {}, {})
    for begun in range(len(under_way.first)):
        state.take(under_way.pairs(begun))
    left = room.copy()
    bounds = _waiting(found, beta, state)
    heap: list[_Bound] = []
    at, chosen = 0, list[Chosen]()
    while len(chosen) < rows and (heap or at < len(bounds)):
        if heap and (at == len(bounds) or heap[0] <= bounds[at]):
            row = heapq.heappop(heap)[1]
        else:
            row, at = bounds[at][1], at + 1
        pairs = found.pairs(row)
        if state.named(pairs) is None or left[found.first[row]] <= 0 or left[found.second[row]] <= 0:
            continue
        gap = state.gap(pairs)
        score = round(float(found.likelihood[row]) * gap**beta, 9)
        now = (-score, row)
        if (heap and heap[0] < now) or (at < len(bounds) and bounds[at] < now):
            heapq.heappush(heap, now)
            continue
        chosen.append(Chosen(row, score, gap, state.take(pairs)))
        left[found.first[row]] -= 1
        left[found.second[row]] -= 1
    return chosen


@dataclass(frozen=True)
class _State:
    """What has been chosen so far: by pair of networks, how many would join it, and how many are for it."""

    sizes: Ints
    per_pair: int
    joining: dict[int, int]
    meant: dict[int, int]

    def gap(self, pairs: Pairs) -> float:
        """The gap that an introduction would close now."""
        return round(sum(1.0 / (1.0 + ways + self.joining.get(code, 0)) for code, ways in pairs), 9)

    def named(self, pairs: Pairs) -> int | None:
        """The pair of networks that it is for: not full, the least joined, of equals the one with most members."""
        width = max(len(self.sizes), 1)
        told = [
            (ways + self.joining.get(code, 0), -int(self.sizes[code // width] + self.sizes[code % width]), code)
            for code, ways in pairs
            if self.meant.get(code, 0) < self.per_pair
        ]
        return min(told)[-1] if told else None

    def take(self, pairs: Pairs) -> int:
        """Count an introduction as chosen; the pair of networks that it is for, -1 when all are full."""
        named = self.named(pairs)
        for code, _ in pairs:
            self.joining[code] = self.joining.get(code, 0) + 1
        if named is not None:
            self.meant[named] = self.meant.get(named, 0) + 1
        return -1 if named is None else named


def _waiting(found: Introducible, beta: float, state: _State) -> list[_Bound]:
    """Every row with its score before anything is chosen, the largest first."""
    before = np.zeros(len(found.code))
    if state.joining:
        before += [state.joining.get(code, 0) for code in found.code.tolist()]
    row = np.repeat(np.arange(len(found.first)), np.diff(found.start))
    gap = np.round(np.bincount(row, 1.0 / (1.0 + found.ways + before), len(found.first)), 9)
    score = np.round(found.likelihood * gap**beta, 9)
    order = np.lexsort((np.arange(len(score)), -score))
    return list(zip((-score[order]).tolist(), order.tolist(), strict=True))

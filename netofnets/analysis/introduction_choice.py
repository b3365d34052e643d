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
_LAST: _Bound = (np.inf, -1)  # after every row


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
    left, waiting, chosen = room.copy(), _Waiting(_bounds(found, beta, state)), list[Chosen]()
    while len(chosen) < rows and (taken := waiting.next()) is not None:
        row, pairs = taken[0], taken[1] or found.pairs(taken[0])
        first, second = found.first[row], found.second[row]
        if left[first] <= 0 or left[second] <= 0 or not state.has_room(pairs):
            continue
        gap = state.gap(pairs)
        score = round(float(found.likelihood[row]) * gap**beta, 9)
        if waiting.has_before((-score, row)):
            waiting.put((-score, row), pairs)
            continue
        chosen.append(Chosen(row, score, gap, state.take(pairs)))
        left[[first, second]] -= 1
    return chosen


class _Waiting:
    """Rows in the order of their bounds: those of the beginning, sorted once, and those computed anew, in a heap."""

    def __init__(self, score: Floats) -> None:
        self._score, self._order = score, np.argsort(-score, kind="stable")
        self._at, self._first = -1, _LAST
        self._anew: list[tuple[_Bound, Pairs]] = []
        self._go_on()

    def next(self) -> tuple[int, Pairs | None] | None:
        """Take the row with the best bound, with the pairs that :meth:`put` was given; None when there is none left."""
        if self._anew and self._anew[0][0] <= self._first:
            (_, row), pairs = heapq.heappop(self._anew)
            return row, pairs
        row = self._first[1]
        self._go_on()
        return None if row < 0 else (row, None)

    def has_before(self, bound: _Bound) -> bool:
        """Whether some row that waits has a better bound."""
        return bool(self._anew and self._anew[0][0] < bound) or self._first < bound

    def put(self, bound: _Bound, pairs: Pairs) -> None:
        """Let a row wait with a new bound; its pairs of networks need not be gathered again."""
        heapq.heappush(self._anew, (bound, pairs))

    def _go_on(self) -> None:
        """Step to the best of those that have not been taken since the beginning."""
        self._at += 1
        row = int(self._order[self._at]) if self._at < len(self._order) else -1
        self._first = _LAST if row < 0 else (-float(self._score[row]), row)


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

    def has_room(self, pairs: Pairs) -> bool:
        """Whether an introduction may still be for one of these pairs of networks."""
        return any(self.meant.get(code, 0) < self.per_pair for code, _ in pairs)

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


def _bounds(found: Introducible, beta: float, state: _State) -> Floats:
    """The score of every row before anything is chosen."""
    before = np.zeros(len(found.code))
    if state.joining:
        before += [state.joining.get(code, 0) for code in found.code.tolist()]
    row = np.repeat(np.arange(len(found.first)), np.diff(found.start))
    gap = np.round(np.bincount(row, 1.0 / (1.0 + found.ways + before), len(found.first)), 9)
    return np.asarray(np.round(found.likelihood * gap**beta, 9), dtype=np.float64)

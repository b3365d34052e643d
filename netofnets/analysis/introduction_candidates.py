"""Who could be introduced to whom: strangers of different circles who share an interest or a contact."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.introduction_ground import Ground, merged, rows_of
from netofnets.analysis.ties import once

__all__ = ["MOST", "candidates", "within_three_hops"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

MOST = 100_000  # pairs looked at on account of interests, and as many on account of contacts
_DEEP = 4  # with fewer neighbours than this in a topic, fewer topics of each person are looked at
_HUBS = 64
_AT_ONCE = 65_536  # people whose networks are looked at together
_PAIRS = 16_384  # pairs whose ways are looked at together


def candidates(
    ground: Ground,
    able: Bools,
    *,
    apart: Collection[tuple[int, int]] = (),
    between: tuple[int, int] | None = None,
    most: int = MOST,
) -> tuple[Ints, Ints]:
    """Pairs of leaders, the first before the second, in order.

    They name an interest, or know a person, in common; they are in different circles, do not work together, and are not
    among the pairs ``apart``, and have not the same first and last name: that may be one person with two records.
    ``able`` are those who may be introduced. ``between`` two networks: one of the one alone,
    one of the other alone.

    All such pairs are found as long as there are no more than ``most`` pairs with an interest, and with a contact, in
    common; else those whose rarest interests are most alike, a fixed sample that no draw decides.
    """
    sides = None
    if between is not None:
        inside = [np.isin(np.arange(ground.people), _members(ground, network)) for network in between]
        sides = inside[0] & ~inside[1], inside[1] & ~inside[0]
        able = able & (sides[0] | sides[1])
    interests = _alike(_of(ground.interests.csr, able), ground.rarity, most)
    contacts = _of(ground.contacts, able)
    known = _alike(contacts, -np.bincount(contacts.indices, minlength=ground.people).astype(np.float64), most)
    code = merged(*(np.minimum(a, b) * ground.people + np.maximum(a, b) for a, b in (interests, known)))
    first, second = code // max(ground.people, 1), code % max(ground.people, 1)
    decided = np.array([a * ground.people + b for a, b in apart], dtype=np.int64)
    kept = ~np.isin(code, decided)
    if sides is not None:
        kept &= (sides[0][first] & sides[1][second]) | (sides[1][first] & sides[0][second])
    first, second = first[kept], second[kept]
    strangers = rows_of(ground.circle, first, ground.circle, second) == 0
    first, second = first[strangers], second[strangers]
    fresh = np.asarray(ground.direct[first, second]).ravel() == 0 if len(first) else np.empty(0, dtype=bool)
    fresh &= ground.namesake[first] != ground.namesake[second]
    return first[fresh], second[fresh]


def within_three_hops(ground: Ground, first: Ints, second: Ints) -> Bools:
    """Whether a chain of at most three hops leads from the one to the other; a tie or a shared circle is a hop.

    For people in different circles who do not work together: no single hop leads from the one to the other.
    """
    circle = ground.circle
    near = sp.csr_array(circle.T @ circle)  # networks with somebody in both, and each with itself
    hubs = np.argsort(-np.diff(near.indptr), kind="stable")[:_HUBS]
    people, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    reached = np.zeros((len(people), len(hubs)), dtype=bool)
    for begin in range(0, len(people), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        reached[some] = (circle[people[some]] @ near[:, hubs]).toarray() > 0
    # Most are near through the largest networks.
    found: Bools = np.any(reached[place[: len(first)]] & reached[place[len(first) :]], axis=1)
    across = once(sp.csr_array(circle.T @ (ground.direct @ circle)))
    for begin in range(0, len(first), _PAIRS):
        block = slice(begin, begin + _PAIRS)
        found[block] |= _met(ground, near, across, first[block], second[block], ~found[block])
    return found


def _met(ground: Ground, near: sp.csr_array, across: sp.csr_array, first: Ints, second: Ints, asked: Bools) -> Bools:
    """Which of the pairs that are ``asked`` for meet in somebody, or in a network."""
    found = np.zeros(len(first), dtype=bool)
    for way in _WAYS:
        left = np.flatnonzero(asked & ~found)
        if not len(left):
            break
        people, place = np.unique(np.concatenate([first[left], second[left]]), return_inverse=True)
        one, other = way(_Reach(ground, people, near, across))
        found[left] = rows_of(one, place[: len(left)], other, place[len(left) :]) > 0
    return found


class _Reach:
    """What some people reach: networks (n) and people (p) by no hop, by ties (T) and by circles (C); one row each."""

    def __init__(self, ground: Ground, people: Ints, near: sp.csr_array, across: sp.csr_array) -> None:
        self.near, self.across, self.circle, self.tie = near, across, ground.circle, ground.direct
        self.n = sp.csr_array(self.circle[people])
        self.tp = sp.csr_array(self.tie[people])

    @property
    def ttp(self) -> sp.csr_array:
        return once(sp.csr_array(self.tp @ self.tie))

    @property
    def tn(self) -> sp.csr_array:
        return once(sp.csr_array(self.tp @ self.circle))

    @property
    def ttn(self) -> sp.csr_array:
        return once(sp.csr_array(self.ttp @ self.circle))

    @property
    def cn(self) -> sp.csr_array:
        return once(sp.csr_array(self.n @ self.near))

    @property
    def tcn(self) -> sp.csr_array:
        return once(sp.csr_array(self.tn @ self.near))

    @property
    def ctn(self) -> sp.csr_array:
        return once(sp.csr_array(self.n @ self.across))


# Two ends that meet in somebody, or in a network: each word of at most three T and C.
_WAYS: tuple[Callable[[_Reach], tuple[sp.csr_array, sp.csr_array]], ...] = (
    lambda r: (r.cn, r.cn),  # CC, CCC
    lambda r: (r.tp, r.tp),  # TT
    lambda r: (r.tn, r.tn),  # TCT
    lambda r: (r.tn, r.n),  # TC
    lambda r: (r.n, r.tn),  # CT
    lambda r: (r.ctn, r.n),  # CTC
    lambda r: (r.tcn, r.n),  # TCC
    lambda r: (r.n, r.tcn),  # CCT
    lambda r: (r.ttn, r.n),  # TTC
    lambda r: (r.n, r.ttn),  # CTT
    lambda r: (r.ttp, r.tp),  # TTT
)


def _members(ground: Ground, network: int) -> Ints:
    return ground.snapshot.incidence("memberships").actors_of(network).astype(np.int64)


def _of(matrix: sp.csr_array, able: Bools) -> sp.csr_array:
    kept = sp.csr_array(sp.diags_array(able.astype(np.float64)) @ matrix)
    kept.eliminate_zeros()
    return kept


def _alike(holds: sp.csr_array, weight: npt.NDArray[np.float64], most: int) -> tuple[Ints, Ints]:
    """Pairs of rows with a column in common: all of them, or those next to each other in each column.

    In a column people stand in order of what weighs most among their other columns, so that neighbours are alike.
    """
    row = np.repeat(np.arange(holds.shape[0], dtype=np.int64), np.diff(holds.indptr))
    column = holds.indices.astype(np.int64)
    order = np.lexsort((column, -weight[column], row))
    row, column = row[order], column[order]
    place = np.arange(len(row)) - holds.indptr[row]
    degree = np.diff(holds.indptr)[row]
    beside = np.full(len(row), -1, dtype=np.int64)
    several = degree > 1
    beside[several] = column[holds.indptr[row[several]] + (place[several] == 0)]
    for kept in (int(degree.max(initial=0)), 3, 2, 1):
        chosen = place < kept
        sizes = np.bincount(column[chosen], minlength=int(holds.shape[1]))
        reach = _reach(sizes, most)
        if reach >= min(_DEEP, int(sizes.max(initial=0)) - 1):
            break
    row, column, beside = row[chosen], column[chosen], beside[chosen]
    order = np.lexsort((row, beside, column))
    row, column = row[order], column[order]
    found = [(row[:0], row[:0])]
    for step in range(1, reach + 1):
        same = column[step:] == column[:-step]
        found.append((row[step:][same], row[:-step][same]))
    one, other = (np.concatenate(ends) for ends in zip(*found, strict=True))
    return one, other


def _reach(sizes: Ints, most: int) -> int:
    """The most neighbours in each column with which there are at most ``most`` pairs; at least one."""
    low, high = 1, max(int(sizes.max(initial=0)) - 1, 1)
    while low < high:
        middle = (low + high + 1) // 2
        within = np.minimum(middle, np.maximum(sizes - 1, 0))
        pairs = int((within * sizes - within * (within + 1) // 2).sum())
        low, high = (middle, high) if pairs <= most else (low, middle - 1)
    return low

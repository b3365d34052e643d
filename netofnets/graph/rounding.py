"""Counts of people that may leave: rounded down, and such that no two of them together tell of a small group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["STEP", "Cells", "Ints", "at_least", "everybody_told", "told", "union_at_least"]

Ints = npt.NDArray[np.int64]

STEP = 5
"""Counts that are told are multiples of this; below it, the least size itself."""


def told(count: npt.ArrayLike, least: int) -> Ints:
    """What is told of groups of these sizes: 0 (not told) below ``least``, else the next step downwards.

    With ``least`` 3 that is 3, 5, 10, 15 and so on; with 5 the same without the 3. Whoever is told both learns no more
    than from the first.
    """
    size = np.asarray(count, dtype=np.int64)
    steps = size // STEP * STEP
    return np.where(size < least, 0, np.where(size < STEP, min(least, STEP), steps)).astype(np.int64)


def at_least(table: sp.csr_array, least: int, most: Ints, other: Ints | None = None) -> sp.csr_array:
    """What is told of a table of counts whose cell (i, j) is at most ``most[i]`` (and ``other[j]``) then."""
    found = table.tocoo()
    values = np.minimum(told(found.data, least), most[found.row])
    if other is not None:
        values = np.minimum(values, other[found.col])
    kept = values > 0
    return sp.csr_array((values[kept], (found.row[kept], found.col[kept])), shape=table.shape)


@dataclass(frozen=True)
class Cells:
    """What is told of one set of people: of each network, of people in two, of people in one who name an interest.

    Of people in both (``pairs``, symmetric, no diagonal) or with an interest (``subjects``, networks by interests) no
    more than half of a network is told. Two groups within a third, of which only that is known, need not meet: without
    the cap, ten of twelve here and five of the same twelve there would tell that somebody is in both. Pairs are told
    from :data:`STEP` people on, whatever ``least`` is, for :attr:`everybody` hangs on them: at least so many people are
    in a network of :data:`STEP` or more.
    """

    least: int
    networks: Ints
    pairs: sp.csr_array
    subjects: sp.csr_array
    everybody: int

    @classmethod
    def of(cls, memberships: sp.csr_array, interests: sp.csr_array, least: int) -> Cells:
        """From people by networks and people by interests (0/1)."""
        members = memberships.astype(np.int64)
        sizes = np.asarray(members.sum(axis=0), dtype=np.int64)
        networks = told(sizes, least)
        anywhere = int(np.count_nonzero(np.asarray(members[:, np.flatnonzero(sizes >= STEP)].sum(axis=1))))
        cap, half = _cap(networks, least), _cap(told(sizes, STEP), STEP)
        both = sp.csr_array(members.T @ members)
        both.setdiag(0)
        both.eliminate_zeros()
        held = sp.csr_array(members.T @ interests.astype(np.int64))
        pairs = at_least(both, STEP, half, half)
        everybody = everybody_told(anywhere, told(sizes, STEP), pairs)
        return cls(least, networks, pairs, at_least(held, least, cap), everybody)

    @cached_property
    def cap(self) -> Ints:
        """By network, the most that is told of a part of it."""
        return _cap(self.networks, self.least)

    @cached_property
    def most(self) -> Ints:
        """By network, the most people that it can have, for all that is told."""
        return _most(self.networks, self.least)

    def most_shared(self, network: int, others: Ints) -> Ints:
        """The most people that a network can share with each of ``others``, for all that is told."""
        value = np.zeros(len(self.networks), dtype=np.int64)
        row = slice(*self.pairs.indptr[network : network + 2])  # as it is kept: this is asked for a thousand times
        value[self.pairs.indices[row]] = self.pairs.data[row]
        value = value[others]
        cap = np.minimum(self._half[network], self._half[others])
        whole = np.minimum(self.most[network], self.most[others])
        return np.where((cap == 0) | (value >= cap), whole, _most(value, STEP))

    def union(self, networks: Ints) -> int:
        """At least so many people are in one of these networks."""
        return union_at_least(networks, self.networks[networks], self.most_shared, self.least)

    def with_interest(self, interest: int) -> int:
        """At least so many people name an interest."""
        held = self._by_interest
        column = slice(*held.indptr[interest : interest + 2])
        networks, value = held.indices[column].astype(np.int64), held.data[column].astype(np.int64)
        most = np.zeros(len(self.networks), dtype=np.int64)
        most[networks] = np.where(value >= self.cap[networks], self.most[networks], _most(value, self.least))

        def shared(network: int, others: Ints) -> Ints:
            both: Ints = np.minimum(most[network], most[others])
            return np.asarray(np.minimum(self.most_shared(network, others), both), dtype=np.int64)

        return union_at_least(networks, value, shared, self.least)

    @cached_property
    def _half(self) -> Ints:
        """By network, the most that is told of people who are also in another."""
        return _cap(np.where(self.networks < STEP, 0, self.networks), STEP)

    @cached_property
    def _by_interest(self) -> sp.csc_array:
        return sp.csc_array(self.subjects)


def everybody_told(count: int, networks: Ints, pairs: sp.csr_array) -> int:
    """What is told of how many people there are in networks of which this is told: 0 when it would tell of few in two.

    The fewer people there are in all, the more must be in two networks. Let ``most`` be the largest number of people
    that some of the networks must have if nobody is in two of whom that is not told; below it the total would tell of
    them. So it is told from the next step on, and what is below is one class. Where the class ends follows from what is
    told, not from how many there are.
    """
    total = int(told(count, STEP))
    return total if total > _largest_least(networks, pairs) + STEP - 1 else 0


def _largest_least(networks: Ints, pairs: sp.csr_array) -> int:
    """No choice of networks has at least more people than this, by Bonferroni's inequality.

    Of a choice of m, each network loses half of what it can share with the m - 1 others; that is at least what it can
    share with those with whom it can share least.
    """
    size = len(networks)
    known = [np.sort(pairs.data[low:high]) + STEP - 1 for low, high in pairwise(pairs.indptr.tolist())]
    untold = np.array([size - 1 - len(one) for one in known], dtype=np.int64)
    largest, before = 0.0, np.inf
    ordered = np.sort(networks)[::-1].cumsum()
    for chosen in range(1, size + 1):
        at_most = float(ordered[chosen - 1] - (STEP - 1) * chosen * (chosen - 1) / 2)
        if at_most <= largest and at_most < before:
            break  # from here on it only falls
        before = at_most
        loss = (STEP - 1) * np.minimum(untold, chosen - 1)
        for network in np.flatnonzero(untold < chosen - 1).tolist():
            loss[network] += known[network][: chosen - 1 - untold[network]].sum()
        left = networks - loss / 2
        largest = max(largest, float(np.sort(left)[::-1][:chosen].sum()))
    return int(largest)


def union_at_least(groups: Ints, sizes: Ints, most_shared: Callable[[int, Ints], Ints], least: int) -> int:
    """At least so many people are in one of the groups, as told: from what is told of each and of each two, no more.

    By Bonferroni's inequality for the groups that add most, one after the other: the sum of their least sizes less the
    most that any two can share.
    """
    order = np.argsort(-sizes, kind="stable")
    left, gain, total = groups[order], sizes[order].astype(np.int64), 0
    while len(left):
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        total += int(gain[best])
        chosen = int(left[best])
        left, gain = np.delete(left, best), np.delete(gain, best)
        gain = gain - most_shared(chosen, left)
    return int(told(total, least))


def _most(value: Ints, least: int) -> Ints:
    """The largest group of which this is told."""
    return np.where(value == 0, least - 1, np.where(value < STEP, STEP - 1, value + STEP - 1)).astype(np.int64)


def _cap(value: Ints, least: int) -> Ints:
    return np.where(value == 0, 0, told(_most(value, least) // 2, least)).astype(np.int64)

"""What chance alone would give: memberships dealt anew, every leader keeping their number, every network its size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr, pdtrc

from netofnets.graph.twomode import TwoMode

__all__ = ["Chance", "at_least", "at_most", "benjamini_hochberg", "chance_of", "false_discovery", "least_telling"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ROUNDS = 2_000
_CLOSE = 1e-9


@dataclass(frozen=True)
class Chance:
    """Membership probabilities by class: leaders with equally many networks, networks with equally many members.

    ``probability[d, s]`` is that of a leader of degree class d to be in a network of size class s (``degrees[d]``,
    ``sizes[s]``; ``people[d]`` leaders, ``network_class`` per network, -1 for an empty one).
    """

    degrees: Ints
    people: Ints
    sizes: Ints
    network_class: Ints
    probability: Floats

    def expected_shared(self) -> Floats:
        """Expected members in common of two networks, by their size classes, shape (sizes, sizes)."""
        joint = np.zeros((len(self.sizes), len(self.sizes)))
        class_counts = np.bincount(self.network_class[self.network_class >= 0], minlength=len(self.sizes))
        for degree, people, p in zip(self.degrees, self.people, self.probability, strict=True):
            spread = float((class_counts * p * (1.0 - p)).sum())
            if degree < 2:
                continue  # one network each: never two
            both = np.outer(p, p)
            if spread > _CLOSE:  # degrees are fixed: being in one network leaves less room for another (Hajek 1964)
                both = both * np.clip(1.0 - np.outer(1.0 - p, 1.0 - p) / spread, 0.0, None)
            joint += people * both
        return joint

    def expected_joining(self, shares: Floats, first: Ints, second: Ints) -> Floats:
        """Expected leaders with a network in both of two sets of networks.

        ``shares[d, a]`` is the part of a class's memberships that falls in set a; memberships are taken as draws.
        """
        expected = np.zeros(len(first))
        for degree, people, share in zip(self.degrees, self.people, shares, strict=True):
            outside = (1.0 - share) ** degree
            neither = np.clip(1.0 - share[first] - share[second], 0.0, 1.0) ** degree
            expected += people * (1.0 - outside[first] - outside[second] + neither)
        return np.maximum(expected, 0.0)

    def shares(self, set_of: Ints, sets: int) -> Floats:
        """Part of the memberships of each degree class that falls in each set; ``set_of`` is -1 outside all sets."""
        inside = (set_of >= 0) & (self.network_class >= 0)
        counts = np.zeros((len(self.sizes), sets))
        np.add.at(counts, (self.network_class[inside], set_of[inside]), 1.0)
        return np.asarray(self.probability @ counts / self.degrees[:, None], dtype=np.float64)


def chance_of(memberships: TwoMode) -> Chance:
    """The null model of a membership matrix: all matrices with these row sums, and these column sums on average.

    Maximum-entropy probabilities ``x y / (1 + x y)`` (Saracco et al. 2015, doi:10.1038/srep10595), solved for classes
    of equal degree and equal size, which is exact and takes milliseconds for any number of people. A network that
    holds nearly everybody is no surprise in it, and a leader with many networks is expected to join many.
    """
    own = memberships.degrees
    degrees, people = np.unique(own[own > 0], return_counts=True)
    filled = memberships.group_sizes > 0
    sizes, classes, networks = np.unique(memberships.group_sizes[filled], return_inverse=True, return_counts=True)
    network_class = np.full(len(filled), -1, dtype=np.int64)
    network_class[filled] = classes
    probability = _solve(degrees.astype(float), people.astype(float), sizes.astype(float), networks.astype(float))
    return Chance(degrees, people, sizes, network_class, probability)


def _solve(degrees: Floats, people: Floats, sizes: Floats, networks: Floats) -> Floats:
    if len(degrees) == 0:
        return np.zeros((0, 0))
    return _solved(*(numbers.tobytes() for numbers in (degrees, people, sizes, networks)))


@lru_cache(maxsize=256)  # measures ask again for what others have asked, and a resample is asked for twice
def _solved(*given: bytes) -> Floats:
    """The probabilities by class, not to be written to; what is given are the bytes of the counts of ``_solve``."""
    degrees, people, sizes, networks = (np.frombuffer(one, dtype=np.float64) for one in given)
    total = float((degrees * people).sum())
    x, y = degrees / np.sqrt(total), sizes / np.sqrt(total)
    for _ in range(_ROUNDS):
        p = _joined(x, y)
        rows, columns = p @ networks, people @ p
        worst = max(np.abs(rows / degrees - 1.0).max(), np.abs(columns / sizes - 1.0).max())
        if worst < _CLOSE:
            break
        x = x * degrees / rows
        y = y * sizes / (people @ _joined(x, y))
    probability = _joined(x, y)
    probability.flags.writeable = False
    return probability


def _joined(x: Floats, y: Floats) -> Floats:
    odds: Floats = x[:, None] * y
    return odds / (1.0 + odds)


def at_least(found: npt.ArrayLike, expected: npt.ArrayLike) -> Floats:
    """Chance of ``found`` or more, by the Poisson tail; it never understates what chance can do here."""
    counts = np.asarray(found, dtype=np.float64)
    tail = pdtrc(np.maximum(counts - 1.0, 0.0), np.asarray(expected, dtype=np.float64))
    return np.where(counts > 0, tail, 1.0)


def at_most(found: npt.ArrayLike, expected: npt.ArrayLike) -> Floats:
    """Chance of ``found`` or fewer, by the Poisson tail."""
    return np.asarray(pdtr(np.asarray(found, dtype=np.float64), np.asarray(expected, dtype=np.float64)))


def least_telling(expected: npt.ArrayLike, tests: int, alpha: float, floor: int) -> Ints:
    """The smallest count, ``floor`` or more, that would be told apart from chance when it alone stood out.

    That is: its Poisson tail times ``tests`` is below ``alpha``, as the first step of Benjamini and Hochberg asks.
    """
    mean = np.asarray(expected, dtype=np.float64)
    low = np.full(mean.shape, floor - 1, dtype=np.int64)  # too few
    high = np.ceil(10.0 + mean + 10.0 * np.sqrt(mean) + 4.0 * np.log(max(tests, 1) / alpha)).astype(np.int64) + floor
    while (high - low > 1).any():
        middle = (low + high) // 2
        telling = at_least(middle, mean) * max(tests, 1) < alpha
        high, low = np.where(telling, middle, high), np.where(telling, low, middle)
    return np.asarray(high, dtype=np.int64)


def false_discovery(p: npt.ArrayLike, values: Floats, counts: Ints, tests: int) -> Floats:
    """The q of :func:`benjamini_hochberg` for some p, where ``values`` (rising) occurred ``counts`` times in all."""
    scaled = values * tests / np.cumsum(counts)
    q = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return np.asarray(q[np.searchsorted(values, p)], dtype=np.float64)


def benjamini_hochberg(p: Floats, tests: int) -> Floats:
    """False discovery rate q of each p when ``tests`` were made (those not listed had p = 1).

    Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    order = np.argsort(p)  # equals have one q, in whatever order they are
    scaled = p[order] * tests / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q

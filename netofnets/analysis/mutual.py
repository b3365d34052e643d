"""Adjusted mutual information of two divisions: what they share beyond what chance gives, in little time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

__all__ = ["adjusted_mutual_information"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def adjusted_mutual_information(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> float:
    """1: equal, 0: as by chance; of labels of the same nodes, none negative, at least one node.

    Vinh, Epps, Bailey 2010 (jmlr.org/papers/v11/vinh10a), normalised by the mean of the two entropies. What chance
    gives depends on the sizes of two groups only, so it is worked out once for each two sizes, not for each two groups.
    """
    nodes = len(first)
    pairs, shared = np.unique(first.astype(np.int64) * (int(second.max()) + 1) + second, return_counts=True)
    rows, columns = (np.bincount(labels) for labels in (first, second))
    rows, columns = rows[rows > 0], columns[columns > 0]
    if len(rows) == len(columns) == 1 or len(pairs) == len(rows) == len(columns) == len(first):
        return 1.0  # one group each, or everybody alone: nothing differs
    mean = (_entropy(rows / nodes) + _entropy(columns / nodes)) / 2.0
    told = 2.0 * mean - _entropy(shared / nodes)
    chance = _by_chance(rows, columns, nodes)
    apart = mean - chance
    tiny = np.finfo(np.float64).eps
    return float((told - chance) / (min(apart, -tiny) if apart < 0 else max(apart, tiny)))


def _entropy(shares: Floats) -> float:
    return -float((shares * np.log(shares)).sum())


def _by_chance(rows: Ints, columns: Ints, nodes: int) -> float:
    """Expected mutual information of two random divisions into groups of these sizes (hypergeometric model)."""
    (a, groups_a), (b, groups_b) = (np.unique(sizes, return_counts=True) for sizes in (rows, columns))
    factorials = gammaln(np.arange(nodes + 1) + 1.0)
    total = 0.0
    for size, times in zip(a.tolist(), groups_a.tolist(), strict=True):
        least = np.maximum(1, size + b - nodes)
        spread = np.minimum(size, b) - least + 1
        at = np.repeat(np.arange(len(b)), spread)
        shared = least[at] + np.arange(len(at)) - np.repeat(np.cumsum(spread) - spread, spread)
        other = b[at]
        chosen = _choices(factorials, size, shared) + _choices(factorials, nodes - size, other - shared)
        chance = np.exp(chosen - _choices(factorials, nodes, other))
        gain = shared / nodes * np.log(float(nodes) * shared / (float(size) * other))
        total += times * float((groups_b[at] * gain * chance).sum())
    return total


def _choices(factorials: Floats, of: int, some: Ints) -> Floats:
    """Logarithm of the number of ways to choose some; ``factorials`` are logarithms, too."""
    return np.asarray(factorials[of] - factorials[some] - factorials[of - some], dtype=np.float64)

"""Of pairs that grow with the square of the networks: the strongest of each network, with what all of them tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.chance import at_least, chance_of, false_discovery
from netofnets.graph.twomode import TwoMode

__all__ = ["Strongest", "strongest_in_common"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_AT_ONCE = 4_000_000  # pairs that are held at a time


@dataclass(frozen=True)
class Strongest:
    """Pairs of networks, ``first`` < ``second``, sorted; ``q`` is over all pairs, those that are not listed too."""

    first: Ints
    second: Ints
    found: Floats
    expected: Floats
    q: Floats


@dataclass(frozen=True)
class _Pairs:
    """Pairs as they are met, from either end; ``near``: among the strongest of ``row``."""

    row: Ints
    column: Ints
    found: Floats
    expected: Floats
    p: Floats
    near: Bools


def strongest_in_common(
    features: TwoMode, allowed: Callable[[Ints, Ints], Bools], *, most: int, alpha: float, least: int
) -> Strongest:
    """Pairs of networks with features in common, as :func:`netofnets.analysis.in_common.features_in_common` has them.

    Listed are those among the ``most`` of either network that chance explains least, and all of ``least`` or more in
    common whose q is below ``alpha``. ``features`` is (networks, features); ``allowed`` says which pairs count. Looked
    at are so many at a time, so memory grows with what is listed.
    """
    tally: dict[float, int] = {}
    kept: list[_Pairs] = []
    for block in _blocks(features, allowed):
        values, counts = np.unique(block.p, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            tally[value] = tally.get(value, 0) + count
        near = _ranks(block) < most
        kept.append(_cut(block, near, near | ((block.p < alpha) & (block.found >= least))))
    seen = np.array(sorted(tally))
    each = np.array([tally[value] // 2 for value in seen.tolist()], dtype=np.int64)  # every pair is met from both ends
    filled = int((features.degrees > 0).sum())
    return _once_each(kept, features, seen, each, max(filled * (filled - 1) // 2, 1), alpha, least)


def _blocks(features: TwoMode, allowed: Callable[[Ints, Ints], Bools]) -> Iterator[_Pairs]:
    """All pairs that share a feature, from both ends, a few networks' at a time; those of one are together."""
    turned = TwoMode(sp.csr_array(features.csr.T.tocsr()))
    null = chance_of(turned)
    joint, classes = null.expected_shared(), null.network_class
    work = np.cumsum(features.csr @ turned.degrees.astype(np.float64))
    parts = int(work[-1] // _AT_ONCE) if len(work) else 0
    ends = np.searchsorted(work, np.arange(1, parts + 1) * _AT_ONCE)
    edges = np.unique([0, *ends, features.csr.shape[0]])
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        product = sp.coo_array(features.csr[begin:end] @ turned.csr)
        row, column = product.row.astype(np.int64) + begin, product.col.astype(np.int64)
        counted = np.flatnonzero((row != column) & allowed(row, column))
        row, column = row[counted], column[counted]
        found = np.rint(product.data[counted]).astype(np.float64)
        expected = joint[classes[row], classes[column]] if len(row) else np.zeros(0)
        yield _Pairs(row, column, found, expected, at_least(found, expected), np.zeros(len(row), dtype=bool))


def _ranks(block: _Pairs) -> Ints:
    """The place of each pair among those of its first network: p, then how much is found, then the other network."""
    order = np.lexsort((block.column, -block.found, block.p, block.row))
    rows = block.row[order]
    begins = np.searchsorted(rows, rows)
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[order] = np.arange(len(rows)) - begins
    return ranks


def _cut(block: _Pairs, near: Bools, chosen: Bools) -> _Pairs:
    row, column, found = block.row[chosen], block.column[chosen], block.found[chosen]
    return _Pairs(row, column, found, block.expected[chosen], block.p[chosen], near[chosen])


def _once_each(
    kept: list[_Pairs], features: TwoMode, seen: Floats, each: Ints, tests: int, alpha: float, least: int
) -> Strongest:
    row, column = (np.concatenate([getattr(one, name) for one in kept] or [np.zeros(0, np.int64)]) for name in _ENDS)
    found, expected, p = (np.concatenate([getattr(one, name) for one in kept] or [np.zeros(0)]) for name in _NUMBERS)
    near = np.concatenate([one.near for one in kept] or [np.zeros(0, dtype=bool)])
    width = features.csr.shape[0]
    codes, at, pair = np.unique(
        np.minimum(row, column) * width + np.maximum(row, column), return_index=True, return_inverse=True
    )
    of_either = np.bincount(pair, near, len(codes)) > 0
    q = false_discovery(p[at], seen, each, tests)
    listed = of_either | ((q < alpha) & (found[at] >= least))
    at, codes = at[listed], codes[listed]
    return Strongest(codes // width, codes % width, found[at], expected[at], q[listed])


_ENDS = ("row", "column")
_NUMBERS = ("found", "expected", "p")

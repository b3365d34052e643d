"""Pairs of networks with features in common, a few networks' at a time: they grow with the square of the networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.chance import false_discovery
from netofnets.graph.twomode import TwoMode

__all__ = ["Block", "Tally", "among_first", "distinct", "pairs_in_blocks"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_AT_ONCE = 1_000_000  # pairs that are held at a time
_SMALL = 8_000_000  # numbers up to which a table of all of them is kept, instead of sorting those that occur


@dataclass(frozen=True)
class Block:
    """The pairs of networks ``begin`` to ``end``, from their end, by ``row`` and ``column``; each pair is met twice.

    ``found``: features in common; ``weight``: the sum of their weights, where they have any.
    """

    begin: int
    end: int
    row: Ints
    column: Ints
    found: Ints
    weight: Floats


def pairs_in_blocks(
    features: TwoMode, allowed: Callable[[Ints, Ints], Bools], weights: Floats | None = None
) -> Iterator[Block]:
    """All pairs that share a feature; ``features`` is (networks, features), ``allowed`` says which pairs count.

    ``weights`` are those of the features, all above 0.
    """
    csr = sp.csr_array(features.csr.astype(np.float64))
    turned = sp.csr_array(csr.T.tocsr())
    weighted = sp.csr_array(csr @ sp.diags_array(weights)) if weights is not None else csr
    work = np.cumsum(csr @ np.diff(turned.indptr).astype(np.float64))
    ends = np.searchsorted(work, np.arange(1, int(work[-1] // _AT_ONCE) + 1 if len(work) else 1) * _AT_ONCE)
    edges = np.unique([0, *ends, csr.shape[0]])
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        product = sp.csr_array(csr[begin:end] @ turned)
        product.sort_indices()
        row = np.repeat(np.arange(begin, end), np.diff(product.indptr))
        column = product.indices.astype(np.int64)
        counted = np.flatnonzero((row != column) & allowed(row, column))
        weight = product.data
        if weights is not None:
            sums = sp.csr_array(weighted[begin:end] @ turned)  # of the same entries: no weight is 0
            sums.sort_indices()
            weight = sums.data
        found = np.rint(product.data[counted]).astype(np.int64)
        yield Block(begin, end, row[counted], column[counted], found, weight[counted])


def among_first(row: Ints, key: npt.NDArray[np.generic], most: int) -> Ints:
    """Which are among the ``most`` with the smallest keys of their row, rising; of equals those that come first."""
    order = np.argsort(key, kind="stable")
    begin = int(row.min(initial=0))
    local = (row - begin).astype(np.min_scalar_type(int(row.max(initial=0)) - begin))  # small numbers are counted out
    order = order[np.argsort(local[order], kind="stable")]
    rows = row[order]
    fresh = np.flatnonzero(np.diff(rows, prepend=-1))
    place = np.arange(len(rows)) - np.repeat(fresh, np.diff(fresh, append=len(rows)))
    return np.sort(order[place < most]).astype(np.int64)


def distinct(codes: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """The numbers below ``size`` that occur, rising; the place of each code among them; and how often they occur."""
    if size > _SMALL:
        seen, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
        return seen, place.astype(np.int64), counts.astype(np.int64)
    every = np.bincount(codes, minlength=size)
    seen = np.flatnonzero(every)
    places = np.zeros(size, dtype=np.int64)
    places[seen] = np.arange(len(seen))
    return seen, places[codes], every[seen]


@dataclass
class Tally:
    """How often each p occurred among all pairs, met from both ends, whether they are kept or not."""

    _values: list[Floats] = field(default_factory=list)
    _counts: list[Ints] = field(default_factory=list)

    def add(self, values: Floats, counts: Ints) -> None:
        """Count some more."""
        self._values.append(values)
        self._counts.append(counts)
        if len(self._values) > 16:
            self._together()

    def q(self, p: Floats, tests: int) -> Floats:
        """False discovery rate of some p that occurred, when ``tests`` were made (Benjamini and Hochberg)."""
        self._together()
        return false_discovery(p, self._values[0], self._counts[0] // 2, tests)

    def _together(self) -> None:
        values, place = np.unique(np.concatenate([*self._values, np.zeros(0)]), return_inverse=True)
        counts = np.bincount(place, np.concatenate([*self._counts, np.zeros(0)]), len(values))
        self._values, self._counts = [values], [counts.astype(np.int64)]

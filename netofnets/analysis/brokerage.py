"""Gould and Fernandez: the five ways to stand between two others, counted with sparse products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["Brokerage", "brokerage"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Brokerage:
    """Open paths i -> j -> k (no arc i -> k) through each j, by the groups of the three; arrays of shape (nodes,)."""

    coordinator: Ints  # all three in one group
    itinerant: Ints  # i and k in one group, j in another
    representative: Ints  # i and j in one group, k in another
    gatekeeper: Ints  # j and k in one group, i in another
    liaison: Ints  # three groups

    @property
    def total(self) -> Ints:
        """All open paths through each node."""
        return self.coordinator + self.itinerant + self.representative + self.gatekeeper + self.liaison


def brokerage(arcs: sp.csr_array, groups: npt.NDArray[np.integer]) -> Brokerage:
    """Roles of every node of a directed 0/1 graph without loops; ``groups`` has one number per node.

    Gould and Fernandez 1989, doi:10.2307/270949; equals ``brokerage`` of the R package ``sna``. Each role is all paths
    of its kind less those whose ends are the same node or tied.
    """
    rows = np.repeat(np.arange(arcs.shape[0]), np.diff(arcs.indptr))
    inner = groups[rows] == groups[arcs.indices]
    same, other = _part(arcs, rows, inner), _part(arcs, rows, ~inner)
    across = _across(other, groups)
    both = _paths(other, other) - _mutual(other)
    itinerant = across - _mutual(other) - _closed(other, other, same)
    return Brokerage(
        coordinator=_paths(same, same) - _mutual(same) - _closed(same, same, same),
        itinerant=itinerant,
        representative=_paths(same, other) - _closed(same, other, other),
        gatekeeper=_paths(other, same) - _closed(other, same, other),
        liaison=both - _closed(other, other, sp.csr_array(same + other)) - itinerant,
    )


def _part(arcs: sp.csr_array, rows: Ints, chosen: npt.NDArray[np.bool_]) -> sp.csr_array:
    ones = np.ones(int(chosen.sum()), dtype=np.int64)
    shape = (int(arcs.shape[0]), int(arcs.shape[1]))
    return sp.csr_array(sp.coo_array((ones, (rows[chosen], arcs.indices[chosen])), shape=shape).tocsr())


def _paths(into: sp.csr_array, out: sp.csr_array) -> Ints:
    return np.asarray(into.sum(axis=0) * out.sum(axis=1), dtype=np.int64).ravel()


def _mutual(arcs: sp.csr_array) -> Ints:
    return np.asarray(arcs.multiply(arcs.T).sum(axis=1), dtype=np.int64).ravel()


def _closed(into: sp.csr_array, out: sp.csr_array, direct: sp.csr_array) -> Ints:
    """Paths i -> j in ``into``, j -> k in ``out`` with i -> k in ``direct``, by j."""
    return np.asarray(sp.csr_array(into.T @ direct).multiply(out).sum(axis=1), dtype=np.int64).ravel()


def _across(other: sp.csr_array, groups: npt.NDArray[np.integer]) -> Ints:
    """Paths between groups that come back to the group they came from, by the node between."""
    names, codes = np.unique(groups, return_inverse=True)
    nodes = len(groups)
    shape = (nodes, len(names))
    shape = (nodes, int(codes.max(initial=0)) + 1)
    member = sp.coo_array((np.ones(nodes, dtype=np.int64), (np.arange(nodes), codes)), shape=shape).tocsr()
    return np.asarray((other.T @ member).multiply(other @ member).sum(axis=1), dtype=np.int64).ravel()

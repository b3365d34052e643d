"""Gould and Fernandez: the five ways to stand between two others, counted with sparse products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["Brokerage", "brokerage", "one_group_each"]

Floats = npt.NDArray[np.float64]

_DIGITS = 9  # of a count: sums of thirds in another order are the same count


@dataclass(frozen=True)
class Brokerage:
    """Open paths i -> j -> k (no arc i -> k) through each j, by the groups of the three; arrays of shape (nodes,).

    Whole numbers when everybody has one group.
    """

    coordinator: Floats  # all three in one group
    itinerant: Floats  # i and k in one group, j in another
    representative: Floats  # i and j in one group, k in another
    gatekeeper: Floats  # j and k in one group, i in another
    liaison: Floats  # three groups

    @property
    def total(self) -> Floats:
        """All open paths through each node."""
        found = self.coordinator + self.itinerant + self.representative + self.gatekeeper + self.liaison
        return np.asarray(np.round(found, _DIGITS), dtype=np.float64)


def one_group_each(groups: npt.NDArray[np.integer]) -> sp.csr_array:
    """Weights for :func:`brokerage` when every node has one group, by its number."""
    _, codes = np.unique(groups, return_inverse=True)
    nodes = len(groups)
    shape = (nodes, int(codes.max(initial=-1)) + 1)
    return sp.csr_array((np.ones(nodes), codes, np.arange(nodes + 1)), shape=shape)


def brokerage(arcs: sp.csr_array, weights: sp.csr_array) -> Brokerage:
    """Roles of every node of a directed 0/1 graph without loops.

    ``weights`` has shape (nodes, groups): how much of a node is in each group, rows summing to 1. A path counts for
    each role by the chance that the groups of its three people, drawn by their weights, make that role: with one group
    each this is Gould and Fernandez 1989, doi:10.2307/270949 (``brokerage`` of the R package ``sna``), with several the
    fractional credit that UCINET offers and Jasny and Lubell 2015, doi:10.1016/j.socnet.2014.11.005, use. Each role is
    all paths of its kind less those whose ends are the same node or tied.
    """
    near = _alike(arcs, weights)
    inward, outward = sp.csr_array(arcs.T @ weights), sp.csr_array(arcs @ weights)  # groups of who is before and after
    mutual = sp.csr_array(arcs.multiply(arcs.T))
    degree_in, degree_out = _sums(arcs.T), _sums(arcs)
    whole = degree_in * degree_out - _sums(mutual) - _closed(arcs, arcs, arcs)
    ends = (
        _sums(inward.multiply(outward))
        - np.asarray(mutual @ _sums(weights.multiply(weights))).ravel()
        - _closed(arcs, arcs, near)
    )
    back, forth = _sums(near.T), _sums(near)
    turning = _sums(near.multiply(mutual))  # i = k
    before = back * degree_out - turning - _closed(near, arcs, arcs)
    after = degree_in * forth - turning - _closed(arcs, near, arcs)
    three = _three(arcs, weights, inward, outward, mutual)
    return Brokerage(
        coordinator=_tidy(three),
        itinerant=_tidy(ends - three),
        representative=_tidy(before - three),
        gatekeeper=_tidy(after - three),
        liaison=_tidy(whole - ends - before - after + 2 * three),
    )


def _alike(arcs: sp.csr_array, weights: sp.csr_array) -> sp.csr_array:
    """On each arc, the chance that its two ends are in one group."""
    rows = np.repeat(np.arange(arcs.shape[0]), np.diff(arcs.indptr))
    same = _sums(weights[rows].multiply(weights[arcs.indices])) if arcs.nnz else np.zeros(0)
    return sp.csr_array((same, arcs.indices, arcs.indptr), shape=arcs.shape)


def _three(
    arcs: sp.csr_array, weights: sp.csr_array, inward: sp.csr_array, outward: sp.csr_array, mutual: sp.csr_array
) -> Floats:
    """Open paths by the chance that all three are in one group."""
    paths = _sums(inward.multiply(outward).multiply(weights))
    turning = _sums((mutual @ weights.multiply(weights)).multiply(weights))
    within, person, share = _within(arcs, weights)
    into = sp.csr_array(sp.diags_array(share) @ within)
    closed = _closed(into, sp.csr_array(within @ sp.diags_array(share)), within) * share
    return np.asarray(paths - turning - np.bincount(person, closed, int(arcs.shape[0])), dtype=np.float64)


def _within(arcs: sp.csr_array, weights: sp.csr_array) -> tuple[sp.csr_array, npt.NDArray[np.int64], Floats]:
    """The arcs inside groups, between (person, group) entries; the person and the weight of each entry."""
    person = np.repeat(np.arange(weights.shape[0], dtype=np.int64), np.diff(weights.indptr))
    start = np.repeat(np.arange(arcs.shape[0]), np.diff(arcs.indptr))
    count = np.diff(weights.indptr)[start]  # groups of who is before
    arc = np.repeat(np.arange(arcs.nnz), count)
    offset = np.arange(len(arc)) - np.repeat(np.cumsum(count) - count, count)
    first = weights.indptr[start[arc]] + offset
    width = int(weights.shape[1])
    entries = person * width + weights.indices  # sorted
    wanted = arcs.indices[arc].astype(np.int64) * width + weights.indices[first]
    second = np.minimum(np.searchsorted(entries, wanted), max(len(entries) - 1, 0))
    both = entries[second] == wanted if len(entries) else np.zeros(0, dtype=bool)
    shape = (int(weights.nnz), int(weights.nnz))
    pairs = (first[both], second[both])
    found = sp.csr_array(sp.coo_array((np.ones(int(both.sum())), pairs), shape=shape).tocsr())
    return found, person, np.asarray(weights.data, dtype=np.float64)


def _closed(into: sp.csr_array, out: sp.csr_array, direct: sp.csr_array) -> Floats:
    """Paths i -> j in ``into``, j -> k in ``out`` with i -> k in ``direct``, multiplied and summed by j."""
    return _sums(sp.csr_array(into.T @ direct).multiply(out))


def _sums(matrix: sp.csr_array | sp.csc_array) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def _tidy(counts: Floats) -> Floats:
    return np.asarray(np.round(counts, _DIGITS) + 0.0, dtype=np.float64)

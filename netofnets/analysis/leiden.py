"""Communities of a weighted graph: two-iteration Leiden, its labels, and the agreement of two divisions."""

from __future__ import annotations

import graspologic_native
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from netofnets.analysis.mutual import adjusted_mutual_information

__all__ = ["Labels", "agreement", "components", "partition", "renumber"]

Labels = npt.NDArray[np.int32]

_ITERATIONS = 2
_COMPARED = 20_000  # nodes compared between seeds; more change the third decimal


def partition(
    matrix: sp.csr_array, resolution: float, seed: int, iterations: int = _ITERATIONS
) -> tuple[Labels, float]:
    """Community of each node (-1: no tie) and the quality (generalised modularity) of the division.

    Leiden (Traag, Waltman, van Eck 2019, doi:10.1038/s41598-019-41695-z) on a symmetric matrix, with two iterations
    where no other number is given. The same arguments give the same labels; label 0 is the largest community, equals
    by their first node.
    """
    nodes = int(matrix.shape[0])
    labels = np.full(nodes, -1, dtype=np.int32)
    if matrix.nnz == 0:
        return labels, 0.0
    quality, found = graspologic_native.leiden_csr(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64),
        nodes,
        resolution=resolution,
        iterations=iterations,
        seed=seed,
    )
    at = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
    labels[at] = np.fromiter(found.values(), dtype=np.int32, count=len(found))
    labels[np.diff(matrix.indptr) == 0] = -1
    return renumber(labels), float(quality)


def components(matrix: sp.csr_array) -> Labels:
    """Connected part of each node (-1: no tie): the division to fall back on when no finer one pays."""
    labels = connected_components(matrix, directed=False)[1].astype(np.int32)
    labels[np.diff(matrix.indptr) == 0] = -1
    return renumber(labels)


def renumber(labels: npt.NDArray[np.integer]) -> Labels:
    """Labels 0, 1 ... by falling size, then by first member; negative labels become -1."""
    known = labels >= 0
    if not known.any():
        return np.full(len(labels), -1, dtype=np.int32)
    own = labels[known].astype(np.int64)
    sizes, first = np.bincount(own), np.empty(int(own.max()) + 1, dtype=np.int64)
    first[own[::-1]] = np.arange(len(own))[::-1]  # the first of a group is written last
    values = np.flatnonzero(sizes)
    rank = np.empty(len(sizes), dtype=np.int32)
    rank[values[np.lexsort((first[values], -sizes[values]))]] = np.arange(len(values), dtype=np.int32)
    renumbered = np.full(len(labels), -1, dtype=np.int32)
    renumbered[known] = rank[own]
    return renumbered


def agreement(first: Labels, second: Labels) -> float | None:
    """Adjusted mutual information of two divisions of the same nodes (1: equal, 0: as by chance); None if no nodes.

    Vinh, Epps, Bailey 2010. Of more than 20,000 nodes, every k-th is compared.
    """
    both = np.flatnonzero((first >= 0) & (second >= 0))
    if len(both) == 0:
        return None
    compared = both[:: -(-len(both) // _COMPARED)]
    return adjusted_mutual_information(first[compared], second[compared])

"""Communities of a weighted graph: two-iteration Leiden, and how well a division describes the graph."""

from __future__ import annotations

import graspologic_native
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components
from scipy.special import gammaln

__all__ = ["Labels", "agreement", "components", "description_length", "partition", "renumber"]

Labels = npt.NDArray[np.int32]

_ITERATIONS = 2
_COMPARED = 20_000  # nodes compared between seeds; more change the third decimal


def partition(matrix: sp.csr_array, resolution: float, seed: int) -> tuple[Labels, float]:
    """Community of each node (-1: no tie) and the quality (generalised modularity) of the division.

    Leiden (Traag, Waltman, van Eck 2019, doi:10.1038/s41598-019-41695-z) with two iterations on a symmetric matrix.
    The same arguments give the same labels; label 0 is the largest community, equals by their first node.
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
        iterations=_ITERATIONS,
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
    values, first, inverse, sizes = np.unique(labels[known], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(values), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(values), dtype=np.int32)
    renumbered = np.full(len(labels), -1, dtype=np.int32)
    renumbered[known] = rank[inverse]
    return renumbered


def description_length(matrix: sp.csr_array, labels: Labels) -> float:
    """Nats needed to write the graph down with the help of a division, less those needed without one.

    Negative: the division pays for itself. Degree-corrected stochastic block model: the likelihood of the ties given
    how many run between each two groups (Karrer and Newman 2011, doi:10.1103/PhysRevE.83.016107), and what it costs to
    say those numbers and who is in which group (Peixoto 2017, doi:10.1103/PhysRevE.95.012317). Weights count as
    ties, rescaled so that their sum is the number of entries.
    """
    known = labels >= 0
    nodes, groups, ties = int(known.sum()), int(labels.max(initial=-1)) + 1, matrix.nnz / 2
    if nodes == 0 or groups == 0:
        return 0.0
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    weight = matrix.data * (matrix.nnz / matrix.data.sum())
    ends = (labels[rows].astype(np.int64), labels[matrix.indices].astype(np.int64))
    between = sp.csr_array(sp.coo_array((weight, ends), shape=(groups, groups)).tocsr())
    between.sum_duplicates()
    group = np.repeat(np.arange(groups), np.diff(between.indptr))
    of_group = np.bincount(group, between.data, groups)
    chance = of_group[group] * of_group[between.indices] / (2.0 * ties)
    fit = 0.5 * float((between.data * np.log(between.data / chance)).sum())
    sizes = np.bincount(labels[known], minlength=groups)
    members = gammaln(nodes + 1) - gammaln(sizes + 1).sum() + _choices(groups, nodes - groups)
    return float(members + _choices(groups * (groups + 1) / 2, ties) - fit)


def _choices(boxes: float, things: float) -> float:
    """Logarithm of the number of ways to put equal things into boxes."""
    return float(gammaln(boxes + things) - gammaln(boxes) - gammaln(things + 1))


def agreement(first: Labels, second: Labels) -> float | None:
    """Adjusted mutual information of two divisions of the same nodes (1: equal, 0: as by chance); None if no nodes.

    Vinh, Epps, Bailey 2010. Of more than 20,000 nodes, every k-th is compared.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    both = np.flatnonzero((first >= 0) & (second >= 0))
    if len(both) == 0:
        return None
    compared = both[:: -(-len(both) // _COMPARED)]
    return float(adjusted_mutual_info_score(first[compared], second[compared]))

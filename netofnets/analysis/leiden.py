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

    Negative: the division pays for itself. Degree-corrected planted partition, Poisson profile likelihood, uniform
    prior over divisions (Zhang and Peixoto 2020, doi:10.1103/PhysRevResearch.2.043271). Weights count as edges,
    rescaled so that their sum is the number of entries.
    """
    known = labels >= 0
    nodes, groups = int(known.sum()), int(labels.max(initial=-1)) + 1
    if nodes == 0 or groups == 0:
        return 0.0
    inside, total, shares = _weight_inside(matrix, labels, groups)
    same = float((shares**2).sum())
    fit = 0.0
    for part, chance in ((inside / total, same), (1.0 - inside / total, 1.0 - same)):
        if part > 0.0 and chance > 0.0:
            fit += part * np.log(part / chance)
    sizes = np.bincount(labels[known], minlength=groups)
    divisions = (
        gammaln(nodes + 1)
        - gammaln(sizes + 1).sum()  # which nodes are in which group
        + gammaln(nodes)
        - gammaln(groups)
        - gammaln(nodes - groups + 1)  # the sizes of the groups
        + np.log(nodes)  # how many groups
    )
    return float(divisions - np.log(nodes) - (matrix.nnz / 2) * fit)


def _weight_inside(matrix: sp.csr_array, labels: Labels, groups: int) -> tuple[float, float, npt.NDArray[np.float64]]:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = float(matrix.data[labels[rows] == labels[matrix.indices]].sum())
    total = float(matrix.data.sum())
    known = labels >= 0
    strengths = np.asarray(matrix.sum(axis=1)).ravel()
    return inside, total, np.bincount(labels[known], strengths[known], groups) / total


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

"""A second opinion on communities, by a method of another family: spectral clustering of the affiliation graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.k_means import centres_of, nearest
from netofnets.analysis.leiden import Labels, renumber

__all__ = ["spectral"]

Floats = npt.NDArray[np.float64]

_MOST = 16  # eigenvectors; with more the planted communities are hardly found better, and the time grows
_DENSE = 400  # up to so many nodes all eigenvectors are computed, exactly
_SAMPLE = 10_000  # nodes that the centres are learnt from
_ROUNDS = 20


def spectral(matrix: sp.csr_array, leaders: int, groups: int, seed: int) -> Labels:
    """``groups`` clusters of the nodes that have ties (-1: none), from the leading eigenvectors.

    The first ``leaders`` rows are people, the rest networks, which have no ties among themselves.

    Regularised adjacency ``D^-1/2 A D^-1/2`` with the mean strength added to every strength, rows of the eigenvectors
    scaled to length one, k-means (Amini, Chen, Bickel, Levina 2013, doi:10.1214/13-AOS1138; Qin and Rohe 2013,
    arXiv:1309.4111). Of more than 10,000 nodes every k-th teaches the centres. One thread, so that sums are rounded
    in one order: the same arguments give the same labels.
    """
    from threadpoolctl import threadpool_limits

    labels = np.full(matrix.shape[0], -1, dtype=np.int32)
    tied = np.flatnonzero(np.diff(matrix.indptr) > 0)
    groups = min(groups, len(tied))
    if groups < 2:
        labels[tied] = 0
        return labels
    with threadpool_limits(limits=1):
        people = int(np.searchsorted(tied, leaders))
        points = _embedded(sp.csr_array(matrix[tied][:, tied]), people, min(groups, _MOST), seed)
        labels[tied] = _clustered(points, groups, seed)
    return renumber(labels)


def _embedded(matrix: sp.csr_array, people: int, width: int, seed: int) -> Floats:
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    scale = sp.diags_array(1.0 / np.sqrt(strength + strength.mean()))
    smooth = sp.csr_array(scale @ matrix @ scale)
    if smooth.shape[0] <= _DENSE or smooth[:people][:, :people].nnz:
        vectors = _leading(smooth, width, seed)[1]
    else:
        vectors = _two_sided(sp.csr_array(smooth[:people][:, people:]), width, seed)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-12)
    return np.asarray(np.round(unit * _signs(unit), 9), dtype=np.float64)


def _two_sided(belongs: sp.csr_array, width: int, seed: int) -> Floats:
    """The same vectors where people have no ties among themselves: singular ones, found on the side of networks.

    Dhillon 2001, doi:10.1145/502512.502550. There are fewer networks than people, and squares lie further apart.
    """
    squares, networks = _leading(sp.csr_array(belongs.T @ belongs), min(width, belongs.shape[1]), seed)
    there = squares > 1e-9
    people = (belongs @ networks[:, there]) / np.sqrt(squares[there])
    return np.concatenate([people, networks[:, there]])


def _leading(matrix: sp.csr_array, width: int, seed: int) -> tuple[Floats, Floats]:
    """The largest eigenvalues of a symmetric matrix, and their vectors: shapes (width,) and (nodes, width)."""
    from scipy.sparse.linalg import eigsh

    if matrix.shape[0] <= _DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return values[::-1][:width], vectors[:, ::-1][:, :width]
    # Single precision: what it rounds away is far below the tolerance, and it takes half of the time.
    start = np.random.default_rng(seed).standard_normal(matrix.shape[0]).astype(np.float32)
    values, vectors = eigsh(matrix.astype(np.float32), k=width, which="LA", v0=start, tol=1e-2)
    return values.astype(np.float64), vectors.astype(np.float64)


def _signs(vectors: Floats) -> Floats:
    """An eigenvector may come with either sign: the larger half of its entries counts as positive."""
    return np.where((vectors * vectors * vectors).sum(axis=0) < 0.0, -1.0, 1.0)


def _clustered(points: Floats, groups: int, seed: int) -> Labels:
    sample = points[:: -(-len(points) // max(_SAMPLE, 2 * groups))]
    groups = min(groups, len(np.unique(sample, axis=0)))
    restarts = 10 if len(sample) <= 2_000 else 1
    return nearest(points, centres_of(sample, groups, seed, restarts=restarts, rounds=_ROUNDS)).astype(np.int32)

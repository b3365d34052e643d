"""A second opinion on communities, by a method of another family: spectral clustering of the affiliation graph."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.leiden import Labels, renumber

__all__ = ["spectral"]

_MOST = 16  # eigenvectors; with more the planted communities are hardly found better, and the time grows
_DENSE = 400  # up to so many nodes all eigenvectors are computed, exactly
_SAMPLE = 20_000  # nodes that the centres are learnt from
_ROUNDS = 20


def spectral(matrix: sp.csr_array, groups: int, seed: int) -> Labels:
    """``groups`` clusters of the nodes that have ties (-1: none), from the leading eigenvectors.

    Regularised adjacency ``D^-1/2 A D^-1/2`` with the mean strength added to every strength, rows of the eigenvectors
    scaled to length one, k-means (Amini, Chen, Bickel, Levina 2013, doi:10.1214/13-AOS1138; Qin and Rohe 2013,
    arXiv:1309.4111). Of more than 20,000 nodes every k-th teaches the centres. One thread, so that sums are rounded
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
        points = _embedded(sp.csr_array(matrix[tied][:, tied]), min(groups, _MOST), seed)
        labels[tied] = _clustered(points, groups, seed)
    return renumber(labels)


def _embedded(matrix: sp.csr_array, width: int, seed: int) -> npt.NDArray[np.float64]:
    from scipy.sparse.linalg import eigsh

    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    scale = sp.diags_array(1.0 / np.sqrt(strength + strength.mean()))
    smooth = sp.csr_array(scale @ matrix @ scale)
    if smooth.shape[0] <= _DENSE:
        vectors = np.linalg.eigh(smooth.toarray())[1][:, ::-1][:, :width]
    else:
        # Single precision: what it rounds away is far below the tolerance, and it takes half of the time.
        start = np.random.default_rng(seed).standard_normal(smooth.shape[0]).astype(np.float32)
        vectors = eigsh(smooth.astype(np.float32), k=width, which="LA", v0=start, tol=1e-2)[1].astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-12)
    return np.asarray(np.round(unit * _signs(unit), 9), dtype=np.float64)


def _signs(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """An eigenvector may come with either sign: the larger half of its entries counts as positive."""
    return np.where((vectors**3).sum(axis=0) < 0.0, -1.0, 1.0)


def _clustered(points: npt.NDArray[np.float64], groups: int, seed: int) -> Labels:
    from sklearn.cluster import KMeans

    sample = points[:: -(-len(points) // max(_SAMPLE, 2 * groups))]
    groups = min(groups, len(np.unique(sample, axis=0)))
    restarts = 10 if len(sample) <= 2_000 else 1
    found = KMeans(groups, n_init=restarts, max_iter=_ROUNDS, random_state=seed, algorithm="lloyd").fit(sample)
    return np.asarray(found.predict(points), dtype=np.int32)

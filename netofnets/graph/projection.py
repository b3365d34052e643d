"""Projections of a two-mode network onto one side, by named weightings, and a sampled one for many people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.errors import SettingsError
from netofnets.graph.twomode import TwoMode

__all__ = ["MOST_PAIRS", "WEIGHTINGS", "project", "sampled_projection"]

WEIGHTINGS = ("count", "newman", "jaccard")
MOST_PAIRS = 20_000_000  # about 0.5 GB; a million people in real networks have billions


def project(twomode: TwoMode, weighting: str = "count") -> sp.csr_array:
    """Actors tied by shared groups, symmetric, without loops, shape (actors, actors).

    ``count``: groups in common. ``newman``: each group of k shares 1 / (k - 1) (Newman 2001,
    doi:10.1103/PhysRevE.64.016132). ``jaccard``: groups in common of the groups of both. More than
    :data:`MOST_PAIRS` pairs
    raise :class:`SettingsError`: use :func:`sampled_projection`.
    """
    if weighting not in WEIGHTINGS:
        raise SettingsError(f"there is no weighting {weighting!r}; there are {', '.join(WEIGHTINGS)}")
    sizes = twomode.group_sizes.astype(np.float64)
    pairs = float((sizes * (sizes - 1.0)).sum()) / 2.0
    if pairs > MOST_PAIRS:
        raise SettingsError(f"the projection may have {pairs:,.0f} pairs; use a sampled projection or a smaller part")
    belongs = twomode.csr.astype(np.float64)
    share = np.divide(1.0, sizes - 1.0, out=np.zeros_like(sizes), where=sizes > 1) if weighting == "newman" else None
    left = belongs if share is None else sp.csr_array(belongs @ sp.diags_array(share))
    product = sp.coo_array(left @ belongs.T)
    apart = product.row != product.col
    row, col, data = product.row[apart], product.col[apart], product.data[apart]
    if weighting == "jaccard":
        data = data / (twomode.degrees[row] + twomode.degrees[col] - data)
    return _symmetric(row, col, data, int(belongs.shape[0]))


def sampled_projection(twomode: TwoMode, draws: int, seed: int) -> sp.csr_array:
    """An unbiased estimate of the ``newman`` projection with at most 2 x ``draws`` entries for each membership.

    Each membership draws co-members at random, each worth 0.5 / draws in either direction.
    """
    if draws < 1:
        raise SettingsError("a sampled projection needs at least one draw for each membership")
    csc = twomode.csc
    people = int(csc.shape[0])
    sizes = twomode.group_sizes
    group = np.repeat(np.arange(csc.shape[1]), sizes)
    slot = np.arange(csc.nnz) - csc.indptr[group]
    able = np.repeat(np.flatnonzero(sizes[group] > 1), draws)
    random = np.random.default_rng(seed).random(len(able))
    other = (random * (sizes[group[able]] - 1)).astype(np.int64)
    other += other >= slot[able]  # anybody but oneself
    first, second = csc.indices[able], csc.indices[csc.indptr[group[able]] + other]
    half = np.full(len(able), 0.5 / draws)
    return _symmetric(np.concatenate([first, second]), np.concatenate([second, first]), np.tile(half, 2), people)


def _symmetric(
    row: npt.NDArray[np.integer], col: npt.NDArray[np.integer], data: npt.NDArray[np.float64], size: int
) -> sp.csr_array:
    matrix = sp.csr_array(sp.coo_array((data, (row, col)), shape=(size, size)).tocsr())
    matrix.sum_duplicates()
    return matrix

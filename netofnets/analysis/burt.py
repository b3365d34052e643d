"""Burt's constraint on sparse matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["constraint"]

_ROWS = 4_096  # rows of two-step products held at a time


def constraint(arcs: sp.csr_array) -> npt.NDArray[np.float64]:
    """Constraint of every node, shape (nodes,); NaN for a node without ties.

    Burt 1992: the sum over ego's contacts j of ``(p_ij + sum over q of p_iq p_qj) squared``, where p is the share of
    i's ties, in either direction, that go to j. Equals ``networkx.constraint`` and R igraph's ``constraint``.
    """
    both = sp.csr_array(arcs + arcs.T)
    strength = np.asarray(both.sum(axis=1), dtype=np.float64).ravel()
    share = sp.csr_array(
        sp.diags_array(np.divide(1.0, strength, out=np.zeros_like(strength), where=strength > 0)) @ both
    )
    found = np.full(len(strength), np.nan)
    for start in range(0, len(strength), _ROWS):
        rows = share[start : start + _ROWS]
        contacts = sp.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
        invested = rows + (rows @ share).multiply(contacts)
        found[start : start + _ROWS] = np.asarray(invested.power(2).sum(axis=1)).ravel()
    return np.where(strength > 0, found, np.nan)

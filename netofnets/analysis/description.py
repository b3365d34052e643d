"""How well a division describes a graph: the length of the description, by two models."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.special import gammaln

from netofnets.analysis.blockmodel import ends_of
from netofnets.analysis.leiden import Labels

__all__ = ["description_length", "planted_description_length"]


def description_length(matrix: sp.csr_array, labels: Labels, leaders: int | None = None) -> float:
    """Nats needed to write the graph down with the help of a division, less those needed without one.

    Negative: the division pays for itself. Degree-corrected stochastic block model: the likelihood of the ties given
    how many run between each two groups (Karrer and Newman 2011, doi:10.1103/PhysRevE.83.016107), and what it costs to
    say those numbers and who is in which group (Peixoto 2017, doi:10.1103/PhysRevE.95.012317). Weights are
    rescaled so that their sum is the number of entries. The first ``leaders`` nodes are people and the others networks,
    which have ties to people only, with a division and without; None: all nodes are of one kind.
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
    rescaled = sp.csr_array((weight, matrix.indices, matrix.indptr), shape=matrix.shape)
    kinds = ends_of(rescaled, matrix.shape[0] if leaders is None else leaders)
    chance = kinds.chance(labels, groups)[group, between.indices]
    fit = 0.5 * float((between.data * np.log(between.data / chance)).sum())
    sizes = np.bincount(labels[known], minlength=groups)
    members = gammaln(nodes + 1) - gammaln(sizes + 1).sum() + _choices(groups, nodes - groups)
    return float(members + _choices(groups * (groups + 1) / 2, ties) - fit)


def planted_description_length(matrix: sp.csr_array, labels: Labels) -> float:
    """Like :func:`description_length`, by a model with two numbers only: ties inside groups, and between them.

    Degree-corrected planted partition (Zhang and Peixoto 2020, doi:10.1103/PhysRevResearch.2.043271). For sparse
    graphs, in which a number for every pair of groups would cost more than it tells.
    """
    known = labels >= 0
    nodes, groups = int(known.sum()), int(labels.max(initial=-1)) + 1
    if nodes == 0 or groups == 0:
        return 0.0
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    total = float(matrix.data.sum())
    inside = float(matrix.data[labels[rows] == labels[matrix.indices]].sum()) / total
    strengths = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    same = float(((np.bincount(labels[known], strengths[known], groups) / total) ** 2).sum())
    parts = ((inside, same), (1.0 - inside, 1.0 - same))
    fit = sum(part * np.log(part / chance) for part, chance in parts if part > 0.0 and chance > 0.0)
    sizes = np.bincount(labels[known], minlength=groups)
    members = gammaln(nodes + 1) - gammaln(sizes + 1).sum() + _choices(groups, nodes - groups)
    return float(members - (matrix.nnz / 2) * fit)


def _choices(boxes: float, things: float) -> float:
    """Logarithm of the number of ways to put equal things into boxes."""
    return float(gammaln(boxes + things) - gammaln(boxes) - gammaln(things + 1))

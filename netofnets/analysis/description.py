"""How well a division describes a graph: the length of the description, by two models."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import gammaln

from netofnets.analysis.blockmodel import Ends, by_group, ends_of, summed
from netofnets.analysis.leiden import Labels

__all__ = ["Description", "description_length", "planted_description_length"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Description:
    """What is to be described: the ties of a graph, or of one in which nodes were merged into groups.

    Of every tie, in both directions: where it begins and ends, and its weight; of every node the ends of its ties by
    kind, and how many nodes of the graph it stands for.
    """

    here: Ints
    there: Ints
    weight: Floats
    ends: Ends
    stands_for: Floats
    ties: float

    @classmethod
    def of(cls, matrix: sp.csr_array, leaders: int | None = None) -> Description:
        """The graph of a symmetric matrix, weights rescaled so that their sum is the number of entries.

        The first ``leaders`` nodes are people and the others networks, which have ties to people only, with a division
        and without; None: all nodes are of one kind.
        """
        nodes = int(matrix.shape[0])
        weight = matrix.data * (matrix.nnz / matrix.data.sum()) if matrix.nnz else matrix.data
        rescaled = sp.csr_array((weight, matrix.indices, matrix.indptr), shape=matrix.shape)
        here = np.repeat(np.arange(nodes), np.diff(matrix.indptr))
        there = matrix.indices.astype(np.int64)
        ends = ends_of(rescaled, nodes if leaders is None else leaders)
        return cls(here, there, weight, ends, np.ones(nodes), matrix.nnz / 2)

    def merged(self, labels: Labels) -> Description:
        """The same with the nodes of each group as one: the label of a group is then that of all its nodes."""
        groups = int(labels.max(initial=-1)) + 1
        here, there, weight = summed(labels[self.here], labels[self.there], self.weight, groups)
        ends = Ends(*(by_group(labels, e, groups) for e in (self.ends.person, self.ends.network, self.ends.tie)))
        return Description(here, there, weight, ends, by_group(labels, self.stands_for, groups), self.ties)

    def length(self, labels: Labels) -> float:
        """Nats needed to write the graph down with the help of a division, less those needed without one.

        Negative: the division pays for itself. Degree-corrected stochastic block model: the likelihood of the ties
        given how many run between each two groups (Karrer and Newman 2011, doi:10.1103/PhysRevE.83.016107), and what it
        costs to say those numbers and who is in which group (Peixoto 2017, doi:10.1103/PhysRevE.95.012317).
        """
        groups = int(labels.max(initial=-1)) + 1
        sizes = by_group(labels, self.stands_for, groups)
        nodes = float(sizes.sum())
        if groups == 0:
            return 0.0
        here, there, weight = summed(labels[self.here], labels[self.there], self.weight, groups)
        fit = 0.5 * float((weight * np.log(weight / self.ends.chance_of(labels, groups, here, there))).sum())
        members = gammaln(nodes + 1) - gammaln(sizes + 1).sum() + _choices(groups, nodes - groups)
        return float(members + _choices(groups * (groups + 1) / 2, self.ties) - fit)


def description_length(matrix: sp.csr_array, labels: Labels, leaders: int | None = None) -> float:
    """:meth:`Description.length` of a graph that is described once."""
    return Description.of(matrix, leaders).length(labels)


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

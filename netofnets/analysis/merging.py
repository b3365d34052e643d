"""Coarser divisions from a fine one: its groups as nodes, so that many resolutions cost little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.leiden import Labels, partition

__all__ = ["Merged", "merged"]


@dataclass(frozen=True)
class Merged:
    """A graph whose groups are nodes: the weights between groups, and within each (both directions of every tie)."""

    fine: Labels
    between: sp.csr_array
    within: npt.NDArray[np.float64]

    def divided(self, resolution: float, seed: int) -> tuple[Labels, float]:
        """A group for each group, and the quality (generalised modularity) of that division of all nodes.

        The engine counts no tie of a node with itself, so half of the weight within a group goes to a node tied to
        nothing but the group: then each group has all its weight.
        """
        half = sp.diags_array(self.within / 2.0)
        matrix = sp.csr_array(sp.block_array([[self.between, half], [half, None]], format="csr"))
        matrix.eliminate_zeros()
        matrix.sort_indices()
        groups = partition(matrix, resolution, seed, iterations=1)[0][: len(self.within)]
        return groups, self._quality(groups, resolution)

    def _quality(self, groups: Labels, resolution: float) -> float:
        rows = np.repeat(np.arange(len(groups)), np.diff(self.between.indptr))
        strength = np.bincount(rows, self.between.data, len(groups)) + self.within
        total = float(strength.sum())
        same = groups[rows] == groups[self.between.indices]
        inside = float(self.between.data[same].sum() + self.within.sum())
        return inside / total - resolution * float(((np.bincount(groups, strength) / total) ** 2).sum())


def merged(matrix: sp.csr_array, fine: Labels) -> Merged:
    """The graph of a symmetric matrix with the groups of a division as nodes (Blondel and others 2008)."""
    known = np.flatnonzero(fine >= 0)
    shape = (len(fine), int(fine.max(initial=-1)) + 1)
    member = sp.csr_array((np.ones(len(known)), (known, fine[known])), shape=shape)
    both = sp.coo_array(member.T @ matrix @ member)
    apart = both.row != both.col
    ends = (both.row[apart], both.col[apart])
    between = sp.csr_array(sp.coo_array((both.data[apart], ends), shape=both.shape).tocsr())
    between.sort_indices()
    within = np.bincount(both.row[~apart], both.data[~apart], shape[1]).astype(np.float64)
    return Merged(fine, between, within)

"""The affiliation graph: leaders and networks as nodes, memberships weighted by surprise, direct ties by count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.description import Description
from netofnets.analysis.leiden import Labels, partition
from netofnets.analysis.reads import AFFILIATION
from netofnets.analysis.ties import once, ties
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.graph.view import shared

__all__ = ["Affiliation", "affiliation", "surprise"]


@dataclass(frozen=True)
class Affiliation:
    """Leaders (rows 0 .. ``leaders``) and networks (the rest) in one symmetric weighted matrix."""

    matrix: sp.csr_array
    leaders: int
    networks: int

    @cached_property
    def evidence(self) -> sp.csr_array:
        """The same ties, each counted once: weights say what a tie means, not how much data there is."""
        return once(self.matrix)

    @cached_property
    def described(self) -> Description:
        """What a division of these ties is measured by."""
        return Description.of(self.evidence, self.leaders)

    @cached_property
    def strengths(self) -> npt.NDArray[np.float64]:
        """Total weight of each node."""
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()

    def divided(self, resolution: float, seed: int) -> tuple[Labels, float]:
        """:func:`partition` of these ties, kept: several measures ask for the same division."""
        if (resolution, seed) not in self._divided:
            self._divided[resolution, seed] = partition(self.matrix, resolution, seed)
        labels, quality = self._divided[resolution, seed]
        return labels.copy(), quality

    @cached_property
    def _divided(self) -> dict[tuple[float, int], tuple[Labels, float]]:
        return {}

    def ids(self, snapshot: Snapshot) -> tuple[pa.Array, pa.Array]:
        """Kind and id of every node, in the order of the matrix."""
        kinds = pa.array(["leaders"] * self.leaders + ["networks"] * self.networks, pa.string())
        return kinds, pa.concat_arrays([snapshot.ids("leaders"), snapshot.ids("networks")])


def surprise(memberships: TwoMode) -> npt.NDArray[np.float64]:
    """Weight of a membership in each network: ``-ln(size / (members + 1))``, shape (networks,).

    Sharing a small network says more than sharing a large one. ``members`` are the leaders with any network; the 1
    keeps a network that holds everybody just above nothing. Empty networks weigh 0.
    """
    sizes = memberships.group_sizes.astype(np.float64)
    members = int((memberships.degrees > 0).sum())
    return np.where(sizes > 0, -np.log(np.maximum(sizes, 1.0) / (members + 1.0)), 0.0)


def affiliation(snapshot: Snapshot) -> Affiliation:
    """Memberships and direct ties of a snapshot; each of the two rescaled to mean weight 1. Kept with the snapshot."""
    return shared(snapshot, AFFILIATION, _affiliation)


def _affiliation(snapshot: Snapshot) -> Affiliation:
    memberships = snapshot.incidence("memberships")
    belongs = memberships.csr
    weights = surprise(memberships)[belongs.indices]
    weighted = sp.csr_array((_mean_one(weights), belongs.indices, belongs.indptr), shape=belongs.shape)
    direct = ties(snapshot)
    direct.data = _mean_one(direct.data)
    matrix = sp.csr_array(sp.block_array([[direct, weighted], [weighted.T, None]], format="csr"))
    matrix.sort_indices()
    return Affiliation(matrix, *(int(n) for n in belongs.shape))


def _mean_one(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return weights / weights.mean() if len(weights) else weights

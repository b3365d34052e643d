"""The block model of people in networks: what a division leaves to chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.leiden import Labels

__all__ = ["Ends", "ends_of"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ends:
    """Ends of ties at each node, by kind of tie: of a person's memberships, a network's, and of direct ties."""

    person: Floats
    network: Floats
    tie: Floats

    def chance(self, labels: Labels, groups: int) -> Floats:
        """Ties that chance gives to each two groups (both directions), when everybody keeps their number of each kind.

        Memberships run between people and networks only; that is no news about any division.
        """
        known = np.flatnonzero(labels >= 0)
        person, network, tie = (
            np.bincount(labels[known], ends[known], groups) for ends in (self.person, self.network, self.tie)
        )
        expected = np.outer(person, network) / max(float(person.sum()), 1.0)
        return np.asarray(expected + expected.T + np.outer(tie, tie) / max(float(tie.sum()), 1.0), dtype=np.float64)


def ends_of(matrix: sp.csr_array, leaders: int) -> Ends:
    """The ends of a symmetric affiliation matrix whose first ``leaders`` rows are people, the rest networks."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    here, there = rows < leaders, matrix.indices < leaders
    kinds = (here & ~there, ~here & there, here & there)
    person, network, tie = (np.bincount(rows[k], matrix.data[k], matrix.shape[0]).astype(np.float64) for k in kinds)
    return Ends(person, network, tie)

"""The block model of people in networks: what a division leaves to chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.leiden import Labels

__all__ = ["Ends", "by_group", "ends_of", "summed"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Pairs = tuple[Ints, Ints, Floats]

_FLAT = 4_000_000  # up to so many pairs of groups, ties are counted in an array of all


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
        person, network, tie = self._by_group(labels, groups)
        expected = np.outer(person, network) / max(float(person.sum()), 1.0)
        return np.asarray(expected + expected.T + np.outer(tie, tie) / max(float(tie.sum()), 1.0), dtype=np.float64)

    def chance_of(self, labels: Labels, groups: int, first: Ints, second: Ints) -> Floats:
        """The same for some pairs of groups, row by row."""
        person, network, tie = self._by_group(labels, groups)
        both = person[first] * network[second] + network[first] * person[second]
        apart = tie[first] * tie[second] / max(float(tie.sum()), 1.0)
        return np.asarray(both / max(float(person.sum()), 1.0) + apart, dtype=np.float64)

    def _by_group(self, labels: Labels, groups: int) -> tuple[Floats, ...]:
        return tuple(by_group(labels, ends, groups) for ends in (self.person, self.network, self.tie))


def by_group(labels: Labels, values: Floats, groups: int) -> Floats:
    """Sum of a value of the nodes in each group, shape (groups,); label -1 is in no group."""
    known = labels >= 0
    return np.asarray(np.bincount(labels[known], values[known], groups), dtype=np.float64)


def summed(here: npt.NDArray[np.integer], there: npt.NDArray[np.integer], weight: Floats, groups: int) -> Pairs:
    """The pairs of groups that have ties, in order, and the weight of each."""
    pair = here.astype(np.int64) * groups + there
    if groups * groups <= _FLAT:
        found: Ints = np.flatnonzero(np.bincount(pair, minlength=groups * groups)).astype(np.int64)
        total = np.bincount(pair, weight, groups * groups)[found]
    else:
        found, at = np.unique(pair, return_inverse=True)
        total = np.bincount(at, weight, len(found))
    first, second = np.divmod(found, groups)
    return first, second, total.astype(np.float64)


def ends_of(matrix: sp.csr_array, leaders: int) -> Ends:
    """The ends of a symmetric affiliation matrix whose first ``leaders`` rows are people, the rest networks."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    here, there = rows < leaders, matrix.indices < leaders
    kinds = (here & ~there, ~here & there, here & there)
    person, network, tie = (np.bincount(rows[k], matrix.data[k], matrix.shape[0]).astype(np.float64) for k in kinds)
    return Ends(person, network, tie)

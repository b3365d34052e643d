"""What is more frequent in a group than chance gives: networks and interests of a community."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.chance import at_least, benjamini_hochberg

__all__ = ["Enriched", "enriched"]

Ints = npt.NDArray[np.int64]

LEAST = 2  # what one person has is not typical of a group


@dataclass(frozen=True)
class Enriched:
    """Over-represented (group, feature) pairs, by group, the most telling first; arrays of one shape."""

    group: Ints
    feature: Ints
    found: Ints
    lift: npt.NDArray[np.float64]
    q: npt.NDArray[np.float64]

    def of(self, group: int) -> Ints:
        """The features of a group, the most telling first."""
        return np.asarray(self.feature[self.group == group])


def enriched(has: sp.csr_array, groups: npt.NDArray[np.integer], alpha: float) -> Enriched:
    """Features that members of a group have more often than everybody.

    ``has`` is a 0/1 matrix (people, features), ``groups`` a number per person (-1: none). Each pair is tested with the
    Poisson tail against the same share in all groups; q is the false discovery rate (Benjamini-Hochberg) over all
    pairs. Telling is ``found x ln(lift)``: frequent and particular.
    """
    known = np.flatnonzero(groups >= 0)
    width = max(int(groups.max(initial=-1)) + 1, 1)
    member = sp.csr_array((np.ones(len(known)), (groups[known].astype(np.int64), known)), shape=(width, len(groups)))
    counts = sp.csr_array(member @ has)
    counts.sort_indices()
    group = np.repeat(np.arange(width, dtype=np.int64), np.diff(counts.indptr))
    feature, found = counts.indices.astype(np.int64), np.rint(counts.data).astype(np.int64)
    holders = np.bincount(feature, found, minlength=int(has.shape[1]))
    sizes = np.bincount(groups[known], minlength=width)
    expected = sizes[group] * holders[feature] / max(len(known), 1)
    q = benjamini_hochberg(at_least(found, expected), width * int((holders > 0).sum()))
    lift = found / np.maximum(expected, 1e-300)
    kept = np.flatnonzero((q < alpha) & (found >= LEAST) & (lift > 1.0))
    telling = np.round(found[kept] * np.log(lift[kept]), 9)
    order = kept[np.lexsort((feature[kept], -telling, group[kept]))]
    return Enriched(group[order], feature[order], found[order], lift[order], q[order])

"""Groups of communities: a second, wider level, from the ties that run between communities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import gammaln

from netofnets.analysis.leiden import Labels, partition, renumber

__all__ = ["wider_groups"]

_RESOLUTIONS = tuple(round(0.5 * 2.0 ** (step / 2), 6) for step in range(9))
_LEAST = 4  # communities; of fewer there is no wider level


def wider_groups(matrix: sp.csr_array, labels: Labels, seed: int) -> npt.NDArray[np.int64]:
    """The wider group of each community (-1: none), from how many ties run between each two communities.

    Leiden on the communities as nodes, at several resolutions; taken is the division with the shortest description of
    the ties between communities (planted partition, Zhang and Peixoto 2020, doi:10.1103/PhysRevResearch.2.043271). One
    that does not pay is none.
    """
    groups = int(labels.max(initial=-1)) + 1
    nothing = np.full(groups, -1, dtype=np.int64)
    if groups < _LEAST:
        return nothing
    between = _between(matrix, labels, groups)
    best, shortest = nothing, 0.0
    for resolution in _RESOLUTIONS:
        found = partition(between, resolution, seed)[0]
        if found.max(initial=0) < 1 or found.max() + 1 >= groups:
            continue
        length = _length(between, found)
        if length < shortest:
            best, shortest = renumber(found).astype(np.int64), length
    return best


def _between(matrix: sp.csr_array, labels: Labels, groups: int) -> sp.csr_array:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    apart = labels[rows] != labels[matrix.indices]
    ends = (labels[rows[apart]], labels[matrix.indices[apart]])
    between = sp.csr_array(sp.coo_array((matrix.data[apart], ends), shape=(groups, groups)).tocsr())
    between.sum_duplicates()
    between.sort_indices()
    return between


def _length(between: sp.csr_array, found: Labels) -> float:
    """Nats for the ties between communities with a division of the communities, less those without."""
    rows = np.repeat(np.arange(len(found)), np.diff(between.indptr))
    total = float(between.data.sum())
    strength = np.asarray(between.sum(axis=1), dtype=np.float64).ravel()
    chance = np.outer(strength, strength)
    np.fill_diagonal(chance, 0.0)  # ties inside a community are none of those between
    same = found[:, None] == found[None, :]
    expected = float(chance[same].sum() / chance.sum())
    inside = float(between.data[found[rows] == found[between.indices]].sum()) / total
    parts = ((inside, expected), (1.0 - inside, 1.0 - expected))
    fit = sum(part * np.log(part / by_chance) for part, by_chance in parts if part > 0.0 and by_chance > 0.0)
    if inside <= expected:
        return 0.0
    known = found[found >= 0]
    sizes, groups = np.bincount(known), int(known.max()) + 1
    members = gammaln(len(known) + 1) - gammaln(sizes + 1).sum() + _choices(groups, len(known) - groups)
    return float(members - total / 2.0 * fit)


def _choices(boxes: int, things: int) -> float:
    return float(gammaln(boxes + things) - gammaln(boxes) - gammaln(things + 1))

"""Which networks are parts of which, and which hold nearly everybody: neither says that two networks overlap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["NEARLY_EVERYBODY", "are_kin", "circles", "kin", "wholes"]

Ints = npt.NDArray[np.int64]

NEARLY_EVERYBODY = 0.8


def wholes(snapshot: Snapshot) -> sp.csr_array:
    """1 where the row's network is a part of the column's, at any depth; shape (networks, networks).

    Networks that are stated to be parts of each other in a circle are each part of all the others.
    """
    edges = snapshot.edges["network_parts"]
    size = snapshot.count("networks")
    apart = edges.source != edges.target
    ones = np.ones(int(apart.sum()), dtype=np.int32)
    direct = sp.csr_array(sp.coo_array((ones, (edges.source[apart], edges.target[apart])), shape=(size, size)))
    found = direct
    while True:
        further = sp.csr_array(found + found @ direct)
        further.data[:] = 1
        if further.nnz == found.nnz:
            found.sum_duplicates()
            found.data[:] = 1
            return found
        found = further


def kin(snapshot: Snapshot) -> sp.csr_array:
    """1 for each two networks of which one is a part of the other; symmetric, shape (networks, networks).

    A member of a chapter is counted in the association as well: that is no overlap of two networks.
    """
    parts = wholes(snapshot)
    both = sp.csr_array(parts + parts.T)
    both.data[:] = 1
    both.setdiag(0)
    both.eliminate_zeros()
    both.sort_indices()
    return both


def are_kin(snapshot: Snapshot, first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
    """Which pairs of networks, by position, are a part and its whole; the shape of ``first``."""
    if not len(snapshot.edges["network_parts"].source):
        return np.zeros(len(first), dtype=bool)
    found = sp.coo_array(kin(snapshot))
    width = snapshot.count("networks")
    return np.isin(first * width + second, found.row.astype(np.int64) * width + found.col)


def circles(memberships: TwoMode) -> npt.NDArray[np.bool_]:
    """Which networks are somebody's circle, shape (networks,): not the empty ones, nor those of nearly everybody.

    A network holds nearly everybody when at least :data:`NEARLY_EVERYBODY` of the people who are in any other network
    are in it, and there are two others at least: being in it together tells nothing about two people.
    """
    sizes = memberships.group_sizes
    filled = sizes > 0
    if int(filled.sum()) < 3:
        return filled
    elsewhere = int((memberships.degrees > 0).sum()) - _only_here(memberships)
    shared = np.bincount(memberships.csr.indices, _has_others(memberships), len(sizes))
    return filled & (shared < NEARLY_EVERYBODY * np.maximum(elsewhere, 1))


def _has_others(memberships: TwoMode) -> npt.NDArray[np.float64]:
    """1 for each membership of somebody who is in another network too."""
    return np.repeat(memberships.degrees > 1, memberships.degrees).astype(np.float64)


def _only_here(memberships: TwoMode) -> npt.NDArray[np.int64]:
    """For each network, the people who are in no other."""
    csr = memberships.csr
    alone = np.repeat(memberships.degrees == 1, memberships.degrees)
    return np.bincount(csr.indices[alone], minlength=int(csr.shape[1])).astype(np.int64)

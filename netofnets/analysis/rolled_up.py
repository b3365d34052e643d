"""Networks with their parts: who is in a network or in one of its parts, at any depth, each person once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.parts import kin, wholes
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["Outward", "outward", "rolled_up"]


def rolled_up(snapshot: Snapshot) -> TwoMode:
    """Memberships in which a member of a part is a member of every whole that it is part of; each pair once.

    The memberships themselves where no network is part of another.
    """
    memberships = snapshot.incidence("memberships")
    above = wholes(snapshot)
    if not above.nnz:
        return memberships
    both = sp.csr_array(memberships.csr + memberships.csr @ above)
    both.sort_indices()
    return TwoMode(sp.csr_array((np.ones(both.nnz, dtype=np.float32), both.indices, both.indptr), shape=both.shape))


class Outward:
    """What leads from each network, its parts included, to networks that are neither part nor whole of it.

    ``links`` has 1 for each member (rolled up) who is in such a network, shape (leaders, networks); ``reached`` counts
    these other networks, shape (networks,).
    """

    def __init__(self, links: TwoMode, reached: npt.NDArray[np.int64]) -> None:
        self.links = links
        self.reached = reached


def outward(snapshot: Snapshot) -> Outward:
    """The ties by shared members that lead out of each network."""
    own, whole = snapshot.incidence("memberships"), rolled_up(snapshot)
    networks = snapshot.count("networks")
    family = sp.csr_array(kin(snapshot) + sp.eye_array(networks, dtype=np.int32, format="csr"))
    within = sp.csr_array(own.csr @ family.astype(np.float32))  # memberships of the person that are in the family
    rows = np.repeat(np.arange(whole.csr.shape[0]), np.diff(whole.csr.indptr))
    inside = _at(within, rows, whole.csr.indices, networks)
    leads = own.degrees[rows] > inside
    links = TwoMode.from_pairs(
        rows[leads].astype(np.int32), whole.csr.indices[leads].astype(np.int32), (snapshot.count("leaders"), networks)
    )
    pairs = sp.coo_array(whole.csr.T @ own.csr)
    foreign = _at(family, pairs.row, pairs.col, networks) == 0
    return Outward(links, np.bincount(pairs.row[foreign], minlength=networks).astype(np.int64))


def _at(
    matrix: sp.csr_array, rows: npt.NDArray[np.integer], columns: npt.NDArray[np.integer], width: int
) -> npt.NDArray[np.int64]:
    """The values at these places; 0 where nothing is stored."""
    matrix.sort_indices()
    stored = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr)) * width + matrix.indices
    if not len(stored):
        return np.zeros(len(rows), dtype=np.int64)
    wanted = rows.astype(np.int64) * width + columns
    at = np.minimum(np.searchsorted(stored, wanted), len(stored) - 1)
    return np.where(stored[at] == wanted, np.rint(matrix.data[at]), 0).astype(np.int64)

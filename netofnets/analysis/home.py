"""The home network of every leader: the one disc of the map that a person stands in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netofnets.graph.twomode import TwoMode

__all__ = ["homes"]


def homes(memberships: TwoMode, labels: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Position of each leader's home network, shape (leaders,); -1 without a network.

    Of the networks in the leader's own community the smallest (the most specific), else the smallest of all; equals
    by id. ``labels`` has the communities of all leaders, then of all networks.
    """
    csr = memberships.csr
    leaders = int(csr.shape[0])
    rows = np.repeat(np.arange(leaders), np.diff(csr.indptr))
    foreign = labels[:leaders][rows] != labels[leaders:][csr.indices]
    order = np.lexsort((csr.indices, memberships.group_sizes[csr.indices], foreign, rows))
    home = np.full(leaders, -1, dtype=np.int64)
    has, first = np.unique(rows[order], return_index=True)
    home[has] = csr.indices[order][first]
    return home

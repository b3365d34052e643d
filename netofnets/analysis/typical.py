"""What a network works on: interests that are more frequent among its members than elsewhere, and those it states."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from netofnets.analysis.chance import at_least, benjamini_hochberg
from netofnets.analysis.enrichment import LEAST
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["typical_interests"]

_MANY = 1.0 / 3.0


def typical_interests(snapshot: Snapshot, alpha: float) -> TwoMode:
    """Networks by interests, 0/1: stated as a focus, named by many members, or by more than chance gives.

    Many: at least a third of the members whose interests are known, and no smaller share than of everybody. A fact
    needs no significance, and small networks have none to offer.

    Chance: as many members as its size would give if all people named interests alike (Poisson tail, false discovery
    rate below ``alpha`` over all pairs, Benjamini-Hochberg); what one member names is not typical.
    """
    memberships, held = snapshot.incidence("memberships"), snapshot.incidence("leader_interests")
    counts = sp.csr_array(memberships.csr.T @ held.csr)
    network = np.repeat(np.arange(counts.shape[0], dtype=np.int64), np.diff(counts.indptr))
    interest, found = counts.indices.astype(np.int64), np.rint(counts.data).astype(np.int64)
    people = max(int((held.degrees > 0).sum()), 1)
    active = np.bincount(memberships.csr.indices, np.repeat(held.degrees > 0, memberships.degrees), counts.shape[0])
    expected = active[network] * held.group_sizes[interest] / people
    q = benjamini_hochberg(at_least(found, expected), int(counts.shape[0]) * int((held.group_sizes > 0).sum()))
    many = (found >= _MANY * active[network]) & (found >= expected)
    kept = (found >= LEAST) & (many | ((q < alpha) & (found > expected)))
    stated = snapshot.edges["network_focuses"]
    ends = np.concatenate([network[kept], stated.source]), np.concatenate([interest[kept], stated.target])
    order = np.lexsort((ends[1], ends[0]))
    rows, columns = (np.asarray(end[order], dtype=np.int32) for end in ends)
    return TwoMode.from_pairs(rows, columns, (int(counts.shape[0]), int(counts.shape[1])))

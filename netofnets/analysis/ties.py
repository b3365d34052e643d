"""Direct ties between leaders: collaborations as matrices, loops out and parallel ones merged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot

__all__ = ["arcs", "once", "ties"]


def arcs(snapshot: Snapshot) -> sp.csr_array:
    """Who worked with whom, by direction: counts of shape (leaders, leaders), 1 where the source gives no count."""
    edges = snapshot.edges["collaborations"]
    people = snapshot.count("leaders")
    apart = edges.source != edges.target
    counted = sp.coo_array(
        (_counts(edges.table)[apart], (edges.source[apart], edges.target[apart])), shape=(people, people)
    ).tocsr()
    counted.sum_duplicates()
    return sp.csr_array(counted)


def once(matrix: sp.csr_array) -> sp.csr_array:
    """The same pattern with 1 for every entry."""
    return sp.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def ties(snapshot: Snapshot) -> sp.csr_array:
    """Symmetric counts of both directions together."""
    directed = arcs(snapshot)
    both = sp.csr_array(directed + directed.T)
    both.sort_indices()
    return both


def _counts(table: pa.Table) -> npt.NDArray[np.float64]:
    filled = pc.max_element_wise(pc.fill_null(table["count"], 1), 1)
    return np.asarray(filled.to_numpy(), dtype=np.float64)

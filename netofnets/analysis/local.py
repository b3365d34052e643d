"""The engine that is always there: sparse matrices in the memory of this process."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis import joins
from netofnets.analysis.engine import JOINED, SHARED, SPREAD, Engine, labelled
from netofnets.analysis.leiden import partition

__all__ = ["LOCAL", "Local"]

Ints = npt.NDArray[np.int64]


class Local:
    """See :class:`netofnets.analysis.engine.Engine`; holds nothing."""

    name = "local"

    def shared(self, memberships: pa.Table) -> pa.Table:
        """Pairs of networks with members in common: a product of two sparse matrices."""
        return pa.table(list(joins.shared(_matrix(memberships))), schema=SHARED)

    def joined(self, memberships: pa.Table, ties: pa.Table, related: pa.Table) -> pa.Table:
        """Who joins which pairs: sorts of integer keys."""
        people = _most(memberships["row"], ties["row"], ties["column"])
        networks = _most(memberships["column"], related["row"], related["column"])
        belongs, kin = _matrix(memberships, (people, networks)), _matrix(related, (networks, networks))
        return pa.table(list(joins.joined(belongs, _matrix(ties, (people, people)), kin)), schema=JOINED)

    def spread(self, weights: pa.Table, labels: pa.Table) -> pa.Table:
        """Weights by group: a product with the matrix of groups."""
        of = np.full(_most(weights["column"], labels["node"]), -1, dtype=np.int64)
        of[labels["node"].to_numpy()] = labels["label"].to_numpy()
        matrix = _matrix(weights, (_most(weights["row"]), len(of)))
        strength, squares = joins.spread(matrix, of)
        rows = np.flatnonzero(np.diff(matrix.indptr))
        return pa.table([rows, strength[rows], squares[rows]], schema=SPREAD)

    def labels(self, ties: pa.Table, resolution: float, seed: int) -> pa.Table:
        """Two iterations of Leiden (:func:`netofnets.analysis.leiden.partition`)."""
        nodes = _most(ties["row"], ties["column"])
        half = _matrix(ties, (nodes, nodes))
        return labelled(partition(sp.csr_array(half + half.T), resolution, seed)[0])

    def close(self) -> None:
        """Nothing to let go of."""


LOCAL: Engine = Local()


def _most(*columns: pa.ChunkedArray) -> int:
    """One more than the largest position in any column; 0 when there is none."""
    return max(int(column.to_numpy().max(initial=-1)) for column in columns) + 1


def _matrix(table: pa.Table, shape: tuple[int, int] | None = None) -> sp.csr_array:
    """``row``, ``column`` and ``weight`` (1 where there is none) as a matrix with sorted columns."""
    rows, columns = table["row"].to_numpy(), table["column"].to_numpy()
    weights = table["weight"].to_numpy().astype(np.float64) if "weight" in table.column_names else np.ones(len(rows))
    shape = shape or (_most(table["row"]), _most(table["column"]))
    matrix = sp.csr_array(sp.coo_array((weights, (rows, columns)), shape=shape).tocsr())
    matrix.sort_indices()
    return matrix

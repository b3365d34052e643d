"""What counts: the joins that grow with the data, behind one protocol, Arrow tables in and Arrow tables out.

Everything else of an analysis is a function of what these return, the same whichever engine it was. Rows of the tables
that go in are in no particular order; what comes out is sorted by the columns that are named first.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

__all__ = ["JOINED", "LABELS", "SHARED", "SPREAD", "Engine", "entries", "labelled", "pairs"]

SHARED = pa.schema([("first", pa.int64()), ("second", pa.int64()), ("shared", pa.int64())])
JOINED = pa.schema(
    [
        ("first", pa.int64()),
        ("second", pa.int64()),
        ("leader", pa.int64()),
        ("both", pa.bool_()),
        ("carried", pa.int64()),
        ("partners", pa.int64()),
        ("hanging", pa.float64()),
    ]
)
SPREAD = pa.schema([("row", pa.int64()), ("strength", pa.float64()), ("squares", pa.float64())])
LABELS = pa.schema([("node", pa.int64()), ("label", pa.int64())])


class Engine(Protocol):
    """One way to compute the joins. Two engines give the same tables, to the last bit: what is summed is whole numbers,
    or floats in an order that is laid down.
    """

    @property
    def name(self) -> str:
        """What it is called in settings and commands."""

    def shared(self, memberships: pa.Table) -> pa.Table:
        """Pairs of networks with members in common (:data:`SHARED`, first < second), from ``row`` (leader), ``column``
        (network), each pair once.
        """

    def joined(self, memberships: pa.Table, ties: pa.Table, related: pa.Table) -> pa.Table:
        """Every pair of networks with a leader who joins it (:data:`JOINED`, first < second): being in both, or having
        a tie from a network that the other end is not in to one that the leader is not in.

        ``ties`` are ``row`` < ``column`` (leaders) and ``weight`` (a whole number), each pair once; ``related`` holds
        ``row`` and ``column`` of networks that are no pair. Columns as of :class:`netofnets.analysis.joins.Joined`.
        """

    def spread(self, weights: pa.Table, labels: pa.Table) -> pa.Table:
        """Per row its weight, and the sum of squares of its weights in each group of columns (:data:`SPREAD`).

        ``weights`` are ``row``, ``column``, ``weight``; ``labels`` the groups (:data:`LABELS`) of the columns that are
        in one. In the order of :func:`netofnets.analysis.joins.spread`.
        """

    def labels(self, ties: pa.Table, resolution: float, seed: int) -> pa.Table:
        """Community of every node with a tie (:data:`LABELS`), by Leiden on ``row`` < ``column``, ``weight``.

        Not the same on every engine; :class:`~netofnets.errors.EngineError` where it has none.
        """

    def close(self) -> None:
        """Let go of what it holds."""


def pairs(matrix: sp.csr_array) -> pa.Table:
    """The entries of a matrix as ``row`` and ``column``."""
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return pa.table({"row": rows, "column": matrix.indices.astype(np.int64)})


def entries(matrix: sp.csr_array, *, whole: bool = False) -> pa.Table:
    """The entries of a matrix as ``row``, ``column`` and ``weight``, which is an integer where all are ``whole``."""
    weight = np.rint(matrix.data).astype(np.int64) if whole else matrix.data.astype(np.float64)
    return pairs(matrix).append_column("weight", pa.array(weight))


def labelled(labels: np.ndarray[tuple[int], np.dtype[np.integer]]) -> pa.Table:
    """The nodes that have a label (-1 is none)."""
    known = np.flatnonzero(labels >= 0)
    return pa.table({"node": known.astype(np.int64), "label": labels[known].astype(np.int64)})

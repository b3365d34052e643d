"""Which rows of a table name a node: looked up, where a scan would read the table for each page."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.arrow_files import in_one
from netofnets.graph.cells import Texts

__all__ = ["RowOf", "RowsOf", "rows_with"]

Ints = npt.NDArray[np.int64]


def rows_with(table: pa.Table, column: str, value: object) -> pa.Table:
    """The rows that have a value in a column: where they stand together, as most are published, that is no copy."""
    rows = np.flatnonzero(np.asarray(pc.fill_null(pc.equal(table[column], value), False).to_numpy(), dtype=bool))
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return table.slice(rows[0], len(rows))
    return table.take(pa.array(rows))


@dataclass(frozen=True, slots=True)
class RowsOf:
    """The rows that name each node, in the order of the table: ``rows[start[node]:start[node + 1]]``."""

    start: Ints
    rows: npt.NDArray[np.int32]

    @classmethod
    def ending_at(cls, nodes: int, *ends: npt.NDArray[np.integer]) -> RowsOf:
        """Of a table whose rows name the nodes (positions below ``nodes``) in these columns; -1 names nobody."""
        named = np.concatenate(ends)
        rows = np.tile(np.arange(len(ends[0]), dtype=np.int32), len(ends))
        order = np.lexsort((rows, named))
        start = np.searchsorted(named[order], np.arange(nodes + 1)).astype(np.int64)
        return cls(start, rows[order])

    def __getitem__(self, node: int) -> Ints:
        return self.rows[self.start[node] : self.start[node + 1]].astype(np.int64)


@dataclass(frozen=True, slots=True)
class RowOf:
    """The row of each id in a column of distinct ids: nothing is held but an order, where the column is not in one."""

    ids: Texts
    order: npt.NDArray[np.int64] | None

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> RowOf:
        """Of a column of a published table."""
        ids = in_one(column)
        if len(ids) < 2 or pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py():
            return cls(Texts(ids), None)
        return cls(Texts(ids), np.asarray(pc.sort_indices(ids).to_numpy(), dtype=np.int64))

    def find(self, one: str) -> int:
        """The row; -1 when the column has no such id."""
        if self.order is None:
            at = self.ids.place(one, 0, len(self.ids))
        else:
            at = bisect_left(range(len(self.ids)), one, key=lambda place: self.ids[self._row(place)] or "")
        return self._row(at) if at < len(self.ids) and self.ids[self._row(at)] == one else -1

    def _row(self, place: int) -> int:
        return place if self.order is None else int(self.order[place])

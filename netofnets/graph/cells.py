"""Single cells of Arrow columns, which pages look up by the hundred: read where they lie, without objects in between.

Arrow makes a column, a scalar and a value for each cell; here a text is cut out of the bytes of its column, in a tenth
of that time. Nothing is held but views of what is mapped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["Cells", "Texts"]

_SOME = 1 << 16  # rows that are looked at together

Read = Callable[[int], Any]


class Texts:
    """A column of texts that lies in one piece."""

    def __init__(self, column: pa.Array) -> None:
        column = column if pa.types.is_string(column.type) else column.cast(pa.string())  # of no rows it may be none
        valid, ends, data = column.buffers()
        self._rows, self._offset = len(column), column.offset
        every = memoryview(ends if ends is not None and ends.size else bytes(4)).cast("B").cast("i")
        self._ends = every[column.offset : column.offset + len(column) + 1]
        self._data = memoryview(data if data is not None else b"")
        self._valid = memoryview(valid).cast("B") if valid is not None and column.null_count else None

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, row: int) -> str | None:
        if self._valid is not None:
            bit = self._offset + row
            if not self._valid[bit >> 3] >> (bit & 7) & 1:
                return None
        return str(self._data[self._ends[row] : self._ends[row + 1]], "utf-8")

    def place(self, text: str, low: int, high: int) -> int:
        """Where a text stands among these rows, which are in order and without gaps, or where it would stand."""
        alike, sought = self._of_one_length, text.encode()
        if alike is not None and len(sought) == alike.itemsize:
            return low + int(alike[low:high].searchsorted(np.bytes_(sought)))
        return bisect_left(range(self._rows), text, low, high, key=lambda row: self[row] or "")

    @cached_property
    def _of_one_length(self) -> npt.NDArray[np.bytes_] | None:
        """All texts as one array of bytes, where they are as long as each other, as ids are."""
        ends = np.frombuffer(self._ends, dtype=np.int32)
        width = int(ends[1] - ends[0]) if self._rows else 0
        parts = (ends[at : at + _SOME + 1] for at in range(0, self._rows, _SOME))
        if not width or self._valid is not None or not all((np.diff(part) == width).all() for part in parts):
            return None
        return np.frombuffer(self._data, dtype=f"S{width}", count=self._rows, offset=int(ends[0]))


class Cells:
    """The columns of a table, each made ready when one of its cells is asked for first."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self.names = table, tuple(table.column_names)
        self._read: dict[str, Read] = {}
        self._pieces: dict[str, list[tuple[int, Texts]]] = {}

    def column(self, name: str) -> Read:
        """What gives the value of a column in a row."""
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = _reading(self._table[name])
        return found

    def row(self, at: int, names: Sequence[str] = ()) -> dict[str, Any]:
        """A row by the names of its columns; all of them, or those that are named and there."""
        return {name: self.column(name)(at) for name in names or self.names if name in self.names}

    def find(self, name: str, text: str, low: int = 0, high: int | None = None) -> int:
        """The first of these rows that has a text in a column, which is in order there; -1 when none has."""
        end = self._table.num_rows if high is None else high
        for start, piece in self._in_pieces(name):
            first, last = max(low - start, 0), min(end - start, len(piece))
            if first < last and (at := piece.place(text, first, last)) < last:
                return start + at if piece[at] == text else -1
        return -1

    def _in_pieces(self, name: str) -> list[tuple[int, Texts]]:
        found = self._pieces.get(name)
        if found is None:
            chunks = self._table[name].chunks
            starts = np.cumsum([0, *map(len, chunks)]).tolist()
            found = self._pieces[name] = [(start, Texts(c)) for start, c in zip(starts, chunks, strict=False)]
        return found


def _reading(column: pa.ChunkedArray) -> Read:
    """Each piece is read where it lies; to put several together would be a copy."""
    pieces = [_reading_in(piece) for piece in column.chunks]
    if len(pieces) == 1:
        return pieces[0]
    starts = np.cumsum([0, *map(len, column.chunks)]).tolist()

    def read(at: int) -> Any:
        piece = bisect_right(starts, at) - 1
        return pieces[piece](at - starts[piece])

    return read


def _reading_in(piece: pa.Array) -> Read:
    if pa.types.is_string(piece.type):
        return Texts(piece).__getitem__
    if not piece.null_count and (pa.types.is_integer(piece.type) or pa.types.is_floating(piece.type)):
        numbers = piece.to_numpy()
        return lambda at: numbers[at].item()
    return lambda at: piece[at].as_py()

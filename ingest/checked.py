"""A table after checking: the rows that were taken, and what is to be told about the others."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.mapping import TableSpec
from ingest.spill import Chunk, Spill
from netofnets.language import said_by
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem
from netofnets.schema.text import BadValue

__all__ = ["CheckedRow", "CheckedTable", "Rows"]

CheckedRow = tuple[int, int, tuple[Value, ...]]
"""Row number, physical line, and the values in the order of ``CheckedTable.columns``."""

_TOGETHER = 500  # rows that are written down at once


class Rows:
    """Checked rows in their order, most of them written down: they are gone through, several times, never held."""

    def __init__(self) -> None:
        self._spill = Spill()
        self._chunks: list[Chunk] = []
        self._last: list[CheckedRow] = []
        self._places = array("Q")

    def append(self, row: CheckedRow) -> None:
        """Add a row at the end."""
        self._last.append(row)
        self._places.append(row[0] << 32 | row[1])
        if len(self._last) >= _TOGETHER:
            self._chunks.append(self._spill.put(self._last))
            self._last = []

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[CheckedRow]:
        for chunk in self._chunks:
            yield from self._spill.get(chunk)
        yield from self._last

    def place(self, position: int) -> tuple[int, int]:
        """Row number and physical line of a row, by its place among the rows."""
        place = self._places[position]
        return place >> 32, place & 0xFFFFFFFF


@dataclass(slots=True)
class CheckedTable:
    """The accepted rows of one table, and what is to be told about the others."""

    spec: TableSpec
    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: Rows = field(default_factory=Rows)
    bad: list[Problem] = field(default_factory=list)
    cells: list[Problem] = field(default_factory=list)  # cells that were put aside; the rest of their rows was taken
    hopeless: set[str] = field(default_factory=set)  # headers of columns in which no cell could be taken
    warnings: list[Problem] = field(default_factory=list)
    read: int = 0
    skipped: int = 0
    duplicates: int = 0

    @property
    def place(self) -> str:
        """File and sheet, as origins begin."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    def problem(self, row: int, line: int, column: str, bad: BadValue) -> Problem:
        """A problem in this table."""
        return Problem(self.file, row, line, column, bad.code, said_by(bad), bad.remedy, self.sheet)

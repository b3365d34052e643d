"""A table after checking: the rows that were taken, and what is to be told about the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.mapping import TableSpec
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem
from netofnets.schema.text import BadValue

__all__ = ["CheckedRow", "CheckedTable"]

CheckedRow = tuple[int, int, tuple[Value, ...]]
"""Row number, physical line, and the values in the order of ``CheckedTable.columns``."""


@dataclass(slots=True)
class CheckedTable:
    """The accepted rows of one table, and what is to be told about the others."""

    spec: TableSpec
    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: list[CheckedRow] = field(default_factory=list)  # until their facts have been worked out
    taken: int = 0
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
        return Problem(self.file, row, line, column, bad.code, str(bad), bad.remedy, self.sheet)

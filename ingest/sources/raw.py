"""What every kind of input is turned into: a header and a stream of rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from netofnets.schema.text import BadValue

__all__ = ["WHOLE_ROW", "Fault", "RawRow", "RawTable", "Remark"]

WHOLE_ROW = -1
"""The column of a fault that makes the row as a whole unusable."""


class Fault(NamedTuple):
    """A cell (its column, from 0, or :data:`WHOLE_ROW`) that the reader itself found unusable.

    ``fits`` names the sorts of columns (``ingest.check.sort_of``) for which the cell is all right as it is.
    """

    column: int
    bad: BadValue
    fits: frozenset[str] = frozenset()


RawRow = tuple[int, int, list[str], tuple[Fault, ...]]
"""Row number (as a spreadsheet shows it), physical line, cells, and what is wrong with them already."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a whole file or sheet."""

    code: str
    sentence: str


@dataclass(slots=True)
class RawTable:
    """One table of text. ``rows`` is read once, from the file as it goes; the source must stay open meanwhile."""

    file: str
    sheet: str
    header: list[str]
    rows: Iterator[RawRow]
    header_row: int = 1
    remarks: list[Remark] = field(default_factory=list)

    @property
    def place(self) -> str:
        """File, and sheet when there is one: ``book.xlsx/People``."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

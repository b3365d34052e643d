"""What every kind of input is turned into: a header and a stream of rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from netofnets.schema.text import BadValue

__all__ = ["Fault", "RawRow", "RawTable", "Remark"]

Fault = tuple[int, BadValue]
"""A cell (its column, from 0; -1 for the row as a whole) that the reader itself found unusable."""

RawRow = tuple[int, int, list[str], Fault | None]
"""Row number (as a spreadsheet shows it), physical line, cells, and what is wrong with them already."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a whole file or sheet."""

    code: str
    sentence: str


@dataclass(slots=True)
class RawTable:
    """One table of text. ``rows`` can be read once; it must be read to its end before the file is closed."""

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

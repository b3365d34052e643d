"""People by people: a table whose rows and columns are the same people becomes ties, one for each cell that says so."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sources.raw import Fault, RawRow, RawTable, Remark
from netofnets.language import say

__all__ = ["MATRIX", "NAMES", "unfolded"]

MATRIX, NAMES = "matrix", "names"
_NO_TIE = frozenset(("", "0", "0.0", "-", "–", "—", "no", "n", "false"))


def unfolded(raw: RawTable, layout: str) -> RawTable:
    """``matrix``: ``row``, ``column`` and ``cell`` of each tie; ``names``: the column ``name``, everybody once.

    Empty cells, zeros and strokes are no ties, nor is what somebody has with themself (the diagonal).
    """
    if layout == NAMES:
        return RawTable(raw.file, raw.sheet, ["name"], _names(raw), raw.header_row, raw.remarks)
    remark = Remark("matrix", say("Cells on the diagonal, empty cells and zeros were read as no tie."))
    return RawTable(raw.file, raw.sheet, ["row", "column", "cell"], _ties(raw), raw.header_row, [*raw.remarks, remark])


def _ties(raw: RawTable) -> Iterator[RawRow]:
    columns = [name.strip() for name in raw.header]
    for number, line, cells, faults in raw.rows:
        who = cells[0].strip() if cells else ""
        bad = {fault.column: fault.bad for fault in faults}
        for column, cell in enumerate(cells[1:], 1):
            other = columns[column] if column < len(columns) else ""
            if other.casefold() == who.casefold() or (cell.strip().casefold() in _NO_TIE and column not in bad):
                continue
            yield number, line, [who, other, cell], (Fault(2, bad[column]),) if column in bad else ()


def _names(raw: RawTable) -> Iterator[RawRow]:
    seen = set()
    for name in raw.header[1:]:
        if name.strip() and name.strip().casefold() not in seen:
            seen.add(name.strip().casefold())
            yield raw.header_row, raw.header_row, [name], ()
    for number, line, cells, _ in raw.rows:
        if cells and cells[0].strip() and cells[0].strip().casefold() not in seen:
            seen.add(cells[0].strip().casefold())
            yield number, line, [cells[0]], ()

"""From raw rows to checked rows: every row is accepted, skipped on purpose, or put aside with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from ingest import limits
from ingest.mapping import TableSpec
from ingest.recipes import BoundColumn, Headers, bind, row_filter, unknown_headers
from ingest.required import Required, required_groups
from ingest.sources.raw import RawRow, RawTable
from netofnets.errors import InputError
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem
from netofnets.schema.text import BadValue

__all__ = ["CheckedRow", "CheckedTable", "check_table", "refuse_too_many"]

CheckedRow = tuple[int, int, tuple[Value, ...]]
"""Row number, physical line, and the values in the order of ``CheckedTable.columns``."""

_REMEMBERED = 5_000  # values per column; beyond that a column hardly repeats


@dataclass(slots=True)
class CheckedTable:
    """The accepted rows of one table, and what is to be told about the others."""

    spec: TableSpec
    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: list[CheckedRow] = field(default_factory=list)
    bad: list[Problem] = field(default_factory=list)
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


def check_table(spec: TableSpec, raw: RawTable, tick: Callable[[int], None] = lambda rows: None) -> CheckedTable:
    """Read ``raw`` to its end. ``tick`` is called with the number of rows read, now and then.

    Raises :class:`InputError` for what makes the whole table unusable (missing or duplicate columns).
    """
    headers = Headers(raw)
    columns = bind(spec, headers)
    take = row_filter(spec, headers)
    names = tuple(column.column.name for column in columns)
    table = CheckedTable(spec, raw.file, raw.sheet, names)
    _remark(table, raw, unknown_headers(spec, headers))
    reader = _RowReader(table, columns, required_groups(spec.shape, names), len(raw.header))
    seen: set[tuple[Value, ...]] = set()
    for row in raw.rows:
        table.read += 1
        if table.read % 5_000 == 0:
            tick(5_000)
        try:
            cells = reader.cells(row)
            if cells is None:
                table.read -= 1  # a blank row is no row
                continue
            if take is not None and not take(cells):
                table.skipped += 1
                continue
            values = reader.values(row, cells)
        except _RowRefused as refused:
            table.bad.append(refused.problem)
            continue
        if values in seen and not spec.events:
            table.duplicates += 1
            _warn_duplicate(table, row)
            continue
        seen.add(values)
        table.rows.append((row[0], row[1], values))
    tick(table.read % 5_000)
    return table


class _RowRefused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _RowReader:
    """Turns raw rows of one table into values; the inner loop of every load."""

    def __init__(self, table: CheckedTable, columns: list[BoundColumn], required: list[Required], width: int) -> None:
        self._table = table
        self._columns = columns
        self._required = required
        self._width = width
        for column in columns:
            column.seen[""] = None
        self._bound = [(c.index, c.read, c.seen, c) for c in columns]
        position = {c.column.name: i for i, c in enumerate(columns)}
        spans = (("start", "end"), ("first", "last"), ("credential_earned", "credential_expires"))
        self._spans = [(position[a], position[b]) for a, b in spans if a in position and b in position]

    def cells(self, row: RawRow) -> list[str] | None:
        """The cells, as many as the header has; None for a blank row."""
        number, line, cells, fault = row
        if fault is not None:
            self._refuse(number, line, self._column_at(fault[0]), fault[1])
        if len(cells) != self._width:
            if not any(cells):
                return None
            if any(cell.strip() for cell in cells[self._width :]):
                self._refuse(number, line, "", _TOO_MANY)
            cells = cells[: self._width] + [""] * (self._width - len(cells))
        if max(map(len, cells)) > 1000:
            self._check_size(number, line, cells)
        return cells if any(cells) else None

    def values(self, row: RawRow, cells: list[str]) -> tuple[Value, ...]:
        """The checked values of a row."""
        found: list[Value] = []
        for index, read, seen, column in self._bound:
            text = cells[index] if read is None else read(cells)
            if text in seen:
                found.append(seen[text])
            else:
                found.append(self._fresh(row, column, text))
        for required in self._required:
            if not any(found[i] is not None for i in required.positions):
                self._refuse(row[0], row[1], self._columns[required.positions[0]].header, required.missing)
        for start, end in self._spans:
            first, last = found[start], found[end]
            if first is not None and last is not None and str(first) > str(last):
                self._refuse(row[0], row[1], self._columns[end].header, _REVERSED)
        return tuple(found)

    def _fresh(self, row: RawRow, column: BoundColumn, text: str) -> Value:
        notes: list[str] = []
        try:
            value = column.check(text, notes)
        except BadValue as bad:
            self._refuse(row[0], row[1], column.header, bad)
        for code in notes:
            self._table.warnings.append(
                Problem(self._table.file, row[0], row[1], column.header, code, _NOTES[code], sheet=self._table.sheet)
            )
        if not notes and len(column.seen) < _REMEMBERED:
            column.seen[text] = value
        return value

    def _check_size(self, number: int, line: int, cells: list[str]) -> None:
        for index, cell in enumerate(cells):
            if len(cell) > limits.CELL_CHARACTERS:
                sentence = f"A cell has {len(cell):,} characters; the limit is {limits.CELL_CHARACTERS:,}."
                self._refuse(
                    number, line, self._column_at(index), BadValue("cell_too_large", sentence, "Shorten the cell.")
                )
        if sum(map(len, cells)) > limits.ROW_CHARACTERS:
            sentence = f"The row has more than {limits.ROW_CHARACTERS:,} characters."
            self._refuse(number, line, "", BadValue("row_too_large", sentence, "Shorten its cells."))

    def _column_at(self, index: int) -> str:
        return next((c.header for c in self._columns if c.index == index), "")

    def _refuse(self, number: int, line: int, column: str, bad: BadValue) -> NoReturn:
        raise _RowRefused(self._table.problem(number, line, column, bad)) from None


_TOO_MANY = BadValue(
    "too_many_fields",
    "The row has more cells than the header.",
    "Put cells that hold the delimiter into quotes, or remove the surplus.",
)
_REVERSED = BadValue("dates_reversed", "The end lies before the start.", "Correct one of the two dates.")
_NOTES = {
    "invisible_char_removed": "An invisible character was removed.",
    "replacement_char": "Some characters were lost before the file came here (shown as a question mark in a diamond).",
}


def _remark(table: CheckedTable, raw: RawTable, unknown: Iterable[str]) -> None:
    remarks = [(remark.code, remark.sentence, "") for remark in raw.remarks]
    remarks += [("unknown_column", "No column of ours is mapped to it; it was not stored.", name) for name in unknown]
    for code, sentence, column in remarks:
        table.warnings.append(
            Problem(raw.file, raw.header_row, raw.header_row, column, code, sentence, sheet=raw.sheet)
        )


def _warn_duplicate(table: CheckedTable, row: RawRow) -> None:
    sentence = "The same row stands in the table before."
    table.warnings.append(Problem(table.file, row[0], row[1], "", "duplicate_row", sentence, sheet=table.sheet))


def refuse_too_many(tables: Iterable[CheckedTable], later: Iterable[Problem] = ()) -> None:
    """Raise :class:`InputError` (``too_many_bad_rows``) when so many rows are bad that the mapping must be wrong."""
    tables = list(tables)
    problems = [problem for table in tables for problem in table.bad] + list(later)
    total = sum(table.read - table.skipped for table in tables)
    if len(problems) <= limits.BAD_ROWS_SURE or len(problems) <= limits.BAD_ROWS_SHARE * total:
        return
    counts = ", ".join(f"{code}: {n}" for code, n in Counter(p.code for p in problems).most_common())
    first = "\n".join(f"  {p.file}, row {p.row}: {p.sentence}" for p in problems[:20])
    raise InputError(
        f"{len(problems)} of {total} rows cannot be taken ({counts}), so the mapping or the file is wrong; "
        f"nothing was loaded.\n{first}",
        code="too_many_bad_rows",
    )

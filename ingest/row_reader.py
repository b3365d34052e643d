"""One row at a time: its cells become values, a bad cell costs itself where the row can do without it, else the row."""

from __future__ import annotations

from typing import NoReturn

from ingest import limits
from ingest.checked import CheckedTable, Rows
from ingest.day_order import Held, decide
from ingest.recipes import BoundColumn
from ingest.required import Required, can_do_without, sort_of
from ingest.sources.raw import WHOLE_ROW, Fault, RawRow
from netofnets.language import say
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem
from netofnets.schema.text import BadValue

__all__ = ["RowReader", "RowRefused"]

_REMEMBERED = 5_000  # values per column; beyond that a column hardly repeats

_TOO_MANY = BadValue(
    "too_many_fields",
    say("The row has more cells than the header."),
    say("Put cells that hold the delimiter into quotes, or remove the surplus."),
)
_REVERSED = BadValue("dates_reversed", say("The end lies before the start."), say("Correct one of the two dates."))
_NOTES = {
    "invisible_char_removed": say("An invisible character was removed."),
    "replacement_char": say(
        "Some characters were lost before the file came here (shown as a question mark in a diamond)."
    ),
}


class RowRefused(Exception):
    """The row cannot be taken; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class RowReader:
    """Turns raw rows of one table into values; the inner loop of every load.

    ``put_aside`` holds what was wrong with single cells of the row that was read last.
    """

    def __init__(self, table: CheckedTable, columns: list[BoundColumn], required: list[Required], width: int) -> None:
        self._table = table
        self._columns = columns
        self._required = required
        self._width = width
        self.put_aside: list[Problem] = []
        for column in columns:
            column.seen[""] = None
        self._bound = [(c.index, c.read, c.seen, i) for i, c in enumerate(columns)]
        self._expendable = [
            not c.strict and can_do_without(table.spec.shape, c.column, required, i) for i, c in enumerate(columns)
        ]
        self._sorts = [sort_of(c.column) for c in columns]
        position = {c.column.name: i for i, c in enumerate(columns)}
        spans = (("start", "end"), ("first", "last"), ("credential_earned", "credential_expires"))
        self._spans = [(position[a], position[b]) for a, b in spans if a in position and b in position]

    def cells(self, row: RawRow) -> list[str] | None:
        """The cells, as many as the header has; None for a blank row."""
        number, line, cells, faults = row
        if faults and not cells:
            self.refuse_faulty(row)
        if len(cells) != self._width:
            if not any(cells):
                return None
            if any(cell.strip() for cell in cells[self._width :]):
                self._refuse(number, line, "", _TOO_MANY)
            cells = cells[: self._width] + [""] * (self._width - len(cells))
        if max(map(len, cells)) > 1000:
            self._check_size(number, line, cells)
        return cells if faults or any(cells) else None

    def refuse_faulty(self, row: RawRow) -> None:
        """Refuse a row that its reader found unusable as a whole."""
        for fault in row[3]:
            if fault.column == WHOLE_ROW:
                self._refuse(row[0], row[1], "", fault.bad)

    def values(self, row: RawRow, cells: list[str]) -> tuple[Value, ...]:
        """The checked values of a row."""
        if self.put_aside:
            self.put_aside = []
        spoiled = self._spoiled(row[3]) if row[3] else None
        found: list[Value] = []
        for index, read, seen, position in self._bound:
            text = cells[index] if read is None else read(cells)
            if spoiled and position in spoiled:
                found.append(self._without(row, position, spoiled[position]))
            elif text in seen:
                found.append(seen[text])
            else:
                found.append(self._fresh(row, position, text))
        for required in self._required:
            if not any(found[i] is not None for i in required.positions):
                self._refuse(row[0], row[1], self._columns[required.positions[0]].header, required.missing)
        if self._spans:
            self._check_spans(row[0], row[1], found)
        return tuple(found)

    def _spoiled(self, faults: tuple[Fault, ...]) -> dict[int, BadValue]:
        """What the reader found wrong, by the position of our column that the cell goes into."""
        return {
            position: fault.bad
            for fault in faults
            for position, column in enumerate(self._columns)
            if fault.column in column.cells and not self._fits(fault, position)
        }

    def _fits(self, fault: Fault, position: int) -> bool:
        """Whether the cell will do for the column; nothing ("empty") will where no row has to have something."""
        needed = any(position in required.positions for required in self._required)
        return self._sorts[position] in fault.fits or (not needed and "empty" in fault.fits)

    def _without(self, row: RawRow, position: int, bad: BadValue) -> Value:
        """The row without this cell, or no row."""
        header = self._columns[position].header
        if not self._expendable[position]:
            self._refuse(row[0], row[1], header, bad)
        self.put_aside.append(self._table.problem(row[0], row[1], header, bad))
        return None

    def _check_spans(self, number: int, line: int, found: list[Value]) -> None:
        for start, end in self._spans:
            first, last = found[start], found[end]
            if first is None or last is None or type(first) is Held or type(last) is Held:
                continue
            if str(first) > str(last):
                self._refuse(number, line, self._columns[end].header, _REVERSED)

    def _fresh(self, row: RawRow, position: int, text: str) -> Value:
        column = self._columns[position]
        notes: list[str] = []
        try:
            value = column.check(text, notes)
        except BadValue as bad:
            return self._without(row, position, bad)
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
                sentence = say(
                    "A cell has {n:,} characters; the limit is {cell_characters:,}.",
                    n=len(cell),
                    cell_characters=limits.CELL_CHARACTERS,
                )
                self._refuse(
                    number, line, self._column_at(index), BadValue("cell_too_large", sentence, say("Shorten the cell."))
                )
        if sum(map(len, cells)) > limits.ROW_CHARACTERS:
            sentence = say("The row has more than {row_characters:,} characters.", row_characters=limits.ROW_CHARACTERS)
            self._refuse(number, line, "", BadValue("row_too_large", sentence, say("Shorten its cells.")))

    def _column_at(self, index: int) -> str:
        return next((c.header for c in self._columns if index in c.cells), "")

    def _refuse(self, number: int, line: int, column: str, bad: BadValue) -> NoReturn:
        raise RowRefused(self._table.problem(number, line, column, bad)) from None

    def finish(self) -> None:
        """After the last row: settle dates that were held back, and note columns in which nothing could be taken."""
        decide(c.order for c in self._columns if c.order)
        held = [(i, c) for i, c in enumerate(self._columns) if c.order and c.order.held]
        if held:
            self._settle_dates([i for i, _ in held])
        for _, column in held:
            if column.order and (sentence := column.order.remark()):
                table = self._table
                table.warnings.append(Problem(table.file, 0, 0, column.header, "date_order", sentence, "", table.sheet))
        bad = {problem.column for problem in self._table.cells}
        for position, column in enumerate(self._columns):
            if column.header in bad and not any(row[2][position] is not None for row in self._table.rows):
                self._table.hopeless.add(column.header)

    def _settle_dates(self, positions: list[int]) -> None:
        rows, self._table.rows = self._table.rows, Rows()
        for number, line, values in rows:
            found = list(values)
            self.put_aside = []
            try:
                for i in positions:
                    if type(found[i]) is Held:
                        found[i] = self._settled(number, line, i, str(found[i]))
                self._check_spans(number, line, found)
            except RowRefused as refused:
                self._table.bad.append(refused.problem)
                continue
            self._table.cells += self.put_aside
            self._table.rows.append((number, line, tuple(found)))

    def _settled(self, number: int, line: int, position: int, text: str) -> Value:
        order = self._columns[position].order
        assert order is not None
        try:
            return order.settle(text)
        except BadValue as bad:
            return self._without((number, line, [], ()), position, bad)

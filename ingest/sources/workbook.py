"""Tables in .xlsx workbooks: values from calamine, what values hide from the sheet's XML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.raw import Fault, RawRow, RawTable, Remark
from ingest.sources.workbook_check import SheetFacts, check_archive, sheet_facts
from netofnets.errors import InputError
from netofnets.schema.text import BadValue

__all__ = ["open_sheet", "sheet_titles"]

_CellValue = int | float | str | bool | time | date | datetime | timedelta
_BAD = {
    "formula_without_value": BadValue(
        "formula_without_value",
        "The cell holds a formula whose result was never saved.",
        "Open the workbook in a spreadsheet program, save it, and load it again.",
    ),
    "error_cell": BadValue(
        "error_cell", "The cell shows an error such as #REF!.", "Correct the formula in the workbook."
    ),
}


def sheet_titles(file: InputFile) -> tuple[list[str], list[str]]:
    """Titles of the visible and of the hidden sheets, after checking that the archive is safe to read."""
    check_archive(file)
    with _workbook(file) as book:
        tables = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        visible = [s.name for s in tables if s.visible == SheetVisibleEnum.Visible]
        return visible, [s.name for s in tables if s.visible != SheetVisibleEnum.Visible]


@contextmanager
def open_sheet(file: InputFile, title: str, *, skip_lines: int = 0) -> Iterator[RawTable]:
    """Open one sheet; the first row that is not blank after ``skip_lines`` rows is the header.

    Raises :class:`InputError` (``corrupt_archive``, ``missing_header``, ``too_many_columns``).
    """
    facts = sheet_facts(file, title)
    with _workbook(file) as book:
        sheet = book.get_sheet_by_name(title)
        rows = _texts(sheet, skip_lines)
        header_row, header = next(((number, cells) for number, cells in rows if any(cells)), (0, []))
        while header and not header[-1]:
            header.pop()
        if not header:
            raise InputError(
                f"{file.name}, sheet {title!r}: there is no row that names the columns",
                code="missing_header",
                file=file.name,
            )
        if len(header) > limits.COLUMNS:
            raise InputError(
                f"{file.name}: {len(header)} columns; the limit is {limits.COLUMNS}", code="too_many_columns"
            )
        yield RawTable(file.name, title, header, _rows(rows, facts), header_row, _remarks(title, facts))


@contextmanager
def _workbook(file: InputFile) -> Iterator[CalamineWorkbook]:
    try:
        book = CalamineWorkbook.from_path(str(file.path))
    except (CalamineError, OSError) as error:
        raise InputError(
            f"{file.name}: the workbook cannot be read ({error}); save it again", code="corrupt_archive", file=file.name
        ) from None
    try:
        yield book
    finally:
        book.close()


def _texts(sheet: CalamineSheet, skip: int) -> Iterator[tuple[int, list[str]]]:
    """Row number from 1 and the cells as text, beginning in column A."""
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    margin = [""] * first_column
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
        if number > skip:
            yield number, margin + [_text(value) for value in row]


def _text(value: _CellValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _rows(rows: Iterator[tuple[int, list[str]]], facts: SheetFacts) -> Iterator[RawRow]:
    faults: dict[int, Fault] = {}
    for (row, column), code in sorted(facts.bad.items(), reverse=True):
        faults[row + 1] = (column, _BAD[code])
    for number, cells in rows:
        yield number, number, cells, faults.get(number)


def _remarks(title: str, facts: SheetFacts) -> list[Remark]:
    remarks = []
    if facts.merged:
        shown = ", ".join(facts.merged[:5])
        remarks.append(
            Remark("merged_cells", f"Sheet {title!r} has merged cells ({shown}); only the first of them has the value.")
        )
    if facts.hidden_rows:
        remarks.append(
            Remark(
                "hidden_rows", f"Sheet {title!r} has {facts.hidden_rows} hidden or filtered rows; they were read too."
            )
        )
    if facts.hidden_columns:
        remarks.append(Remark("hidden_columns", f"Sheet {title!r} has hidden columns; they were read too."))
    return remarks

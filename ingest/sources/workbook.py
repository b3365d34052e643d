"""Tables in .xlsx workbooks: values from calamine, what values hide from the sheet's XML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.raw import Fault, RawRow, RawTable, Remark
from ingest.sources.reader import Titles, Written
from ingest.sources.workbook_check import SheetFacts, check_archive, sheet_facts
from netofnets.errors import InputError
from netofnets.schema.text import BadValue

__all__ = ["WorkbookReader", "WorkbookSource"]

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


class WorkbookReader:
    """Workbooks of spreadsheet programs: .xlsx, and .ods of LibreOffice."""

    name = "a workbook"
    suffixes = (".xlsx", ".xlsm", ".ods")

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """A ZIP archive."""
        return head.startswith(b"PK")

    def open(self, file: InputFile) -> WorkbookSource:
        """Open the workbook once its archive has been found safe to read."""
        if file.path.suffix.lower() not in self.suffixes:
            message = f"{file.name}: this is a ZIP archive or workbook; rename a workbook to .xlsx"
            raise InputError(message, code="wrong_type", file=file.name)
        check_archive(file)
        return WorkbookSource(file)


class WorkbookSource:
    """One open workbook; each sheet with cells is a table."""

    meaning = ""

    def __init__(self, file: InputFile) -> None:
        self.file = file
        with _as_input_errors(file):
            self._book = CalamineWorkbook.from_path(str(file.path))
        sheets = [s for s in self._book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        visible = tuple(s.name for s in sheets if s.visible == SheetVisibleEnum.Visible)
        self.titles = Titles(visible, tuple(s.name for s in sheets if s.visible != SheetVisibleEnum.Visible))

    def table(self, title: str, written: Written) -> RawTable:
        """One sheet; the first row that is not blank after ``skip_lines`` rows is the header.

        Raises :class:`InputError` (``corrupt_archive``, ``missing_header``, ``too_many_columns``).
        """
        file = self.file
        facts = sheet_facts(file, title)
        with _as_input_errors(file):
            sheet = self._book.get_sheet_by_name(title)
        rows = _texts(sheet, written.skip_lines)
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
        return RawTable(file.name, title, header, _rows(rows, facts), header_row, _remarks(title, facts))

    def close(self) -> None:
        """Let go of the workbook."""
        self._book.close()


@contextmanager
def _as_input_errors(file: InputFile) -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError) as error:
        raise InputError(
            f"{file.name}: the workbook cannot be read ({error}); save it again", code="corrupt_archive", file=file.name
        ) from None


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
    faults: dict[int, tuple[Fault, ...]] = {}
    for (row, column), code in sorted(facts.bad.items()):
        faults[row + 1] = (*faults.get(row + 1, ()), Fault(column, _BAD[code]))
    for number, cells in rows:
        yield number, number, cells, faults.get(number, ())


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

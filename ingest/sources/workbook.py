"""Tables in workbooks (.xlsx, .ods): values from calamine, what values hide from the sheet's XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.kumu import with_kumu
from ingest.sources.ods_check import ods_facts
from ingest.sources.raw import Fault, RawRow, RawTable, Remark
from ingest.sources.reader import Source, Written
from ingest.sources.workbook_check import ODS, SheetFacts, check_archive, sheet_facts
from ingest.sources.workbook_client import Unreadable, WorkbookClient
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["WorkbookReader", "WorkbookSource"]

_BAD = {
    "formula_without_value": BadValue(
        "formula_without_value",
        say("The cell holds a formula whose result was never saved."),
        say("Open the workbook in a spreadsheet program, save it, and load it again."),
    ),
    "error_cell": BadValue(
        "error_cell", say("The cell shows an error such as #REF!."), say("Correct the formula in the workbook.")
    ),
}


class WorkbookReader:
    """Workbooks of spreadsheet programs: .xlsx, and .ods of LibreOffice."""

    name = say("a workbook")
    suffixes = (".xlsx", ".xlsm", ".ods")

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """A ZIP archive."""
        return head.startswith(b"PK")

    def open(self, file: InputFile) -> Source:
        """Open the workbook once its archive has been found safe to read; one of Kumu is known by its sheets."""
        return with_kumu(WorkbookSource(file, ods_facts if check_archive(file) == ODS else sheet_facts))


class WorkbookSource:
    """One open workbook; each sheet with cells is a table."""

    meaning = ""

    def __init__(self, file: InputFile, facts_of: Callable[[InputFile, str], SheetFacts]) -> None:
        self.file = file
        self._facts_of = facts_of
        with self._as_input_errors():
            self._client = WorkbookClient(file.path)
        self.titles = self._client.titles

    def table(self, title: str, written: Written) -> RawTable:
        """One sheet; the first row that is not blank after ``skip_lines`` rows is the header.

        Raises :class:`InputError` (``corrupt_archive``, ``sheet_too_large``, ``missing_header``, ``too_many_columns``).
        """
        file = self.file
        facts = self._facts_of(file, title)
        rows = self._numbered(title, written.skip_lines)
        header_row, header = next(rows, (0, []))
        while header and not header[-1]:
            header.pop()
        if not header:
            raise InputError(
                say("{file}, sheet {title!r}: there is no row that names the columns", file=file.name, title=title),
                code="missing_header",
                file=file.name,
            )
        if len(header) > limits.COLUMNS:
            raise InputError(
                say(
                    "{file}: {n} columns; the limit is {columns}", file=file.name, n=len(header), columns=limits.COLUMNS
                ),
                code="too_many_columns",
            )
        return RawTable(file.name, title, header, _rows(rows, facts), header_row, _remarks(title, facts))

    def _numbered(self, title: str, skip: int) -> Iterator[tuple[int, list[str]]]:
        with self._as_input_errors(title):
            for number, cells in self._client.rows(title):
                if number > skip:
                    yield number, cells

    def close(self) -> None:
        """Let go of the workbook."""
        self._client.close()

    @contextmanager
    def _as_input_errors(self, title: str = "") -> Iterator[None]:
        name = self.file.name
        try:
            yield
        except Unreadable as error:
            if error.died and title:
                raise InputError(
                    say("{name}, sheet {title!r}: {too_large}", name=name, title=title, too_large=_TOO_LARGE),
                    code="sheet_too_large",
                    file=name,
                ) from None
            message = say("{name}: the workbook cannot be read ({error}); save it again", name=name, error=str(error))
            raise InputError(message, code="corrupt_archive", file=name) from None


_TOO_LARGE = say(
    "it is too large to be read, or a single cell stands far away from the table; "
    "delete the empty rows and columns around the table, or save the sheet as CSV"
)


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
            Remark(
                "merged_cells",
                say(
                    "Sheet {title!r} has merged cells ({shown}); only the first of them has the value.",
                    title=title,
                    shown=shown,
                ),
            )
        )
    if facts.hidden_rows:
        remarks.append(
            Remark(
                "hidden_rows",
                say(
                    "Sheet {title!r} has {hidden_rows} hidden or filtered rows; they were read too.",
                    title=title,
                    hidden_rows=facts.hidden_rows,
                ),
            )
        )
    if facts.hidden_columns:
        remarks.append(
            Remark("hidden_columns", say("Sheet {title!r} has hidden columns; they were read too.", title=title))
        )
    return remarks

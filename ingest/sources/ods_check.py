"""What the XML of an .ods sheet says beside its values: cells that show errors, hidden rows, merged cells."""

from __future__ import annotations

import re
import zipfile
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.common import DTDForbidden
from defusedxml.ElementTree import ParseError, iterparse

from ingest.sources.files import InputFile
from ingest.sources.workbook_check import DAMAGED, SheetFacts, has_noteworthy
from netofnets.errors import InputError
from netofnets.language import say

__all__ = ["ods_facts"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NOTEWORTHY = re.compile(rb"value-type=[\"']error[\"']|visibility=[\"']|-spanned=[\"']")
_FAR = 1 << 20  # no sheet has more rows


def ods_facts(file: InputFile, title: str) -> SheetFacts:
    """What the sheet's XML says that its values do not. The archive must have been checked."""
    facts = SheetFacts()
    try:
        with zipfile.ZipFile(file.path) as archive:
            with archive.open("content.xml") as stream:
                if not has_noteworthy(stream, _NOTEWORTHY):
                    return facts
            with archive.open("content.xml") as stream:
                _walk(stream, title, facts)
    except (DTDForbidden, ParseError, *DAMAGED) as error:
        message = say("{file}: the workbook is damaged ({error}); save it again", file=file.name, error=str(error))
        raise InputError(message, code="corrupt_archive", file=file.name) from None
    return facts


def _walk(stream: IO[bytes], title: str, facts: SheetFacts) -> None:
    inside = False
    row = column = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = element.tag.removeprefix(_TABLE)
        if event == "start":
            if tag == "table":
                inside, row, column = element.get(f"{_TABLE}name") == title, 0, 0
            elif tag == "table-row":
                column = 0
            continue
        if tag == "table":
            inside = False
        if not inside:
            if tag in ("table", "table-row"):
                element.clear()
            continue
        if tag in ("table-cell", "covered-table-cell"):
            _note_cell(element, row, column, facts)
            column += _repeated(element, "columns")
        elif tag == "table-row":
            times = _repeated(element, "rows")
            if element.get(f"{_TABLE}visibility") in ("collapse", "filter") and times < _FAR // 2:
                facts.hidden_rows += times
            row += times
            element.clear()
        elif tag == "table-column" and element.get(f"{_TABLE}visibility") == "collapse":
            facts.hidden_columns += 1


def _note_cell(element: Element, row: int, column: int, facts: SheetFacts) -> None:
    if element.get(_CALC_TYPE) == "error":
        facts.bad[(row, column)] = "error_cell"
    across, down = (element.get(f"{_TABLE}number-{what}-spanned", "1") for what in ("columns", "rows"))
    if (across, down) != ("1", "1"):
        facts.merged.append(f"row {row + 1}, column {column + 1}")


def _repeated(element: Element, what: str) -> int:
    """How many rows or columns an element stands for; a number that is none counts as one."""
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(text), _FAR) if text.isascii() and text.isdigit() and len(text) < 9 else 1

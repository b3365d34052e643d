"""Rows that come back corrected: loaded beside the file that they are from, in place of the rows as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from ingest.drafts.batches import Plan
from ingest.drafts.folder import Draft
from ingest.drafts.kept import CORRECTIONS
from ingest.drafts.tables import DraftTable
from ingest.sources.csv_text import CsvSource
from ingest.sources.files import identify
from ingest.sources.reader import Written
from ingest.sources.registry import open_source
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.cells import inert

__all__ = ["with_corrections"]

_ENCODINGS = ("", "cp1252")  # what spreadsheet programs save a CSV in


def with_corrections(draft: Draft, plan: Plan, source: str, name: str, stream: IO[bytes]) -> Plan:
    """The plan with the corrected rows of a source, as a file of their own, and without the rows that they replace.

    ``stream`` is the sheet of rows to correct, filled in, as CSV or a workbook. Raises :class:`InputError` for what is
    no such sheet of a table of this source.
    """
    header, rows = _read(draft, name, stream)
    if not set(CORRECTIONS) <= set(header):
        why = say(
            "{name}: this is no sheet of rows to correct: it needs the column {column}; give it back as it was handed "
            "out, with the cells corrected",
            name=name,
            column=CORRECTIONS[0],
        )
        raise InputError(why, code="missing_column")
    place = header.index(CORRECTIONS[0])
    table, numbers = _whose(plan, source, [row[place] if place < len(row) else "" for row in rows], name)
    own = [i for i, title in enumerate(header) if title not in CORRECTIONS]
    cells = [[_taken_back(row[i]) if i < len(row) else "" for i in own] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_taken_back(header[i]) for i in own], *cells])
    file = draft.add(f"{source} corrected.csv", io.BytesIO(text.getvalue().encode("utf-8", "replace")))
    corrected = replace(
        table, file=file.name, sheet="", encoding="", total=len(rows), rows=tuple(map(tuple, cells[:5]))
    )
    gone = {**plan.without.get(source, {})}
    before = {**gone.get(table.file, {})}
    before[table.sheet] = tuple(sorted({*before.get(table.sheet, ()), *numbers}))
    without = {**plan.without, source: {**gone, table.file: before}}
    return Plan((*plan.tables, corrected), {**plan.sources, file.name: source}, {}, without)


def _read(draft: Draft, name: str, stream: IO[bytes]) -> tuple[list[str], list[list[str]]]:
    path = draft.folder / f"corrections{'.xlsx' if name.lower().endswith('.xlsx') else '.csv'}"
    path.write_bytes(stream.read())
    try:
        opened = open_source(identify(path, name))
        try:
            title = opened.titles.visible[0]
            for encoding in _ENCODINGS if isinstance(opened, CsvSource) else ("",):
                try:
                    raw = opened.table(title, Written(encoding))
                    return list(raw.header), [list(cells) for _, _, cells, _ in raw.rows if any(cells)]
                except InputError as error:
                    if error.code != "encoding" or encoding:
                        raise
        finally:
            opened.close()
    finally:
        path.unlink(missing_ok=True)
    raise InputError(say("{name}: cannot be read; save it as CSV UTF-8", name=name), code="encoding")


def _whose(plan: Plan, source: str, places: Sequence[str], name: str) -> tuple[DraftTable, list[int]]:
    """The one table that all rows are from, and their numbers in it."""
    tables = [table for table in plan.tables if plan.sources.get(table.file) == source and not table.own]
    for table in tables:
        begin = inert(f"{table.file}{'/' + table.sheet if table.sheet else ''} row ")
        numbers = [place.removeprefix(begin) for place in places if place.startswith(begin)]
        if numbers and len(numbers) == len(places) and all(n.isascii() and n.isdecimal() for n in numbers):
            return table, [int(number) for number in numbers]
    why = say(
        "{name}: its rows are not all from one table of {source}; give back the rows of one table, with the column "
        "{column} as it was",
        name=name,
        source=source,
        column=CORRECTIONS[0],
    )
    raise InputError(why, code="unknown_table")


def _taken_back(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet program from running it."""
    return cell[1:] if cell.startswith("'") and inert(cell[1:]) == cell else cell

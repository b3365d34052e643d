"""From raw rows to checked rows: every row is accepted, skipped on purpose, or put aside with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ingest.checked import CheckedTable
from ingest.mapping import TableSpec
from ingest.recipes import Headers, bind, row_filter, unknown_headers
from ingest.required import required_groups
from ingest.row_reader import RowReader, RowRefused
from ingest.sources.raw import RawRow, RawTable
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem

__all__ = ["check_table"]


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
    reader = RowReader(table, columns, required_groups(spec.shape, names), len(raw.header))
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
        except RowRefused as refused:
            table.bad.append(refused.problem)
            continue
        if values in seen and not spec.events:
            table.duplicates += 1
            _warn_duplicate(table, row)
            continue
        seen.add(values)
        table.rows.append((row[0], row[1], values))
        table.cells += reader.put_aside
    tick(table.read % 5_000)
    reader.finish()
    return table


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

"""From raw rows to checked rows: every row is accepted, skipped on purpose, or put aside with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from ingest.checked import CheckedTable
from ingest.mapping import TableSpec
from ingest.pupils import refuse_pupils
from ingest.recipes import Headers, bind, row_filter, unknown_headers
from ingest.required import required_groups
from ingest.row_reader import RowReader, RowRefused
from ingest.sources.raw import RawRow, RawTable
from netofnets.language import say
from netofnets.schema.records import Value
from netofnets.schema.rows import Problem

__all__ = ["TableCheck", "check_tables"]


class TableCheck:
    """The check of one table: rows go in one by one, so that several tables can be read from one pass over a file.

    Raises :class:`InputError` for what makes the whole table unusable (missing or duplicate columns).
    """

    def __init__(self, spec: TableSpec, raw: RawTable) -> None:
        self._headers = Headers(raw)
        columns = bind(spec, self._headers)
        self._take = row_filter(spec, self._headers)
        names = tuple(column.column.name for column in columns)
        self.table = CheckedTable(spec, raw.file, raw.sheet, names)
        self._reader = RowReader(self.table, columns, required_groups(spec.shape, names), len(raw.header))
        self._seen: set[bytes] = set()  # digests: the rows themselves are not held

    @property
    def unknown(self) -> list[str]:
        """Headers that nothing uses and that the mapping does not ignore on purpose."""
        return unknown_headers(self.table.spec, self._headers)

    def row(self, row: RawRow) -> None:
        """Take a row, skip it, or put it aside."""
        table, reader = self.table, self._reader
        table.read += 1
        try:
            cells = reader.cells(row)
            if cells is None:
                table.read -= 1  # a blank row is no row
                return
            if self._take is not None and not self._take(cells):
                table.skipped += 1
                return
            if row[3]:
                reader.refuse_faulty(row)
            values = reader.values(row, cells)
        except RowRefused as refused:
            table.bad.append(refused.problem)
            return
        if not table.spec.events:
            digest = _digest(values)
            if digest in self._seen:
                table.duplicates += 1
                _warn_duplicate(table, row)
                return
            self._seen.add(digest)
        table.rows.append((row[0], row[1], values))
        table.cells += reader.put_aside

    def finish(self) -> CheckedTable:
        """After the last row: the table."""
        self._seen.clear()
        self._reader.finish()
        return self.table


def check_tables(specs: Sequence[TableSpec], raw: RawTable, tick: Callable[[int], None]) -> list[CheckedTable]:
    """Read ``raw`` to its end, once for all ``specs``; ``tick`` is told how many rows were read, now and then."""
    refuse_pupils(raw)
    checks = [TableCheck(spec, raw) for spec in specs]
    unknown = [name for name in checks[0].unknown if all(name in check.unknown for check in checks[1:])]
    _remark(checks[0].table, raw, unknown)
    read = 0
    takers = [check.row for check in checks]
    for row in raw.rows:
        read += 1
        if read % _TICK == 0:
            tick(_TICK)
        for take in takers:
            take(row)
    tick(read % _TICK)
    return [check.finish() for check in checks]


_TICK = 5_000


def _digest(values: tuple[Value, ...]) -> bytes:
    """128 bits that tell rows apart: of ten million rows, two would be alike by chance once in 10^24 loads."""
    return blake2b(repr(values).encode(), digest_size=16).digest()


def _remark(table: CheckedTable, raw: RawTable, unknown: Iterable[str]) -> None:
    remarks = [(remark.code, remark.sentence, "") for remark in raw.remarks]
    remarks += [
        ("unknown_column", say("No column of ours is mapped to it; it was not stored."), name) for name in unknown
    ]
    for code, sentence, column in remarks:
        table.warnings.append(
            Problem(raw.file, raw.header_row, raw.header_row, column, code, sentence, sheet=raw.sheet)
        )


def _warn_duplicate(table: CheckedTable, row: RawRow) -> None:
    sentence = say("The same row stands in the table before.")
    table.warnings.append(Problem(table.file, row[0], row[1], "", "duplicate_row", sentence, sheet=table.sheet))

"""Each kind as a table of its own, ids included: CSV that a spreadsheet program opens safely, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from netofnets.graph.interchange import table_of
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.cells import guarded, inert, joined

__all__ = ["answer_arrow", "answer_csv", "answer_parquet", "cell", "csv_table", "parquet_table", "write_answer"]

_AT_ONCE = 10_000  # rows


def csv_table(snapshot: Snapshot, kind: str) -> Iterator[str]:
    """A kind as CSV, piece by piece: :func:`netofnets.schema.arrow.arrow_schema` says the columns.

    Text as :func:`netofnets.schema.cells.guarded` leaves it, lists as :func:`netofnets.schema.cells.joined` makes them.
    """
    table = table_of(snapshot, kind)
    yield _lines([table.column_names])
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        columns = [_written(column.to_pylist()) for column in batch.columns]
        yield _lines(zip(*columns, strict=True))


def parquet_table(snapshot: Snapshot, kind: str) -> Iterator[bytes]:
    """A kind as Parquet, with the types of :func:`netofnets.schema.arrow.arrow_schema`."""
    sink = pa.BufferOutputStream()
    pq.write_table(table_of(snapshot, kind), sink)
    yield sink.getvalue().to_pybytes()


def _written(values: list[Any]) -> list[object]:
    return [cell(value) for value in values]


def cell(value: Any) -> object:
    """A value as a cell: guarded against formulas, lists in one text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = joined(value)
    return guarded(value) if isinstance(value, str) else value


def _lines(rows: Any) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def write_answer(table: pa.Table, file: TextIO) -> None:
    """The table of a measure as CSV, for a command and a page alike: texts that nothing runs, lists in one cell."""
    writer = csv.writer(file)
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([_shown(value) for value in row.values()])


def _shown(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    return inert(value) if isinstance(value, str) else value


def answer_csv(table: pa.Table) -> bytes:
    """The same as bytes."""
    text = io.StringIO(newline="")
    write_answer(table, text)
    return text.getvalue().encode()


def answer_parquet(table: pa.Table) -> bytes:
    """The table with its types."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue())


def answer_arrow(table: pa.Table) -> bytes:
    """The table as an Arrow file, which opens without being read through."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())

"""A whole table as columns: SQLite joins the texts of a column, so that no row becomes a Python object on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import LiteralString

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import StoreError
from netofnets.graph.arrow_files import write_batches
from netofnets.language import say
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.kinds import BY_NAME
from netofnets.store.claims import CHECK
from netofnets.store.columns import CLAIM_COLUMNS, columns_of
from netofnets.store.sqlite.sql import Connection

__all__ = ["read_claims", "read_entities"]

_ROWS = 65_536  # joined at a time: each column of them is one text
_CLAIM_KEY: tuple[LiteralString, ...] = ("source", "kind", "key")
_END: LiteralString = "\x1f"  # between the texts of a column: the unit separator of ASCII
_NONE: LiteralString = "\x1e"  # in place of a text that is missing
Row = tuple[object, ...]


def read_entities(database: Connection, kind: str, aside: Path | None = None) -> pa.Table | Path:
    """The table of a kind, by id; one of many rows is put into a file in the folder ``aside``, if there is one."""
    name = BY_NAME[kind].name
    return _table(
        _batches(database, name, ("id",), columns_of(kind), arrow_schema(kind)), arrow_schema(kind), name, aside
    )


def read_claims(database: Connection, aside: Path | None = None) -> pa.Table | Path:
    """The table of claims, by source, kind and key; ``aside`` like entities."""
    return _table(_batches(database, "claim", _CLAIM_KEY, CLAIM_COLUMNS, CLAIMS), CLAIMS, "claims", aside)


def _table(batches: Iterator[pa.RecordBatch], schema: pa.Schema, name: str, aside: Path | None) -> pa.Table | Path:
    if aside is None:
        return pa.Table.from_batches(batches, schema)
    first = list(islice(batches, 2))
    if len(first) < 2:
        return pa.Table.from_batches(first, schema)
    write_batches(chain(first, batches), schema, file := aside / f"{name}.arrow")
    return file


def _batches(
    database: Connection,
    name: LiteralString,
    key: tuple[LiteralString, ...],
    columns: tuple[LiteralString, ...],
    schema: pa.Schema,
) -> Iterator[pa.RecordBatch]:
    try:
        for rows, bounds in _parts(database, name, key):
            batch = _batch(database, rows, bounds, columns, schema)
            batch.validate(full=True)
            yield batch
    except (ValueError, TypeError) as error:  # of Arrow and of JSON
        raise StoreError(
            say("something in the store is not as netofnets wrote it ({error}); {check}", error=str(error), check=CHECK)
        ) from None


def _parts(
    database: Connection, name: LiteralString, key: tuple[LiteralString, ...]
) -> Iterator[tuple[LiteralString, Row]]:
    """Where to read so many rows of a table after the others, by its key, and the bounds to be filled in."""
    ends, marks = _listed(key), ", ".join("?" for _ in key)
    after: LiteralString = f"FROM {name}"
    since: Row = ()
    while True:
        bound: Row | None = database.execute(
            f"SELECT {ends} {after} ORDER BY {ends} LIMIT 1 OFFSET ?", (*since, _ROWS - 1)
        ).fetchone()
        if bound is None:
            yield after, since
            return
        joint: LiteralString = "AND" if since else "WHERE"
        yield f"{after} {joint} ({ends}) <= ({marks})", (*since, *bound)
        after, since = f"FROM {name} WHERE ({ends}) > ({marks})", bound


def _batch(
    database: Connection, rows: LiteralString, bounds: Row, columns: Sequence[LiteralString], schema: pa.Schema
) -> pa.RecordBatch:
    joined = ", ".join(_joined(column) for column in columns)
    count, *found = database.execute(f"SELECT count(*), {joined} {rows}", bounds).fetchone()
    arrays: list[pa.Array] = []
    for column, field, text, known in zip(columns, schema, found[::2], found[1::2], strict=True):
        if pa.types.is_floating(field.type) and known:
            arrays.append(_numbers(arrays[0], field.type, database.execute(f'SELECT id, "{column}" {rows}', bounds)))
            continue
        texts = _split(text or b"", count, known)
        arrays.append(_typed(_measured(database, column, rows, bounds) if texts is None else texts, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _numbers(ids: pa.Array, wanted: pa.DataType, rows: Iterable[Row]) -> pa.Array:
    """Numbers with a point, row by row by id: written out as a text, one may not be the same again."""
    named, numbers = zip(*rows, strict=True)
    return pa.array(numbers, wanted).take(pc.index_in(ids, value_set=pa.array(named, pa.string())))


def _joined(column: LiteralString) -> LiteralString:
    """What joins the texts of a column, and counts those that there are."""
    return f"""CAST(group_concat(ifnull("{column}", '{_NONE}'), '{_END}') AS BLOB), count("{column}")"""


def _split(joined: bytes, rows: int, known: int) -> pa.Array | None:
    """So many texts, of which so many are there; None where a text holds one of the marks that stand between them."""
    if not rows:
        return pa.array([], pa.string())
    letters = np.frombuffer(joined, dtype=np.uint8)
    ends, none = np.flatnonzero(letters == ord(_END)), np.flatnonzero(letters == ord(_NONE))
    if len(ends) != rows - 1 or len(none) != rows - known:
        return None
    ends = np.append(ends, len(letters))
    offsets = np.zeros(rows + 1, dtype=np.int32)
    offsets[1:] = ends - np.arange(rows) - np.searchsorted(none, ends)
    there = np.ones(rows, dtype=bool)
    there[np.searchsorted(ends, none)] = False
    return _array(offsets, joined.translate(None, (_END + _NONE).encode()), there)


def _measured(database: Connection, column: LiteralString, rows: LiteralString, bounds: Row) -> pa.Array:
    """The texts of a column that may hold any letter, by the length of each: it takes twice as long."""
    length: LiteralString = f"""ifnull(length(CAST("{column}" AS BLOB)), -1)"""
    joined, lengths = database.execute(
        f"""SELECT CAST(group_concat("{column}", '') AS BLOB), group_concat({length}) {rows}""", bounds
    ).fetchone()
    of = np.fromstring(lengths, dtype=np.int64, sep=",")
    offsets = np.zeros(len(of) + 1, dtype=np.int32)
    np.cumsum(np.maximum(of, 0), out=offsets[1:])
    return _array(offsets, joined, of >= 0)


def _array(offsets: npt.NDArray[np.int32], joined: bytes, there: npt.NDArray[np.bool_]) -> pa.Array:
    known = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.StringArray.from_buffers(len(there), pa.py_buffer(offsets), pa.py_buffer(joined), known)


def _typed(texts: pa.Array, wanted: pa.DataType) -> pa.Array:
    if pa.types.is_string(wanted):
        return texts
    if pa.types.is_list(wanted):
        lists = texts.dictionary_encode()
        return pa.array([json.loads(text) for text in lists.dictionary.to_pylist()], wanted).take(lists.indices)
    if pa.types.is_boolean(wanted):
        return pc.not_equal(texts.cast(pa.int64()), 0)
    return texts.cast(wanted)


def _listed(columns: Sequence[LiteralString]) -> LiteralString:
    return ", ".join(f'"{column}"' for column in columns)

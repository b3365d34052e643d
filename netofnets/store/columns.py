"""The Arrow tables of a scan, built from rows in the order of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import LiteralString

import pyarrow as pa

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.records import Entity
from netofnets.store.claims import CHECK
from netofnets.store.literal import spelled

__all__ = ["CLAIM_COLUMNS", "claim_table", "columns_of", "entity_row", "entity_table"]

_ROWS = 16_384  # turned into columns at a time: as Python objects they take several times the room

CLAIM_COLUMNS: tuple[LiteralString, ...] = tuple(spelled(name) for name in CLAIMS.names)


@cache
def columns_of(kind: str) -> tuple[LiteralString, ...]:
    """Column names of a kind: ``id``, the ends of a relationship, the properties."""
    return tuple(spelled(name) for name in arrow_schema(kind).names)


def entity_row(entity: Entity) -> tuple[object, ...]:
    """An entity as a row in the order of :func:`columns_of`."""
    ends = (entity.from_id, entity.to_id) if entity.from_id else ()
    names = columns_of(entity.kind)[len(ends) + 1 :]
    return (entity.id, *ends, *(entity.values.get(name) for name in names))


def entity_table(kind: str, rows: Iterable[Sequence[object]]) -> pa.Table:
    """A kind's table from rows in the order of :func:`columns_of`."""
    return _table(arrow_schema(kind), rows)


def claim_table(rows: Iterable[Sequence[object]]) -> pa.Table:
    """The table of claims from rows in the order of :data:`CLAIM_COLUMNS`."""
    return _table(CLAIMS, rows)


def _table(schema: pa.Schema, rows: Iterable[Sequence[object]]) -> pa.Table:
    left = iter(rows)
    try:
        batches = [_batch(schema, some) for some in iter(lambda: tuple(islice(left, _ROWS)), ())]
    except (ValueError, TypeError) as error:  # of Arrow and of JSON
        raise StoreError(
            say("something in the store is not as netofnets wrote it ({error}); {check}", error=str(error), check=CHECK)
        ) from None
    return pa.Table.from_batches(batches, schema)


def _batch(schema: pa.Schema, rows: Sequence[Sequence[object]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)

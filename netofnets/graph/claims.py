"""Claims kind by kind and batch by batch: they are over half of all facts, and are never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.schema.arrow import CLAIMS

__all__ = ["claims_of", "in_order"]

_ROWS = 262_144  # of a batch
_WITHIN = ("entity", "source", "local_id", "values")  # the order of the claims about one kind


def claims_of(claims: pa.Table, kind: str) -> pa.Table:
    """The claims about a kind; rows that lie together, as stores scan them, are not copied."""
    parts, begin = [CLAIMS.empty_table()], 0
    for chunk in claims["kind"].chunks:
        own = np.flatnonzero(pc.equal(chunk, kind))
        if len(own) and own[-1] - own[0] + 1 == len(own):
            parts.append(claims.slice(begin + int(own[0]), len(own)))
        elif len(own):
            parts.append(claims.slice(begin, len(chunk)).take(pa.array(own)))
        begin += len(chunk)
    return pa.concat_tables([part.cast(CLAIMS) for part in parts])


def in_order(claims: pa.Table) -> Iterator[pa.RecordBatch]:
    """The claims about one kind by entity, source, id and values; so many at a time."""
    order = None
    if not _rising(claims["entity"]):
        order = pc.sort_indices(claims, [(column, "ascending") for column in _WITHIN])
        claims = claims.combine_chunks()
    for begin in range(0, claims.num_rows, _ROWS):
        block = claims.slice(begin, _ROWS) if order is None else claims
        rows = pa.array(np.arange(block.num_rows)) if order is None else order.slice(begin, _ROWS)
        yield from block.take(rows).combine_chunks().to_batches()  # taken, so that equal rows are equal bytes


def _rising(column: pa.ChunkedArray) -> bool:
    """Whether each value is beyond the one before, so that nothing is to be sorted."""
    last = None
    for chunk in column.chunks:
        if len(chunk) and (last is not None and last >= chunk[0].as_py()):
            return False
        if not pc.all(pc.less(chunk[:-1], chunk[1:])).as_py() and len(chunk) > 1:
            return False
        last = chunk[-1].as_py() if len(chunk) else last
    return True

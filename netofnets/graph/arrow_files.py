"""Arrow tables in files: written a batch at a time, and mapped by whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["in_one", "places_in", "read_table", "write_batches", "write_table"]


def write_table(table: pa.Table, path: Path) -> None:
    """Write one Arrow IPC file; the same table gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def write_batches(batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Write one Arrow IPC file as its rows come, so that no more of them is held than a batch."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def read_table(path: Path) -> pa.Table:
    """Memory-map one Arrow IPC file."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def in_one(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array; what lies in one piece in its file is not copied, as ``combine_chunks`` would."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def places_in(ids: pa.Array, among: pa.Array) -> npt.NDArray[np.int64]:
    """Where each of some ids stands in others; -1 where it does not."""
    found = pc.fill_null(pc.index_in(ids, value_set=among), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)

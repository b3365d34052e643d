"""By which ids the sources know the nodes of a snapshot."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.arrow_files import in_one

__all__ = ["source_ids"]


def source_ids(claims: pa.Table, kind: str, ids: pa.Array) -> pa.Table:
    """Of nodes with these ids: ``source`` and ``source_id`` of the first claim, ``also``: ``source:id`` of the rest."""
    own = claims.filter(pc.equal(claims["kind"], kind))
    first: list[tuple[str, str]] = [("", "")] * len(ids)
    also: list[list[str]] = [[] for _ in range(len(ids))]
    position = pc.index_in(in_one(own["entity"]), value_set=ids).to_pylist()
    for at, source, local_id in zip(position, own["source"].to_pylist(), own["local_id"].to_pylist(), strict=True):
        if at is None:
            continue
        if first[at] == ("", ""):
            first[at] = (source, local_id)
        else:
            also[at].append(f"{source}:{local_id}")
    return pa.table(
        {
            "source": pa.array([s for s, _ in first], pa.string()),
            "source_id": pa.array([i for _, i in first], pa.string()),
            "also": pa.array(["; ".join(a) for a in also], pa.string()),
        }
    )

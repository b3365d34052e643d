"""The facts of an edition in files: one Arrow file a kind, two integer arrays for each kind of relationship."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from netofnets.errors import SnapshotDamaged
from netofnets.graph.arrow_files import read_table, write_table
from netofnets.graph.claims import claims_of, in_order
from netofnets.graph.snapshot import Edges, Snapshot, edges_of, nodes_of
from netofnets.schema.arrow import CLAIMS, DECISIONS
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.records import Decision

__all__ = [
    "HISTORY_FILE",
    "MARKS_FILE",
    "OUTSIDE_THE_DIGEST",
    "READINGS_FILE",
    "load_snapshot",
    "save_snapshot",
    "write_beside",
    "write_claims",
    "write_entities",
]

PROVENANCE = ["origin", "first_run"]
PROVENANCE_FILE, READINGS_FILE, HISTORY_FILE = "provenance.arrow", "readings.arrow", "history.arrow"
OUTSIDE_THE_DIGEST = (PROVENANCE_FILE, READINGS_FILE, HISTORY_FILE)
"""Where and when something was read or published: no part of the facts, nor of their digest."""
MARKS_FILE = "marks.arrow"  # part of the facts: analyses depend on it
_CLAIMS_FILE = "claims.arrow"


def save_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write the facts below ``folder``."""
    for name, table in snapshot.nodes.items():
        write_table(table, folder / f"{name}.arrow")
    for name, edges in snapshot.edges.items():
        _write_edges(edges, name, folder)
    write_claims((claims_of(snapshot.claims, name) for name in sorted(BY_NAME)), folder)
    write_beside(folder, snapshot.decisions, snapshot.readings, snapshot.marks)


def write_entities(tables: dict[str, pa.Table], folder: Path) -> None:
    """Write nodes and relationships as :meth:`Snapshot.build` has them, one kind after the other.

    Each is let go when it is written: ``tables`` are empty in the end.
    """
    nodes = {}
    for kind in NODE_KINDS:
        file = folder / f"{kind.name}.arrow"
        write_table(nodes_of(tables.pop(kind.name, None), kind.name), file)
        nodes[kind.name] = read_table(file)
    for tie in RELATIONSHIP_KINDS:
        _write_edges(edges_of(tables.pop(tie.name, None), tie.name, nodes), tie.name, folder)


def write_claims(kinds: Iterable[pa.Table], folder: Path) -> set[str]:
    """Write claims kind by kind, in the order of the names of the kinds; the sources that state them.

    Beside them, in rows of the same order, where and when they were read.
    """
    told, beside = (pa.schema([f for f in CLAIMS if (f.name in PROVENANCE) == apart]) for apart in (False, True))
    sources: set[str] = set()
    folder.mkdir(parents=True, exist_ok=True)
    with (
        pa.OSFile(str(folder / _CLAIMS_FILE), "wb") as first,
        pa.ipc.new_file(first, told) as claims,
        pa.OSFile(str(folder / PROVENANCE_FILE), "wb") as second,
        pa.ipc.new_file(second, beside) as provenance,
    ):
        for batch in (batch for kind in kinds for batch in in_order(kind)):
            claims.write_batch(batch.select(told.names))
            provenance.write_batch(batch.select(PROVENANCE))
            sources.update(batch["source"].unique().to_pylist())
    return sources


def write_beside(folder: Path, decisions: Sequence[Decision], readings: pa.Table, marks: pa.Table) -> None:
    """Write what is no node, relationship or claim."""
    write_table(pa.Table.from_pylist([asdict(d) for d in decisions], DECISIONS), folder / "decisions.arrow")
    write_table(readings, folder / READINGS_FILE)
    write_table(marks, folder / MARKS_FILE)


def load_snapshot(folder: Path) -> Snapshot:
    """Memory-map what was written."""
    try:
        nodes = {k.name: read_table(folder / f"{k.name}.arrow") for k in NODE_KINDS}
        edges = {
            k.name: Edges(
                np.load(folder / f"{k.name}.source.npy", mmap_mode="r"),
                np.load(folder / f"{k.name}.target.npy", mmap_mode="r"),
                read_table(folder / f"{k.name}.arrow"),
            )
            for k in RELATIONSHIP_KINDS
        }
        claims = read_table(folder / _CLAIMS_FILE)
        for name, column in zip(PROVENANCE, read_table(folder / PROVENANCE_FILE).columns, strict=True):
            claims = claims.append_column(name, column)
        told = read_table(folder / "decisions.arrow").to_pylist()
        decisions = [Decision(**{**row, "subjects": tuple(row["subjects"])}) for row in told]
        beside = (read_table(folder / name) for name in (READINGS_FILE, MARKS_FILE))
        return Snapshot(nodes, edges, claims, decisions, *beside)
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        raise SnapshotDamaged(f"{folder}: {error}; run: netofnets publish") from None


def _write_edges(edges: Edges, kind: str, folder: Path) -> None:
    write_table(edges.table, folder / f"{kind}.arrow")
    np.save(folder / f"{kind}.source.npy", edges.source)
    np.save(folder / f"{kind}.target.npy", edges.target)

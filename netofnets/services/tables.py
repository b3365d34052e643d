"""The tables of the measures for people and programs: ids with the names and source ids they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.registry import compute, measure
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.services.viewer import Viewer

__all__ = ["described", "measure_table"]


def measure_table(published: Published, viewer: Viewer, measure_id: str, parameters: Mapping[str, Any]) -> pa.Table:
    """The table of a measure, with names: the published one, or computed anew when ``parameters`` differ from it."""
    edition = viewer.edition(published)
    declared = measure(measure_id)
    settled = declared.settled({**edition.parameters(measure_id), **parameters})
    table = _table(edition, measure_id, settled)
    refers = {output.name: output.refers for output in declared.outputs if output.refers}
    return described(edition.snapshot, table, refers)


def described(snapshot: Snapshot, table: pa.Table, refers: Mapping[str, str]) -> pa.Table:
    """``table`` with the columns of ids followed by source, source id and name of the node.

    The first column of ids gives ``id``, ``source``, ``source_id`` and ``name``; further ones keep their own name in front
    (``second``, ``second_source_id``, ``second_name``).
    """
    columns: dict[str, Any] = {}
    lone = len(refers) == 1
    for name in table.column_names:
        if name not in refers:
            columns[name] = table[name]
            continue
        prefix = "" if lone else f"{name}_"
        columns["id" if lone else name] = table[name]
        for part, column in _words(snapshot, table, name, refers[name]).items():
            columns[prefix + part] = column
    return pa.table(columns)


def _table(edition: Edition, measure_id: str, settled: Mapping[str, Any]) -> pa.Table:
    if dict(edition.parameters(measure_id)) == dict(settled):
        return edition.table(measure_id)
    return compute(measure_id, edition.snapshot, settled)


def _words(snapshot: Snapshot, table: pa.Table, column: str, refers: str) -> dict[str, Any]:
    kinds = [refers] if refers in snapshot.nodes else [str(k) for k in pc.unique(table[refers]).to_pylist()]
    words: dict[str, Any] = {}
    for kind in kinds:
        at = pc.index_in(table[column].combine_chunks(), value_set=snapshot.ids(kind))
        ids = snapshot.source_ids(kind)
        found = {"source": ids["source"], "source_id": ids["source_id"], "name": snapshot.nodes[kind]["name"]}
        for name, values in found.items():
            taken = values.combine_chunks().take(at)
            words[name] = pc.coalesce(words[name], taken) if name in words else taken
    return words

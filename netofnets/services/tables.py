"""The tables of the measures for people and programs: ids with the names and source ids they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.registry import compute, measure, needed
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.services.viewer import Viewer

__all__ = ["described", "measure_table"]

# The columns of measures that hold ids, and the kind of node they mean; `id` goes with a column `kind`.
_OWN = {"leader": "leaders", "network": "networks", "id": ""}
_OTHER = {
    "first": "networks",
    "second": "networks",
    "first_network": "networks",
    "second_network": "networks",
    "home": "networks",
    "toward": "networks",
    "sole_link": "leaders",
}


def measure_table(published: Published, viewer: Viewer, measure_id: str, parameters: Mapping[str, Any]) -> pa.Table:
    """The table of a measure, with names: the published one, or computed anew when ``parameters`` differ from it."""
    edition = viewer.edition(published)
    return described(edition.snapshot, _table(edition, measure_id, parameters))


def described(snapshot: Snapshot, table: pa.Table) -> pa.Table:
    """``table`` with every id followed by what it stands for.

    What a row is about becomes ``id, source, source_id, name``; another column of ids, say ``second``, keeps its name
    and gets ``second_source_id`` and ``second_name``.
    """
    columns: dict[str, Any] = {}
    for name in table.column_names:
        if name in _OWN:
            columns["id"] = table[name]
            columns |= _words(snapshot, table, name, _OWN[name])
        elif name in _OTHER:
            columns[name] = table[name]
            words = _words(snapshot, table, name, _OTHER[name])
            columns |= {f"{name}_{part}": words[part] for part in ("source_id", "name")}
        else:
            columns[name] = table[name]
    return pa.table(columns)


def _table(edition: Edition, measure_id: str, given: Mapping[str, Any]) -> pa.Table:
    for declared in needed(measure_id):
        published = dict(edition.parameters(declared.id))
        if declared.settled({**published, **given}) != published:
            settled = {k: v for m in needed(measure_id) for k, v in edition.parameters(m.id).items()}
            return compute(measure_id, edition.snapshot, {**settled, **given})
    return edition.table(measure(measure_id).id)


def _words(snapshot: Snapshot, table: pa.Table, column: str, kind: str) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for candidate in [kind] if kind else [k for k in pc.unique(table["kind"]).to_pylist() if k in snapshot.nodes]:
        at = pc.index_in(table[column].combine_chunks(), value_set=snapshot.ids(candidate))
        ids = snapshot.source_ids(candidate)
        found = {"source": ids["source"], "source_id": ids["source_id"], "name": snapshot.nodes[candidate]["name"]}
        for name, values in found.items():
            taken = values.combine_chunks().take(at)
            words[name] = pc.coalesce(words[name], taken) if name in words else taken
    nothing = pa.nulls(table.num_rows, pa.string())
    return words or {"source": nothing, "source_id": nothing, "name": nothing}

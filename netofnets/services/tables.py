"""The tables of the measures for people and programs: ids with the names and source ids they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import MEASURES, compute, kept_apart, measure, needed
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.services.viewer import Viewer

__all__ = ["described", "measure_table"]


def measure_table(
    published: Published, viewer: Viewer, measure_id: str, parameters: Mapping[str, Any], as_of: str = ""
) -> pa.Table:
    """The table of a measure, with names: the published one, or computed anew when ``parameters`` differ from it.

    ``as_of`` is an ISO day other than that of the publication: what has ended by then, or not begun, is left out.
    """
    edition = viewer.edition(published)
    return described(edition.snapshot, measure(measure_id), _table(edition, measure_id, parameters, as_of))


def described(snapshot: Snapshot, declared: Measure, table: pa.Table) -> pa.Table:
    """``table`` with every id followed by what it stands for.

    What a row is about becomes ``id, source, source_id, name``; another column of ids, say ``second``, keeps its name
    and gets ``second_source_id`` and ``second_name``.
    """
    columns: dict[str, Any] = {}
    for output in (one for one in declared.outputs if not one.inner):
        name = output.name
        columns["id" if name == declared.about else name] = table[name]
        if output.of:
            words = _words(snapshot, table, name, output.of)
            columns |= words if name == declared.about else {f"{name}_{p}": words[p] for p in ("source_id", "name")}
    return pa.table(columns)


def _table(edition: Edition, measure_id: str, given: Mapping[str, Any], as_of: str) -> pa.Table:
    settled = kept_apart({m.id: edition.parameters(m.id) for m in needed(measure_id)})
    if as_of:
        return compute(measure_id, edition.snapshot.at(as_of), {**settled, **given}, _standing(edition))
    for declared in needed(measure_id):
        published = dict(edition.parameters(declared.id))
        if declared.settled({**published, **given}) != published:
            return compute(measure_id, edition.present, {**settled, **given}, _standing(edition))
    return edition.table(measure(measure_id).id)


def _standing(edition: Edition) -> dict[str, pa.Table]:
    """What is published of the measures that continue, so that what is computed beside it has the same numbers."""
    return {m.id: edition.table(m.id) for m in MEASURES if m.continues and m.id in edition.measures}


def _words(snapshot: Snapshot, table: pa.Table, column: str, kind: str) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for candidate in (
        [kind] if kind != "kind" else [k for k in pc.unique(table["kind"]).to_pylist() if k in snapshot.nodes]
    ):
        at = pc.index_in(table[column].combine_chunks(), value_set=snapshot.ids(candidate))
        ids = snapshot.source_ids(candidate)
        found = {"source": ids["source"], "source_id": ids["source_id"], "name": snapshot.nodes[candidate]["name"]}
        for name, values in found.items():
            taken = values.combine_chunks().take(at)
            words[name] = pc.coalesce(words[name], taken) if name in words else taken
    nothing = pa.nulls(table.num_rows, pa.string())
    return words or {"source": nothing, "source_id": nothing, "name": nothing}

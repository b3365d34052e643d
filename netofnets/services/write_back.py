"""Which published results go back onto the nodes of a store, and under which names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.services.viewer import ORGANIZER

__all__ = ["analysis_results"]

# Measure -> (column of ids, columns to write); the store puts its own namespace in front.
_BY_LEADER = {"bridges": ("leader", ("participation", "strength", "score", "rank", "bridging", "reason"))}


def analysis_results(published: Published) -> tuple[dict[str, pa.Table], Mapping[str, Any]]:
    """Tables by node kind (``id`` and result columns), and the parameters they were computed with.

    Communities come for leaders and networks (``community``, ``community_label``, ``community_strength``), bridging for
    leaders. The label is the name that a person gave to the community, else its description.
    """
    edition = ORGANIZER.edition(published)
    communities = edition.table("communities")
    summary = edition.table("community_summary")
    tables: dict[str, pa.Table] = {}
    for kind in ("leaders", "networks"):
        own = communities.filter(pc.equal(communities["kind"], kind))
        at = pc.index_in(own["community"], value_set=summary["community"].combine_chunks(), skip_nulls=True)
        labels = summary["label"].combine_chunks().take(at.combine_chunks())
        found = {"community": own["community"], "community_label": labels, "community_strength": own["strength"]}
        tables[kind] = pa.table({"id": own["id"], **found})
    for measure, (ids, columns) in _BY_LEADER.items():
        results = edition.table(measure)
        renamed = pa.table(
            {"id": results[ids], **{f"bridge_{c}".replace("bridge_bridging", "bridging"): results[c] for c in columns}}
        )
        tables["leaders"] = tables["leaders"].join(renamed, "id").sort_by("id")
    return tables, {name: edition.parameters(name) for name in ("communities", *_BY_LEADER)}

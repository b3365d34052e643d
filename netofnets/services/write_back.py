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
_BY_KIND = {"communities": ("community", "strength")}


def analysis_results(published: Published) -> tuple[dict[str, pa.Table], Mapping[str, Any]]:
    """Tables by node kind (``id`` and result columns), and the parameters they were computed with.

    Communities come for leaders and networks (``community``, ``community_strength``), bridging for leaders.
    """
    edition = ORGANIZER.edition(published)
    communities = edition.table("communities")
    tables: dict[str, pa.Table] = {}
    for kind in ("leaders", "networks"):
        own = communities.filter(pc.equal(communities["kind"], kind))
        tables[kind] = pa.table({"id": own["id"], "community": own["community"], "community_strength": own["strength"]})
    for measure, (ids, columns) in _BY_LEADER.items():
        results = edition.table(measure)
        renamed = pa.table(
            {"id": results[ids], **{f"bridge_{c}".replace("bridge_bridging", "bridging"): results[c] for c in columns}}
        )
        tables["leaders"] = tables["leaders"].join(renamed, "id").sort_by("id")
    return tables, {name: edition.parameters(name) for name in ("communities", *_BY_LEADER)}

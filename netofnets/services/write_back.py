"""Which published results go back into a store: onto its nodes, and as things and ties beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Edition, Published
from netofnets.services.viewer import ORGANIZER
from netofnets.store.base import FoundThings, FoundTies

__all__ = ["analysis_findings", "analysis_results"]

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


def analysis_findings(published: Published) -> tuple[list[FoundThings], list[FoundTies]]:
    """Communities, blocks of networks and validated overlaps, as things and ties; only what the analyses claim.

    An overlap that chance may explain is not among them: everybody's memberships are in the graph to be counted.
    """
    edition = ORGANIZER.edition(published)
    communities, members = _communities(edition)
    blocks, networks = _blocks(edition)
    overlaps = edition.table("overlap")
    overlaps = overlaps.filter(overlaps["validated"])
    kept = ("shared", "expected", "ratio", "q")
    ends = {"from_id": overlaps["first"], "to_id": overlaps["second"]}
    between = pa.table({**ends, **{name: overlaps[name] for name in kept}})
    return [communities, blocks], [*members, networks, FoundTies("OVERLAPS_WITH", "networks", "networks", between)]


def _communities(edition: Edition) -> tuple[FoundThings, list[FoundTies]]:
    summary, found = edition.table("community_summary"), edition.table("communities")
    methods = edition.table("community_methods")
    pays = bool(methods.num_rows) and bool(methods["pays"][0].as_py())
    kept = ("leaders", "networks", "description", "named", "terms", "term_lift", "term_q", "agreement", "wider")
    described = {name: summary[name] for name in kept}
    # Where no division describes the ties better than none, communities are connected parts, and no more is claimed.
    told = {"number": summary["community"], "division_pays": pa.array([pays] * summary.num_rows, pa.bool_())}
    things = pa.table({"id": _ids("community", summary["community"]), "name": summary["label"], **told, **described})
    ties = []
    for kind in ("networks", "leaders"):
        own = found.filter(pc.and_(pc.equal(found["kind"], kind), pc.is_valid(found["community"])))
        ends = {"from_id": own["id"], "to_id": _ids("community", own["community"])}
        ties.append(FoundTies("IN_COMMUNITY", kind, "Community", pa.table({**ends, "strength": own["strength"]})))
    return FoundThings("Community", things), ties


def _blocks(edition: Edition) -> tuple[FoundThings, FoundTies]:
    blocks = edition.table("blocks")
    blocks = blocks.filter(pc.is_valid(blocks["block"]))
    names = dict(zip(*(edition.snapshot.nodes["networks"][c].to_pylist() for c in ("id", "name")), strict=True))
    members: dict[int, list[str]] = {}
    for network, block in zip(blocks["network"].to_pylist(), blocks["block"].to_pylist(), strict=True):
        members.setdefault(block, []).append(names.get(network) or network)
    numbers = sorted(members)
    things = {
        "id": _ids("block", pa.chunked_array([pa.array(numbers, pa.int64())])),
        "name": [f"Block {number}: {', '.join(sorted(members[number])[:3])}" for number in numbers],
        "number": numbers,
        "networks": [len(members[number]) for number in numbers],
    }
    ties = {"from_id": blocks["network"], "to_id": _ids("block", blocks["block"])}
    ties["validated_ties"] = blocks["validated_ties"]
    return FoundThings("NetworkBlock", pa.table(things)), FoundTies(
        "IN_BLOCK", "networks", "NetworkBlock", pa.table(ties)
    )


def _ids(word: str, numbers: pa.ChunkedArray) -> pa.Array:
    return pa.array([f"{word} {number}" for number in numbers.to_pylist()], pa.string())

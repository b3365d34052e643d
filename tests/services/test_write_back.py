"""What goes back into Neo4j beside the facts: as many things and ties as the published analyses claim, and no more."""

from __future__ import annotations

from netofnets.graph.published import Published
from netofnets.services.write_back import analysis_findings


def test_communities_blocks_and_validated_overlaps_are_those_that_are_published(blocks: Published) -> None:
    things, ties = analysis_findings(blocks)
    edition = blocks.edition("organizers")
    of = {(tie.type, tie.start): tie.table.to_pylist() for tie in ties}
    communities, found_blocks = (thing.table.to_pylist() for thing in things)
    summary = {row["community"]: row for row in edition.table("community_summary").to_pylist()}
    assert {row["number"] for row in communities} == set(summary) and communities
    assert all(row["name"] == summary[row["number"]]["label"] for row in communities)
    assert len({row["division_pays"] for row in communities}) == 1
    for kind in ("leaders", "networks"):
        own = {r["id"]: r["community"] for r in edition.table("communities").to_pylist() if r["kind"] == kind}
        placed = {row["from_id"]: row["to_id"] for row in of["IN_COMMUNITY", kind]}
        assert placed == {name: f"community {number}" for name, number in own.items() if number is not None}
    overlaps = edition.table("overlap").to_pylist()
    claimed = {(row["first"], row["second"], row["shared"], row["q"]) for row in overlaps if row["validated"]}
    assert 0 < len(claimed) < len(overlaps)  # what chance may explain is not told as found
    written = {(r["from_id"], r["to_id"], r["shared"], r["q"]) for r in of["OVERLAPS_WITH", "networks"]}
    assert written == claimed
    assert {row["to_id"] for row in of["IN_BLOCK", "networks"]} == {row["id"] for row in found_blocks}
    assert sum(row["networks"] for row in found_blocks) == len(of["IN_BLOCK", "networks"])

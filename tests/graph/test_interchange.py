"""Handing the graph to networkx."""

import pytest

from netofnets.errors import SchemaError
from netofnets.graph.interchange import to_networkx
from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import rows, snapshot

MADE = snapshot(
    {"a": ["x", "y"], "b": ["x", "y"], "c": ["y"], "i": []},
    [("a", "b", 3), ("a", "b", 1)],
    leaders={"a": {"region": "north", "languages": ["en", "pt"]}},
    kinds={"x": "course"},
)


def test_every_node_and_relationship_is_there_with_its_properties():
    graph = to_networkx(MADE)
    assert set(graph) == set("abcixy")
    assert graph.nodes["a"] == {"kind": "leaders", "name": "a", "region": "north", "languages": ["en", "pt"]}
    assert graph.nodes["x"] == {"kind": "networks", "name": "x", "type": "course"}
    assert sorted((d["kind"], d.get("count")) for _, _, d in graph.edges(data=True)) == [
        ("collaborations", 1),
        ("collaborations", 3),
        *[("memberships", None)] * 5,
    ]
    assert set(graph["a"]["b"]) == {"c0", "c1"}


def test_kinds_limit_edges_and_nodes():
    graph = to_networkx(MADE, ["collaborations"])
    assert set(graph) == set("abci")
    assert graph.number_of_edges() == 2
    with pytest.raises(SchemaError, match="friendships"):
        to_networkx(MADE, ["friendships"])


def test_nothing_gives_an_empty_graph():
    assert len(to_networkx(Snapshot.build({}))) == 0
    only = Snapshot.build({"leaders": rows("leaders", [{"id": "a", "name": "A"}])})
    assert list(to_networkx(only).nodes(data="name")) == [("a", "A")]

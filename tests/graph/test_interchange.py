"""Handing the graph to networkx, and writing it for other programs."""

import networkx as nx
import pytest

from netofnets.errors import SchemaError, SettingsError
from netofnets.graph.interchange import network_graph, to_networkx, write_graph
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


def test_the_network_of_networks_weighs_by_shared_members():
    graph = network_graph(MADE)
    assert list(graph.edges(data="weight")) == [("x", "y", 2)]
    assert graph.nodes["y"] == {"kind": "networks", "name": "y", "members": 3}


@pytest.mark.parametrize(("name", "read"), [("g.graphml", nx.read_graphml), ("g.gexf", nx.read_gexf)])
def test_files_can_be_read_again(tmp_path, name, read):
    for graph in (to_networkx(MADE), network_graph(MADE)):
        write_graph(graph, tmp_path / name)
        again = read(tmp_path / name)
        assert set(again) == set(graph)
        assert again.number_of_edges() == graph.number_of_edges()
    assert graph.nodes["x"]["members"] == 2


def test_lists_become_text_in_files(tmp_path):
    write_graph(to_networkx(MADE), tmp_path / "g.graphml")
    assert nx.read_graphml(tmp_path / "g.graphml").nodes["a"]["languages"] == "en; pt"


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="graphml"):
        write_graph(network_graph(MADE), tmp_path / "g.png")


def test_nothing_gives_an_empty_graph():
    assert len(to_networkx(Snapshot.build({}))) == 0
    only = Snapshot.build({"leaders": rows("leaders", [{"id": "a", "name": "A"}])})
    assert list(to_networkx(only).nodes(data="name")) == [("a", "A")]

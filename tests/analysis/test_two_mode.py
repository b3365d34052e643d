"""Position among people and networks: networkx on random memberships, and a case by hand."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from netofnets.analysis.registry import compute
from tests.data.graphs import snapshot

OWN = st.lists(st.sets(st.integers(0, 4), max_size=4), min_size=1, max_size=7)


def belongs(own):
    return {f"p{i}": [f"n{n}" for n in sorted(ns)] for i, ns in enumerate(own)}


@settings(max_examples=60, deadline=None)
@given(OWN)
def test_both_numbers_equal_networkx(own):
    made = snapshot(belongs(own))
    rows = {r["leader"]: r for r in compute("two_mode", made).to_pylist()}
    graph = nx.Graph((person, network) for person, ns in belongs(own).items() for network in ns)
    between = nx.betweenness_centrality(graph, normalized=False)
    for person, networks in belongs(own).items():
        row = rows[person]
        assert row["networks"] == len(networks)
        assert row["betweenness"] == (pytest.approx(between[person], abs=1e-8) if networks else None)
        assert (row["redundancy"] is None) == (len(networks) < 2)
        if len(networks) > 1:
            assert row["redundancy"] == pytest.approx(bipartite.node_redundancy(graph, [person])[person])


def test_the_only_one_between_two_networks_is_not_redundant():
    made = snapshot(
        {"a": ["x", "y"], "b": ["y", "z"], "c": ["y", "z"], "d": ["part", "whole"]}, parts=[("part", "whole")]
    )
    rows = {r["leader"]: r["redundancy"] for r in compute("two_mode", made).to_pylist()}
    assert rows == {"a": 0.0, "b": 1.0, "c": 1.0, "d": None}


def test_betweenness_is_not_computed_above_the_limit():
    made = snapshot({"a": ["x", "y"], "b": ["y"]})
    assert compute("two_mode", made, {"limit": 3})["betweenness"].null_count == 2
    assert compute("two_mode", made, {"limit": 4})["betweenness"].null_count == 0

"""Position in direct ties: the references from R, and networkx on random graphs."""

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from netofnets.analysis.burt import constraint
from netofnets.analysis.on_projection import degree_correlations
from netofnets.analysis.paths import betweenness
from netofnets.analysis.registry import compute
from netofnets.errors import SettingsError
from netofnets.graph.projection import project
from tests.data.dlt1 import dlt1, reference
from tests.data.graphs import snapshot

ARCS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30)


def matrix(arcs):
    dense = np.zeros((8, 8))
    for a, b in arcs:
        if a != b:
            dense[a, b] = 1.0
    return sp.csr_array(dense)


def graph(arcs):
    found = nx.DiGraph()
    found.add_nodes_from(range(8))
    found.add_edges_from((a, b) for a, b in arcs if a != b)
    return found


@settings(deadline=None)
@given(ARCS)
def test_betweenness_equals_networkx(arcs):
    oracle = nx.betweenness_centrality(graph(arcs), normalized=False)
    assert betweenness(matrix(arcs)) == pytest.approx([oracle[i] for i in range(8)])


@settings(deadline=None)
@given(ARCS)
def test_constraint_equals_networkx(arcs):
    oracle = nx.constraint(graph(arcs))
    assert constraint(matrix(arcs)) == pytest.approx([oracle[i] for i in range(8)], nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(ARCS)
def test_parts_and_cut_points_equal_networkx(arcs):
    made = snapshot({f"p{i}": [] for i in range(8)}, [(f"p{a}", f"p{b}") for a, b in arcs])
    table = compute("direct_ties", made).to_pylist()
    whole = graph(arcs).to_undirected()
    cut = set(nx.articulation_points(whole))
    assert {i for i, row in enumerate(table) if row["articulation"]} == cut
    parts = {}
    for i, row in enumerate(table):
        assert (row["component"] is None) == (whole.degree(i) == 0) == (row["constraint"] is None)
        if row["component"] is not None:
            parts.setdefault(row["component"], set()).add(i)
    assert sorted(map(sorted, parts.values())) == sorted(
        sorted(c) for c in nx.connected_components(whole) if len(c) > 1
    )


def test_loops_are_out_and_parallel_ties_are_one():
    made = snapshot({"a": [], "b": [], "c": []}, [("a", "b", 3), ("a", "b", 2), ("a", "a", 9), ("b", "c")])
    rows = {r["leader"]: r for r in compute("direct_ties", made).to_pylist()}
    assert [(rows[x]["degree_in"], rows[x]["degree_out"], rows[x]["betweenness"]) for x in "abc"] == [
        (0, 1, 0.0),
        (1, 1, 1.0),
        (1, 0, 0.0),
    ]


def test_betweenness_is_not_computed_above_the_limit():
    made = snapshot({"a": [], "b": [], "c": []}, [("a", "b"), ("b", "c")])
    assert compute("direct_ties", made, {"limit": 2})["betweenness"].null_count == 3


def test_the_course_equals_r(shared_data):
    table = compute("direct_ties", dlt1(shared_data)).to_pylist()
    expected = reference(shared_data, "igraph-dlt1.csv")
    tied = [row for row in table if row["component"] is not None]
    for column, name in (("betweenness", "betweenness_dir"), ("constraint", "constraint_dir")):
        found = {row["leader"]: row[column] for row in tied}
        assert found == pytest.approx({x: float(expected[x][name]) for x in found}, rel=1e-9, abs=1e-9)
    assert sum(bool(row["articulation"]) for row in tied) == 36
    assert len(table) - len(tied) == 3
    for column, order in (("betweenness", -1), ("constraint", 1)):
        first = sorted(tied, key=lambda row: order * row[column])[:2]
        assert {row["leader"] for row in first} == {"444", "445"}


def shuffled(people=300, networks=12, seed=5):
    """Memberships at random: nobody stands between anything but by the number of networks that they are in."""
    drawn = np.random.default_rng(seed)
    belongs = {
        f"p{i:03d}": sorted({f"n{k:02d}" for k in drawn.integers(0, networks, 1 + i % 5).tolist()})
        for i in range(people)
    }
    return snapshot(belongs)


def test_constraint_on_memberships_is_refused_with_the_correlation_that_shows_why():
    made = shuffled()
    fellows, networks = degree_correlations(made.incidence("memberships"))
    projected = project(made.incidence("memberships"))
    held, counts = constraint(projected), np.diff(projected.indptr)
    assert fellows == pytest.approx(spearmanr(np.round(held, 12), counts).statistic, abs=1e-9)
    assert networks == pytest.approx(
        spearmanr(np.round(held, 12), made.incidence("memberships").degrees).statistic, abs=1e-9
    )
    assert fellows < -0.85
    with pytest.raises(SettingsError, match=f"fellow members is {fellows:.2f}, with the number of networks"):
        compute("direct_ties", made, {"on": "memberships"})


def test_the_refusal_says_so_when_it_cannot_measure():
    with pytest.raises(SettingsError, match="too few people share a network"):
        compute("direct_ties", snapshot({"a": ["x"], "b": ["x"]}), {"on": "memberships"})
    with pytest.raises(SettingsError, match="not on 'friends'"):
        compute("direct_ties", snapshot({"a": ["x"]}), {"on": "friends"})

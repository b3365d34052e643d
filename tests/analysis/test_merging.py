"""Divisions merged from a finer one: what is computed of the merged graph holds for the whole graph."""

from functools import cache

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis import resolution as search
from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.description import Description
from netofnets.analysis.leiden import partition
from netofnets.analysis.merging import merged
from tests.data.planted import planted


@cache
def made():
    return planted(1).snapshot()


def world():
    return affiliation(made())


@pytest.fixture
def graph():
    return world()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), groups=st.integers(1, 60), coarser=st.integers(1, 8))
def test_a_merged_graph_is_described_in_as_many_words(seed, groups, coarser):
    graph, random = world(), np.random.default_rng(seed)
    fine = random.integers(0, groups, graph.matrix.shape[0]).astype(np.int32)
    fine[:groups] = np.arange(groups)
    over = random.integers(0, min(coarser, groups), groups).astype(np.int32)
    over[: min(coarser, groups)] = np.arange(min(coarser, groups))
    whole = Description.of(graph.evidence, graph.leaders)
    assert whole.merged(fine).length(over) == pytest.approx(whole.length(over[fine]), rel=1e-9, abs=1e-6)


def test_the_quality_of_merged_groups_is_the_modularity_of_all_nodes(graph):
    small = merged(graph.matrix, partition(graph.matrix, 30.0, 7, iterations=1)[0])
    groups, quality = small.divided(1.0, 7)
    labels = groups[small.fine]
    whole = nx.from_scipy_sparse_array(graph.matrix)
    sets = [set(np.flatnonzero(labels == group).tolist()) for group in np.unique(labels)]
    assert 1 < len(sets) < len(small.within)
    assert quality == pytest.approx(nx.community.modularity(whole, sets))
    assert quality >= 0.95 * partition(graph.matrix, 1.0, 7)[1]


def test_looking_roughly_first_leads_to_what_looking_at_everything_finds(monkeypatch):
    everything = search.resolution_profile(made(), {}, seed=7, resolution=0.0).to_pylist()
    monkeypatch.setattr(search, "_FEW", 0)
    roughly = search.resolution_profile(made(), {}, seed=7, resolution=0.0).to_pylist()
    chosen, best = (next(row for row in rows if row["chosen"]) for rows in (roughly, everything))
    assert chosen["description"] <= 0.95 * best["description"] < 0
    assert not chosen["merged"]
    assert not any(row["merged"] for row in everything)
    assert sum(not row["merged"] for row in roughly) < len(everything) / 2
    assert [row["resolution"] for row in roughly] == sorted({row["resolution"] for row in roughly})


def test_a_division_asked_for_twice_is_the_same_and_nobody_can_spoil_it(graph):
    first, quality = graph.divided(2.0, 7)
    first[:] = -5
    again, same = graph.divided(2.0, 7)
    assert same == quality
    assert np.array_equal(again, partition(graph.matrix, 2.0, 7)[0])

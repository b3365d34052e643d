"""Projections of a two-mode network, against networkx and by expectation."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.errors import SettingsError
from netofnets.graph.projection import project, sampled_projection
from netofnets.graph.twomode import TwoMode

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=25)
ORACLES = {
    "count": nx.bipartite.weighted_projected_graph,
    "newman": nx.bipartite.collaboration_weighted_projected_graph,
    "jaccard": nx.bipartite.overlap_weighted_projected_graph,
}


def twomode(pairs, shape=(7, 5)):
    actors, groups = (
        (np.array(side, dtype=np.int32) for side in zip(*sorted(pairs), strict=True))
        if pairs
        else (
            np.zeros(0, np.int32),
            np.zeros(0, np.int32),
        )
    )
    return TwoMode.from_pairs(actors, groups, shape)


@pytest.mark.parametrize("weighting", ORACLES)
@settings(deadline=None)
@given(PAIRS)
def test_weights_equal_those_of_networkx(weighting, pairs):
    graph = nx.Graph()
    graph.add_nodes_from(range(7))
    graph.add_nodes_from(f"g{n}" for n in range(5))
    graph.add_edges_from((actor, f"g{group}") for actor, group in pairs)
    oracle = nx.to_numpy_array(ORACLES[weighting](graph, range(7)), nodelist=range(7))
    assert project(twomode(pairs), weighting).toarray() == pytest.approx(oracle)


def test_an_unknown_weighting_and_too_many_pairs_are_refused():
    with pytest.raises(SettingsError, match="newman"):
        project(twomode({(0, 0)}), "cosine")
    everybody = TwoMode.from_pairs(np.arange(10_000, dtype=np.int32), np.zeros(10_000, np.int32), (10_000, 1))
    with pytest.raises(SettingsError, match="49,995,000 pairs"):
        project(everybody)


def test_the_sampled_projection_is_right_on_average_and_repeats_with_its_seed():
    random = np.random.default_rng(3)
    pairs = {(int(a), int(g)) for a, g in zip(random.integers(0, 7, 20), random.integers(0, 5, 20), strict=True)}
    made = twomode(pairs)
    mean = np.mean([sampled_projection(made, 4, seed).toarray() for seed in range(400)], axis=0)
    assert mean == pytest.approx(project(made, "newman").toarray(), abs=0.06)
    first, second = (sampled_projection(made, 2, 5).toarray() for _ in range(2))
    assert (first == second).all()
    assert first.diagonal().sum() == 0
    with pytest.raises(SettingsError, match="one draw"):
        sampled_projection(made, 0, 1)

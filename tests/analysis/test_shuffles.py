"""Honesty: on memberships dealt at random the program finds no structure, in 20 of 20."""

import numpy as np
import pytest

from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import needed
from tests.data.planted import Planted, planted


def results_of(measure: str, made):
    found = {}
    for declared in needed(measure):
        assert isinstance(declared, Measure)
        found[declared.id] = declared(made, found, {})
    return found


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_memberships_show_nothing(seed):
    results = results_of("bridges", planted(seed, mega=0.3 if seed % 2 else 0.0).shuffled(seed).snapshot())
    assert sum(results["overlap"]["validated"].to_pylist()) == 0
    assert results["blocks"]["block"].null_count == 57
    assert len(set(results["communities"]["community"].drop_null().to_pylist())) == 1
    bridges = results["bridges"]
    assert sum(bridges["bridging"].to_pylist()) == 0
    for column in ("rank", "score", "block_score", "reason"):
        assert bridges[column].null_count == bridges.num_rows


def dealt(seed: int, sizes: np.ndarray, people: int) -> Planted:
    """Networks of these sizes, their members drawn at random."""
    random = np.random.default_rng(seed)
    member = np.concatenate([random.choice(people, size, replace=False) for size in sizes])
    network = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((network, member))
    nobody = np.zeros(people, dtype=bool)
    return Planted(member[order], network[order], people, len(sizes), nobody, np.zeros(people, dtype=int))


WORLDS = {
    "heavy tail": lambda random: (np.clip((random.pareto(1.1, 60) * 8).astype(int), 3, 400), 900),
    "300 small": lambda random: (random.integers(4, 9, 300), 900),
}


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("world", WORLDS)
def test_networks_dealt_at_random_show_nothing_whatever_their_sizes(world, seed):
    results = results_of("bridges", dealt(seed, *WORLDS[world](np.random.default_rng(seed))).snapshot())
    assert sum(results["overlap"]["validated"].to_pylist()) == 0
    assert sum(results["bridges"]["bridging"].to_pylist()) == 0


def test_the_same_people_before_the_shuffle_show_all_that_is_planted():
    made = planted(0)
    results = results_of("bridges", made.snapshot())
    assert sum(results["overlap"]["validated"].to_pylist()) > 100
    assert len(set(results["blocks"]["block"].drop_null().to_pylist())) == 8
    bridging = {int(r["leader"][1:]) for r in results["bridges"].to_pylist() if r["bridging"]}
    assert bridging == set(made.is_bridge.nonzero()[0].tolist())

"""Honesty: on memberships dealt at random the program finds no structure, in 20 of 20."""

import pytest

from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import needed
from tests.data.planted import planted


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


def test_the_same_people_before_the_shuffle_show_all_that_is_planted():
    made = planted(0)
    results = results_of("bridges", made.snapshot())
    assert sum(results["overlap"]["validated"].to_pylist()) > 100
    assert len(set(results["blocks"]["block"].drop_null().to_pylist())) == 8
    bridging = {int(r["leader"][1:]) for r in results["bridges"].to_pylist() if r["bridging"]}
    assert bridging == set(made.is_bridge.nonzero()[0].tolist())

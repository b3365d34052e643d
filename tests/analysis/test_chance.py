"""The null model: fixed degrees, sizes on average, and what it expects of pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from netofnets.analysis.chance import at_least, at_most, benjamini_hochberg, chance_of
from netofnets.analysis.overlap import shared_members
from netofnets.graph.twomode import TwoMode
from tests.data.graphs import snapshot
from tests.data.planted import planted


def test_every_leader_keeps_the_number_and_every_network_its_size():
    memberships = planted(1).snapshot().incidence("memberships")
    null = chance_of(memberships)
    per_network = null.people @ null.probability
    counts = np.bincount(null.network_class, minlength=len(null.sizes))
    assert per_network == pytest.approx(null.sizes, rel=1e-6)
    assert null.probability @ counts == pytest.approx(null.degrees, rel=1e-6)


def test_expected_overlaps_are_the_mean_of_shuffled_memberships():
    made = planted(1, people=400)
    null = chance_of(made.snapshot().incidence("memberships"))
    expected = null.expected_shared()[np.ix_(null.network_class, null.network_class)]
    seen = np.zeros_like(expected)
    for seed in range(40):
        shuffle = made.shuffled(seed)
        first, second, shared = shared_members(TwoMode.from_pairs(*by_row(shuffle), (400, 57)))
        seen[first, second] += shared / 40
    upper = np.triu_indices(57, 1)
    assert expected[upper].sum() == pytest.approx(seen[upper].sum(), rel=0.03)
    assert np.corrcoef(expected[upper], seen[upper])[0, 1] > 0.95
    assert expected[:56, 56].sum() == pytest.approx(
        seen[:56, 56].sum(), rel=0.15
    )  # the network of a third of everybody


def by_row(made):
    order = np.lexsort((made.network, made.person))
    return made.person[order].astype(np.int32), made.network[order].astype(np.int32)


def test_people_with_one_network_never_make_an_overlap_by_chance():
    null = chance_of(snapshot({"a": ["x"], "b": ["y"], "c": ["x"]}).incidence("memberships"))
    assert null.expected_shared().sum() == 0.0


def test_a_network_of_everybody_is_expected_to_hold_every_member_of_another():
    belongs = {f"p{i}": ["all", "half"] if i < 10 else ["all"] for i in range(20)}
    null = chance_of(snapshot(belongs).incidence("memberships"))
    everybody, half = null.network_class
    assert null.expected_shared()[everybody, half] == pytest.approx(10.0, rel=0.02)


def test_joining_two_sets_by_chance_is_none_for_one_membership_and_sure_for_all():
    null = chance_of(snapshot({"a": ["x"], "b": ["y"]}).incidence("memberships"))
    shares = null.shares(np.array([0, 1]), 2)
    assert null.expected_joining(shares, np.array([0]), np.array([1])).tolist() == [0.0]


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40), st.integers(0, 40))
def test_false_discovery_rates_equal_those_of_scipy_with_the_silent_tests_added(p, silent):
    q = benjamini_hochberg(np.array(p), len(p) + silent)
    full = false_discovery_control(np.array(p + [1.0] * silent))
    assert q == pytest.approx(full[: len(p)], abs=1e-12)


def test_tails_by_hand():
    assert at_least([0, 1], [2.0, 2.0]) == pytest.approx([1.0, 1.0 - np.exp(-2.0)])
    assert at_most([0, 1], [2.0, 2.0]) == pytest.approx([np.exp(-2.0), 3.0 * np.exp(-2.0)])

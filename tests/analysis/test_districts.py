"""Two levels: whatever the weights, no two discs touch; communities lie together; who is alone stands below."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.districts import arrange

GAP, ROOM = 10.0, 24.0


def town(seed, communities=12, each=15, islands=0, across=0.05):
    """Discs that weigh most with those of their own community, some across, and some with nobody."""
    random = np.random.default_rng(seed)
    discs = communities * each
    community = np.repeat(np.arange(communities), each)
    same = community[:, None] == community[None, :]
    weight = random.random((discs, discs)) * np.where(same, 1.0, 0.3 * (random.random((discs, discs)) < across))
    whole = np.zeros((discs + islands, discs + islands))
    whole[:discs, :discs] = np.triu(weight, 1)
    radius = np.exp(random.normal(2.0, 0.7, discs + islands))
    order = random.permutation(discs + islands)
    both = sp.csr_array((whole + whole.T)[order][:, order])
    return radius[order], both, np.append(community, np.arange(islands) + communities)[order]


def free(centre, radius):
    apart = np.hypot(*(centre[:, None, :] - centre[None, :, :]).transpose(2, 0, 1)) - radius[:, None] - radius[None, :]
    np.fill_diagonal(apart, np.inf)
    return apart


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), islands=st.integers(0, 40), each=st.integers(1, 16))
def test_no_two_discs_are_nearer_than_the_gap(seed, islands, each):
    radius, weights, community = town(seed, islands=islands, each=each)
    centre = arrange(radius, weights, community, GAP, ROOM)
    assert free(centre, radius).min(initial=np.inf) >= GAP - 1e-6


@pytest.mark.parametrize("each", [4, 15])  # a small map, and one of districts
def test_near_discs_share_a_community(each):
    radius, weights, community = town(1, each=each)
    near = np.argsort(free(arrange(radius, weights, community, GAP, ROOM), radius), axis=1)[:, :3]
    assert (community[near] == community[:, None]).mean() >= (0.6 if each == 4 else 0.95)


def test_who_is_alone_stands_in_rows_below_everybody_else():
    radius, weights, community = town(2, islands=60)
    centre = arrange(radius, weights, community, GAP, ROOM)
    alone = np.diff(weights.indptr) == 0
    assert alone.sum() == 60
    assert (centre + radius[:, None])[alone, 1].max() <= (centre - radius[:, None])[~alone, 1].min() - ROOM


def test_where_nobody_shares_anybody_all_stand_in_rows():
    radius = np.full(400, 3.5)
    centre = arrange(radius, sp.csr_array((400, 400)), np.arange(400), GAP, ROOM)
    assert free(centre, radius).min() >= GAP - 1e-6
    wide, high = np.ptp(centre, axis=0)
    assert 1.0 < wide / high < 2.0


def test_the_same_discs_are_placed_alike():
    radius, weights, community = town(3, islands=5)
    first, again = (arrange(radius, weights.copy(), community, GAP, ROOM) for _ in range(2))
    assert np.array_equal(first, again)


def test_one_community_of_many_is_divided_further_and_keeps_its_distance():
    radius, weights, _ = town(4, communities=24, each=15)
    centre = arrange(radius, weights, np.zeros(len(radius), dtype=np.int64), GAP, ROOM)
    assert free(centre, radius).min() >= GAP - 1e-6


def test_a_district_turns_to_those_outside_that_it_weighs_most_with():
    """Two communities, one disc of each tied to one of the other: those two are nearer than the middles."""
    radius, weights, community = town(5, communities=2, each=80, across=0.0)
    first, second = (int(np.flatnonzero(community == c)[0]) for c in (0, 1))
    tie = sp.coo_array(([50.0, 50.0], ([first, second], [second, first])), shape=weights.shape)
    centre = arrange(radius, sp.csr_array(weights + tie), community, GAP, ROOM)
    apart = np.hypot(*(centre[first] - centre[second]))
    hubs = [centre[community == c].mean(axis=0) for c in (0, 1)]
    assert apart < np.hypot(*(hubs[0] - hubs[1]))

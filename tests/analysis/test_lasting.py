"""Positions that last: hardly anything moves for a little more data, nothing ever overlaps, a bad map is given up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.districts import arrange, spacing
from netofnets.analysis.lasting import lasting
from netofnets.analysis.registry import measure, run_all
from netofnets.analysis.resampling import thinned
from netofnets.analysis.taken_over import StandingResults
from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.schema.purposes import RESEARCH
from tests.analysis.test_districts import GAP, ROOM, free, town
from tests.data.graphs import camps
from tests.services.graphs import four_blocks


def placed(seed, each=8, islands=4):
    radius, weights, community = town(seed, each=each, islands=islands)
    return radius, weights, arrange(radius, weights, community, GAP, ROOM), spacing(len(radius), GAP, ROOM)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1_000), each=st.sampled_from([4, 16]), grown=st.floats(1.0, 1.3))
def test_whatever_grows_and_whoever_is_new_no_two_discs_are_nearer_than_the_gap(seed, each, grown):
    radius, weights, fresh, gap = placed(seed, each)
    random = np.random.default_rng(seed)
    before = np.where((random.random(len(radius)) < 0.1)[:, None], np.nan, fresh)
    radius = radius * np.where(random.random(len(radius)) < 0.2, grown, 1.0)
    community = np.zeros(len(radius), dtype=np.int64)
    centre = lasting(arrange(radius, weights, community, GAP, ROOM), before, radius, weights, gap)
    assert free(centre, radius).min() >= gap - 0.03


def test_where_nothing_changes_nothing_moves():
    radius, weights, fresh, gap = placed(1)
    assert np.array_equal(lasting(fresh[::-1].copy(), fresh, radius, weights, gap), fresh)


def test_a_new_disc_comes_to_lie_near_those_it_weighs_most_with():
    radius, weights, fresh, gap = placed(2, islands=0)
    new = 17
    before = fresh.copy()
    before[new] = np.nan
    centre = lasting(fresh, before, radius, weights, gap)
    others = np.delete(np.arange(len(radius)), new)
    assert centre[others] == pytest.approx(before[others])
    near = np.argsort(free(centre, radius)[new])[:30]
    strongest = weights[[new]].indices[np.argmax(weights[[new]].data)]
    assert strongest in near


def test_what_is_mostly_new_and_what_has_become_a_bad_map_is_drawn_afresh():
    radius, weights, fresh, gap = placed(3)
    before = np.where((np.arange(len(radius)) % 3 > 0)[:, None], np.nan, fresh)
    assert np.array_equal(lasting(fresh, before, radius, weights, gap), fresh)
    order = np.argsort(radius, kind="stable")
    shuffled = np.empty_like(fresh)
    shuffled[order] = fresh[np.roll(order, len(order) // 2)] * 3.0
    assert np.array_equal(lasting(fresh, shuffled, radius, weights, gap), fresh)


def test_two_per_cent_more_memberships_move_discs_by_less_than_their_dots():
    whole = camps(size=60, joining=12)
    before = run_all(thinned(whole, "memberships", np.random.default_rng(5), 0.02))
    after = run_all(whole, previous=before)
    count = whole.count("networks")
    spots = [np.column_stack([t["layout"][c].to_numpy()[:count] for c in "xy"]) for t in (before, after)]
    assert np.hypot(*(spots[1] - spots[0]).T).mean() < 1.0
    again = measure("layout")(whole, after, {}, after["layout"])
    assert again.equals(after["layout"])


def test_what_may_leave_the_map_goes_on_from_no_place_that_organizers_see(tmp_path):
    publish_facts(four_blocks().facts(), tmp_path)
    with Published.current(tmp_path) as last:
        stands, asked = StandingResults(last), last.edition("organizers")
        assert stands.previous(RESEARCH, measure("communities")) == asked.table("communities")
        assert stands.previous(RESEARCH, measure("layout")) is None
        for audience in ("organizers", "public"):
            assert stands.previous(audience, measure("layout")) == last.edition(audience).table("layout")
    assert StandingResults(None).previous("public", measure("layout")) is None

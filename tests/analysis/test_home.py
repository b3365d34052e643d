"""Where people stand on the map: their home network, and the spot of those who stand apart."""

import numpy as np
import pytest

from netofnets.analysis.home import homes
from netofnets.analysis.standing import stand
from tests.data.graphs import snapshot

GAP, SIZE = 10.0, 1.0


def test_home_is_the_smallest_network_of_the_own_community_and_else_the_smallest():
    made = snapshot(
        {
            "me": ["large", "middle", "small-abroad"],
            "you": ["large", "middle", "wide"],
            "he": ["large", "wide"],
            "she": ["large", "small-abroad"],
            "they": ["wide"],
            "nobody": [],
        }
    )
    networks = made.ids("networks").to_pylist()
    leaders = made.ids("leaders").to_pylist()
    abroad = np.array([int(n == "small-abroad") for n in networks], dtype=np.int32)
    labels = np.concatenate([np.zeros(len(leaders), dtype=np.int32), abroad])
    labels[leaders.index("they")] = 5  # a community without a network of theirs
    found = homes(made.incidence("memberships"), labels)
    named = {who: networks[at] if at >= 0 else None for who, at in zip(leaders, found.tolist(), strict=True)}
    assert named == {
        "me": "middle",  # two members, as small-abroad, but at home
        "you": "middle",
        "he": "wide",  # three members; large has four
        "she": "large",
        "they": "wide",
        "nobody": None,
    }


def discs(*spots):
    """Centres and radii of discs (x, y, radius)."""
    found = np.array(spots, dtype=float)
    return found[:, :2], found[:, 2]


def standing(centre, radius, *pairs):
    home, toward = (np.array(side) for side in zip(*pairs, strict=True))
    found = stand(home, toward, centre, radius, GAP, SIZE)
    return [tuple(np.round(spot, 6).tolist()) for spot in found.spots], found.place


def test_who_joins_two_neighbours_stands_in_the_middle_of_the_gap():
    centre, radius = discs((0, 0, 8), (30, 0, 12), (0, 40, 5))
    assert standing(centre, radius, (0, 1)) == ([(13.0, 0.0)], ["gap"])  # from 8 to 18
    assert standing(centre, radius, (1, 0)) == ([(13.0, 0.0)], ["gap"])
    assert standing(centre, radius, (0, 2)) == ([(0.0, 21.5)], ["gap"])  # from 8 to 35


def test_others_of_the_same_two_stand_beside_across_the_gap_and_no_two_touch():
    spots, place = standing(*discs((0, 0, 8), (30, 0, 12)), *[(0, 1)] * 5)
    assert place == ["gap"] * 5
    assert spots == [(13.0, y) for y in (0.0, 2.4, -2.4, 4.8, -4.8)]


@pytest.mark.parametrize("third", [(24, 0, 4), (24, 3, 4)])
def test_with_a_third_disc_between_or_too_far_off_it_is_the_rim_that_faces_the_other(third):
    apart = discs((0, 0, 8), (48, 0, 8), third)
    assert standing(*apart, (0, 1)) == ([(8.0, 0.0)], ["rim"])
    assert standing(*apart, (1, 0)) == ([(40.0, 0.0)], ["rim"])
    assert standing(*discs((0, 0, 8), (48, 0, 8), (24, 9, 4)), (0, 1)) == ([(24.0, 0.0)], ["gap"])
    assert standing(*discs((0, 0, 8), (0, 61.5, 8)), (0, 1)) == (
        [(0.0, 8.0)],
        ["rim"],
    )  # 45.5 apart, more than 4.5 gaps


def test_where_no_spot_is_left_nobody_is_put_on_another():
    spots, place = standing(*discs((0, 0, 4), (80, 0, 4)), *[(0, 1)] * 9)
    assert place == ["rim"] * 5 + [""] * 4
    there = [spot for spot, kind in zip(spots, place, strict=True) if kind]
    assert min(np.hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(there) for b in there[:i]) >= 2.3 * SIZE - 1e-6

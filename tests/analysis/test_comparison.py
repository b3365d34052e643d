"""Detected against declared: three verdicts for three cases, and cells worked out by hand; how sure a division is."""

import numpy as np
import pytest

from netofnets.analysis.registry import compute, needed
from netofnets.errors import SettingsError
from tests.data.graphs import snapshot
from tests.data.planted import planted


def three_camps(region, size=40):
    """Three camps of three networks; everybody is in two of the three; ``region`` of camp and number."""
    belongs, leaders = {}, {}
    for camp in range(3):
        for k in range(size):
            who = f"p{camp}-{k:02d}"
            belongs[who] = [f"n{camp}-{k % 3}", f"n{camp}-{(k + 1) % 3}"]
            leaders[who] = {"region": region(camp, k)}
    belongs["p0-00"].append("n1-0")
    belongs["p1-00"].append("n2-0")
    return snapshot(belongs, leaders=leaders)


def verdict(region):
    rows = compute("comparison", three_camps(region), {"with": "regions"}).to_pylist()
    return rows[0]["verdict"], rows[0]


def test_agreeing_differing_and_unrelated_groupings_get_three_verdicts():
    same, row = verdict(lambda camp, k: f"R{camp}")
    assert (same, row["people"], row["groups"], row["communities"]) == ("much the same", 120, 3, 3)
    assert row["ami"] == pytest.approx(1.0)
    assert row["information"] == pytest.approx(1.0)
    different, row = verdict(lambda camp, k: f"R{camp}" if k < 24 else f"R{(camp + 1) % 3}")
    assert different == "different"
    assert 0.0 < row["information"] < 0.75
    unrelated, row = verdict(lambda camp, k: f"R{k % 4}")
    assert unrelated == "unrelated"
    assert row["information"] <= 0.0
    assert row["ami"] < 0.05


def test_what_does_not_divide_is_not_compared():
    assert verdict(lambda camp, k: "everywhere")[0] == "one group only"
    rows = compute("comparison", three_camps(lambda camp, k: "everywhere")).to_pylist()
    assert rows == []
    with pytest.raises(SettingsError, match="regions"):
        compute("comparison", three_camps(lambda camp, k: "R"), {"with": "shoes"})


def test_the_cells_say_how_many_are_expected_and_where_it_is_more_or_less():
    made = three_camps(lambda camp, k: "North" if camp == 0 else "South")
    cells = compute("comparison_cells", made, {"with": "regions"}).to_pylist()
    more = [c for c in cells if c["unexpected"] == "more"]
    assert [(c["group"], c["found"], c["expected"]) for c in more] == [("North", 40, pytest.approx(40 * 40 / 120))]
    assert {c["unexpected"] for c in cells if c["group"] == "North" and c["found"] == 0} == {"less"}


def test_people_in_two_networks_of_a_kind_count_in_both_and_are_compared_by_the_smaller():
    belongs = {f"a{i}": ["big", "small"] if i < 4 else ["big"] for i in range(10)}
    made = snapshot(belongs, kinds={"big": "course", "small": "course"})
    row = compute("comparison", made, {"with": "networks:course"}).to_pylist()[0]
    assert (row["groups"], row["people"], row["division_found"]) == (2, 10, False)
    cells = compute("comparison_cells", made, {"with": "networks:course"}).to_pylist()
    assert sum(c["found"] for c in cells if c["group"] == "big") == 10


def methods(made):
    found = {}
    for declared in needed("community_methods"):
        found[declared.id] = declared(made, found, {})
    return found["community_methods"].to_pylist(), found


def test_a_planted_division_pays_and_two_methods_agree_on_it():
    rows, found = methods(planted(1).snapshot())
    assert [r["method"] for r in rows] == ["Leiden and block model", "spectral clustering"]
    assert rows[0]["pays"]
    assert rows[0]["seeds"] > 0.9
    assert rows[0]["left_out"] > 0.8
    assert rows[0]["agreement"] > 0.8
    assert found["divisions"]["spectral"].null_count == found["communities"]["community"].null_count


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_memberships_pay_for_no_division_and_keep_none_when_some_are_left_out(seed):
    rows, found = methods(planted(seed, mega=0.15 * seed).shuffled(seed).snapshot())
    assert not rows[0]["pays"]
    assert rows[0]["left_out"] < 0.5
    assert len(set(found["communities"]["community"].drop_null().to_pylist())) == 1


def test_a_small_roster_shows_the_division_that_people_would_name_without_claiming_it():
    random = np.random.default_rng(1)
    belongs = {
        f"t{team}-{k:02d}": sorted({f"n{team}", f"n{random.integers(3)}"} if random.random() < 0.2 else {f"n{team}"})
        for team in range(3)
        for k in range(12)
    }
    rows, found = methods(snapshot(belongs))
    assert (rows[0]["pays"], rows[0]["communities"]) == (False, 3)
    nearest = found["divisions"]["consensus"].to_pylist()[:36]
    assert [len(set(nearest[t : t + 12])) for t in (0, 12, 24)] == [1, 1, 1]

"""Introductions on a small map worked out by hand, what they must never do, and what they learn."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from netofnets.analysis.changes import Meet
from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.introductions import introduce
from netofnets.analysis.registry import compute
from netofnets.analysis.what_if import consequences, standing
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION
from tests.data.graphs import snapshot

BALANCED = {"beta": "1"}


def listed(made, **parameters):
    return compute("introductions", made, {**BALANCED, **parameters}).to_pylist()


def pairs(rows):
    return [(row["first"], row["second"]) for row in rows]


def by_pair(made):
    return {(row["first"], row["second"]): row for row in listed(made)}


def three_networks(**more):
    """A and B share `ab`; `c` knows `b1`; chess: `a1`, `c`; maths: `a1`, `a2`, `b1`; `a1` works with `a2`."""
    belongs = {"a1": ["A"], "a2": ["A"], "ab": ["A", "B"], "b1": ["B"], "c": ["C"]}
    interests = {"a1": ["chess", "maths"], "a2": ["maths"], "b1": ["maths"], "c": ["chess"]}
    return snapshot(belongs, [("a1", "a2"), ("c", "b1")], interests=interests, **more)


def decided(made, *rows):
    told = [Decision(INTRODUCTION, pair, state, "organizer", "asked") for pair, state in rows]
    return Snapshot(made.nodes, made.edges, made.claims, told)


def test_a_small_map_by_hand():
    rows = by_pair(three_networks())
    assert set(rows) == {("a1", "b1"), ("a1", "c"), ("a2", "b1")}  # `c` and `a2` name nothing in common
    chess, maths = log(5 / 2), log(5 / 3)
    row = rows["a1", "c"]
    similarity = chess / (((chess + maths) * chess) ** 0.5)
    assert row["similarity"] == pytest.approx(similarity)
    # A and C: nobody is in both. c - b1 - ab - a1: three hops.
    assert row["likelihood"] == pytest.approx(1 / (1 + exp(-(-3.5 + 5 * similarity + 0.5))), abs=1e-6)
    assert (row["first_network"], row["second_network"]) == ("A", "C")
    assert (row["ways"], row["opens"], row["before"]) == (0, 1, 2)
    assert row["reason"] == (
        "Both name “chess” (named by 2 of 5 people). Nobody is in both A and C today, and no tie between the two is on "
        "record."
    )
    assert row["effect"] == "A and C are 2 steps apart today; they would be one."
    row = rows["a2", "b1"]
    # A and B: `ab`, who is in two networks, joins them; A has three members, B two.
    known = (1 / 2) / (3 * 2) ** 0.5
    assert row["likelihood"] == pytest.approx(1 / (1 + exp(-(-3.5 + 5 * 1.0 + known / (known + 0.1) + 0.5))), abs=1e-6)
    assert row["effect"] == "A and B would be joined in one more way."
    assert "1 person is in both A and B today." in row["reason"]


def test_each_introduction_closes_the_gap_that_those_before_left():
    rows = listed(three_networks())
    first, second, third = rows
    assert pairs(rows)[0] == ("a1", "c") and first["gap"] == 1.0
    assert (second["gap"], third["gap"]) == (1 / 2, pytest.approx(1 / 3))  # `ab` joins A and B, then one introduction
    assert [row["score"] for row in rows] == [pytest.approx(row["likelihood"] * row["gap"]) for row in rows]


def test_a_mutual_contact_is_named_unless_they_said_no():
    belongs = {"a": ["A"], "b": ["B"], "rachel": ["C"], "quiet": ["C"]}
    ties = [("rachel", "a"), ("rachel", "b"), ("a", "quiet"), ("b", "quiet")]
    (row,) = listed(snapshot(belongs, ties, leaders={"quiet": {"connect": False}}))
    assert row["contacts"] == 1 and row["reason"].startswith("rachel works with both.")
    assert "quiet" not in row["reason"]


def test_what_one_offers_and_the_other_seeks_counts_once_more():
    plain = by_pair(three_networks())
    stated = by_pair(three_networks(modes={("a1", "chess"): "offers", ("c", "chess"): "seeks"}))
    similarity = plain["a1", "c"]["similarity"]
    assert stated["a1", "c"]["likelihood"] == pytest.approx(1 / (1 + exp(3 - 6.5 * similarity)), abs=1e-6)
    assert stated["a1", "c"]["reason"].startswith("a1 offers what c seeks: “chess” (named by 2 of 5 people). Nobody")
    assert stated["a2", "b1"] == plain["a2", "b1"]


def test_people_of_one_course_do_not_come_from_different_networks():
    belongs = {f"{n}{i}": [n] for n in ("g1", "g2", "other", "x", "y") for i in range(4)}
    made = snapshot(belongs, parts=[("g1", "course"), ("g2", "course")], interests={p: ["chess"] for p in belongs})
    crossed = {frozenset((r["first_network"], r["second_network"])) for r in listed(made, per_pair=9, per_person=9)}
    assert frozenset(("g1", "g2")) not in crossed and frozenset(("g1", "other")) in crossed


def test_a_network_of_nearly_everybody_is_nobodys_circle():
    belongs = {f"{n}{i}": [n, "all"] for n in "AB" for i in range(4)}
    rows = listed(snapshot(belongs, interests={p: ["chess"] for p in belongs}))
    assert {(r["first_network"], r["second_network"]) for r in rows} == {("A", "B")}


def test_nobody_who_said_no_and_no_two_records_of_one_name():
    belongs = {"a1": ["A"], "a2": ["A"], "b1": ["B"], "b2": ["B"]}
    who = {
        "a1": {"name": "Zoë Maria Berg"},
        "b1": {"name": "zoe berg"},
        "b2": {"name": "Bo Li", "connect": False},
        "a2": {"name": "Ann Lee", "connect": True},
    }
    (row,) = listed(snapshot(belongs, interests={p: ["chess"] for p in belongs}, leaders=who))
    assert (row["first"], row["second"]) == ("a2", "b1")
    assert row["reason"].endswith("Ann Lee asked to be connected with others.")


def test_without_interests_and_ties_and_with_one_network_there_is_nobody():
    assert listed(snapshot({"a": ["A"], "b": ["B"]})) == []
    assert listed(snapshot({"a": ["A"], "b": ["A"]}, interests={"a": ["chess"], "b": ["chess"]})) == []
    assert compute("introduction_fairness", snapshot({"a": ["A"], "b": ["B"]})).num_rows == 0


def test_what_stands_in_the_ledger_is_not_proposed_again_and_counts_while_it_is_open():
    belongs = {f"{n}{i}": [n] for n in "AB" for i in range(3)}
    made = snapshot(belongs, interests={p: ["chess"] for p in belongs})
    every = {"per_pair": 99}
    assert len(listed(made, **every, per_person=1)) == 3
    for state in ("suggested", "asked", "accepted", "declined", "met", "dismissed"):
        rows = listed(decided(made, (("A0", "B0"), state)), **every)
        assert ("A0", "B0") not in pairs(rows)
        left = [p for p in pairs(listed(decided(made, (("A0", "B0"), state)), **every, per_person=1)) if "A0" in p]
        assert bool(left) == (state in ("declined", "met", "dismissed")), state
    then = decided(made, (("A0", "B0"), "suggested"), (("A0", "B0"), "declined"))
    assert any("A0" in p for p in pairs(listed(then, **every, per_person=1)))  # the last state counts


def test_open_introductions_count_for_their_pair_of_networks():
    belongs = {f"{n}{i}": [n] for n in "AB" for i in range(4)}
    made = snapshot(belongs, interests={p: ["chess"] for p in belongs})
    assert len(listed(made)) == 2
    assert len(listed(decided(made, (("A0", "B0"), "asked")))) == 1
    assert len(listed(decided(made, (("A0", "B0"), "met")))) == 2


def test_between_two_networks_there_are_only_those():
    rows = listed(three_networks(), between="A C")
    assert pairs(rows) == [("a1", "c")]
    ground = Ground(three_networks())
    given = {"rows": 9, "per_person": 3, "per_pair": 9, "outcomes": 50}
    assert introduce(ground, [1.0], **given, between=(0, 2)).to_pylist() == rows
    assert introduce(ground, [1.0], **given, between=(2, 0)).num_rows == 1


@pytest.mark.parametrize("given", [{"beta": "soon"}, {"beta": ""}, {"beta": "-1"}, {"between": "A"}])
def test_what_cannot_be_asked_says_so(given):
    with pytest.raises(SettingsError):
        compute("introductions", three_networks(), given)


def test_the_effect_is_what_the_data_say_when_the_two_have_met():
    made = three_networks()
    for row in listed(made):
        meet = Meet(*(made.position("leaders", row[side]) for side in ("first", "second")))
        ends = {made.position("networks", row[side]) for side in ("first_network", "second_network")}
        told = [m for m in consequences(standing(made), meet).moved if {m.first, m.second} == ends]
        if row["before"] == 1:
            assert told == []
        else:
            assert [(m.before, m.after) for m in told] == [(row["before"], 1)]


def world_where_language_decides():
    """Forty pairs with outcomes: who has a common language gets on, whatever they name in common."""
    belongs = {f"{n}{i:02d}": [n] for n in "AB" for i in range(40)}
    interests = {p: ["chess", "go"] if int(p[1:]) % 3 else ["chess", f"own {p}"] for p in belongs}
    spoken = {p: {"languages": ["English"] if int(p[1:]) % 2 or p[0] == "A" else ["Finnish"]} for p in belongs}
    known = [((f"A{i:02d}", f"B{i:02d}"), "accepted" if i % 2 else "declined") for i in range(40)]
    return snapshot(belongs, interests=interests, leaders=spoken), known


def test_enough_outcomes_teach_the_likelihood():
    made, known = world_where_language_decides()
    taught = listed(decided(made, *known), outcomes=40, per_pair=9999, per_person=99, most=4000)
    assert {r["outcomes"] for r in taught} == {40}
    common = [r["likelihood"] for r in taught if int(r["second"][1:]) % 2]
    none = [r["likelihood"] for r in taught if int(r["second"][1:]) % 2 == 0]
    assert min(common) > 0.8 and max(none) < 0.2


def test_few_outcomes_one_sided_ones_and_those_that_were_foreseen_teach_nothing():
    made, known = world_where_language_decides()
    every = {"per_pair": 9999, "per_person": 99}
    assert {r["outcomes"] for r in listed(decided(made, *known), **every)} == {0}
    one_sided = [(pair, "met") for pair, _ in known]
    assert {r["outcomes"] for r in listed(decided(made, *one_sided), **every, outcomes=40)} == {0}
    chance = [(pair, "met" if i % 4 < 2 else "declined") for i, (pair, _) in enumerate(known)]
    assert {r["outcomes"] for r in listed(decided(made, *chance), **every, outcomes=40)} == {0}


def test_fairness_counts_turns_and_alerts_at_four_to_one():
    belongs = {f"{n}{i}": [n] for n in "AB" for i in range(20)}
    regions = {p: {"region": "North" if p[1:] in ("0", "1", "2", "3") else "South"} for p in belongs}
    # Only people of the north name anything: 8 of 40 people get all the introductions.
    interests = {p: ["chess"] for p in belongs if regions[p]["region"] == "North"}
    made = snapshot(belongs, interests=interests, leaders=regions, kinds={"A": "course", "B": "course"})
    table = compute("introduction_fairness", made, {"beta": "1", "per_pair": 99}).to_pylist()
    rows = {(r["by"], r["group"]): r for r in table}
    north = rows["region", "North"]
    assert (north["people"], north["share"], north["suggested_share"], north["ratio"]) == (8, 0.2, 1.0, 5.0)
    assert north["suggested"] == 2 * len(listed(made, per_pair=99)) and north["alert"] is not None
    assert rows["region", "South"]["ratio"] == 0.0 and rows["region", "South"]["alert"]
    assert rows["kind of network", "course"]["ratio"] == 1.0 and not rows["kind of network", "course"]["alert"]
    assert np.isclose(sum(r["share"] for r in table if r["by"] == "size of network"), 1.0)

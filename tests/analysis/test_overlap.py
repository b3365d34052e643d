"""Overlap of networks, by hand and against shuffled memberships."""

import math

import pytest

from netofnets.analysis.registry import compute
from tests.data.graphs import camps, snapshot, two_camps


def pairs(made, **parameters):
    return {(r["first"], r["second"]): r for r in compute("overlap", made, parameters).to_pylist()}


def test_shared_members_and_sizes_by_hand():
    found = pairs(two_camps())
    assert set(found) == {("a1", "a2"), ("a1", "b1"), ("b1", "b2")}
    row = found["a1", "a2"]
    assert (row["shared"], row["first_size"], row["second_size"]) == (5, 6, 5)
    assert row["ratio"] == pytest.approx(row["shared"] / row["expected"])
    assert row["p"] == pytest.approx(
        1.0 - sum(math.exp(-row["expected"]) * row["expected"] ** k / math.factorial(k) for k in range(5))
    )


def test_several_spells_of_one_person_count_once():
    made = snapshot({"a": ["x", "x", "y"], "b": ["x", "y"]})
    assert pairs(made)["x", "y"]["shared"] == 2


def test_planted_blocks_are_validated_and_nothing_between_them():
    found = pairs(camps(size=60))
    assert {p for p, row in found.items() if row["validated"]} == {
        (f"{b}-{i}", f"{b}-{j}") for b in "ab" for i, j in ((0, 1), (0, 2), (1, 2))
    }


def test_one_shared_person_is_never_an_overlap():
    belongs = {f"p{i}": [f"n{i % 200}"] for i in range(400)} | {"z": ["n1", "n2"]}
    row = pairs(snapshot(belongs), alpha=1.1)["n1", "n2"]
    assert (row["shared"], row["validated"]) == (1, False)


def test_a_network_of_everybody_overlaps_all_and_is_tied_to_none():
    belongs = {f"p{i:02d}": ["all", f"n{i % 4}"] for i in range(40)}
    found = pairs(snapshot(belongs))
    assert len(found) == 4
    assert not any(row["validated"] for row in found.values())
    assert all(row["ratio"] == pytest.approx(1.0, rel=0.01) for row in found.values())


def test_islands_say_whether_they_share_anybody():
    made = snapshot({"a": ["x"], "b": ["x", "y"], "c": ["w"]}, networks=["empty"])
    found = {r["network"]: r for r in compute("islands", made).to_pylist()}
    assert {n: (r["members"], r["shared_any"]) for n, r in found.items()} == {
        "x": (2, True),
        "y": (1, True),
        "w": (1, False),
        "empty": (0, False),
    }


def test_a_part_and_its_whole_are_no_overlap_and_neither_is_a_validated_one():
    belongs = {f"a{i}": ["course", "group"] for i in range(12)} | {f"b{i}": ["other"] for i in range(12)}
    made = snapshot(belongs | {"z": ["group", "other"]}, parts=[("group", "course")])
    assert set(pairs(made)) == {("group", "other")}


def test_a_course_whose_groups_work_with_each_other_alone_stands_alone_and_its_groups_do_not():
    belongs = {"a": ["course", "one"], "b": ["course", "two"], "c": ["other"], "d": ["branch"]}
    parts = [("one", "course"), ("two", "course"), ("branch", "trunk")]
    alone = {
        r["network"]: r["alone"] for r in compute("islands", snapshot(belongs, [("a", "b")], parts=parts)).to_pylist()
    }
    assert alone == {"course": True, "one": False, "two": False, "other": True, "branch": True, "trunk": True}
    joined = snapshot(belongs, [("a", "b"), ("b", "c")], parts=parts)
    assert not {r["network"]: r["alone"] for r in compute("islands", joined).to_pylist()}["course"]
    shared = snapshot({**belongs, "c": ["other", "two"]}, parts=parts)  # a member of a part joins the whole
    alone = {r["network"]: r["alone"] for r in compute("islands", shared).to_pylist()}
    assert (alone["course"], alone["two"], alone["one"], alone["other"]) == (False, False, True, False)


def test_islands_say_what_joins_them_besides_members():
    belongs = {"a": ["tied"], "b": ["bound"], "s": ["school"], "t": ["schooled"], "p": ["paid"], "q": ["payed"]}
    belongs |= {"c": ["none"], "d": ["none"], "w": ["whole"], "x": ["part"], "y": ["part", "next"]}
    found = {
        r["network"]: r
        for r in compute(
            "islands",
            snapshot(
                belongs,
                [("a", "b"), ("c", "d")],
                leaders={"s": {"school": "Oak"}, "t": {"school": "oak "}},
                partners=[("paid", "fund"), ("payed", "fund")],
                parts=[("part", "whole")],
            ),
        ).to_pylist()
    }
    assert {n: r["ties_outside"] for n, r in found.items() if r["ties_outside"]} == {"tied": 1, "bound": 1}
    assert {n for n, r in found.items() if r["schools"]} == {"school", "schooled"}
    assert {n for n, r in found.items() if r["partners"]} == {"paid", "payed"}
    assert [n for n, r in found.items() if r["alone"]] == ["none"]  # the whole is joined through its part

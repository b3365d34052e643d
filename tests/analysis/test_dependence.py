"""What ties networks to others, parts included: each person once, a part and its whole no pair."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.registry import compute
from netofnets.analysis.rolled_up import outward, rolled_up
from tests.data.graphs import snapshot

THREE_LEVELS = {
    "a": ["city", "country"],
    "b": ["state"],
    "c": ["city"],
    "d": ["country", "z"],
    "e": ["z"],
    "f": ["city", "z"],
}
PARTS = [("city", "state"), ("state", "country")]


def by_network(made):
    return {r["network"]: tuple(r.values())[1:] for r in compute("dependence", made).to_pylist()}


def test_dependence_names_the_only_link_and_the_only_two():
    made = snapshot(
        {"a": ["x"], "b": ["x", "y"], "c": ["y", "w"], "d": ["w"]}, networks=["e"], partners=[("x", "o"), ("x", "p")]
    )
    assert by_network(made) == {
        "e": (0, 0, 0, 0, None, None, None, 0),
        "w": (2, 2, 1, 1, "c", None, None, 0),
        "x": (2, 2, 1, 1, "b", None, None, 2),
        "y": (2, 2, 2, 2, None, "b", "c", 0),
    }


def test_a_person_in_part_and_whole_counts_once_at_every_depth():
    made = snapshot(THREE_LEVELS, parts=PARTS)
    assert by_network(made) == {
        "city": (3, 3, 1, 1, "f", None, None, 0),
        "country": (2, 5, 2, 1, None, "d", "f", 0),
        "state": (1, 4, 1, 1, "f", None, None, 0),
        "z": (3, 3, 2, 2, None, "d", "f", 0),
    }


def test_networks_that_are_parts_of_each_other_in_a_circle_are_one_family():
    made = snapshot({"a": ["x"], "b": ["y"], "c": ["w"]}, parts=[("x", "y"), ("y", "w"), ("w", "x"), ("x", "x")])
    assert [row[1] for row in by_network(made).values()] == [3, 3, 3]
    assert all(row[2:4] == (0, 0) for row in by_network(made).values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 5), max_size=4), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6),
)
def test_rolling_up_equals_sets(own, parts):
    names = [f"n{i}" for i in range(6)]
    made = snapshot(
        {f"p{i}": [names[n] for n in sorted(ns)] for i, ns in enumerate(own)},
        networks=names,
        parts=[(names[a], names[b]) for a, b in parts],
    )
    above = {n: {n} for n in range(6)}
    for _ in range(6):
        for a, b in parts:
            above[a] |= above[b]
    family = {n: {m for m in range(6) if m in above[n] or n in above[m]} for n in range(6)}
    whole = [{w for n in ns for w in above[n]} for ns in own]
    assert [set(rolled_up(made).groups_of(p).tolist()) for p in range(len(own))] == whole
    found = outward(made)
    expected = [{n for n in whole[p] if ns - family[n]} for p, ns in enumerate(own)]
    assert [set(found.links.groups_of(p).tolist()) for p in range(len(own))] == expected
    reached = [len({m for p, ns in enumerate(own) if n in whole[p] for m in ns - family[n]}) for n in range(6)]
    assert np.array_equal(found.reached, reached)

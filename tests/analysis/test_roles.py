"""Brokerage roles: every triple counted by hand, and the references from R."""

import itertools

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.brokerage import brokerage, one_group_each
from netofnets.analysis.registry import compute
from netofnets.errors import SettingsError
from tests.data.dlt1 import dlt1, reference
from tests.data.graphs import snapshot

REFERENCE = {
    "coordinator": "w_I",
    "itinerant": "w_O",
    "representative": "b_IO",
    "gatekeeper": "b_OI",
    "liaison": "b_O",
    "total": "t",
}


def by_triples(dense, groups):
    """The definition, triple by triple."""
    nodes = len(groups)
    found = {role: [0] * nodes for role in REFERENCE}
    for i, j, k in itertools.permutations(range(nodes), 3):
        if dense[i][j] and dense[j][k] and not dense[i][k]:
            a, b, c = groups[i], groups[j], groups[k]
            if a == b == c:
                role = "coordinator"
            elif a == c:
                role = "itinerant"
            elif a == b:
                role = "representative"
            else:
                role = "gatekeeper" if b == c else "liaison"
            found[role][j] += 1
            found["total"][j] += 1
    return found


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=35),
    st.lists(st.integers(0, 3), min_size=7, max_size=7),
)
def test_roles_equal_the_count_of_all_triples(arcs, groups):
    dense = np.zeros((7, 7), dtype=int)
    for a, b in arcs:
        if a != b:
            dense[a, b] = 1
    found = brokerage(sp.csr_array(dense.astype(float)), one_group_each(np.array(groups)))
    for role, counts in by_triples(dense, groups).items():
        assert getattr(found, role).tolist() == counts, role


def by_draws(dense, weights):
    """The definition with several groups: every triple, with every draw of the three groups, by its chance."""
    nodes, groups = weights.shape
    found = {role: np.zeros(nodes) for role in REFERENCE}
    for i, j, k in itertools.permutations(range(nodes), 3):
        if not (dense[i][j] and dense[j][k]) or dense[i][k]:
            continue
        for a, b, c in itertools.product(range(groups), repeat=3):
            chance = weights[i, a] * weights[j, b] * weights[k, c]
            if a == b == c:
                role = "coordinator"
            elif a == c:
                role = "itinerant"
            elif a == b:
                role = "representative"
            else:
                role = "gatekeeper" if b == c else "liaison"
            found[role][j] += chance
            found["total"][j] += chance
    return found


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=25),
    st.lists(st.sets(st.integers(0, 3), min_size=1, max_size=3), min_size=6, max_size=6),
)
def test_people_in_several_groups_count_by_shares_of_every_triple(arcs, own):
    dense = np.zeros((6, 6), dtype=int)
    for a, b in arcs:
        if a != b:
            dense[a, b] = 1
    weights = np.zeros((6, 4))
    for person, groups in enumerate(own):
        weights[person, sorted(groups)] = 1 / len(groups)
    found = brokerage(sp.csr_array(dense.astype(float)), sp.csr_array(weights))
    for role, counts in by_draws(dense, weights).items():
        assert getattr(found, role) == pytest.approx(counts, abs=1e-8), role


def test_somebody_in_two_groups_gets_half_of_each_role():
    # a -> b -> c; a in x, b in x and y, c in y: for half of b this is speaking for x, for half letting in to y.
    made = snapshot({"a": ["x"], "b": ["x", "y"], "c": ["y"]}, [("a", "b"), ("b", "c")])
    rows = {r["leader"]: r for r in compute("roles", made, {"by": "networks"}).to_pylist()}
    assert (rows["b"]["representative"], rows["b"]["gatekeeper"], rows["b"]["total"]) == (0.5, 0.5, 1)
    assert rows["b"]["group"] == "x; y"
    assert rows["b"]["reason"] == "Lets another group's people in to the own group about 0.5 times."


def test_a_leader_whose_group_is_not_stated_is_a_group_of_one():
    made = snapshot(
        {x: [] for x in "abc"}, [("a", "b"), ("b", "c")], leaders={"a": {"region": "north"}, "c": {"region": "north"}}
    )
    rows = {r["leader"]: r for r in compute("roles", made, {"by": "region"}).to_pylist()}
    assert (rows["b"]["group"], rows["b"]["itinerant"], rows["b"]["role"]) == (None, 1, "itinerant")
    assert rows["b"]["reason"] == "Connects two people of one group, coming from another, once."
    assert (rows["a"]["total"], rows["a"]["role"], rows["a"]["reason"]) == (0, None, None)


def test_a_leader_without_ties_has_no_roles():
    made = snapshot({"a": [], "b": [], "i": []}, [("a", "b")], leaders={})
    rows = {r["leader"]: r for r in compute("roles", made).to_pylist()}
    assert rows["i"]["total"] is None
    assert rows["a"]["total"] == 0


@pytest.mark.parametrize("by", ["nothing", "email", "networks:guild"])
def test_an_impossible_grouping_says_what_is_possible(by):
    with pytest.raises(SettingsError, match="region|kinds are"):
        compute("roles", snapshot({"a": ["x"]}, kinds={"x": "course"}), {"by": by})


@pytest.mark.parametrize(("by", "name"), [("region", "region"), ("networks:discussion group", "group")])
def test_the_course_equals_r(shared_data, by, name):
    table = compute("roles", dlt1(shared_data), {"by": by}).to_pylist()
    expected = reference(shared_data, f"brokerage-dlt1-{name}.csv")
    assert sum(row["total"] or 0 for row in table) == 35_753
    for row in table:
        for role, column in REFERENCE.items():
            assert abs((row[role] or 0) - float(expected[row["leader"]][column])) <= 1e-9, (row["leader"], role)

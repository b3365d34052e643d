"""Brokerage roles: every triple counted by hand, and the references from R."""

import itertools

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.brokerage import brokerage
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
    found = brokerage(sp.csr_array(dense.astype(float)), np.array(groups))
    for role, counts in by_triples(dense, groups).items():
        assert getattr(found, role).tolist() == counts, role


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

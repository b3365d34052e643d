"""Partner organizations: three planted cases, found and explained."""

from netofnets.analysis.registry import compute
from tests.data.graphs import snapshot


def planted():
    """`uni` knows two networks that nobody joins; `fund` is the only partner of one; `c` has no partner at all."""
    return snapshot(
        {"a1": ["a"], "a2": ["a"], "b1": ["b"], "b2": ["b", "c"], "c1": ["c"], "d1": ["d"], "w1": ["whole"]},
        [("a1", "d1")],
        partners=[("a", "uni"), ("b", "uni"), ("d", "uni"), ("d", "fund"), ("whole", "fund"), ("empty", "fund")],
        networks=["empty"],
        parts=[("d", "whole")],
    )


def test_a_partner_between_two_networks_that_nobody_joins_is_named():
    rows = {r["organization"]: r for r in compute("partners", planted()).to_pylist()}
    # a and d are joined by a tie, so of uni's three pairs a-b and b-d are apart.
    assert (rows["uni"]["networks"], rows["uni"]["apart"]) == (3, 2)
    assert (rows["uni"]["first_network"], rows["uni"]["second_network"]) == ("a", "b")
    assert rows["uni"]["reason"] == "uni works with a and with b, which nobody joins; so it is with 1 more pair."


def test_a_part_and_its_whole_and_an_empty_network_are_not_apart():
    rows = {r["organization"]: r for r in compute("partners", planted()).to_pylist()}
    assert (rows["fund"]["apart"], rows["fund"]["first_network"], rows["fund"]["reason"]) == (0, None, None)


def test_who_has_one_partner_or_none_is_counted():
    rows = {r["organization"]: r for r in compute("partners", planted()).to_pylist()}
    assert (rows["uni"]["only_partner"], rows["fund"]["only_partner"]) == (2, 2)
    none = [r["network"] for r in compute("dependence", planted()).to_pylist() if not r["partners"]]
    assert none == ["c"]

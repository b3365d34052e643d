"""Connectors: who joins networks, counted by hand on small maps, and by brute force on random ones."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.joining import joining
from netofnets.analysis.parts import circles, kin, wholes
from netofnets.analysis.registry import compute
from netofnets.errors import SettingsError
from tests.data.graphs import snapshot


def rows(made, **parameters):
    return {row["leader"]: row for row in compute("connectors", made, parameters).to_pylist()}


def three_rosters():
    """Rosters of 19, 32 and 43 people that share three: two of them in the first two, one in the last two."""
    belongs = {f"x{i:02d}": ["X"] for i in range(17)}
    belongs |= {f"y{i:02d}": ["Y"] for i in range(29)}
    belongs |= {f"z{i:02d}": ["Z"] for i in range(42)}
    return snapshot(belongs | {"ann": ["X", "Y"], "bea": ["X", "Y"], "cem": ["Y", "Z"]})


def test_three_rosters_that_share_three_name_the_three():
    found = rows(three_rosters())
    assert list(found) == ["cem", "ann", "bea"]
    assert [(r["rank"], r["score"]) for r in found.values()] == [(1, 2.0), (2, 0.5), (2, 0.5)]
    assert (found["cem"]["sole"], found["cem"]["cut_off"]) == (1, 1)
    assert found["cem"]["reason"] == "Without cem nothing would lead from Z to Y and 1 more."
    assert found["ann"]["reason"] == "ann is one of 2 people in both X and Y."


def test_the_only_person_in_two_of_three_networks_that_hang_together_is_named_as_that():
    belongs = {f"{n}{i}": [n] for n in "XYZ" for i in range(5)}
    found = rows(snapshot(belongs | {"zoe": ["X", "Y"], "pia": ["Y", "Z"], "ria": ["X", "Z"]}))
    assert {r["reason"] for r in found.values()} == {
        "zoe is the only person in both X and Y.",
        "pia is the only person in both Y and Z.",
        "ria is the only person in both X and Z.",
    }


def test_two_camps_joined_by_one_person_put_her_first():
    belongs = {}
    for camp in "ab":
        for i in range(24):
            belongs[f"{camp}{i:02d}"] = [f"{camp}-{i % 6}", f"{camp}-{(i + 1) % 6}"]
    found = rows(snapshot(belongs | {"joan": ["a-0", "b-3"]}))
    first = next(iter(found.values()))
    assert (first["leader"], first["rank"], first["cut_off"], first["score"]) == ("joan", 1, 6, 7.0)
    assert first["reason"] == "Without joan nothing would lead from b-3 and 5 more to a-0 and 5 more."


def test_working_across_counts_where_nobody_is_in_both():
    belongs = {f"{g}{i}": [g] for g in "AB" for i in range(4)}
    ties = [("A0", "B0", 3), ("B1", "A0", 1), ("A1", "B2", 1)]
    found = rows(snapshot(belongs, ties))
    # Five people work across. B0 and B1 hang on A0, A0 half on either of them, A1 and B2 on each other.
    assert {k: r["score"] for k, r in found.items()} == {"A0": 0.4, "A1": 0.2, "B2": 0.2, "B0": 0.1, "B1": 0.1}
    assert found["A0"]["ties_share"] == 0.8
    assert found["A0"]["reason"] == "A0 carries 4 of the 5 direct ties between A and B."


def test_a_part_and_its_whole_are_no_pair_and_siblings_are():
    belongs = {f"a{i}": ["coast", "all"] for i in range(4)} | {f"b{i}": ["hills", "all"] for i in range(4)}
    belongs |= {f"o{i}": ["other"] for i in range(9)} | {"kim": ["coast", "hills", "all"], "lea": ["coast", "other"]}
    parts = [("coast", "all"), ("hills", "all"), ("bay", "coast")]
    made = snapshot(belongs, networks=["bay"], parts=parts)
    found = rows(made)
    assert set(found) == {"kim", "lea"}
    assert {found["kim"]["first_network"], found["kim"]["second_network"]} == {"coast", "hills"}
    names = made.ids("networks").to_pylist()
    whole = wholes(made).toarray()
    assert {(names[a], names[b]) for a, b in zip(*whole.nonzero(), strict=True)} == {*parts, ("bay", "all")}
    assert (kin(made).toarray() == whole + whole.T).all()


def test_a_network_of_nearly_everybody_is_nobodys_circle():
    belongs = {f"{n}{i}": [n, "everybody"] for n in "XYZ" for i in range(10)} | {"joan": ["X", "Y"]}
    made = snapshot(belongs)
    kept = circles(made.incidence("memberships"))
    assert [n for n, k in zip(made.ids("networks").to_pylist(), kept, strict=True) if not k] == ["everybody"]
    assert list(rows(made)) == ["joan"]
    two = snapshot({f"p{i}": ["one", "two"] for i in range(38)} | {"a": ["one"], "b": ["two"]})
    assert circles(two.incidence("memberships")).all()
    assert len(rows(two)) == 38


def test_a_large_roster_beside_small_ones_stays_a_circle():
    belongs = {f"l{i}": ["large"] for i in range(80)} | {f"s{i}": ["small"] for i in range(10)}
    made = snapshot(belongs | {f"t{i}": ["tiny"] for i in range(5)} | {"ann": ["large", "small"]})
    assert circles(made.incidence("memberships")).all()
    assert list(rows(made)) == ["ann"]


def test_a_role_is_left_out_and_a_kind_is_looked_at_alone():
    belongs = {f"{n}{i}": [n] for n in "XYZ" for i in range(5)} | {"staff": ["X", "Y"], "ann": ["X", "Z"]}
    made = snapshot(belongs, kinds={"X": "group", "Y": "group"}, roles={("staff", "X"): "Facilitator"})
    assert set(rows(made)) == {"staff", "ann"}
    assert set(rows(made, without_role="facilitator")) == {"ann"}
    assert set(rows(made, between="networks:group")) == {"staff"}
    with pytest.raises(SettingsError, match="the kinds are group"):
        rows(made, between="networks:course")
    with pytest.raises(SettingsError, match="networks:KIND"):
        rows(made, between="course")


PEOPLE, NETWORKS = 7, 4


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, NETWORKS - 1), max_size=3, unique=True), min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.integers(1, 5)), max_size=9),
    st.lists(st.tuples(st.integers(0, NETWORKS - 1), st.integers(0, NETWORKS - 1)), max_size=2),
)
def test_shares_are_those_counted_one_by_one_and_add_up_to_the_pairs_that_are_joined(belongs, ties, related):
    member = np.zeros((PEOPLE, NETWORKS))
    for person, own in enumerate(belongs):
        member[person, own] = 1
    weight, relation = np.zeros((PEOPLE, PEOPLE)), np.zeros((NETWORKS, NETWORKS))
    for a, b, w in ties:
        if a != b:
            weight[a, b] = weight[b, a] = w
    for a, b in related:
        if a != b:
            relation[a, b] = relation[b, a] = 1
    found = joining(sp.csr_array(member), sp.csr_array(weight), sp.csr_array(relation))
    wanted = {}
    for first, second in combinations(range(NETWORKS), 2):
        if not relation[first, second]:
            wanted |= {(first, second, p): s for p, s in shares(belongs, weight, first, second).items()}
    keys = zip(found.first.tolist(), found.second.tolist(), found.leader.tolist(), strict=True)
    assert dict(zip(keys, np.round(found.share, 9).tolist(), strict=True)) == wanted
    assert found.share.sum() == pytest.approx(len({key[:2] for key in wanted}))


def shares(belongs, weight, first, second):
    both = [p for p in range(PEOPLE) if first in belongs[p] and second in belongs[p]]
    partners = defaultdict(set)
    for p in range(PEOPLE):
        for q in range(PEOPLE):
            apart = p not in both and q not in both
            if weight[p, q] and apart and first in belongs[p] and second in belongs[q]:
                partners[p].add(q)
                partners[q].add(p)
    ways = (len(both) > 0) + (len(partners) > 0)
    found = defaultdict(float)
    for p in both:
        found[p] += 1 / len(both) / ways
    for others in partners.values():
        for q in others:
            found[q] += 1 / len(others) / len(partners) / ways
    return {p: round(s, 9) for p, s in found.items()}

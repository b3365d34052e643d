"""Whom to convene: counted by hand, against every set on small graphs, and networkx on a tiny one."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.convene import choose
from netofnets.analysis.registry import compute
from netofnets.errors import SettingsError
from tests.data.graphs import snapshot

TEAM = {
    "amy": ["a", "b", "c"],
    "ben": ["a", "b"],
    "cas": ["c", "d"],
    "dee": ["d", "e"],
    "eli": ["e"],
}


def test_each_adds_what_nobody_before_brings():
    rows = compute("convene", snapshot(TEAM), {"k": 3}).to_pylist()
    assert [(r["place"], r["leader"], r["adds"], r["reached"], r["of"], r["at_most"]) for r in rows] == [
        (1, "amy", 3, 3, 5, 3),
        (2, "dee", 2, 5, 5, 5),
    ]
    assert rows[1]["reason"] == "Is in 2 networks that nobody before is in: d; e."


def test_pairs_are_joined_by_being_in_both_or_by_working_across_but_not_with_ones_own_part():
    belongs = {"amy": ["a", "b"], "bo": ["c"], "cy": ["d"], "di": ["d", "whole"]}
    made = snapshot(belongs, [("bo", "cy")], parts=[("d", "whole")])
    rows = compute("convene", made, {"k": 5, "cover": "pairs"}).to_pylist()
    # cy and bo carry the same tie: it joins c with d, and so does nobody else; di joins nothing but part and whole.
    assert [(r["leader"], r["adds"]) for r in rows] == [("amy", 1), ("bo", 1)]
    assert rows[1]["reason"] == "Joins 1 pair of networks that nobody before joins: c with d."


def test_a_member_of_a_part_brings_its_wholes():
    made = snapshot({"amy": ["city"], "ben": ["country", "z"]}, parts=[("city", "state"), ("state", "country")])
    assert [(r["leader"], r["adds"]) for r in compute("convene", made).to_pylist()] == [("amy", 3), ("ben", 1)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(0, 7), max_size=4), min_size=1, max_size=7), st.integers(1, 4))
def test_a_set_is_near_the_best_and_never_past_its_bound(own, k):
    dense = np.zeros((len(own), 8))
    for person, things in enumerate(own):
        dense[person, sorted(things)] = 1
    found = choose(sp.csr_array(dense), k)
    best = max(len(set().union(*team)) for team in itertools.combinations(own, min(k, len(own))))
    reached = sum(len(new) for new in found.adds)
    assert (1 - 1 / math.e) * best <= reached <= best
    for step, bound in enumerate(found.at_most, start=1):
        top = max(len(set().union(*team)) for team in itertools.combinations(own, min(step, len(own))))
        assert sum(len(new) for new in found.adds[:step]) <= top <= bound


def test_the_set_agrees_with_the_most_between_group_of_networkx_where_both_are_plain():
    # Two stars of networks: the two people in their middles are the group that lies between most.
    belongs = {"hub": [f"n{i}" for i in range(4)], "hob": [f"m{i}" for i in range(4)], "tie": ["n0", "m0"]}
    belongs |= {f"x{i}": [f"n{i}"] for i in range(4)} | {f"y{i}": [f"m{i}"] for i in range(4)}
    graph = nx.Graph((("p", person), ("n", n)) for person, own in belongs.items() for n in own)
    groups = [list(pair) for pair in itertools.combinations([n for n in graph if n[0] == "p"], 2)]
    between = nx.group_betweenness_centrality(graph, groups)
    most = {name for _, name in groups[int(np.argmax(between))]}
    chosen = {r["leader"] for r in compute("convene", snapshot(belongs), {"k": 2}).to_pylist()}
    assert chosen == {"hub", "hob"} == most


def test_an_impossible_set_says_what_is_possible():
    with pytest.raises(SettingsError, match="networks or pairs"):
        compute("convene", snapshot(TEAM), {"cover": "people"})
    with pytest.raises(SettingsError, match="1 to 50"):
        compute("convene", snapshot(TEAM), {"k": 0})

"""Ways between people on graphs worked out by hand: what is short, past whom, and what is left without somebody."""

from itertools import combinations, pairwise
from math import log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.ways import ground, ways
from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import rows


def snapshot(people: str, networks: dict[str, str], ties: str = "") -> Snapshot:
    """People are letters; networks hold letters; ties are pairs of letters."""
    joined = [(p, n) for n, members in networks.items() for p in members]
    tables = {
        "leaders": rows("leaders", [{"id": p, "name": p} for p in people]),
        "networks": rows("networks", [{"id": n, "name": n} for n in networks]),
        "memberships": rows(
            "memberships", [{"id": f"m{i}", "from_id": p, "to_id": n} for i, (p, n) in enumerate(joined)]
        ),
        "collaborations": rows(
            "collaborations", [{"id": f"c{i}", "from_id": t[0], "to_id": t[1]} for i, t in enumerate(ties.split())]
        ),
    }
    return Snapshot.build(tables)


def found(graph: Snapshot, start: str, end: str, without: str = "", **limits: int) -> list[tuple[str, float]]:
    ids = graph.ids("leaders").to_pylist()
    barred = np.array([i in without for i in ids], dtype=bool)
    led = ways(ground(graph), ids.index(start), ids.index(end), barred, **limits)
    return [("".join(ids[p] for p in way.people), round(way.length, 6)) for way in led]


def over(*sizes: int) -> float:
    return round(sum(1 + log10(n) for n in sizes), 6)


def test_direct_ties_are_short_and_small_circles_shorter_than_large_ones():
    graph = snapshot("abcdefghij", {"x": "acj", "y": "ab", "z": "bcdefg"}, "cj")
    assert found(graph, "a", "c", most=1) == [("ac", over(3))]
    graph = snapshot("abcdefghij", {"large": "abcdefgh", "small": "aj"}, "jb")
    assert found(graph, "a", "b", most=1) == [("ab", over(8))]
    assert over(8) < over(2) + 1  # one step over a circle of 8 is shorter than a circle of 2 and a tie


def test_alternatives_lead_past_other_people_and_a_broker_can_be_left_out():
    graph = snapshot("abcdez", {"p": "a", "q": "z"}, "ab bz ac cd dz ae ez")
    assert found(graph, "a", "z") == [("abz", 2.0), ("aez", 2.0), ("acdz", 3.0)]
    assert found(graph, "a", "z", without="b") == [("aez", 2.0), ("acdz", 3.0)]
    assert found(graph, "a", "z", without="bec") == []
    assert found(graph, "a", "z", most=1) == [("abz", 2.0)]


def test_who_knows_each_other_is_told_so_and_still_has_ways_past_others():
    graph = snapshot("abcz", {"p": "abz", "q": "cz"}, "az ac")
    # b is in p with both, which is no way that a has not; c is with z in q, where a is not
    assert found(graph, "a", "z") == [("az", 1.0), ("acz", 1.0 + over(2))]


def test_a_way_has_so_many_steps_at_most():
    chain = snapshot("abcdefg", {"n": "a"}, "ab bc cd de ef fg")
    assert found(chain, "a", "e") == [("abcde", 4.0)]
    assert found(chain, "a", "f") == []
    assert found(chain, "a", "f", steps=5) == [("abcdef", 5.0)]
    assert found(chain, "g", "c") == [("gfedc", 4.0)]


def test_a_network_of_nearly_everybody_leads_nowhere():
    everybody = "abcdefghij"
    graph = snapshot(everybody, {"all": everybody, "p": "abcde", "q": "fghij"})
    assert found(graph, "a", "j") == []
    assert found(graph, "a", "b", most=1) == [("ab", over(5))]


def test_nobody_is_reached_where_nothing_leads():
    graph = snapshot("abc", {"p": "ab"})
    assert found(graph, "a", "c") == [] and found(graph, "c", "a") == []


PEOPLE = "abcdefg"
graphs = st.tuples(
    st.lists(st.sampled_from(["".join(p) for p in combinations(PEOPLE, 2)]), max_size=9, unique=True),
    st.lists(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=4), max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(graphs, st.sampled_from(["".join(p) for p in combinations(PEOPLE, 2)]), st.sets(st.sampled_from(PEOPLE)))
def test_against_all_ways_enumerated(drawn, ends, barred):
    """The first way is the shortest of all simple ones; the brokers are disjoint and none is barred."""
    ties, circles = drawn
    graph = snapshot(PEOPLE, {f"n{i}": "".join(sorted(c)) for i, c in enumerate(circles)}, " ".join(ties))
    start, end = ends
    without = "".join(barred - {start, end})
    counted = ground(graph).width
    step = {frozenset(t): 1.0 for t in ties}
    for n, members in enumerate(circles):
        for pair in combinations(sorted(members), 2):
            step[frozenset(pair)] = min(step.get(frozenset(pair), np.inf), float(counted[n]))
    best = np.inf
    waiting = [(start,)]
    while waiting:
        way = waiting.pop()
        if way[-1] == end:
            best = min(best, sum(step[frozenset(s)] for s in pairwise(way)))
        elif len(way) <= 4:
            waiting += [
                (*way, p) for p in PEOPLE if p not in way and p not in without and frozenset((way[-1], p)) in step
            ]
    led = found(graph, start, end, without)
    assert (led[0][1] if led else np.inf) == pytest.approx(best, abs=1e-5)
    between = [p for way, _ in led for p in way[1:-1]]
    assert len(between) == len(set(between)) and not set(between) & set(without)
    assert [length for _, length in led] == sorted(length for _, length in led)
    for way, length in led:
        assert len(way) <= 5 and len(set(way)) == len(way)
        assert sum(step[frozenset(s)] for s in pairwise(way)) == pytest.approx(length, abs=1e-5)

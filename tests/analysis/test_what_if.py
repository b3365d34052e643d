"""What-if: equal to building the changed data and computing everything anew."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.analysis.changes import Join, Meet, Without, changed
from netofnets.analysis.parts import circles
from netofnets.analysis.registry import compute
from netofnets.analysis.what_if import Moved, consequences, standing
from tests.data.graphs import snapshot

NETWORKS = [f"n{i}" for i in range(6)]


def built(own, ties, parts=()):
    return snapshot(
        {f"p{i}": [NETWORKS[n] for n in sorted(ns)] for i, ns in enumerate(own)},
        [(f"p{a}", f"p{b}") for a, b in ties],
        networks=NETWORKS,
        parts=[(NETWORKS[a], NETWORKS[b]) for a, b in parts],
    )


PEOPLE = 8
OWN = st.lists(st.sets(st.integers(0, 5), max_size=3), min_size=PEOPLE, max_size=PEOPLE)
TIES = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=8)
PARTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=2)
TWO = st.lists(st.integers(0, 5), min_size=2, max_size=2, unique=True)


def same(made, scratch, counted):
    """The changed snapshot stands as one that is built from the changed rows."""
    one, other = standing(made, counted), standing(scratch, counted)
    assert (one.ways.toarray() == other.ways.toarray()).all()
    assert (one.near.toarray() == other.near.toarray()).all()
    assert one.only == other.only
    assert (
        compute("dependence", made)
        .drop_columns(["network"])
        .equals(compute("dependence", scratch).drop_columns(["network"]))
    )
    return other


def check(before, change, scratch, gone=-1):
    counted = circles(before.incidence("memberships"))
    if gone >= 0:
        counted[change.first] |= counted[gone]
    now, was = same(changed(before, change), scratch, counted), standing(before)
    found = consequences(was, change)
    assert found.pieces_after == len({p for p in now.piece.tolist() if p >= 0})
    distances = [brute(state) for state in (was, now)]
    for moved in found.moved:
        assert (moved.before, moved.after) == tuple(d[moved.first][moved.second] for d in distances)
    told = {(m.first, m.second) for m in found.moved}
    touched = {int(n) for n in (change.first, change.second)} if gone >= 0 else touching(before, change)
    for a in touched - {gone}:
        for b in range(6):
            differs = distances[0][a][b] != distances[1][a][b]
            if b != gone and all(state.piece[n] >= 0 for state in (was, now) for n in (a, b)):
                assert differs == ((min(a, b), max(a, b)) in told)
    return found


def touching(before, change):
    people = [change.leader] if isinstance(change, Without) else [change.first, change.second]
    return {int(n) for p in people for n in before.incidence("memberships").groups_of(p)}


def brute(state):
    """Steps between networks by walking."""
    near = state.near.toarray() > 0
    found = [[None] * 6 for _ in range(6)]
    for start in range(6):
        front, steps = {start}, 0
        while front:
            for n in front:
                found[start][n] = steps
            steps += 1
            front = {m for n in front for m in np.flatnonzero(near[n]).tolist() if found[start][m] is None}
    return found


@settings(max_examples=60, deadline=None)
@given(OWN, TIES, PARTS, st.integers(0, PEOPLE - 1))
def test_without_somebody_equals_data_without_that_person(own, ties, parts, leader):
    left = [set() if i == leader else ns for i, ns in enumerate(own)]
    kept = [(a, b) for a, b in ties if leader not in (a, b)]
    check(built(own, ties, parts), Without(leader), built(left, kept, parts))


@settings(max_examples=60, deadline=None)
@given(OWN, TIES, PARTS, st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1))
def test_two_who_meet_equal_data_with_their_tie(own, ties, parts, first, second):
    if first != second:
        check(built(own, ties, parts), Meet(first, second), built(own, [*ties, (first, second)], parts))


@settings(max_examples=60, deadline=None)
@given(OWN, TIES, PARTS, TWO)
def test_networks_that_join_equal_data_with_one_network(own, ties, parts, two):
    first, second = two
    moved = [{first if n == second else n for n in ns} for ns in own]
    into = [tuple(first if n == second else n for n in pair) for pair in parts]
    check(built(own, ties, parts), Join(first, second), built(moved, ties, into), gone=second)


def chain():
    """Three networks in a row: `ab` in a and b, `bc` in b and c."""
    belongs = {"ab": ["a", "b"], "bc": ["b", "c"]} | {f"{n}{i}": [n] for n in "abc" for i in (1, 2)}
    return snapshot(belongs)


def test_she_steps_back_and_a_network_is_cut_off():
    made = chain()
    at = made.position("leaders", "bc")
    found = consequences(standing(made), Without(at))
    assert (found.pieces_before, found.pieces_after, found.cut_off) == (1, 2, (2,))
    assert found.moved == (Moved(0, 2, 2, None), Moved(1, 2, 1, None))
    assert found.hanging == ()  # nothing is left that could hang on anybody
    ab = made.position("leaders", "ab")
    assert found.only == ((1, (ab, at), (ab,)), (2, (at,), None))


def test_two_meet_and_two_networks_come_nearer():
    made = chain()
    a, c = made.position("leaders", "a1"), made.position("leaders", "c1")
    found = consequences(standing(made), Meet(a, c))
    assert found.moved == (Moved(0, 2, 2, 1),) and found.pieces_after == 1


def test_a_network_that_hung_on_one_person_no_longer_does():
    made = chain()
    found = consequences(standing(made), Meet(made.position("leaders", "a1"), made.position("leaders", "b1")))
    assert [(h.first, h.second, h.before, h.after) for h in found.hanging] == [
        (0, 1, (made.position("leaders", "ab"),), ())
    ]


def test_who_becomes_the_only_link_is_named():
    made = snapshot({"one": ["a", "b"], "two": ["a", "b"], "x": ["a"], "y": ["b"]})
    at = {name: made.position("leaders", name) for name in ("one", "two")}
    found = consequences(standing(made), Without(at["one"]))
    assert [(h.before, h.after) for h in found.hanging] == [((), (at["two"],))]
    assert found.moved == () and found.pieces_after == 1
    assert found.only == ((0, (at["one"], at["two"]), (at["two"],)), (1, (at["one"], at["two"]), (at["two"],)))


def test_a_pair_that_still_hangs_on_the_same_person_is_not_told():
    made = snapshot({"n": ["a"], "x": ["b"], "y": ["b"]}, [("n", "x"), ("n", "y")])
    assert consequences(standing(made), Without(made.position("leaders", "x"))).hanging == ()


def test_networks_that_join_bring_others_nearer():
    found = consequences(standing(chain()), Join(0, 1))
    assert found.moved == (Moved(0, 2, 2, 1),)

"""How easily people are told apart: worked out by hand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.graph.snapshot import Snapshot
from netofnets.graph.uniqueness import uniqueness
from tests.services.graphs import Graph


def snapshot_of(*people: str, ties: tuple[str, ...] = ()) -> Snapshot:
    """Each person is the networks that they are in, a letter each; each tie two numbers of people."""
    graph = Graph()
    for network in "abc":
        graph.node("networks", network)
    for at, networks in enumerate(people):
        graph.node("leaders", f"p{at}", f"Made Up {at}")
        graph.join(f"p{at}", *networks)
    for one, other in ties:
        graph.tie("collaborations", f"p{one}", f"p{other}")
    return Snapshot.build(graph.facts().tables)


def test_people_stand_out_by_their_degree_or_by_their_networks():
    # Degrees 1 1 1 1 2 2: the two with two networks share their degree with one other, their set with nobody.
    found = uniqueness(snapshot_of("a", "a", "a", "b", "ab", "bc"), 3)
    assert (found.people, found.rare_degrees, found.least_degree) == (6, 2, 2)
    assert (found.rare_networks, found.least_networks) == (3, 1)
    assert (
        "2 of 6 people could still be told apart by how many networks" in found.words
        and "3 of 6 people by which networks" in found.words
    )


def test_a_tie_between_two_counts_for_both_and_once():
    # Degrees 2 2 1: somebody whom one works with twice is one neighbour.
    found = uniqueness(snapshot_of("a", "a", "a", ties=("01", "10")), 2)
    assert (found.rare_degrees, found.least_degree, found.rare_networks, found.least_networks) == (1, 1, 0, 3)


def test_where_nobody_is_nobody_stands_out():
    found = uniqueness(snapshot_of(), 5)
    assert (found.people, found.rare_degrees, found.rare_networks) == (0, 0, 0)
    assert found.words == "Nobody is named on it."


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["", "a", "b", "ab", "abc"]), min_size=1, max_size=12), st.integers(1, 8))
def test_nobody_stands_out_in_groups_as_small_as_the_smallest(people, k):
    found = uniqueness(snapshot_of(*people), k)
    assert (found.rare_degrees == 0) == (k <= found.least_degree)
    assert (found.rare_networks == 0) == (k <= found.least_networks)
    assert found.rare_degrees <= found.rare_networks, "who shares the networks shares their number"

"""Counts of people who are not shown: who is counted, and that one more of them is at most a step."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from netofnets.graph.edition import latest_levels
from netofnets.graph.group_counts import LEAST, Counted
from netofnets.graph.marks import NOTHING_SAID, OwnWords
from netofnets.schema.model import Visibility
from netofnets.schema.purposes import MAP
from tests.services.graphs import Graph
from tests.worlds import INTERESTS, NETWORKS, Person, World, graph_of, with_unseen, worlds

DAY = "2026-01-01"


def asked(graph, day=DAY):
    facts = graph.facts()
    levels = latest_levels(facts.choices, {c.record: c.record for c in facts.choices})
    return facts.tables, facts.claims, levels, day


def counts(graph, own=NOTHING_SAID):
    return Counted.of(*asked(graph), own).counts()


def key(graph, day=DAY):
    return Counted.of(*asked(graph, day)).key()


def told(table):
    return {(row["kind"], row["first"], row["second"]): row["least"] for row in table.to_pylist()}


def crowd(**levels):
    """Two networks that share seven of their people; the first ``levels`` of them have chosen."""
    chosen = [Visibility[name.upper()] for name, many in levels.items() for _ in range(many)]
    people = [
        Person(
            frozenset(["alpha", "beta"] if at < 7 else ["alpha"]),
            frozenset(["music"]),
            chosen[at] if at < len(chosen) else None,
        )
        for at in range(23)
    ]
    return graph_of(World(tuple(people), frozenset()))


def test_the_public_is_told_of_groups_of_five_and_who_has_signed_in_of_three():
    graph = crowd()
    alpha, beta = graph.names["networks", "alpha"], graph.names["networks", "beta"]
    public, signed_in = (told(counts(graph)[name]) for name in ("public", "signed_in"))
    pair = ("shared", *sorted((alpha, beta)))
    assert public["network", alpha, ""] == 20 and public["network", beta, ""] == 5
    assert pair not in public, "half of nine, which beta can have, is four"
    assert pair not in signed_in, "people in two are told of from five on, to everybody"
    assert signed_in["subject", beta, graph.names["interests", "music"]] == 3, "at least three of at most nine"
    assert public["subject", alpha, graph.names["interests", "music"]] == 10, "no more than half is told"
    assert public["region", "North", ""] == 20 and public["organization", graph.names["organizations", "uni"], ""] == 20
    assert public["total", "", ""] == 20, "the people of beta may be those of alpha, for all that is told"


def test_hidden_and_organizers_are_not_counted_and_whoever_is_shown_is_not_either():
    for level in ("hidden", "organizers", "public"):
        public = told(counts(crowd(**{level: 10}))["public"])
        assert public["network", crowd().names["networks", "alpha"], ""] == 10, level
    both = counts(crowd(signed_in=10))
    alpha = ("network", crowd().names["networks", "alpha"], "")
    assert told(both["signed_in"])[alpha] == 10, "the ten are shown to whoever has signed in"
    assert told(both["public"])[alpha] == 20, "ten and thirteen, counted apart"


def test_whoever_declined_the_map_counts_like_somebody_who_is_hidden():
    graph = crowd()
    away = frozenset(sorted(row["id"] for row in graph.rows["leaders"])[:10])
    declined = counts(graph, OwnWords(declined={MAP: away}))
    assert told(declined["public"])["network", graph.names["networks", "alpha"], ""] == 10


def test_a_group_below_the_least_is_not_there_whether_it_is_empty_or_not():
    few = [Person(frozenset(["delta"]), frozenset(), None)] * 4
    many = [Person(frozenset(["alpha"]), frozenset(), None)] * 8
    tables = [counts(graph_of(World((*many, *few[:n]), frozenset())))["public"] for n in range(5)]
    assert all(table.equals(tables[0]) for table in tables)


def test_what_only_a_sensitive_network_says_is_not_counted():
    graph = Graph()
    graph.node("networks", "open")
    graph.node("networks", "closed", "", "confided", sensitive=True)
    for at in range(9):
        graph.node("leaders", f"p{at}", "", "confided")
        graph.join(f"p{at}", "closed")
        graph.claims[-1]["source"] = "confided"
    assert {name: table.num_rows for name, table in counts(graph).items()} == {"public": 0, "signed_in": 0}


def test_past_memberships_are_not_counted():
    graph = crowd()
    for row in graph.rows["memberships"]:
        row["end"] = "2020-01-01"
    assert counts(graph)["public"].num_rows == 0


def test_counts_are_known_by_all_that_they_follow_from_and_by_nothing_else():
    graph, known = crowd(signed_in=10), key(crowd(signed_in=10))
    graph.rows["leaders"][0]["school"] = "Another School"
    assert key(graph) == known
    graph.rows["memberships"][0]["end"] = DAY
    assert key(graph) == known, "it holds to the end of that day"
    assert key(graph, "2026-01-02") != known
    assert key(crowd(signed_in=9)) != known, "somebody chose another level"
    graph = crowd(signed_in=10)
    graph.rows["networks"][0]["region"] = "South"
    assert key(graph) != known


@settings(max_examples=25)
@given(worlds())
def test_nobody_who_is_hidden_and_nothing_that_is_kept_back_changes_a_count(world):
    before, after = counts(graph_of(world)), counts(with_unseen(world))
    assert all(before[audience].equals(after[audience]) for audience in LEAST)
    assert key(graph_of(world)) == key(with_unseen(world)), "what they are known by does not tell of them either"


@settings(max_examples=25)
@given(worlds(), st.sets(st.sampled_from(NETWORKS), min_size=1), st.sets(st.sampled_from(INTERESTS)))
def test_one_more_person_is_at_most_a_step(world, networks, interests):
    one_more = Person(frozenset(networks), frozenset(interests), None)
    before = counts(graph_of(world))
    more = World((*world.people, one_more), world.ties)
    after = counts(graph_of(more))
    assert key(graph_of(more)) != key(graph_of(world))
    for audience in LEAST:
        one, other = told(before[audience]), told(after[audience])
        for group in one.keys() | other.keys():
            step = other.get(group, 0) - one.get(group, 0)
            assert group[0] not in ("network", "shared", "subject") or 0 <= step <= 5, group


@settings(max_examples=25)
@given(worlds())
def test_no_two_numbers_for_the_public_differ_by_less_than_five(world):
    found = np.unique([0, *counts(graph_of(world))["public"]["least"].to_pylist()])
    assert (np.diff(found) >= LEAST["public"]).all()

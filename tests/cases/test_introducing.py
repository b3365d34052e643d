"""Thirty and three hundred introductions among 400 teachers: networks brought together, caps kept, every word true."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from netofnets.analysis.introduction_candidates import within_three_hops
from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.registry import compute
from tests.data.strangers import Strangers, strangers

SEEDS = range(6)


def introduced(made: Strangers, **given):
    return compute("introductions", made.snapshot(), {"beta": "1", **given}).to_pylist()


def linked(made: Strangers) -> set[frozenset[str]]:
    """Pairs of networks with somebody in both, or a tie across."""
    found = {frozenset(p) for own in made.belongs.values() for p in combinations(own, 2)}
    for a, b in made.ties:
        found |= {frozenset((x, y)) for x in made.belongs[a] for y in made.belongs[b] if x != y}
    return found


def joins(made: Strangers, row) -> set[frozenset[str]]:
    return {frozenset((x, y)) for x in made.belongs[row["first"]] for y in made.belongs[row["second"]]}


def similarity(made: Strangers, row) -> float:
    holders = Counter(i for own in made.interests.values() for i in own)
    weight = {i: -np.log(n / len(made.belongs)) for i, n in holders.items()}
    one, other = (set(made.interests[row[side]]) for side in ("first", "second"))
    lengths = [sum(weight[i] for i in own) for own in (one, other)]
    return sum(weight[i] for i in one & other) / (lengths[0] * lengths[1]) ** 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_thirty_introductions_leave_few_networks_unjoined(seed):
    made = strangers(seed)
    rows = introduced(made, most=30, per_person=2)
    before = linked(made)
    apart = {frozenset(p) for p in combinations(sorted({n for own in made.belongs.values() for n in own}), 2)} - before
    assert 215 <= len(apart) <= 240 and len(rows) == 30
    assert len(apart - set().union(*(joins(made, row) for row in rows))) <= 25
    assert np.mean([similarity(made, row) for row in rows]) >= 0.5
    assert all(row["similarity"] == pytest.approx(similarity(made, row)) for row in rows)
    assert max(Counter(end for row in rows for end in (row["first"], row["second"])).values()) <= 2


@pytest.mark.parametrize("ties", [0, 3000])
def test_nobody_is_in_more_than_three_of_three_hundred(ties):
    made = strangers(1, ties=ties)
    for beta in ("0", "1", "1.5"):
        rows = introduced(made, beta=beta)
        assert len(rows) == 300 and [row["rank"] for row in rows] == list(range(1, 301))
        assert max(Counter(end for row in rows for end in (row["first"], row["second"])).values()) <= 3
        assert max(Counter(frozenset((r["first_network"], r["second_network"])) for r in rows).values()) <= 2
        scores = [row["score"] for row in rows]
        assert scores == sorted(scores, reverse=True)
        for row in rows:
            assert not set(made.belongs[row["first"]]) & set(made.belongs[row["second"]])
            assert (row["first"], row["second"]) not in made.ties
            assert row["interests"] or row["contacts"]


@pytest.mark.parametrize("ties", [0, 3000])
def test_every_reason_recounts(ties):
    made = strangers(2, ties=ties)
    rows = introduced(made, most=100)
    assert rows and all(recounted(made, row) == (row["reason"], row["effect"]) for row in rows)


def recounted(made: Strangers, row) -> tuple[str, str]:
    """Reason and effect, from the lists of who is in what alone."""
    a, b = row["first"], row["second"]
    one, other = row["first_network"], row["second_network"]
    assert one in made.belongs[a] and other in made.belongs[b]
    holders = Counter(i for own in made.interests.values() for i in own)
    both = sorted(set(made.interests[a]) & set(made.interests[b]), key=lambda i: (holders[i], i))
    told = [f"Both name “{i}” (named by {holders[i]} of {len(made.belongs)} people)." for i in both[:3]]
    known = {p: {x for pair in made.ties if p in pair for x in pair} - {p} for p in made.belongs}
    contacts = sorted(known[a] & known[b], key=lambda p: (len(known[p]), p))
    if contacts:
        more = [f"{len(contacts) - 3} more"] if len(contacts) > 3 else []
        told.append(f"{listed([*contacts[:3], *more])} {'works' if len(contacts) == 1 else 'work'} with both.")
    people = sum({one, other} <= set(own) for own in made.belongs.values())
    across = sum(apart(made, pair, one, other) for pair in made.ties)
    told.append(joined(one, other, people, across))
    ways = nx.Graph([tuple(pair) for pair in linked(made)])
    near = one in ways and other in ways and nx.has_path(ways, one, other)
    steps = nx.shortest_path_length(ways, one, other) if near else None
    assert (row["before"], row["ways"]) == (steps, people + across)
    effect = f"{one} and {other} are {steps} steps apart today; they would be one."
    if steps == 1:
        effect = f"{one} and {other} would be joined in one more way."
    if steps is None:
        effect = f"Nothing leads from {one} to {other} today; they would be one step apart."
    opens = len(joins(made, row) - linked(made))
    assert row["opens"] == opens
    more = f" {opens} pairs of networks that nothing joins today would be joined." if opens > 1 else ""
    return " ".join(told), effect + more


def apart(made: Strangers, pair, one: str, other: str) -> bool:
    """Whether a tie is between a member of the one and a member of the other, neither of them in both."""
    own = [{n for n in (one, other) if n in made.belongs[p]} for p in pair]
    return len(own[0]) == len(own[1]) == 1 and own[0] != own[1]


def joined(one: str, other: str, people: int, across: int) -> str:
    in_both = f"{people} {'person is' if people == 1 else 'people are'} in both {one} and {other}"
    ties = f"{across} {'pair of people works' if across == 1 else 'pairs of people work'} across"
    if people and across:
        return f"{in_both} and {ties} today."
    if people:
        return f"{in_both} today."
    if across:
        return f"{ties} between {one} and {other} today."
    return f"Nobody is in both {one} and {other} today, and no tie between the two is on record."


def listed(names) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


@pytest.fixture(scope="module")
def worlds() -> list[Strangers]:
    return [strangers(seed, ties=3000) for seed in range(4)]


def hits_and_yield(made: Strangers, beta: str) -> np.ndarray:
    """Of 100 introductions: the share that is a hidden tie, and the gaps (of today) that these close, summed."""
    snapshot = made.snapshot()
    ground = Ground(snapshot)
    found = np.zeros(2)
    rows = compute("introductions", snapshot, {"beta": beta, "most": 100}).to_pylist()
    for row in rows:
        if (row["first"], row["second"]) in made.hidden:
            ends = (np.array([snapshot.position("leaders", row[side])]) for side in ("first", "second"))
            found += 1 / len(rows), (1.0 / (1.0 + ground.joined.ways(ground.network_pairs(*ends)[1]))).sum()
    return found


def test_closing_gaps_costs_less_than_half_of_the_hits(worlds):
    safe, balanced = (sum(hits_and_yield(made, beta) for made in worlds) for beta in ("0", "1"))
    assert safe[0] / len(worlds) >= 0.15
    assert balanced[0] >= 0.5 * safe[0]
    assert balanced[1] >= 2.0 * safe[1]


@pytest.mark.parametrize("seed", range(3))
def test_three_hops_are_those_that_a_walk_from_person_to_person_finds(seed):
    made = strangers(seed, people=60, networks=30, blocks=15, ties=25)
    ground = Ground(made.snapshot())
    ids = ground.snapshot.ids("leaders").to_pylist()
    graph = nx.Graph(made.ties)
    graph.add_nodes_from(ids)
    for network in {n for own in made.belongs.values() for n in own}:
        graph.add_edges_from(combinations([p for p, own in made.belongs.items() if network in own], 2))
    far = dict(nx.all_pairs_shortest_path_length(graph, cutoff=3))
    pairs = [(a, b) for a, b in combinations(range(len(ids)), 2) if far[ids[a]].get(ids[b], 9) > 1]
    first, second = np.array(pairs).T
    assert within_three_hops(ground, first, second).tolist() == [ids[b] in far[ids[a]] for a, b in pairs]
    assert 0 < within_three_hops(ground, first, second).sum() < len(pairs)


def test_names_are_quoted_as_they_are():
    made = strangers(3)
    assert all(re.search(r"“i\d\d”", row["reason"]) for row in introduced(made, most=20))

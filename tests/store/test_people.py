"""What every store does with people: merging them, telling them apart again, hiding and erasing them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netofnets.errors import NotFound, SettingsError
from netofnets.schema.identity import Identity
from netofnets.schema.model import Visibility
from netofnets.schema.records import Claim, Decision, Judgement, Verdict, VisibilityChoice
from netofnets.store.base import Store
from tests.store.statements import (
    assert_both_ends,
    facts_of,
    leader,
    ledger_counts,
    link,
    load,
    member,
    network,
    rows,
)


def same(left: Claim, right: Claim, who: str = "rule:same-email") -> Judgement:
    a, b = sorted((left.key, right.key))
    return Judgement(a, b, Verdict.SAME, who, "both use one address")


def different(left: Claim, right: Claim) -> Judgement:
    return replace(same(left, right, "Ada"), verdict=Verdict.DIFFERENT, why="they are cousins")


def cousins() -> tuple[list[Claim], list[Claim], Claim, Claim]:
    """The same person in two rosters, under two ids; in the first roster she works with somebody."""
    circle, ring = network("north", "N1", "Circle"), network("south", "N9", "Ring")
    maria = leader("north", "P1", "Maria Gomez", email="maria@school.example")
    friend = leader("north", "P2", "Ana Ruiz")
    gomez = leader("south", "17", "Gomez, Maria", email="maria@school.example", place="Vigo")
    north = [circle, maria, friend, member(maria, circle), member(friend, circle)]
    north += [link("collaborations", maria, friend, "mentors", kind="mentors", count=3)]
    return north, [ring, gomez, member(gomez, ring, "2023-09-01")], maria, gomez


def test_a_merge_readdresses_relationships_and_a_later_different_undoes_it_exactly(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    load(store, "south", south)
    apart = facts_of(store)
    store.judge([same(maria, gomez)])
    root = min(maria.key, gomez.key)
    assert [row["id"] for row in rows(store, "leaders")] == sorted([root, north[2].key])
    assert [row["from_id"] for row in rows(store, "memberships")].count(root) == 2
    assert [row["from_id"] for row in rows(store, "collaborations")] == [root]
    merged = next(row for row in rows(store, "leaders") if row["id"] == root)
    assert (merged["place"], merged["email"]) == ("Vigo", "maria@school.example")
    store.judge([different(maria, gomez)])
    undone = facts_of(store)
    assert undone.pop("judgements") == (same(maria, gomez), different(maria, gomez))
    apart.pop("judgements")
    assert undone == apart


def test_what_most_sources_say_is_taken_whichever_comes_first(store: Store) -> None:
    circle = network("shared", "N1", "Circle")
    for source, school in (("a", "Ash School"), ("b", "Elm School"), ("c", "Elm School"), ("d", "Fir School")):
        person = replace(leader("shared", "P1", "Zoë", school=school), source=source)
        load(store, source, [replace(circle, source=source), person, replace(member(person, circle), source=source)])
    assert [row["school"] for row in rows(store, "leaders")] == ["Elm School"]
    load(store, "b", [])  # with one telling each, that of the source that sorts first is taken
    assert [row["school"] for row in rows(store, "leaders")] == ["Ash School"]
    load(store, "a", [])
    assert [row["school"] for row in rows(store, "leaders")] == ["Elm School"]


def test_a_load_keeps_to_the_log_of_judgements(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    load(store, "south", south, [same(maria, gomez)])
    assert store.status().counts["leaders"] == 2
    assert load(store, "south", south).empty
    moved = [south[0], gomez, member(gomez, south[0], "2024-09-01")]
    assert ledger_counts(load(store, "south", moved)) == (1, 0, 2, 1)
    root = min(maria.key, gomez.key)
    assert {row["start"] for row in rows(store, "memberships") if row["from_id"] == root} == {None, "2024-09-01"}
    load(store, "north", [])
    assert [row["name"] for row in rows(store, "leaders")] == ["Gomez, Maria"]


def test_the_ledger_finds_claims_by_address_and_by_record(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    shouting = replace(gomez, values={**gomez.values, "email": "Maria.G@School.example"})
    load(store, "south", [south[0], shouting, south[2]], [same(maria, gomez)])
    with store.writer("north") as writer:
        assert {c.key for c in writer.claims_with_email(["maria@school.example"])} == {maria.key}
        assert {c.key for c in writer.claims_with_email(["maria.g@school.example", "nobody@x.example"])} == {gomez.key}
        assert {c.key for c in writer.claims_touching([maria.key])} == {maria.key, north[3].key, north[5].key}
        assert {c.key for c in writer.claims_touching([gomez.key])} == {gomez.key, south[2].key}
        assert {c.key for c in writer.claims_touching([south[0].key])} == {south[0].key, south[2].key}
        assert {c.key for c in writer.leaders()} == {maria.key, north[2].key, gomez.key}
        assert {c.key for c in writer.claims_of("south")} == {c.key for c in south}
        assert {c.source for c in writer.claims_about("leaders", [min(maria.key, gomez.key)])} == {"north", "south"}
        assert list(writer.claims_of("nowhere")) == []


def test_choices_of_visibility_are_a_log(store: Store) -> None:
    choices = [
        VisibilityChoice("lx", Visibility.PUBLIC, "Ana", "asked", "name"),
        VisibilityChoice("lx", Visibility.HIDDEN, "Ana", ""),
    ]
    store.choose(choices[:1])
    store.choose(choices[1:])
    assert store.scan().choices == tuple(choices)
    assert store.status().run == 2


def decision(topic: str, value: str, *subjects: str) -> Decision:
    return Decision(topic, subjects, value, "Ana", "they asked", "2026-03-01T09:00:00+00:00")


def test_decisions_are_a_log_by_topic(store: Store) -> None:
    log = [decision("introduction", "asked", "lx", "ly"), decision("introduction", "met", "lx", "ly")]
    name = decision("community-name", 'Coast, "north" — ñ', "3")
    store.decide(log[:1])
    store.decide([name, log[1]])
    store.decide([])
    assert store.decisions("introduction") == tuple(log)
    assert store.decisions("community-name") == (name,)
    assert store.decisions("weather") == ()
    assert store.scan().decisions == (log[0], name, log[1])
    assert store.status().run == 2
    assert [run.source for run in store.runs()] == ["(decisions)"] * 2
    assert store.status().sources == ()


def test_a_decision_that_does_not_fit_what_stands_is_not_written(store: Store) -> None:
    def only_once(standing: tuple[Decision, ...], _: Identity) -> None:
        if standing:
            raise SettingsError(f"{standing[0].value} already")

    store.decide([decision("community-name", "Coast", "3")])
    store.decide([decision("introduction", "asked", "lx", "ly")], only_once)  # another topic does not count
    with pytest.raises(SettingsError, match="asked already"):
        store.decide([decision("introduction", "met", "lx", "ly")], only_once)
    assert [d.value for d in store.decisions("introduction")] == ["asked"]
    assert store.status().run == 2


def test_what_was_decided_about_an_erased_person_is_forgotten(store: Store) -> None:
    north, south, maria, gomez = cousins()
    friend = north[2]
    load(store, "north", north)
    load(store, "south", south, [same(maria, gomez)])
    kept = decision("community-name", "Coast", "3")
    store.decide([decision("introduction", "asked", gomez.key, friend.key), kept])
    store.erase(maria.key)
    assert store.scan().decisions == (kept,)
    store.decide([decision("introduction", "asked", friend.key, "lx")])
    assert len(store.scan().decisions) == 2


def test_a_person_is_erased_with_everything_that_was_said_of_them(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    load(store, "south", south, [same(maria, gomez)])
    store.choose([VisibilityChoice(gomez.key, Visibility.PUBLIC, "Maria", "wants to be found")])
    assert store.choices() == store.scan().choices != ()
    receipt = store.erase(gomez.key)
    assert (receipt.records, receipt.claims, receipt.relationships) == (tuple(sorted([maria.key, gomez.key])), 5, 3)
    facts = store.scan()
    assert [row["name"] for row in rows(store, "leaders")] == ["Ana Ruiz"]
    assert (facts.choices, facts.judgements, facts.tables["collaborations"].num_rows) == ((), (), 0)
    assert not {maria.key, gomez.key} & {claim["entity"] for claim in facts.claims.to_pylist()}
    with pytest.raises(NotFound):
        store.erase(maria.key)
    with pytest.raises(NotFound):
        store.erase(north[0].key)  # a network is no person
    assert store.status().run == 4


def test_no_relationship_loses_an_end(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    load(store, "south", south, [same(maria, gomez)])
    load(store, "north", [])
    store.judge([different(maria, gomez)])
    assert_both_ends(store)
    assert store.status().counts["memberships"] == 1


def test_a_relationship_whose_ends_are_both_merged_in_turn_is_one(store: Store) -> None:
    for source in ("north", "south"):
        ann, bo = leader(source, "P1", "Ann Abara"), leader(source, "P2", "Bo Berg")
        load(store, source, [ann, bo, link("collaborations", ann, bo, "mentors", kind="mentors", count=2)])
    before = facts_of(store)
    people = [[leader(source, local, "") for source in ("north", "south")] for local in ("P2", "P1")]
    for pair in people:
        store.judge([same(*pair, who="Ada")])
        assert_both_ends(store)
    assert len(rows(store, "leaders")) == 2 and len(rows(store, "collaborations")) == 1
    for pair in people:
        store.judge([different(*pair)])
        assert_both_ends(store)
    after = facts_of(store)
    assert {**after, "judgements": ()} == {**before, "judgements": ()}

"""What every store does with values: all kinds and types, and texts that try to be more than text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from netofnets.errors import StoreError
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.store.statements import (
    a_roster,
    facts_of,
    leader,
    link,
    load,
    member,
    network,
    node,
    rows,
)


def test_a_value_that_cannot_be_stored_stops_the_run(store: Store) -> None:
    load(store, "north", a_roster())
    before = facts_of(store)
    circle = network("south", "N1", "Circle")
    for bad in ({"name": "half a \ud800 pair"}, {"name": "Ana", "release_time": float("nan")}):
        with pytest.raises(StoreError):
            load(store, "south", [circle, replace(leader("south", "P1", "Ana"), values=bad)])
    assert facts_of(store) == before


HOSTILE = [
    "Zoë Ó Briain-Müller 王小明 😀 👩‍🏫",
    "Robert'); DROP TABLE leaders;--",
    '"}) DETACH DELETE n // `$x` {{7*7}}',
    "<script>alert(1)</script>",
    "null",
    "\u202eright to left",
    "tab\tnew\nline\rNUL\x00end",
    "é",  # one code point and two: both are kept as given
    "e\u0301",
    '=HYPERLINK("x")',
    " " * 3,
    "x" * 70_000,
]


def test_hostile_text_comes_back_unchanged(store: Store) -> None:
    claims = [
        leader("north", f"{i} {text}", text, about=text, languages=tuple(sorted({text, "b", "a"})))
        for i, text in enumerate(HOSTILE)
    ]
    load(store, "north", claims)
    table = {row["name"]: row for row in rows(store, "leaders")}
    assert set(table) == set(HOSTILE)
    assert all(row["about"] == name and set(row["languages"]) == {name, "a", "b"} for name, row in table.items())
    assert {claim["local_id"] for claim in store.scan().claims.to_pylist()} == {
        f"{i} {text}" for i, text in enumerate(HOSTILE)
    }
    assert load(store, "north", claims).empty


def test_values_of_every_type_come_back_with_their_type(store: Store) -> None:
    person = leader("north", "P1", "Ana", release_time=12.5, connect=False, languages=())
    friend = leader("north", "P2", "Bea", release_time=50, connect=True)
    worked = link("collaborations", person, friend, "x", kind="x", count=2**62, first="0001-01-01", last="2024-02-29")
    odd = link("collaborations", friend, person, "y", kind="y", first="2024", last="not a day")
    event = node("activities", "north", "A1", name="Lesson study", date="2023-12-31")
    load(store, "north", [person, friend, worked, odd, event])
    by_name = {row["name"]: row for row in rows(store, "leaders")}
    assert [by_name["Ana"][n] for n in ("release_time", "connect", "languages")] == [12.5, False, []]
    assert [by_name["Bea"][n] for n in ("release_time", "connect", "languages")] == [50.0, True, None]
    by_kind = {row["kind"]: row for row in rows(store, "collaborations")}
    assert [by_kind["x"][n] for n in ("count", "first", "last")] == [2**62, "0001-01-01", "2024-02-29"]
    assert [by_kind["y"][n] for n in ("count", "first", "last")] == [None, "2024", "not a day"]
    assert [row["date"] for row in rows(store, "activities")] == ["2023-12-31"]


def test_every_kind_is_stored_and_swept(store: Store) -> None:
    people = [leader("north", f"P{i}", f"Person {i}") for i in range(2)]
    nets = [network("north", f"N{i}", f"Network {i}") for i in range(2)]
    school = node("organizations", "north", "O1", name="Hill School", kind="school")
    topics = [node("interests", "north", name, name=name) for name in ("maths", "geometry")]
    event = node("activities", "north", "A1", name="Lesson study")
    badge = node("credentials", "north", "C1", name="Coaching a Colleague")
    links = [
        link("leader_credentials", people[0], badge, start="2024-05-01"),
        link("credential_issuers", badge, school),
        member(people[0], nets[0]),
        link("affiliations", people[0], school, role="teacher"),
        link("leader_interests", people[0], topics[0], "offers", mode="offers"),
        link("partnerships", nets[0], school),
        link("network_focuses", nets[0], topics[0]),
        link("organization_focuses", school, topics[0]),
        link("collaborations", people[0], people[1], "co-led", kind="co-led"),
        link("collaborations", people[0], people[0], "replied", kind="replied", count=2),
        link("network_parts", nets[1], nets[0]),
        link("participations", people[0], event, role="led"),
        link("broader_interests", topics[1], topics[0]),
        link("related_interests", topics[0], topics[1]),
    ]
    load(store, "north", [*people, *nets, school, *topics, event, badge, *links])
    other = open_store("memory:")
    load(other, "north", [*people, *nets, school, *topics, event, badge, *links])
    assert facts_of(store) == facts_of(other)
    assert all(store.status().counts.values())
    load(store, "north", [])
    assert not any(store.status().counts.values())


def test_the_vocabulary_is_what_sources_that_list_nobody_say_of_interests(store: Store) -> None:
    assert store.vocabulary() == ()
    kelp, reading = (node("interests", "north", name, name=name) for name in ("Kelp", "Reading"))
    load(store, "north", [leader("north", "1", "Ana"), kelp])
    load(store, "words", [replace(reading, source="words", values={"name": "Reading", "aliases": ("Literacy",)})])
    [told] = store.vocabulary()
    assert (told.source, told.values["name"], told.values["aliases"]) == ("words", "Reading", ("Literacy",))
    load(store, "words", [replace(kelp, source="words"), leader("words", "2", "Bo")])
    assert store.vocabulary() == ()

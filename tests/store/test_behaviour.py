"""What every store does, whatever it is made of."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from netofnets.errors import NotFound, SchemaError, StoreBusy, StoreError
from netofnets.schema.model import Visibility
from netofnets.schema.records import Claim, Judgement, Verdict, VisibilityChoice
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.ledger import plan
from tests.store.statements import (
    a_roster,
    facts_of,
    leader,
    ledger_counts,
    link,
    load,
    member,
    network,
    node,
)


def rows(store: Store, kind: str) -> list[dict[str, object]]:
    return sorted(store.scan().tables[kind].to_pylist(), key=lambda row: str(row["id"]))


def same(left: Claim, right: Claim, who: str = "rule:same-email") -> Judgement:
    a, b = sorted((left.key, right.key))
    return Judgement(a, b, Verdict.SAME, who, "both use one address")


def different(left: Claim, right: Claim) -> Judgement:
    return replace(same(left, right, "Ada"), verdict=Verdict.DIFFERENT, why="they are cousins")


def test_a_row_of_a_roster_comes_back_as_it_went_in(store: Store) -> None:
    claims = a_roster(people=1)
    assert ledger_counts(load(store, "north", claims)) == (5, 0, 0, 0)
    person = next(claim for claim in claims if claim.kind == "leaders")
    [row] = rows(store, "leaders")
    assert row["id"] == person.key
    assert {name: value for name, value in row.items() if value is not None} == {"id": person.key, **person.values}
    [membership] = rows(store, "memberships")
    assert (membership["from_id"], membership["role"], membership["start"]) == (person.key, "member", "2024-01-01")
    [interest] = rows(store, "interests")
    assert interest["aliases"] == ["mathematics", "math"]
    stated = [claim for claim in store.scan().claims.to_pylist() if claim["kind"] == "leaders"]
    assert stated == [
        {
            "kind": "leaders",
            "entity": person.key,
            "source": "north",
            "local_id": "P0",
            "values": json.dumps(dict(person.values), sort_keys=True, separators=(",", ":")),
            "origin": "north.csv",
            "first_run": 1,
        }
    ]


def test_status_and_runs(store: Store) -> None:
    assert (store.status().run, store.status().sources, store.runs()) == (0, (), ())
    load(store, "north", a_roster(people=2))
    load(store, "south", [])
    status = store.status()
    assert (status.run, status.sources) == (2, ("north",))
    assert {kind: n for kind, n in status.counts.items() if n} == {
        "leaders": 2,
        "networks": 1,
        "interests": 1,
        "memberships": 2,
        "leader_interests": 2,
        "collaborations": 1,
    }
    assert [(run.number, run.source, run.status) for run in store.runs()] == [
        (1, "north", "done"),
        (2, "south", "done"),
    ]
    assert json.loads(store.runs()[0].report) == {"created": 9}


def test_the_same_batch_again_changes_nothing(store: Store) -> None:
    load(store, "north", a_roster())
    before = facts_of(store)
    again = load(store, "north", a_roster())
    assert again.empty
    assert ledger_counts(again) == (0, 0, 13, 0)
    assert facts_of(store) == before


def test_the_order_of_rows_does_not_matter(store: Store) -> None:
    claims = a_roster(people=8)
    other = open_store("memory:")
    load(other, "north", claims)
    random.Random(3).shuffle(claims)
    load(store, "north", claims)
    assert facts_of(store) == facts_of(other)


def test_one_changed_value_is_one_update(store: Store) -> None:
    claims = a_roster()
    load(store, "north", claims)
    at = next(i for i, claim in enumerate(claims) if claim.kind == "leaders")
    claims[at] = replace(claims[at], values={**claims[at].values, "school": "Hill School"})
    assert ledger_counts(load(store, "north", claims)) == (0, 1, 12, 0)
    assert next(row for row in rows(store, "leaders") if row["id"] == claims[at].key)["school"] == "Hill School"
    claims[at] = replace(claims[at], values={"name": "Somebody"})
    assert ledger_counts(load(store, "north", claims)) == (0, 1, 12, 0)
    row = next(row for row in rows(store, "leaders") if row["id"] == claims[at].key)
    assert {name for name, value in row.items() if value is not None} == {"id", "name"}


def test_the_same_facts_at_other_lines_are_no_change(store: Store) -> None:
    load(store, "north", a_roster())
    moved = [replace(claim, origin="other.csv:99") for claim in a_roster()]
    assert load(store, "north", moved).empty


def in_two_rosters() -> tuple[list[Claim], list[Claim]]:
    """One leader and one network with ids that both sources share."""

    def stated(source: str, **more: object) -> list[Claim]:
        person = replace(leader("shared", "P1", "Zoë Ó Briain", **more), source=source)
        of = replace(network("shared", "N1", "Circle"), source=source)
        return [person, of, member(person, of, role="member")]

    return stated("north", school="Hill School", languages=("en", "ga")), stated(
        "south", place="Galway", languages=("fr",)
    )


def test_two_sources_hold_one_leader_and_a_sweep_of_one_leaves_the_others(store: Store) -> None:
    north, south = in_two_rosters()
    load(store, "north", north)
    load(store, "south", south)
    [row] = rows(store, "leaders")
    assert (row["school"], row["place"], row["languages"]) == ("Hill School", "Galway", ["en", "fr", "ga"])
    swept = load(store, "north", [])
    assert (swept.withdrawn, swept.gone) == (3, {})
    [row] = rows(store, "leaders")
    assert (row["school"], row["place"], row["languages"]) == (None, "Galway", ["fr"])
    assert load(store, "south", []).gone.keys() == {"leaders", "networks", "memberships"}
    assert sum(store.status().counts.values()) == 0
    assert store.scan().claims.num_rows == 0


def test_a_then_b_is_b_then_a(store: Store) -> None:
    north, south = in_two_rosters()
    other = open_store("memory:")
    load(store, "north", north)
    load(store, "south", south)
    load(other, "south", south)
    load(other, "north", north)
    first, second = facts_of(store, provenance=False), facts_of(other, provenance=False)
    assert first == second


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
        assert {c.key for c in writer.claims_of("south")} == {c.key for c in south}
        assert {c.source for c in writer.claims_about("leaders", [min(maria.key, gomez.key)])} == {"north", "south"}
        assert list(writer.claims_of("nowhere")) == []


def test_an_abandoned_run_changes_nothing(store: Store) -> None:
    load(store, "north", a_roster())
    before, runs = facts_of(store), store.runs()
    with store.writer("north") as writer:
        writer.apply(plan(writer, "north", a_roster(people=9)))
    with pytest.raises(RuntimeError), store.writer("south") as writer:
        writer.apply(plan(writer, "south", a_roster("south")))
        raise RuntimeError("the file changed while it was read")
    assert (facts_of(store), store.runs()) == (before, runs)
    load(store, "south", a_roster("south"))
    assert store.status().run == 2


def test_a_second_writer_is_refused_with_the_name_of_the_first(store: Store) -> None:
    with store.writer("north"):
        with pytest.raises(StoreBusy, match=r"run 1 of 'north'"), store.writer("south"):
            pass
    load(store, "south", a_roster("south"))


def test_readers_see_the_old_state_while_a_run_goes_on(store: Store) -> None:
    load(store, "north", a_roster())
    before = facts_of(store)
    with store.writer("south") as writer:
        writer.apply(plan(writer, "south", a_roster("south")))
        assert facts_of(store) == before
        writer.finish({})
    assert facts_of(store) != before


def test_what_nobody_could_have_meant_is_refused(store: Store) -> None:
    circle, person = network("north", "N1", "Circle"), leader("north", "P1", "Ana")
    other = replace(person, values={"name": "Bea"})
    with pytest.raises(StoreError, match="states both ends"):
        load(store, "north", [person, member(person, circle)])
    with pytest.raises(StoreError, match="twice, differently"):
        load(store, "north", [person, other])
    with pytest.raises(StoreError, match="cannot hold a claim of 'south'"):
        load(store, "north", [replace(person, source="south")])
    with pytest.raises(SchemaError, match="no property shoe_size"):
        load(store, "north", [replace(person, values={"name": "Ana", "shoe_size": 38})])
    assert store.status().run == 0


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
    links = [
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
    load(store, "north", [*people, *nets, school, *topics, event, *links])
    other = open_store("memory:")
    load(other, "north", [*people, *nets, school, *topics, event, *links])
    assert facts_of(store) == facts_of(other)
    assert all(store.status().counts.values())
    load(store, "north", [])
    assert not any(store.status().counts.values())


def test_choices_of_visibility_are_a_log(store: Store) -> None:
    choices = [
        VisibilityChoice("lx", Visibility.PUBLIC, "Ana", "asked", "name"),
        VisibilityChoice("lx", Visibility.HIDDEN, "Ana", ""),
    ]
    store.choose(choices[:1])
    store.choose(choices[1:])
    assert store.scan().choices == tuple(choices)
    assert store.status().run == 2


def test_a_person_is_erased_with_everything_that_was_said_of_them(store: Store) -> None:
    north, south, maria, gomez = cousins()
    load(store, "north", north)
    load(store, "south", south, [same(maria, gomez)])
    store.choose([VisibilityChoice(gomez.key, Visibility.PUBLIC, "Maria", "wants to be found")])
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


def assert_both_ends(store: Store) -> None:
    from netofnets.schema.kinds import RELATIONSHIP_KINDS

    tables = store.scan().tables
    for kind in RELATIONSHIP_KINDS:
        assert set(tables[kind.name]["from_id"].to_pylist()) <= set(tables[kind.source]["id"].to_pylist())
        assert set(tables[kind.name]["to_id"].to_pylist()) <= set(tables[kind.target]["id"].to_pylist())


def test_what_was_loaded_is_there_when_the_store_is_opened_again(opener) -> None:
    first = opener()
    load(first, "north", a_roster())
    before = facts_of(first)
    assert facts_of(opener()) == before
    assert load(opener(), "north", a_roster()).empty

"""What every store does, whatever it is made of."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from netofnets.errors import SchemaError, StoreBusy, StoreError
from netofnets.schema.records import Claim, Judgement, Verdict
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.ledger import plan
from tests.store.statements import (
    a_roster,
    facts_of,
    leader,
    ledger_counts,
    load,
    member,
    network,
    rows,
)


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


def test_who_is_there_is_answered_for_canonical_ids_and_for_records_that_were_joined(store: Store) -> None:
    assert store.known_among("leaders", ["lnobody"]) == frozenset()
    claims = a_roster(people=3)
    load(store, "north", claims)
    one, other, third = (claim.key for claim in claims if claim.kind == "leaders")
    [circle] = (claim.key for claim in claims if claim.kind == "networks")
    store.judge([Judgement(min(one, other), max(one, other), Verdict.SAME, "an organizer", "met her")])
    assert store.scan().tables["leaders"].num_rows == 2
    assert store.known_among("leaders", [one, other, third, circle, "lnobody", ""]) == {one, other, third}
    assert store.known_among("networks", [one, other, third, circle, ""]) == {circle}
    assert store.known_among("leaders", []) == frozenset()
    load(store, "north", [])
    assert third not in store.known_among("leaders", [third])


def test_what_was_loaded_is_there_when_the_store_is_opened_again(opener) -> None:
    first = opener()
    load(first, "north", a_roster())
    before = facts_of(first)
    assert facts_of(opener()) == before
    assert load(opener(), "north", a_roster()).empty

"""Edits by hand: seen when the graph is read, and refused, put right or adopted, as the setting says."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from neo4j import Driver

from netofnets.cli import netofnets_command
from netofnets.errors import SettingsError, StoreError
from netofnets.schema.records import BY_HAND, Claim, Judgement, Verdict
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.hands import adopt, forget
from netofnets.store.mending import check, copy
from netofnets.store.neo4j.backend import Neo4jStore
from tests.ingest.loads import ingest
from tests.store.statements import a_roster, facts_of, leader, load, member, network, rows

PEOPLE = sorted(claim.key for claim in a_roster("north", 4) if claim.kind == "leaders")
RENAME = "MATCH (x:Leader {id: $p}) SET x.name = 'Ada Edited', x.languages = ['tok'], x.release_time = 7.5"
ROLE = "MATCH (:Leader {id: $p})-[x:MEMBER_OF]->() SET x.role = 'chair'"


def opened(url: str, settings: Settings, how: str) -> Neo4jStore:
    return Neo4jStore.open(url, settings.having(hand_edits=how))


def person(store: Neo4jStore, which: str = PEOPLE[0]) -> dict[str, object]:
    return next(row for row in rows(store, "leaders") if row["id"] == which)


EDITS = {
    "a value": RENAME,
    "a value away": "MATCH (x:Leader {id: $p}) SET x.name = null",
    "a value of another type": "MATCH (x:Leader {id: $p}) SET x.release_time = 'much'",
    "a role": ROLE,
    "an id": "MATCH (x:Leader {id: $p}) SET x.id = 'mine'",
    "an end": "MATCH (:Leader {id: $p})-[x:MEMBER_OF]->(n) MATCH (o:Leader) WHERE o.id <> $p WITH x, n, o LIMIT 1 "
    "CREATE (o)-[y:MEMBER_OF]->(n) WITH x, y, properties(x) AS p DELETE x SET y = p",
    "no claims": "MATCH (x:Leader {id: $p}) SET x.nn_claims = []",
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_not_published_and_mend_puts_it_right(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, edit: str
) -> None:
    with closing(opened(empty_neo4j, neo4j_settings, "refuse")) as store:
        load(store, "north", a_roster("north", 4))
        before = facts_of(store, provenance=False)
        driver.execute_query(EDITS[edit], p=PEOPLE[0])  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="edited the graph by hand.*netofnets store check.*store adopt"):
            store.scan()
        assert check(store).findings
    with closing(opened(empty_neo4j, neo4j_settings, "mend")) as store:
        store.scan()
        if edit == "no claims":
            load(store, "north", a_roster("north", 4))  # whose claims are lost is loaded again
        assert facts_of(store, provenance=False) == before and check(store).findings == []


def test_an_adopted_edit_has_a_source_survives_loads_and_can_be_withdrawn(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver
) -> None:
    with closing(opened(empty_neo4j, neo4j_settings, "adopt")) as store:
        load(store, "north", a_roster("north", 4))
        before = facts_of(store, provenance=False)
        for statement in (RENAME, ROLE, "MATCH (x:Leader {id: $p}) SET x.email = null"):
            driver.execute_query(statement, p=PEOPLE[0])  # type: ignore[arg-type]
        ada = person(store)
        assert (ada["name"], ada["languages"], ada["release_time"]) == ("Ada Edited", ["tok"], 7.5)
        assert ada["email"] is not None  # what was taken away cannot be claimed
        assert [row["role"] for row in rows(store, "memberships") if row["from_id"] == PEOPLE[0]] == ["chair"]
        told = [c for c in store.scan().claims.to_pylist() if c["source"] == BY_HAND and c["entity"] == PEOPLE[0]]
        assert [(c["kind"], c["origin"][:7]) for c in told] == [("leaders", "Neo4j, ")]
        assert "Ada Edited" in told[0]["values"] and check(store).findings == []
        moved = [
            replace(c, values={**c.values, "place": "Vigo"}) if c.kind == "leaders" else c for c in a_roster("north", 4)
        ]
        load(store, "north", moved)
        assert (person(store)["name"], person(store)["place"]) == ("Ada Edited", "Vigo")
        driver.execute_query("MATCH (x:Leader {id: $p}) SET x.name = 'Ada Again'", p=PEOPLE[0])
        assert person(store)["name"] == "Ada Again" and person(store)["release_time"] == 7.5
        assert store.status().sources == (BY_HAND, "north")
        load(store, "north", a_roster("north", 4))
        assert forget(store) > 0
        assert facts_of(store, provenance=False) == before and check(store).findings == []
        assert adopt(store) == 0 and forget(store) == 0


def test_an_edit_keeps_nobody_whom_no_source_lists(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path
) -> None:
    with closing(opened(empty_neo4j, neo4j_settings, "adopt")) as store:
        load(store, "north", a_roster("north", 4))
        for statement in (RENAME, ROLE):
            driver.execute_query(statement, p=PEOPLE[0])  # type: ignore[arg-type]
        store.scan()
        with closing(open_store(f"sqlite:{tmp_path / 'copy.sqlite'}")) as other:
            copy(store, other)
            assert facts_of(other) == facts_of(store)
            for one in (store, other):
                load(one, "north", [])
                assert sum(one.status().counts.values()) == 0 and check(one).findings == []
                assert one.scan().claims.num_rows == 0


def test_an_edit_follows_a_person_through_a_merge(empty_neo4j: str, neo4j_settings: Settings, driver: Driver) -> None:
    ana, anna, circle = leader("s", "1", "Ana"), leader("s", "2", "Anna"), network("s", "N", "Circle")
    with closing(opened(empty_neo4j, neo4j_settings, "adopt")) as store:
        claims: list[Claim] = [ana, anna, circle, member(ana, circle, "2020-01-01"), member(anna, circle, "2021-01-01")]
        load(store, "s", claims)
        driver.execute_query("MATCH (x:Leader {id: $p}) SET x.name = 'Anna-Lena'", p=anna.key)
        driver.execute_query("MATCH (:Leader {id: $p})-[m:MEMBER_OF]->() SET m.role = 'chair'", p=anna.key)
        store.scan()
        left, right = sorted((ana.key, anna.key))
        store.judge([Judgement(left, right, Verdict.SAME, "Ada", "one person")])
        assert [row["name"] for row in rows(store, "leaders")] == ["Anna-Lena"]
        assert sorted(str(row["role"]) for row in rows(store, "memberships")) == ["None", "chair"]
        store.judge([Judgement(left, right, Verdict.DIFFERENT, "Ada", "they are two")])
        assert sorted(str(row["name"]) for row in rows(store, "leaders")) == ["Ana", "Anna-Lena"]
        assert check(store).findings == []


def test_the_commands_and_the_setting(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path
) -> None:
    environment = {f"NETOFNETS_NEO4J_{name.upper()}": neo4j_settings[f"neo4j_{name}"] for name in ("user", "password")}

    def run(*arguments: str) -> str:
        where = ["--store", empty_neo4j, "--home", str(tmp_path)]
        done = CliRunner().invoke(netofnets_command, [*arguments, *where], env=environment)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    with closing(opened(empty_neo4j, neo4j_settings, "refuse")) as store:
        load(store, "north", a_roster("north", 4))
    driver.execute_query(RENAME, p=PEOPLE[0])  # type: ignore[arg-type]
    assert "1 claims of the source 'edited by hand in Neo4j' adopted; 0 findings put right." in run("store", "adopt")
    assert "each is as its claims make it" in run("store", "check") and "Published" in run("publish")
    assert "1 claims of the source 'edited by hand in Neo4j' withdrawn" in run("store", "adopt", "--forget")
    with pytest.raises(SettingsError, match="one of refuse, mend, adopt"):
        opened(empty_neo4j, neo4j_settings, "ignore")


DELETIONS = {
    "a person": ("MATCH (x:Leader {id: $p}) DETACH DELETE x", 2),
    "a relationship": ("MATCH (:Leader {id: $p})-[x:MEMBER_OF]->() DELETE x", 1),
}


@pytest.mark.parametrize("deletion", DELETIONS)
def test_a_deletion_is_seen_and_mended_by_the_same_files(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path, deletion: str
) -> None:
    text, claims = DELETIONS[deletion]
    (tmp_path / "roster.csv").write_text("name,network\nAda,Circle\nBo,Circle\n", encoding="utf-8")
    with closing(opened(empty_neo4j, neo4j_settings, "refuse")) as store:
        ingest(store, tmp_path, "north")
        load(store, "south", a_roster("south", 3))  # a run of another source does not hide it
        before = facts_of(store, provenance=False)
        ada = next(str(row["id"]) for row in rows(store, "leaders") if row["name"] == "Ada")
        driver.execute_query(text, p=ada)  # type: ignore[arg-type]
        load(store, "south", a_roster("south", 4))
        load(store, "south", a_roster("south", 3))
        with pytest.raises(StoreError, match=f"{claims} claims of 'north' are gone, with what somebody deleted"):
            store.scan()
        found = check(store)
        assert [(one.what, one.words[:25]) for one in found.findings] == [
            ("gone", f"{claims} claims of 'north' are go")
        ]
        assert found.load_again == ("north",) == found.deleted
    with closing(opened(empty_neo4j, neo4j_settings, "mend")) as store:
        store.scan()
        assert check(store).findings == []
        ingest(store, tmp_path, "north")  # the very same file is read once more
        assert facts_of(store, provenance=False) == before and check(store).findings == []
        assert ingest(store, tmp_path, "north").report.repeats  # and not again


def test_an_adopted_deletion_stands_until_a_source_states_it_anew(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("name,network\nAda,Circle\nBo,Circle\n", encoding="utf-8")
    with closing(opened(empty_neo4j, neo4j_settings, "adopt")) as store:
        ingest(store, tmp_path, "north")
        driver.execute_query("MATCH (x:Leader {name: 'Ada'}) DETACH DELETE x")
        assert [row["name"] for row in rows(store, "leaders")] == ["Bo"]
        ingest(store, tmp_path, "north")
        assert [row["name"] for row in rows(store, "leaders")] == ["Bo"] and check(store).findings == []
        (tmp_path / "roster.csv").write_text("name,network\nAda,Circle\nBo,Circle\nCy,Circle\n", encoding="utf-8")
        ingest(store, tmp_path, "north")
        assert sorted(str(row["name"]) for row in rows(store, "leaders")) == ["Ada", "Bo", "Cy"]
        assert check(store).findings == []


def test_a_load_of_the_source_heals_a_deletion_and_erasing_is_none(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver
) -> None:
    with closing(opened(empty_neo4j, neo4j_settings, "refuse")) as store:
        load(store, "north", a_roster("north", 4))
        load(store, "south", a_roster("south", 2))
        driver.execute_query("MATCH (x:Leader {id: $p}) DETACH DELETE x", p=PEOPLE[0])
        load(store, "north", a_roster("north", 4))
        assert check(store).findings == [] and store.scan().tables["leaders"].num_rows == 6
        store.erase(PEOPLE[1])
        store.judge([Judgement(*sorted(PEOPLE[2:4]), Verdict.SAME, "Ada", "one person")])
        load(store, "north", [])
        assert check(store).findings == [] and store.scan().tables["leaders"].num_rows == 2


def test_without_a_tally_of_the_last_run_nothing_is_missed(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver
) -> None:
    with closing(opened(empty_neo4j, neo4j_settings, "refuse")) as store:
        load(store, "north", a_roster("north", 4))
        driver.execute_query("MATCH (m:NetOfNetsMeta) REMOVE m.claims")  # as an older version left it
        store.scan()
        load(store, "south", a_roster("south", 2))
        driver.execute_query("MATCH (x:Leader {id: $p}) DETACH DELETE x", p=PEOPLE[0])
        assert [one.what for one in check(store).findings] == ["gone"]

"""What the store on Neo4j does beyond the common behaviours."""

from __future__ import annotations

import itertools
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString

import pytest
from neo4j import Driver

from netofnets.errors import StoreError, StoreTooNew
from netofnets.settings import Settings
from netofnets.store.ledger import plan
from netofnets.store.neo4j import constraints, preparing, steps, writer
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import a_roster, facts_of, leader, load, network, node, value

ROOT = Path(__file__).resolve().parents[2]


def test_the_checked_in_cypher_is_what_the_schema_says() -> None:
    for name, text in constraints.generated_files().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run netofnets docs"


def test_the_graph_is_one_for_people_to_read(neo4j_store: Neo4jStore, driver: Driver) -> None:
    load(neo4j_store, "north", a_roster(people=2))
    found = driver.execute_query(
        """MATCH (p:Leader)-[m:MEMBER_OF]->(n:Network {name: 'Circle of north'})
        WHERE 'north' IN p.nn_sources AND m.start >= date('2024-01-01')
        RETURN p.name, p.release_time, p.connect, m.role, m.start.year ORDER BY p.name"""
    ).records
    assert [record.values() for record in found] == [
        ["Person 0 of north", 20.0, True, "member", 2024],
        ["Person 1 of north", 20.0, True, "member", 2024],
    ]
    assert value(driver, "MATCH (i:Interest) RETURN i.aliases") == ["mathematics", "math"]
    worked = "MATCH (:Leader)-[c:COLLABORATES_WITH {kind: 'mentors'}]->(:Leader) RETURN c.count + c.first.day"
    assert value(driver, worked) == 31


def test_the_same_batch_again_writes_no_fact(neo4j_store: Neo4jStore, driver: Driver) -> None:
    facts = """CALL () { MATCH (x) WHERE x.nn_claims IS NOT NULL RETURN elementId(x) + x.nn_claims[0] AS it
        UNION MATCH ()-[x]->() RETURN elementId(x) + x.nn_claims[0] AS it } RETURN it ORDER BY it"""
    load(neo4j_store, "north", a_roster())
    before = [record[0] for record in driver.execute_query(facts).records]
    with neo4j_store.writer("north") as again:
        changes = plan(again, "north", a_roster())
        assert list(steps.steps_of(changes, again.run, steps.Logs(0, 0, 0))) == []
        again.apply(changes)
        again.finish({})
    assert [record[0] for record in driver.execute_query(facts).records] == before


def test_full_text_search_folds_accents_and_forgives_typing_errors(neo4j_store: Neo4jStore, driver: Driver) -> None:
    people = [leader("north", "1", "José Ángel Núñez"), leader("north", "2", "Josefine Berg", school="Lycée Curie")]
    load(neo4j_store, "north", [*people, network("north", "N", "Rural Mathematics")])
    query = (
        f"CALL db.index.fulltext.queryNodes('{constraints.SEARCH_INDEX}', $text) YIELD node RETURN collect(node.name)"
    )
    assert value(driver, query, text="jose") == ["José Ángel Núñez"]
    assert value(driver, query, text="nunes~") == ["José Ángel Núñez"]
    assert value(driver, query, text="mathmatics~1") == ["Rural Mathematics"]
    assert value(driver, query, text="lycee") == ["Josefine Berg"]


def test_only_the_first_load_skips_reading(neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    stream = writer.Neo4jWriter._stream
    monkeypatch.setattr(
        writer.Neo4jWriter, "_stream", lambda self, query, **more: asked.append(query) or stream(self, query, **more)
    )
    load(neo4j_store, "north", a_roster())
    assert asked == []
    load(neo4j_store, "south", a_roster("south"))
    assert asked
    assert not any("nn_sources" in query for query in asked)  # an unknown source has no claims to look for


def test_what_others_keep_in_the_database_stays_theirs(neo4j_store: Neo4jStore, driver: Driver) -> None:
    driver.execute_query("CREATE (:Leader {name: 'Not ours'})-[:MEMBER_OF {role: 'x'}]->(:Network {id: 'other'})")
    load(neo4j_store, "north", a_roster(people=1))
    assert [row["name"] for row in neo4j_store.scan().tables["leaders"].to_pylist()] == ["Person 0 of north"]
    load(neo4j_store, "north", [])
    assert neo4j_store.status().counts["leaders"] == 0
    assert value(driver, "MATCH (:Leader {name: 'Not ours'})-[r:MEMBER_OF]->() RETURN count(r)") == 1


def test_an_erased_person_is_in_no_answer_of_the_database(neo4j_store: Neo4jStore, driver: Driver) -> None:
    load(
        neo4j_store,
        "north",
        [leader("north", "1", "Wilhelmina Quux", email="quux@x.example"), leader("north", "2", "Ana")],
    )
    [person] = [row["id"] for row in neo4j_store.scan().tables["leaders"].to_pylist() if row["name"] != "Ana"]
    neo4j_store.erase(person)
    found = driver.execute_query("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n), properties(r)").records
    left = repr([record.values() for record in found])
    assert "Ana" in left
    assert not any(trace in left for trace in ("Quux", "quux", person))


def test_a_database_of_a_newer_version_is_refused(
    neo4j_store: Neo4jStore, driver: Driver, neo4j_settings: Settings
) -> None:
    driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.properties = m.properties + ['leaders.shoe_size']")
    with pytest.raises(StoreTooNew, match="update netofnets"):
        Neo4jStore.open(neo4j_store.url, neo4j_settings)
    driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.properties = [], m.format = 99")
    with pytest.raises(StoreTooNew, match="update netofnets"):
        Neo4jStore.open(neo4j_store.url, neo4j_settings)


def test_a_database_from_before_there_were_credentials_finds_them_by_text(
    neo4j_store: Neo4jStore, driver: Driver, neo4j_settings: Settings
) -> None:
    labels = "Leader|Network|Organization|Interest|Activity"
    driver.execute_query("DROP INDEX netofnets_search")
    driver.execute_query(f"CREATE FULLTEXT INDEX netofnets_search FOR (x:{labels}) ON EACH [x.name]")
    driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.schema = [], m.properties = ['leaders.name']")
    store = Neo4jStore.open(neo4j_store.url, neo4j_settings)
    load(store, "north", [node("credentials", "north", "c", name="Coaching a Colleague")])
    store.close()
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    found = "CALL db.index.fulltext.queryNodes('netofnets_search', 'coaching') YIELD node RETURN count(node)"
    assert value(driver, found) == 1


def test_a_value_too_long_for_an_index_is_a_clear_error(neo4j_store: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="too large to index"):
        load(neo4j_store, "north", [network("north", "N1", "x" * 20_000)])
    assert neo4j_store.status().run == 0


DROPPED = ("CONSTRAINT netofnets_leaders", "CONSTRAINT netofnets_member_of", "INDEX netofnets_leaders_email")


def names(driver: Driver) -> set[str]:
    return {record[0] for record in driver.execute_query("SHOW INDEXES YIELD name RETURN name").records}


def test_a_constraint_that_somebody_dropped_is_made_again_before_anything_is_written(
    neo4j_store: Neo4jStore, driver: Driver, neo4j_settings: Settings
) -> None:
    load(neo4j_store, "north", a_roster())
    before = names(driver)
    for one in DROPPED:
        driver.execute_query(f"DROP {one}")
    assert before - names(driver) == {one.split()[1] for one in DROPPED}
    with closing(Neo4jStore.open(neo4j_store.url, neo4j_settings, reading=True)):
        assert names(driver) < before  # who only reads makes nothing
    with closing(Neo4jStore.open(neo4j_store.url, neo4j_settings)) as store:
        assert names(driver) == before
        load(store, "north", a_roster(people=3))


def test_what_was_doubled_without_its_constraint_stops_every_load_until_it_is_removed(
    neo4j_store: Neo4jStore, driver: Driver, neo4j_settings: Settings
) -> None:
    load(neo4j_store, "north", a_roster())
    before, graph = names(driver), "MATCH (x) RETURN count(x)"
    driver.execute_query(f"DROP {DROPPED[0]}")
    twin = value(driver, "MATCH (x:Leader) WITH x LIMIT 1 CREATE (y:Leader) SET y = x RETURN elementId(y)")
    nodes = value(driver, graph)
    with pytest.raises(StoreError, match=r"constraint is missing.*nothing was changed.*there twice"):
        Neo4jStore.open(neo4j_store.url, neo4j_settings)
    assert value(driver, graph) == nodes
    driver.execute_query("MATCH (y) WHERE elementId(y) = $twin DELETE y", twin=twin)
    with closing(Neo4jStore.open(neo4j_store.url, neo4j_settings)) as store:
        assert names(driver) == before
        load(store, "north", a_roster(people=3))


class Killed(BaseException):
    """The program dies."""


class DyingDriver:
    """A driver whose program dies before its ``last`` question."""

    def __init__(self, driver: Driver, last: int) -> None:
        self.driver, self.left = driver, last

    def execute_query(self, text: LiteralString, **options: Any) -> Any:
        if self.left == 0:
            raise Killed
        self.left -= 1
        return self.driver.execute_query(text, **options)


def test_bringing_a_database_up_to_date_may_die_at_any_question(
    neo4j_store: Neo4jStore, driver: Driver, neo4j_settings: Settings
) -> None:
    load(neo4j_store, "north", a_roster())
    before, facts = names(driver), facts_of(neo4j_store)
    for one in DROPPED:
        driver.execute_query(f"DROP {one}")
    driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.schema = [], m.properties = ['leaders.name'], m.format = 3")
    for last in itertools.count():
        found = driver.execute_query(preparing.META).records
        try:
            preparing.prepare(DyingDriver(driver, last), "neo4j", neo4j_store.url, "", found)  # type: ignore[arg-type]
        except Killed:
            continue
        break
    assert last > len(constraints.schema())
    assert names(driver) == before
    with closing(Neo4jStore.open(neo4j_store.url, neo4j_settings)) as store:
        assert facts_of(store) == facts

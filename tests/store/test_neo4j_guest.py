"""Our graph beside other people's: under their very labels, nothing of theirs is touched, and nothing stops us."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from neo4j import Driver

from netofnets.errors import SettingsError, StoreError
from netofnets.publish import publish
from netofnets.settings import Settings, load_settings
from netofnets.store.base import AnalysisRun, FoundThings
from netofnets.store.mending import check, repair
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import a_roster, facts_of, leader, load, value

THEIRS = """
CREATE (a:Leader {name: 'Not ours', email: 'p0@north.example', nn_other_emails: ['p1@north.example']}),
       (b:Leader:Teacher {id: 'their id', name: 'Nor this', nn_note: 1}), (c:Network {id: 'their id'}),
       (d:Network {name: 'Circle of north'}), (r:AnalysisRun {id: 'their id', run: 1}),
       (k:Community {id: 'community 0'}),
       (a)-[:MEMBER_OF {role: 'x'}]->(c), (b)-[:MEMBER_OF {id: 'their id'}]->(d), (r)-[:FOUND]->(k),
       (c)-[:OVERLAPS_WITH {shared: 3}]->(d)
"""
TWICE = (
    "CREATE (:Leader {id: 1, name: 'One'}), (:Leader {id: 1, name: 'Two'}), (:Network {id: 1})<-[:MEMBER_OF {id: 1}]-()"
)


def theirs(driver: Driver) -> list[object]:
    """All that is not marked as ours, byte by byte."""
    ours = "x.nn_claims IS NOT NULL OR x.nn_analysis IS NOT NULL OR x.content_hash IS NOT NULL"
    nodes = f"""MATCH (x) WHERE NOT ({ours}) AND NOT any(l IN labels(x) WHERE l STARTS WITH 'NetOfNets')
        RETURN elementId(x), labels(x), properties(x) ORDER BY elementId(x)"""
    ties = """MATCH (a)-[x]->(b) WHERE x.nn_claims IS NULL AND x.nn_analysis IS NULL AND a.content_hash IS NULL
        RETURN elementId(x), type(x), properties(x), elementId(a), elementId(b) ORDER BY elementId(x)"""
    return [[repr(record.values()) for record in driver.execute_query(text).records] for text in (nodes, ties)]


def schema_of(driver: Driver) -> set[str]:
    return {record[0] for record in driver.execute_query("SHOW INDEXES YIELD name RETURN name").records}


def live(store: Neo4jStore, home: Path) -> None:
    """Everything that a store is for."""
    load(store, "north", a_roster("north", 4))
    load(store, "south", [leader("south", "1", "Zoe Quux", email="zoe@x.example"), *a_roster("south", 3)])
    load(store, "north", a_roster("north", 3))
    publish(store, home)
    things = FoundThings("Community", pa.table({"id": ["community 0"], "name": ["Calm"]}))
    store.write_back(AnalysisRun(3, "abc"), {}, [things])
    [zoe] = [row["id"] for row in store.scan().tables["leaders"].to_pylist() if row["name"] == "Zoe Quux"]
    store.erase(zoe)
    store.write_back(AnalysisRun(4, "abd"), {})
    assert check(store).findings == []


@pytest.mark.parametrize("prefix", ["", "Non"])
def test_what_others_keep_under_our_labels_stays_byte_by_byte(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, tmp_path: Path, prefix: str
) -> None:
    driver.execute_query(THEIRS)
    before = theirs(driver)
    assert [len(rows) for rows in before] == [6, 4]
    user, password = neo4j_settings["neo4j_user"], neo4j_settings["neo4j_password"]
    settings = load_settings(environ={}, neo4j_user=user, neo4j_password=password, neo4j_label_prefix=prefix)
    with closing(Neo4jStore.open(empty_neo4j, settings)) as store:
        live(store, tmp_path / "home")
        facts = facts_of(store)
        driver.execute_query(f"MATCH (x:{prefix}Leader) WHERE x.nn_claims IS NOT NULL SET x.name = 'Somebody'")  # type: ignore[arg-type]
        assert len(repair(store).findings) == 6
        assert facts_of(store) == facts and store.status().counts["leaders"] == 6
    assert theirs(driver) == before


def test_a_prefix_is_of_labels_types_constraints_and_the_search(
    clean_neo4j: str, neo4j_settings: Settings, driver: Driver
) -> None:
    user, password = neo4j_settings["neo4j_user"], neo4j_settings["neo4j_password"]
    with_prefix = load_settings(environ={}, neo4j_user=user, neo4j_password=password, neo4j_label_prefix="Non")
    driver.execute_query(TWICE)
    before, names = theirs(driver), schema_of(driver)
    with pytest.raises(StoreError, match="in the way.*Set NETOFNETS_NEO4J_LABEL_PREFIX"):
        Neo4jStore.open(clean_neo4j, neo4j_settings)
    assert theirs(driver) == before and schema_of(driver) == names
    with closing(Neo4jStore.open(clean_neo4j, with_prefix)) as store:
        load(store, "north", a_roster("north", 2))
        assert value(driver, "MATCH (:NonLeader)-[m:NON_MEMBER_OF]->(:NonNetwork) RETURN count(m)") == 2
        driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
        text = "CALL db.index.fulltext.queryNodes('netofnets_non_search', 'person') YIELD node RETURN count(node)"
        assert value(driver, text) == 2
    assert theirs(driver) == before
    for settings, reading in ((neo4j_settings, True), (neo4j_settings, False)):
        with pytest.raises(StoreError, match="begin with Non: set NETOFNETS_NEO4J_LABEL_PREFIX=Non"):
            Neo4jStore.open(clean_neo4j, settings, reading=reading)
    bad = load_settings(environ={}, neo4j_user=user, neo4j_password=password, neo4j_label_prefix="x y`")
    with pytest.raises(SettingsError, match="capital letter"):
        Neo4jStore.open(clean_neo4j, bad)

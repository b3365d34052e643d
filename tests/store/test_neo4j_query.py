"""Raw Cypher that reads, and results written back for it to find."""

from __future__ import annotations

import time
from dataclasses import replace

import pyarrow as pa
import pytest
from neo4j import Driver

from netofnets.errors import QueryRefused, StoreError
from netofnets.store.base import AnalysisRun, AnswersCypher, FoundThings, FoundTies, WritesBack
from netofnets.store.mending import check
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import a_roster, facts_of, load, value

# Raw Cypher


def test_a_query_gives_columns_and_plain_values(neo4j_store: Neo4jStore) -> None:
    assert isinstance(neo4j_store, AnswersCypher)
    load(neo4j_store, "north", a_roster(people=2))
    query = """MATCH (p:Leader {name: $name})-[m:MEMBER_OF]->(n)
    RETURN p.name AS name, m, m.start, {both: [n.name, 1.5]}, p AS leader"""
    answer = neo4j_store.query(query, {"name": "Person 1 of north"})
    assert answer.columns[:3] == ("name", "m", "m.start")
    name, membership, start, both, person = answer.rows[0]
    assert (name, start, both) == ("Person 1 of north", "2024-01-01", {"both": ["Circle of north", 1.5]})
    assert isinstance(membership, dict) and isinstance(person, dict)
    assert (membership["type"], membership["role"], person["labels"]) == ("MEMBER_OF", "member", ["Leader"])


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Leader {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Leader) SET n.name = 'x' RETURN n",
        "PROFILE MATCH (n:Leader) REMOVE n.name",
        "CALL db.createLabel('Foo')",
        "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
        "DROP CONSTRAINT netofnets_leaders",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'bbbbbbbbb'",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "CALL dbms.killConnection('bolt-1')",
        "RETURN 1; MATCH (n) DETACH DELETE n",
        "MATCH (n RETURN n",
        "",
    ],
)
def test_a_query_that_does_more_than_read_is_refused(neo4j_store: Neo4jStore, text: str) -> None:
    load(neo4j_store, "north", a_roster(people=1))
    before = facts_of(neo4j_store)
    with pytest.raises(QueryRefused):
        neo4j_store.query(text)
    assert facts_of(neo4j_store) == before


def test_a_query_stops_at_its_limits(neo4j_store: Neo4jStore) -> None:
    assert len(neo4j_store.query("UNWIND range(1, 10) AS x RETURN x", rows=10).rows) == 10
    with pytest.raises(QueryRefused, match="more than 10 rows"):
        neo4j_store.query("UNWIND range(1, 11) AS x RETURN x", rows=10)
    start = time.monotonic()
    with pytest.raises(QueryRefused, match="stopped after 1 s"):
        neo4j_store.query("UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)", seconds=1)
    assert time.monotonic() - start < 60  # the whole answer would take hours


def test_explain_and_profile_and_procedures_that_read_are_let_through(neo4j_store: Neo4jStore) -> None:
    load(neo4j_store, "north", a_roster(people=1))
    assert neo4j_store.query("EXPLAIN MATCH (n:Leader) RETURN n").rows == ()
    assert neo4j_store.query("profile MATCH (n:Leader) RETURN count(n)").rows == ((1,),)
    assert ("Leader",) in neo4j_store.query("CALL db.labels()").rows
    found = neo4j_store.query(
        "CALL db.index.fulltext.queryNodes('netofnets_search', 'person') YIELD node RETURN node.name"
    )
    assert found.rows == (("Person 0 of north",),)


# Results on the nodes


def analysis(run: int) -> AnalysisRun:
    return AnalysisRun(run, f"hash-of-{run}", {"seed": 7, "resolution": 1.0}, "0.1.0", "2024-01-01T00:00:00+00:00")


def test_results_are_written_onto_the_nodes_and_replace_older_ones(neo4j_store: Neo4jStore, driver: Driver) -> None:
    assert isinstance(neo4j_store, WritesBack)
    load(neo4j_store, "north", a_roster(people=3))
    ids = sorted(neo4j_store.scan().tables["leaders"]["id"].to_pylist())
    nets = neo4j_store.scan().tables["networks"]["id"].to_pylist()
    first = {
        "leaders": pa.table({"id": ids, "community": [1, 1, 2], "old": [0.5, None, 0.5]}),
        "networks": pa.table({"id": nets, "community": [1]}),
    }
    assert neo4j_store.write_back(analysis(1), first) == 4
    facts = facts_of(neo4j_store)
    assert value(driver, "MATCH (p:Leader {nn_community: 1}) RETURN count(p)") == 2
    second = {"leaders": pa.table({"id": ids[:2], "community": [5, 6], "reason": ["joins two blocks", None]})}
    assert neo4j_store.write_back(analysis(2), second) == 2
    found = driver.execute_query("MATCH (p:Leader) RETURN p.nn_community, p.nn_reason, p.nn_old ORDER BY p.id").records
    assert [r.values() for r in found] == [[5, "joins two blocks", None], [6, None, None], [None, None, None]]
    assert value(driver, "MATCH (n:Network) RETURN n.nn_community") is None
    [run] = driver.execute_query("MATCH (r:AnalysisRun) RETURN r").records
    assert dict(run[0]) == {
        "id": "2-hash-of-2",
        "name": "Analysis of run 2",
        "run": 2,
        "content_hash": "hash-of-2",
        "parameters": '{"resolution":1.0,"seed":7}',
        "version": "0.1.0",
        "at": "2024-01-01T00:00:00+00:00",
        "columns": ["nn_community", "nn_reason"],
        "status": "done",
        "nodes": 2,
    }
    assert facts_of(neo4j_store) == facts  # results are no facts
    renamed = [replace(c, values={**c.values, "place": "Vigo"}) if c.kind == "leaders" else c for c in a_roster()]
    load(neo4j_store, "north", renamed)
    assert value(driver, "MATCH (p:Leader {nn_community: 5}) RETURN p.place") == "Vigo"  # a load leaves results be


def test_what_was_found_stands_beside_the_facts_until_the_next_time(neo4j_store: Neo4jStore, driver: Driver) -> None:
    load(neo4j_store, "north", a_roster(people=2))
    load(neo4j_store, "south", a_roster("south", people=2))
    facts = facts_of(neo4j_store)
    north, south = sorted(neo4j_store.scan().tables["networks"]["id"].to_pylist())

    def found(name: str, count: int) -> tuple[list[FoundThings], list[FoundTies]]:
        ids = [f"community {i}" for i in range(count)]
        ends = {"from_id": [north, south][:count], "to_id": ids, "strength": [0.5] * count}
        overlap = {"from_id": [north], "to_id": [south], "shared": [count]}
        return [FoundThings("Community", pa.table({"id": ids, "name": [name] * count}))], [
            FoundTies("IN_COMMUNITY", "networks", "Community", pa.table(ends)),
            FoundTies("OVERLAPS_WITH", "networks", "networks", pa.table(overlap)),
        ]

    atlas = """MATCH (r:AnalysisRun)-[:FOUND]->(c:Community)<-[i:IN_COMMUNITY]-(n:Network)
    RETURN r.run, c.name, i.strength, count(*)"""
    shared = "MATCH (:Network)-[o:OVERLAPS_WITH]->(:Network) RETURN o.shared, count(*)"
    for run, count in ((1, 2), (1, 2), (2, 1)):
        neo4j_store.write_back(analysis(run), {}, *found(f"of {run}", count))
        assert [r.values() for r in driver.execute_query(atlas).records] == [[run, f"of {run}", 0.5, count]]
        assert [r.values() for r in driver.execute_query(shared).records] == [[count, 1]]
        assert facts_of(neo4j_store) == facts and check(neo4j_store).findings == []
    neo4j_store.write_back(analysis(3), {})
    assert value(driver, "MATCH (x:Community) RETURN count(x)") == 0 and not driver.execute_query(shared).records
    with pytest.raises(StoreError, match="cannot be called"):
        neo4j_store.write_back(analysis(4), {}, [FoundThings("A`b", pa.table({"id": ["x"]}))])


def test_a_result_cannot_take_the_place_of_claims(neo4j_store: Neo4jStore) -> None:
    for name in ("claims", "sources", "Bad Name", "x`"):
        with pytest.raises(StoreError, match="cannot be called"):
            neo4j_store.write_back(analysis(1), {"leaders": pa.table({"id": ["x"], name: [1]})})

"""The same files into a real Neo4j: the same facts, and nothing to write the second time."""

from __future__ import annotations

from pathlib import Path

import pytest
from neo4j import GraphDatabase

from ingest.mapping import load_mapping
from ingest.pipeline import Options, load
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.base import Store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def graph(neo4j_url: str, neo4j_auth: tuple[str, str]) -> Store:
    user, password = neo4j_auth
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return open_store(neo4j_url, load_settings(environ={}, neo4j_user=user, neo4j_password=password))


def test_a_spreadsheet_and_a_course_load_the_same_as_in_memory(graph: Store, shared_data: Path) -> None:
    own = [EXAMPLES / "own-spreadsheet" / "seed-and-soil.csv"]
    course = [shared_data / "dlt1" / name for name in ("dlt1-nodes.csv", "dlt1-edges.csv")]
    loads = [
        (own, Options("own", load_mapping(EXAMPLES / "own-spreadsheet" / "seed-and-soil.toml"))),
        (course, Options("course", load_mapping(EXAMPLES / "mappings" / "mooc-ed-dlt1.toml"))),
    ]
    memory = open_store("memory:")
    for files, options in loads:
        first, expected = load(graph, files, options).report, load(memory, files, options).report
        assert (first.created, first.updated, first.gone) == (expected.created, 0, 0)
    for files, options in loads:
        second = load(graph, files, options).report
        assert (second.created, second.updated, second.gone) == (0, 0, 0)
    assert graph.status().counts == memory.status().counts
    here, there = graph.scan().tables, memory.scan().tables
    for kind in there:
        assert sorted(map(str, here[kind].to_pylist())) == sorted(map(str, there[kind].to_pylist())), kind
    graph.close()


def test_under_a_prefix_people_and_networks_of_another_roster_are_found(
    graph: Store, neo4j_auth: tuple[str, str], tmp_path: Path
) -> None:
    user, password = neo4j_auth
    settings = load_settings(environ={}, neo4j_user=user, neo4j_password=password, neo4j_label_prefix="Non")
    with GraphDatabase.driver(graph.url, auth=neo4j_auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query("CREATE (:Leader {name: 'Ada Obi', email: 'ada@x.example'})")
    store = open_store(graph.url, settings)
    for name, network in (("one", "Rural Readers"), ("two", "Rural Readers")):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"name,email,network\nAda Obi,ada@x.example,{network}\n", encoding="utf-8")
        report = load(store, [path], Options(name)).report
    assert report.judged == {"same": 1}
    assert store.status().counts["leaders"] == 1
    assert [row["name"] for row in store.scan().tables["leaders"].to_pylist()] == ["Ada Obi"]
    assert load(store, [path], Options("two", encoding="utf-8")).report.updated == 0  # read again, and the same
    store.close()
    graph.close()

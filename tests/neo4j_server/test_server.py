"""The test server is the server that we say we support."""

from __future__ import annotations

from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from tests.neo4j_server import Neo4jServer, fetch
from tests.neo4j_server.program import command


def test_it_is_neo4j_5_26_community(neo4j_url: str, neo4j_auth: tuple[str, str]) -> None:
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver:
        (kernel,) = driver.execute_query(
            "CALL dbms.components() YIELD versions, edition RETURN versions, edition"
        ).records
    assert kernel["edition"] == "community"
    assert kernel["versions"][0].startswith("5.26.")


def test_it_wants_the_password(neo4j_url: str, neo4j_auth: tuple[str, str]) -> None:
    with GraphDatabase.driver(neo4j_url, auth=(neo4j_auth[0], "not the password")) as driver:
        with pytest.raises(AuthError):
            driver.verify_connectivity()


def test_cleaning_leaves_nothing(clean_neo4j: str, neo4j_auth: tuple[str, str]) -> None:
    from tests.conftest import empty

    with GraphDatabase.driver(clean_neo4j, auth=neo4j_auth) as driver:
        driver.execute_query("CREATE CONSTRAINT one IF NOT EXISTS FOR (n:Thing) REQUIRE n.key IS UNIQUE")
        driver.execute_query("CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Thing) ON EACH [n.name]")
        driver.execute_query("UNWIND range(1, 50) AS i CREATE (:Thing {key: i})-[:NEXT]->(:Thing {key: -i})")
        empty(driver)
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0
        assert driver.execute_query("SHOW CONSTRAINTS").records == []
        assert driver.execute_query("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP'").records == []


def test_what_a_start_needs_was_made_by_the_first(mortal_neo4j: Neo4jServer) -> None:
    assert mortal_neo4j.running
    words = command(fetch(), lambda rehearsed: pytest.fail("it is rehearsed again"))
    (classes,) = (word.partition("=")[2] for word in words if word.startswith("-XX:SharedArchiveFile="))
    assert Path(classes).stat().st_size > 10_000_000 and Path(classes).with_name("server.jar").is_file()

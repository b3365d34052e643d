"""The stores that the behaviour suite runs on; each test gets an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.neo4j.backend import Neo4jStore

Opener = Callable[[], Store]


@pytest.fixture
def neo4j_settings(neo4j_auth: tuple[str, str]) -> Settings:
    user, password = neo4j_auth
    return load_settings(environ={}, neo4j_user=user, neo4j_password=password)


@pytest.fixture
def empty_neo4j(neo4j_url: str, neo4j_auth: tuple[str, str]) -> str:
    """Address of the server with no node left; constraints stay, since making them takes longer than most tests."""
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS").consume()
    return neo4j_url


@pytest.fixture(params=["memory", "sqlite", "neo4j"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the same store again and again; a store in memory is the same object."""
    if request.param == "neo4j":
        url, settings = request.getfixturevalue("empty_neo4j"), request.getfixturevalue("neo4j_settings")
        opened: list[Store] = []

        def open_neo4j() -> Store:
            opened.append(open_store(url, settings))
            return opened[-1]

        yield open_neo4j
        for store in opened:
            store.close()
    elif request.param == "sqlite":
        yield lambda: open_store(f"sqlite:{tmp_path / 'folder' / 'book.sqlite'}")
    else:
        kept = open_store("memory:")
        yield lambda: kept


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


@pytest.fixture
def neo4j_store(empty_neo4j: str, neo4j_settings: Settings) -> Iterator[Neo4jStore]:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as opened:
        yield opened


@pytest.fixture
def driver(neo4j_url: str, neo4j_auth: tuple[str, str]) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as opened:
        yield opened

"""Fixtures for all tests: the shared reference data, and a real Neo4j server."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from neo4j import Driver, GraphDatabase

from tests.missing import missing
from tests.neo4j_server import Neo4jServer, NoServer
from tests.sharing import KEPT, keep_together

if TYPE_CHECKING:
    from ingest.demo import DemoResult

ROOT = Path(__file__).resolve().parent.parent
MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000  # bytes
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # of the numeric libraries
BATCH = 20_000  # nodes deleted in one transaction; keeps a 1 GB server far from its memory limit


# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """What holds for all workers and the processes that tests start.

    They write into memory where there is room: what is published or committed is on the disk before a test goes on.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # looked up anew
    for name in THREADS:  # every core has a test to run: a second thread waits for the first, and spins
        os.environ.setdefault(name, "1")
    if KEPT not in os.environ:  # else a worker: it shares the folder of all
        os.environ[KEPT] = tempfile.mkdtemp(prefix="netofnets-tests-")
        config.add_cleanup(forget_kept)


def forget_kept() -> None:
    shutil.rmtree(os.environ.pop(KEPT))


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    keep_together(items)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported by the end of this stays to the end: nobody need search it for cycles, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The reference data beside the checkout; without it these tests are skipped, in CI too."""
    return beside_the_checkout("data")


@pytest.fixture(scope="session")
def shared_articles() -> Path:
    """The published articles beside the checkout."""
    return beside_the_checkout("articles")


@pytest.fixture(scope="session")
def shared_tools() -> Path:
    """The tools beside the checkout that make hostile inputs and planted networks."""
    return beside_the_checkout("tools")


def beside_the_checkout(name: str) -> Path:
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"no reference folder ../shared/{name} beside the checkout")
    return folder


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    """The made-up example, loaded and published once for all workers; its home is ``.folder.parent``.

    Who writes there takes a copy of the home.
    """
    from ingest.demo import load_examples  # here, since few rooms need what these import
    from netofnets.settings import load_settings
    from tests.published import example_copy

    home = example_copy(tmp_path_factory.mktemp("example"))
    return load_examples(load_settings(environ={}, home=str(home)))  # which finds that nothing is missing


@pytest.fixture(scope="session")
def neo4j_access(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[str, str]]]:
    """Address and (user, password) of the session's server: the one in the environment, else one of our own."""
    uri = os.environ.get("NETOFNETS_TEST_NEO4J_URI")
    if uri:
        names = ("NETOFNETS_TEST_NEO4J_USER", "NETOFNETS_TEST_NEO4J_PASSWORD")
        auth = (os.environ.get(names[0], "neo4j"), os.environ.get(names[1], ""))
        refuse_to_erase_a_strangers_data(uri, auth)
        yield uri, auth
        return
    server = start_or_skip(tmp_path_factory.mktemp("neo4j"))
    yield server.url, server.auth
    server.kill()  # its data is thrown away, so it need not write it down


@pytest.fixture(scope="session")
def neo4j_url(neo4j_access: tuple[str, tuple[str, str]]) -> str:
    """Address of a running Neo4j 5.26, such as ``neo4j://127.0.0.1:49152``; skips when there is none to be had."""
    return neo4j_access[0]


@pytest.fixture(scope="session")
def neo4j_auth(neo4j_access: tuple[str, tuple[str, str]]) -> tuple[str, str]:
    """(user, password) for ``neo4j_url``."""
    return neo4j_access[1]


@pytest.fixture
def clean_neo4j(neo4j_url: str, neo4j_auth: tuple[str, str]) -> str:
    """The address of the server, with every node, relationship, constraint and index gone."""
    with GraphDatabase.driver(neo4j_url, auth=neo4j_auth) as driver:
        empty(driver)
    return neo4j_url


@pytest.fixture(scope="session")
def mortal_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The server that tests kill, apart from the one that all others share."""
    server = start_or_skip(tmp_path_factory.mktemp("mortal"), plugins=False)
    yield server
    if server.running:
        server.kill()


@pytest.fixture
def own_neo4j(mortal_neo4j: Neo4jServer) -> Iterator[Neo4jServer]:
    """A running, empty server for one test alone, which may freeze, kill and restart it."""
    if not mortal_neo4j.running:
        mortal_neo4j.stop()  # it may have died by another hand than ours
        mortal_neo4j.start()
    with GraphDatabase.driver(mortal_neo4j.url, auth=mortal_neo4j.auth) as driver:
        empty(driver)
    yield mortal_neo4j
    if mortal_neo4j.running:
        os.kill(mortal_neo4j.pid, signal.SIGCONT)  # a test that failed may have left it frozen


def start_or_skip(home: Path, *, plugins: bool = True) -> Neo4jServer:
    try:
        return Neo4jServer(home, plugins=plugins).start()
    except NoServer as reason:
        missing(f"no Neo4j server: {reason}")


def refuse_to_erase_a_strangers_data(uri: str, auth: tuple[str, str]) -> None:
    """The tests erase everything on their server, so a server that holds data needs a word from its owner."""
    if os.environ.get("NETOFNETS_TEST_NEO4J_MAY_ERASE", "").lower() == "yes":
        return
    with GraphDatabase.driver(uri, auth=auth) as driver:
        if driver.execute_query("MATCH (n) RETURN n LIMIT 1").records:
            pytest.fail(
                f"{uri} holds data, and these tests erase all of it. Name an empty server, or set "
                "NETOFNETS_TEST_NEO4J_MAY_ERASE=yes.",
                pytrace=False,
            )


def empty(driver: Driver) -> None:
    """Delete all nodes and relationships in batches, then every constraint and index but the built-in lookups."""
    with driver.session() as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF $batch ROWS", batch=BATCH).consume()
        session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF $batch ROWS", batch=BATCH).consume()
    for name in names_of(driver, "SHOW CONSTRAINTS YIELD name"):
        driver.execute_query(f"DROP CONSTRAINT `{name}` IF EXISTS")
    for name in names_of(driver, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        driver.execute_query(f"DROP INDEX `{name}` IF EXISTS")


def names_of(driver: Driver, query: str) -> list[str]:
    return [record["name"] for record in driver.execute_query(query).records]

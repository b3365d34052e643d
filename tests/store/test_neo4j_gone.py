"""A server that dies or freezes in the middle of a load: a sentence within 30 seconds that says what will have been."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

import pytest
from neo4j import GraphDatabase

from netofnets.errors import StoreBusy, StoreUnavailable
from netofnets.settings import Settings, load_settings
from netofnets.store.neo4j import pulse, steps, writer
from netofnets.store.neo4j.backend import Neo4jStore
from netofnets.store.neo4j.lease import Lease
from tests.neo4j_server import Neo4jServer
from tests.store.statements import a_roster, assert_both_ends, facts_of, load
from tests.store.test_neo4j_dying import wait_until

T = TypeVar("T")

# South's roster takes six chunks: they are written down by the write transactions 1 to 6, 7 makes the run happen, and
# 8 to 13 apply them.
WRITING_DOWN, APPLYING = 4, 10


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_ROWS", 9)
    monkeypatch.setattr(writer, "_AT_ONCE", 10)


@contextmanager
def struck(server: Neo4jServer, how: signal.Signals, at: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Send the server a signal when the ``at``-th write transaction begins."""
    left, check = at, Lease.check

    def strike(lease: Lease, transaction: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(server.pid, how)
        check(lease, transaction)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Lease, "check", strike)
        yield


def told(server: Neo4jServer, settings: Settings) -> str:
    """What is said about a load of south's roster, within 30 seconds."""
    with closing(Neo4jStore.open(server.url, settings, lease_seconds=3)) as store:
        start = time.monotonic()
        with pytest.raises(StoreUnavailable) as caught:
            load(store, "south", a_roster("south", 9))
        took = time.monotonic() - start
    print(f"{took:.1f} s: {caught.value}")
    assert took < 30
    assert "\n" not in str(caught.value)
    return str(caught.value)


def lease_runs_out(server: Neo4jServer) -> None:
    """Wait for the dead run's lease: this process holds it, so it is not seen to be dead."""
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        wait_until(driver, "m.expires < timestamp()")


def constraints_of(server: Neo4jServer) -> list[str]:
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        return sorted(row["name"] for row in driver.execute_query("SHOW CONSTRAINTS YIELD name").records)


def once_free(server: Neo4jServer, what: Callable[[], T]) -> T:
    """Do it when the lease is free; what a frozen server had received before renews the dead lease when it goes on."""
    end = time.monotonic() + 90
    while True:
        lease_runs_out(server)
        try:
            return what()
        except StoreBusy:
            if time.monotonic() > end:
                raise


@pytest.mark.usefixtures("small_steps")
def test_a_server_that_freezes_or_dies_is_told_with_what_will_have_been(
    own_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, password = own_neo4j.auth
    settings = load_settings(environ={}, neo4j_user=user, neo4j_password=password)
    with closing(Neo4jStore.open(own_neo4j.url, settings)) as store:
        load(store, "north", a_roster())
        before, constraints = facts_of(store), constraints_of(own_neo4j)
    with struck(own_neo4j, signal.SIGSTOP, WRITING_DOWN, monkeypatch):
        said = told(own_neo4j, settings)
    os.kill(own_neo4j.pid, signal.SIGCONT)
    assert "in the middle of run 2 of 'south': nothing of it is in the graph, and nothing will be" in said
    with closing(once_free(own_neo4j, lambda: Neo4jStore.open(own_neo4j.url, settings))) as store:
        once_free(own_neo4j, lambda: load(store, "north", a_roster()))  # takes away what was written down
        assert facts_of(store) == before
    with struck(own_neo4j, signal.SIGKILL, APPLYING, monkeypatch):
        said = told(own_neo4j, settings)
    assert "in the middle of run 3 of 'south': all of it is written down on the server" in said
    own_neo4j.kill()
    own_neo4j.start()
    with closing(once_free(own_neo4j, lambda: Neo4jStore.open(own_neo4j.url, settings))) as store:
        assert store.scan().run == 3 and store.status().counts["leaders"] == 12
        assert constraints_of(own_neo4j) == constraints
        assert_both_ends(store)
        assert load(store, "south", a_roster("south", 9)).created == 0


def test_a_busy_server_is_no_dead_one(
    empty_neo4j: str, neo4j_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "_EVERY", 0.1)
    monkeypatch.setattr(pulse, "_SILENT", 2.0)
    slow = "UNWIND range(1, 3000) AS x UNWIND range(1, 10000) AS y RETURN sum(x * y)"
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as store, store.writer("north") as north:
        start = time.monotonic()
        while time.monotonic() < start + 4:  # a question that takes longer than a dead server is waited for
            assert north._ask(slow)[0][0] > 0
        assert not north._lease.gone.is_set()

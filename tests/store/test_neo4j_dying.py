"""Writers on Neo4j that die, sleep too long, or plan for long."""

from __future__ import annotations

import time
from contextlib import closing

import pytest
from neo4j import Driver

from netofnets.errors import StoreBusy
from netofnets.settings import Settings
from netofnets.store.ledger import plan
from netofnets.store.neo4j import journal, steps, writer
from netofnets.store.neo4j.backend import Neo4jStore
from tests.store.statements import a_roster, facts_of, load, value


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours may catch it and tidy up."""


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_ROWS", 9)
    monkeypatch.setattr(writer, "_AT_ONCE", 10)


def killed_at(number: int, store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Load south's roster and end at the ``number``-th write transaction; False when the run needs fewer."""
    left = number

    def check(lease: object, transaction: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("netofnets.store.neo4j.lease.Lease.check", check)
        patch.setattr("netofnets.store.neo4j.lease.Lease.release", lambda self: None)
        try:
            load(store, "south", a_roster("south", 9))
        except Killed:
            return True
    return False


def wait_until(driver: Driver, condition: str) -> None:
    """Wait until something holds of the book, by the clock of the server."""
    end = time.monotonic() + 60
    while not value(driver, f"MATCH (m:NetOfNetsMeta) RETURN {condition}"):
        assert time.monotonic() < end, condition
        time.sleep(0.02)


@pytest.mark.usefixtures("small_steps")
def test_a_run_that_ends_at_any_write_is_wholly_there_or_not_at_all(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for number in range(100):
        driver.execute_query("MATCH (n) DETACH DELETE n")
        with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=0.2)) as store:
            load(store, "north", a_roster())
            old = facts_of(store)
            if not killed_at(number, store, monkeypatch):
                break
            wait_until(driver, "m.expires < timestamp()")  # the lease of the dead writer runs out
            with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as reader:
                state = facts_of(reader)
                assert value(driver, "MATCH (c:NetOfNetsChunk) RETURN count(c)") == 0
            load(store, "south", a_roster("south", 9))
            new = facts_of(store)
            assert state["claims"] in (
                old["claims"],
                [c.replace("'first_run': 3", "'first_run': 2") for c in new["claims"]],
            )
            seen.add(state["claims"] == old["claims"])
            assert {kind: state[kind] for kind in ("leaders", "memberships")} in (
                {kind: facts[kind] for kind in ("leaders", "memberships")} for facts in (old, new)
            )
    assert number > 10
    assert seen == {True, False}


@pytest.mark.usefixtures("small_steps")
def test_a_reader_brings_a_dead_writers_run_to_its_end(
    empty_neo4j: str, neo4j_settings: Settings, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=1.0)) as store:
        written, forward = [], journal.roll_forward

        def stop(*arguments: object, **more: object) -> None:
            written.append(value(driver, "MATCH (c:NetOfNetsChunk) RETURN count(c)"))
            raise Killed

        monkeypatch.setattr(journal, "roll_forward", stop)
        monkeypatch.setattr("netofnets.store.neo4j.lease.Lease.release", lambda self: None)
        with pytest.raises(Killed):
            load(store, "south", a_roster("south", 9))
        monkeypatch.setattr(journal, "roll_forward", forward)
        assert written[0] > 3
        assert value(driver, "MATCH (n:Leader) RETURN count(n)") == 0
        start = time.monotonic()
        assert store.scan().tables["leaders"].num_rows == 9  # waits for the lease to run out, then finishes the run
        assert time.monotonic() - start < 25  # less than a lease of the usual length
        assert store.status().run == 1


def test_who_lost_the_lease_writes_no_more(empty_neo4j: str, neo4j_settings: Settings, driver: Driver) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as store:
        with pytest.raises(StoreBusy, match="took the lease over"), store.writer("north") as slow:
            slow.apply(plan(slow, "north", a_roster()))
            # as if this process had been stopped for longer than the lease lasts
            driver.execute_query("MATCH (m:NetOfNetsMeta) SET m.expires = 0")
            with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as other:
                load(other, "south", a_roster("south"))
            slow.finish({})
        assert store.status().sources == ("south",)
        assert [run.source for run in store.runs()] == ["south"]


def test_a_lease_is_renewed_while_its_holder_plans(empty_neo4j: str, neo4j_settings: Settings, driver: Driver) -> None:
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings, lease_seconds=3)) as store, store.writer("north"):
        taken_until = value(driver, "MATCH (m:NetOfNetsMeta) RETURN m.expires")
        wait_until(driver, f"timestamp() > {taken_until}")
        with pytest.raises(StoreBusy, match="'north'"), store.writer("south"):
            pass

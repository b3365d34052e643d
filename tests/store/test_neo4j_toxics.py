"""Between us and a real server something slows, cuts or swallows what is said: it ends whole, or in a sentence."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from netofnets.errors import StoreBusy, StoreError
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.neo4j import pulse, steps, writer
from netofnets.store.neo4j.backend import Neo4jStore
from netofnets.store.neo4j.lease import RENEWING
from tests.store.statements import a_roster, facts_of, load
from tests.toxics import CLEAN, Proxy, Toxic

COMMIT = b"\xb0\x12\x00\x00"  # what the driver says to commit: a message of type 12 without fields, and its end
SLOW = [
    Toxic(latency=0.005),
    Toxic(latency=0.005, jitter=0.005),
    Toxic(bandwidth=300_000),
    Toxic(slow_close=0.5),
    Toxic(slicer=300),
]
SILENT, LOST, RESET = Toxic(timeout=True), Toxic(limit_data=0), Toxic(reset_peer=True)
LOST_ONCE, RESET_ONCE = Toxic(limit_data=0, once=True), Toxic(reset_peer=True, once=True)
# South's roster takes 25 commits: the first takes the lease, 9 to 13 write the run down, the next makes it happen, and
# 15 to 24 apply it. The answer to the commit of the number is the first that the fault concerns.
LOADS = [(LOST, 1), (RESET_ONCE, 3), (LOST, 10), (SILENT, 13), (LOST_ONCE, 14), (RESET_ONCE, 18), (RESET, 22)]
TOLD = {"nothing of it": ["before"], "whole or not at all": ["before", "after"], "written down": ["after"]}


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster takes several chunks; and a server counts as frozen after four seconds, not after twelve.

    Not sooner: on a busy machine one that is well takes a second to answer.
    """
    monkeypatch.setattr(steps, "_ROWS", 20)
    monkeypatch.setattr(writer, "_AT_ONCE", 10)
    for name, seconds in {"_EVERY": 0.2, "_SILENT": 4.0, "_PATIENCE": 8.0, "_PING": 2.0}.items():
        monkeypatch.setattr(pulse, name, seconds)


@pytest.fixture
def proxy(empty_neo4j: str) -> Iterator[Proxy]:
    with Proxy.before(urlsplit(empty_neo4j).port or 7687) as proxy:
        yield proxy


def through(proxy: Proxy, settings: Settings) -> Neo4jStore:
    return Neo4jStore.open(f"bolt://127.0.0.1:{proxy.port}", settings, lease_seconds=3.0)


def undisturbed() -> dict[str, dict[str, object]]:
    """The facts before and after south is loaded."""
    store = open_store("memory:")
    load(store, "north", a_roster())
    before = facts_of(store, provenance=False)
    load(store, "south", a_roster("south", 9))
    return {"before": before, "after": facts_of(store, provenance=False)}


def refused(what: Callable[[], object]) -> str:
    """The sentence with which something is refused, in less than half a minute; empty when it is done."""
    start = time.monotonic()
    try:
        what()
    except StoreError as error:
        assert time.monotonic() - start < 30
        assert "\n" not in str(error)
        return str(error)
    return ""


def once_free(what: Callable[[], object]) -> None:
    """Do it when the lease of a run that was cut off has run out: held by this process, it is not seen to be dead."""
    end = time.monotonic() + 60
    while True:
        try:
            what()
            return
        except StoreBusy:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_what_only_slows_ends_whole(proxy: Proxy, neo4j_settings: Settings) -> None:
    beside = open_store("memory:")
    with closing(through(proxy, neo4j_settings)) as store:
        for people, toxic in enumerate(SLOW, 5):
            proxy.set(toxic)
            for one in (store, beside):
                load(one, "south", a_roster("south", people))
            assert facts_of(store) == facts_of(beside), toxic
            assert store.status().counts["leaders"] == people
            assert proxy.passed > 5_000


def test_a_load_that_is_cut_off_is_told_truly_and_ends_as_the_undisturbed_one_when_it_is_repeated(
    empty_neo4j: str, proxy: Proxy, neo4j_settings: Settings
) -> None:
    wanted, said = undisturbed(), set()
    with closing(Neo4jStore.open(empty_neo4j, neo4j_settings)) as near:
        load(near, "north", a_roster())
        for toxic, number in LOADS:
            with closing(through(proxy, neo4j_settings)) as far:
                commits = itertools.count(1)
                proxy.arm(lambda sent, at=number, n=commits: COMMIT in sent and next(n) == at, toxic)
                told = refused(lambda: load(far, "south", a_roster("south", 9)))
                assert RENEWING not in {thread.name for thread in threading.enumerate()}
                assert next(commits) > number, (toxic, number, told)  # it has come to that
                proxy.set(CLEAN)
            once_free(near.scan)
            facts = facts_of(near, provenance=False)
            words = [word for word in TOLD if word in told]
            is_now = [state for state, of in wanted.items() if of == facts]
            assert is_now and (not words or is_now[0] in TOLD[words[0]]), (toxic, number, told)
            assert told or is_now == ["after"]
            said |= {*words}
            once_free(lambda: load(near, "south", a_roster("south", 9)))
            assert facts_of(near, provenance=False) == wanted["after"], (toxic, number)
            load(near, "south", [])
    assert {"nothing of it", "written down"} <= said


@pytest.mark.parametrize(("toxic", "asked"), [(SILENT, "status"), (SILENT, "query"), (RESET, "scan"), (LOST, "query")])
def test_whatever_is_asked_of_a_server_that_is_cut_off_is_refused_in_a_sentence(
    toxic: Toxic, asked: str, proxy: Proxy, neo4j_settings: Settings
) -> None:
    with closing(through(proxy, neo4j_settings)) as store:
        asks: dict[str, Callable[[], object]] = {
            "status": store.status,
            "scan": store.scan,
            "query": lambda: store.query("MATCH (n) RETURN n"),
        }
        load(store, "north", a_roster())
        assert not refused(asks[asked])
        proxy.set(toxic)
        assert "no Neo4j answers" in refused(asks[asked])

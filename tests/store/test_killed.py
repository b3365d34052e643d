"""A writer that is killed, with or without its server, leaves the old state or the new."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.base import Store
from netofnets.store.neo4j.backend import Neo4jStore
from tests.neo4j_server import Neo4jServer
from tests.store.loading import batch
from tests.store.statements import assert_both_ends, facts_of, load

PEOPLE = 400
ROOT = Path(__file__).resolve().parents[2]


def start_loading(url: str, **environment: str) -> subprocess.Popen[str]:
    """A loading process that has begun a run."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.loading", url, str(PEOPLE)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip().isdigit()
    return child


def kill(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.wait()
    assert child.stdout is not None
    child.stdout.close()


def assert_one_whole_state(store: Store) -> int:
    """The store holds what its last run stated, all of it and nothing else."""
    run = store.status().run
    expected = open_store("memory:")
    if run:
        load(expected, "north", batch(run, PEOPLE))
    assert facts_of(store, provenance=False) == facts_of(expected, provenance=False)
    assert_both_ends(store)
    assert [r.number for r in store.runs()] == list(range(1, run + 1))
    return run


def test_sqlite_survives_kill_9(tmp_path: Path) -> None:
    url, chance = f"sqlite:{tmp_path / 'book.sqlite'}", random.Random(11)
    runs = []
    for _ in range(8):
        child = start_loading(url)
        time.sleep(chance.uniform(0, 0.6))
        kill(child)
        runs.append(assert_one_whole_state(open_store(url)))
    store = open_store(url)
    load(store, "north", batch(runs[-1] + 1, PEOPLE))  # the dead writer's lock is gone
    assert assert_one_whole_state(store) == runs[-1] + 1
    print(f"runs after each kill: {runs}")


def environment_of(settings: Settings) -> dict[str, str]:
    return {"NETOFNETS_NEO4J_USER": settings["neo4j_user"], "NETOFNETS_NEO4J_PASSWORD": settings["neo4j_password"]}


def test_neo4j_survives_kill_9_of_the_writer(empty_neo4j: str, neo4j_settings: Settings) -> None:
    chance = random.Random(5)
    runs = []
    for _ in range(3):
        child = start_loading(empty_neo4j, **environment_of(neo4j_settings))
        time.sleep(chance.uniform(0.2, 3))
        kill(child)
        store = Neo4jStore.open(empty_neo4j, neo4j_settings)
        runs.append(assert_one_whole_state(store))
        store.close()
    store = Neo4jStore.open(empty_neo4j, neo4j_settings)
    load(store, "north", batch(runs[-1] + 1, PEOPLE))
    assert assert_one_whole_state(store) == runs[-1] + 1
    store.close()
    print(f"runs after each kill: {runs}")


def test_neo4j_survives_kill_9_of_writer_and_server(own_neo4j: Neo4jServer) -> None:
    user, password = own_neo4j.auth
    settings = load_settings(environ={}, neo4j_user=user, neo4j_password=password)
    child = start_loading(own_neo4j.url, **environment_of(settings))
    time.sleep(4)
    own_neo4j.kill()
    kill(child)
    own_neo4j.start()
    store = Neo4jStore.open(own_neo4j.url, settings)
    run = assert_one_whole_state(store)
    load(store, "north", batch(run + 1, PEOPLE))
    assert assert_one_whole_state(store) == run + 1
    store.close()
    print(f"run after the kill: {run}")

"""Kill -9 the loader at random moments of a load, resume, and compare with an undisturbed load.

    python -m benchmarks.killed_loads --rows 100000 --times 20 [--neo4j]

Into SQLite, or into the server of ``NETOFNETS_TEST_NEO4J_URI``, ``_USER``, ``_PASSWORD``, whose database is emptied.
The made-up roster has ``rows`` people, each in one of 40 networks. An undisturbed load is measured first, and its
facts are digested. Then, on an empty store each time: `netofnets ingest` is killed after a random part of that time,
the store is asked what is there, the same command runs again to its end, and the digest of all facts must be the same.
Moments are CPU time of the loader (on Neo4j, where the loader waits for the server, wall time), so that they fall
evenly over the load however busy the machine is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
from neo4j import Driver, GraphDatabase

from netofnets.settings import load_settings
from netofnets.store import open_store

_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"
_STATE = """OPTIONAL MATCH (m:NetOfNetsMeta {id: 'book'})
RETURN coalesce(m.run, 0) AS run, m.ready AS ready, COUNT { (:NetOfNetsChunk) } AS chunks"""


def roster(path: Path, rows: int) -> None:
    """A made-up roster."""
    with path.open("w", encoding="utf-8") as file:
        file.write("leader_id,name,email,school,network,role,start\n")
        for i in range(rows):
            email = f"made.up.{i}@school.example"
            file.write(
                f"p{i},Made-up Person {i},{email},School {i % 997},Network {i % 40},member,20{10 + i % 14}-09-01\n"
            )


def loader(url: str, path: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "netofnets.cli", "ingest", str(path), "--source", "roster"]
    more = ["--store", url, "--home", str(home)]
    return subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL)


def digest(url: str) -> str:
    """Of everything but the numbers of runs, which differ where a killed run counts."""
    store = open_store(url, load_settings(), reading=True)
    try:
        facts = store.scan()
    finally:
        store.close()
    found = hashlib.sha256()
    for name, table in sorted({**facts.tables, "claims": facts.claims.drop_columns(["first_run"])}.items()):
        found.update(name.encode())
        for row in sorted(map(str, table.to_pylist())):
            found.update(row.encode())
    return found.hexdigest()


class Sqlite:
    """A file of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "book.sqlite"
        self.url = f"sqlite:{self._path}"

    def empty(self) -> None:
        for path in self._path.parent.glob("book.sqlite*"):
            path.unlink()

    def clock(self, child: subprocess.Popen[bytes]) -> float:
        """CPU seconds of the loader so far."""
        return float(sum(psutil.Process(child.pid).cpu_times()[:2]))

    def state(self) -> str:
        if not self._path.exists():
            return "no file yet"
        log = self._path.with_name(f"{self._path.name}-wal")
        size = log.stat().st_size if log.exists() else 0
        with closing(sqlite3.connect(self._path)) as database:
            tables = database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'run'").fetchone()[0]
            runs = database.execute("SELECT count(*) FROM run").fetchone()[0] if tables else 0
        return "done" if runs else f"nothing, {size / 2**20:.0f} MiB in the log"


class Neo4j:
    """The server of the tests."""

    def __init__(self, driver: Driver, url: str) -> None:
        self._driver = driver
        self.url = url

    def empty(self) -> None:
        with self._driver.session() as session:
            session.run(_EMPTY).consume()

    def clock(self, child: subprocess.Popen[bytes]) -> float:
        """Seconds since the loader began."""
        return float(time.time() - psutil.Process(child.pid).create_time())

    def state(self) -> str:
        return state(self._driver)


def state(driver: Driver) -> str:
    run, ready, chunks = driver.execute_query(_STATE).records[0].values()
    if run:
        return "done"
    if ready is not None:
        return f"written down, {chunks} chunks to apply"
    return f"not begun to count, {chunks} chunks" if chunks else "nothing"


def undisturbed(store: Sqlite | Neo4j, path: Path, home: Path) -> float:
    """Load to the end; the clock shortly before it."""
    child, last = loader(store.url, path, home), 0.0
    while child.poll() is None:
        with suppress(psutil.Error):
            last = store.clock(child)
        time.sleep(0.02)
    assert child.returncode == 0
    return last


def killed(store: Sqlite | Neo4j, path: Path, home: Path, after: float) -> None:
    """Load, and kill the loader when the clock has come so far, unless it ends before."""
    child = loader(store.url, path, home)
    with suppress(psutil.Error):
        while child.poll() is None and store.clock(child) < after:
            time.sleep(0.005)
    child.kill()
    child.wait()


def measure(store: Sqlite | Neo4j, given: argparse.Namespace, folder: Path) -> bool:
    """Whether every killed load ended, resumed, as the undisturbed one did."""
    chance, path, same = random.Random(given.seed), folder / "roster.csv", 0
    roster(path, given.rows)
    store.empty()
    took = undisturbed(store, path, folder)
    wanted = digest(store.url)
    print(f"{given.rows:,} rows, undisturbed: {took:.1f} s, digest {wanted[:12]}", flush=True)
    for number in range(1, given.times + 1):
        store.empty()
        after = chance.uniform(0.05, 1.0) * took
        killed(store, path, folder, after)
        left = store.state()
        assert loader(store.url, path, folder).wait() == 0
        equal = digest(store.url) == wanted
        same += equal
        print(f"{number:3}: killed after {after:5.1f} s ({left}): {'same' if equal else 'DIFFERENT'}", flush=True)
    print(f"{same} of {given.times} resumed to the digest of the undisturbed load")
    return bool(same == given.times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--neo4j", action="store_true", help="load into Neo4j instead of SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not given.neo4j:
            sys.exit(not measure(Sqlite(folder), given, folder))
        url, user, password = (os.environ[f"NETOFNETS_TEST_NEO4J_{name}"] for name in ("URI", "USER", "PASSWORD"))
        os.environ |= {"NETOFNETS_NEO4J_USER": user, "NETOFNETS_NEO4J_PASSWORD": password}
        with GraphDatabase.driver(url, auth=(user, password)) as driver:
            sys.exit(not measure(Neo4j(driver, url), given, folder))


if __name__ == "__main__":
    main()

"""Kill -9 the loader at random moments of a load into Neo4j, resume, and compare with an undisturbed load.

    python benchmarks/killed_loads.py --rows 20000 --times 20

The server is that of ``NETOFNETS_TEST_NEO4J_URI``, ``_USER``, ``_PASSWORD``; its database is emptied. The made-up
roster has ``rows`` people, each in one of 40 networks. An undisturbed load is timed first, and its facts are digested.
Then, each time on an empty database: `netofnets ingest` is killed after a random part of that time, the graph is asked
what is there, the same command runs again to its end, and the digest of all facts and claims must be the same.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def state(driver: Driver) -> str:
    run, ready, chunks = driver.execute_query(_STATE).records[0].values()
    if run:
        return "done"
    if ready is not None:
        return f"written down, {chunks} chunks to apply"
    return f"not begun to count, {chunks} chunks" if chunks else "nothing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9)
    given = parser.parse_args()
    url, user, password = (os.environ[f"NETOFNETS_TEST_NEO4J_{name}"] for name in ("URI", "USER", "PASSWORD"))
    os.environ |= {"NETOFNETS_NEO4J_USER": user, "NETOFNETS_NEO4J_PASSWORD": password}
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder, GraphDatabase.driver(url, auth=(user, password)) as driver:
        home, path = Path(folder), Path(folder) / "roster.csv"
        roster(path, given.rows)
        empty(driver)
        start = time.perf_counter()
        assert loader(url, path, home).wait() == 0
        took, wanted = time.perf_counter() - start, digest(url)
        print(f"{given.rows:,} rows, undisturbed: {took:.1f} s, digest {wanted[:12]}", flush=True)
        same = 0
        for number in range(1, given.times + 1):
            empty(driver)
            after = chance.uniform(0.1, 1.0) * took
            child = loader(url, path, home)
            time.sleep(after)
            child.kill()
            child.wait()
            left = state(driver)
            assert loader(url, path, home).wait() == 0
            equal = digest(url) == wanted
            same += equal
            print(f"{number:3}: killed after {after:5.1f} s ({left}): {'same' if equal else 'DIFFERENT'}", flush=True)
        print(f"{same} of {given.times} resumed to the digest of the undisturbed load")
        sys.exit(same != given.times)


def empty(driver: Driver) -> None:
    with driver.session() as session:
        session.run(_EMPTY).consume()


if __name__ == "__main__":
    main()

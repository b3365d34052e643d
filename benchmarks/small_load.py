"""What a small load, a judgement and a choice of visibility cost in a home of many people, beside an empty home.

    python -m benchmarks.small_load --people 100000 [--neo4j] [--times 3]

The people are the made-up rosters of ``tests/data/variants.py``: twelve networks, in which somebody who is in two
XX
the small load is 1,000 rows of the twelfth. CPU seconds of the command that a user types, the median of some times,
each on the same full home: SQLite's file is copied back, of Neo4j the small source is withdrawn again. With
``--neo4j`` the CPU time of the server is added: that of ``NETOFNETS_TEST_NEO4J_URI``, ``_USER`` and ``_PASSWORD``, on
this machine, whose database is emptied.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psutil
from neo4j import GraphDatabase

from benchmarks.stores import _listening, empty
from netofnets.schema.records import Claim
from netofnets.settings import load_settings
from netofnets.store import open_store
from netofnets.store.ledger import plan
from tests.data.variants import rosters

COLUMNS = ("name", "email", "school", "place", "region")
SMALL = "network0"
ROWS = 1_000


def write_rosters(people: int, folder: Path) -> list[Path]:
    """One file for each network; the first is the small one."""
    made: dict[str, list[dict[str, str | None]]] = {}
    for row in rosters(people + people // 11, 5).records.to_pylist():
        made.setdefault(row["source"], []).append(row)
    paths = []
    for name, rows in sorted(made.items(), key=lambda item: item[0] != SMALL):
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(("leader_id", "network", *COLUMNS))
            for row in rows[:ROWS] if name == SMALL else rows:
                out.writerow((row["entity"], name, *(row[column] or "" for column in COLUMNS)))
        paths.append(path)
    return paths


class Bench:
    """A home and a store in it; ``server`` is the process whose CPU time counts too."""

    def __init__(self, home: Path, url: str, server: psutil.Process | None) -> None:
        self.home, self.url, self.server = home, url, server

    def command(self, *words: str) -> float:
        """CPU seconds of ``netofnets`` with these words."""
        before = sum(self.server.cpu_times()[:2]) if self.server else 0.0
        where = ["--home", str(self.home), "--store", self.url]
        run = [sys.executable, "-c", "from netofnets.cli import main; main()", *words, *where]
        process = subprocess.Popen(run, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"netofnets {' '.join(words)} ended with {process.returncode}")
        if self.server:
            time.sleep(0.3)  # what a server does after its answer
        after = sum(self.server.cpu_times()[:2]) if self.server else 0.0
        return used.ru_utime + used.ru_stime + after - before

    def ingest(self, path: Path) -> float:
        """CPU seconds of loading a roster."""
        return self.command("ingest", str(path), "--source", path.stem)

    def two_people(self, source: str) -> tuple[str, str]:
        """The ids of two people whom a source lists."""
        store = open_store(self.url, load_settings())
        with store.writer("asking") as writer:
            found: list[Claim] = sorted(writer.leaders_of(source), key=lambda claim: claim.key)[:2]
        store.close()
        return found[0].key, found[1].key

    def withdraw(self) -> None:
        """Take the small source away again, and with it the memory of its files."""
        store = open_store(self.url, load_settings())
        with store.writer(SMALL) as writer:
            writer.apply(plan(writer, SMALL, []))
            writer.finish({})
        store.close()


def measure(bench: Bench, paths: list[Path], times: int, clear: Callable[[], None]) -> dict[str, float]:
    """The figures of one kind of store; ``clear`` empties it."""
    small, *others = paths
    clear()
    bench.ingest(small)  # a server's first commands are slow
    empty_home: dict[str, list[float]] = {"ingest": [], "judge": [], "visibility": []}
    for _ in range(times):
        clear()
        empty_home["ingest"].append(bench.ingest(small))
        decided(bench, empty_home, *bench.two_people(SMALL))
    clear()
    for path in others:
        bench.ingest(path)
    one, other = bench.two_people("network1")
    kept, book = bench.home / "kept.sqlite", bench.home / "netofnets.sqlite"
    is_file = bench.server is None
    if is_file:
        shutil.copy(book, kept)
    figures: dict[str, list[float]] = {"ingest": [], "judge": [], "visibility": []}
    for _ in range(times):
        figures["ingest"].append(bench.ingest(small))
        decided(bench, figures, one, other)
        if is_file:
            shutil.copy(kept, book)
        else:
            bench.withdraw()
    homes = {"empty": empty_home, "full": figures}
    return {f"{name}_{home}": median(all_[name]) for name in figures for home, all_ in homes.items()}


def emptied(home: Path) -> None:
    """A home in which nothing is."""
    shutil.rmtree(home)
    home.mkdir()


def decided(bench: Bench, figures: dict[str, list[float]], one: str, other: str) -> None:
    """What a judgement about two people and a choice of one of them cost, added to the figures."""
    said = ("--who", "bench", "--why", "measured")
    figures["judge"].append(bench.command("judge", one, other, "different", *said))
    figures["visibility"].append(bench.command("visibility", one, "signed_in", *said))


def main() -> None:
    """Run and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--neo4j", action="store_true", help="measure Neo4j instead of SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        paths = write_rosters(given.people, Path(folder))
        if given.neo4j:
            url, user, password = (os.environ[f"NETOFNETS_TEST_NEO4J_{name}"] for name in ("URI", "USER", "PASSWORD"))
            os.environ |= {"NETOFNETS_NEO4J_USER": user, "NETOFNETS_NEO4J_PASSWORD": password}
            port = int(url.rsplit(":", 1)[1])
            with GraphDatabase.driver(url, auth=(user, password)) as driver:
                bench = Bench(home, url, _listening(port))
                figures = measure(bench, paths, given.times, lambda: empty(driver))
                empty(driver)
        else:
            bench = Bench(home, f"sqlite:{home / 'netofnets.sqlite'}", None)
            figures = measure(bench, paths, given.times, lambda: emptied(home))
        start = bench.command("settings")
    names = ("ingest", "judge", "visibility")
    ratios = {f"{name}_ratio": round(figures[f"{name}_full"] / figures[f"{name}_empty"], 2) for name in names}
    told = {f"{name}_cpu_s": round(value, 2) for name, value in (figures | {"start": start}).items()}
    print(json.dumps({"people": given.people, **told, **ratios}))


if __name__ == "__main__":
    main()

"""A roster from CSV to a finished run in SQLite, against a bare ``executemany`` of the rows that it leaves there.

    python benchmarks/roster_load.py --synth ../shared/tools/synth_networks.py --people 10000

CPU time of this process, both in one run; the ratio is what counts. ``bare`` writes the finished rows of every table
into an empty database with the same tables, indexes and settings, in one transaction: what no loader can beat.
``--profile`` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import importlib.util
import json
import pstats
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.pipeline import Loaded, Options, load
from netofnets.store import open_store


def write_roster(synth: Path, people: int, seed: int, path: Path) -> int:
    """A roster with the planted networks: one row for each membership; returns the number of rows."""
    spec = importlib.util.spec_from_file_location("synth_networks", synth)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = module.generate(people, seed)
    interests: dict[int, list[str]] = {}
    columns = drawn["interests"]
    second = next(name for name in columns if name != "person")
    for person, interest in zip(columns["person"].tolist(), columns[second].tolist(), strict=True):
        interests.setdefault(person, []).append(f"interest {interest}")
    memberships = drawn["memberships"]
    network = next(name for name in memberships if name.startswith("network"))
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        header = "leader_id,name,email,school,region,interests,network_id,network,role,start"
        out.writerow(header.split(","))
        pairs = zip(memberships["person"].tolist(), memberships[network].tolist(), strict=True)
        for person, net in pairs:
            words = ";".join(interests.get(person, []))
            who = [
                f"p{person}",
                f"Person {person}",
                f"p{person}@school.example",
                f"School {person % 997}",
                f"Region {person % 50}",
            ]
            out.writerow([*who, words, f"n{net}", f"Network {net}", "member", f"20{10 + person % 14}-09-01"])
    return len(memberships["person"])


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of ``work``."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def bare(finished: Path, empty: Path) -> tuple[float, float, int]:
    """CPU and wall seconds of writing the rows of ``finished`` into ``empty``, and how many there are."""
    source = sqlite3.connect(finished)
    names = [
        n for (n,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    tables = {
        name: source.execute(f'SELECT * FROM "{name}"').fetchall()
        for name in names
        if name not in ("lease", "meta", "run")
    }
    source.close()
    target = sqlite3.connect(empty, isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = FULL")

    def write() -> None:
        target.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        target.execute("COMMIT")

    cpu, wall = measured(write)
    target.close()
    return cpu, wall, sum(map(len, tables.values()))


def main() -> None:
    """Run and print JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--synth", type=Path, required=True, help="path of synth_networks.py")
    arguments.add_argument("--people", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        rows = write_roster(given.synth, given.people, given.seed, roster)
        book, empty = Path(folder) / "book.sqlite", Path(folder) / "empty.sqlite"
        open_store(f"sqlite:{empty}").close()
        store = open_store(f"sqlite:{book}")
        profile = cProfile.Profile()

        def run() -> Loaded:
            return load(store, [roster], Options("bench"))

        first = measured(lambda: profile.runcall(run) if given.profile else run())
        second = measured(run)
        store.close()
        baseline = bare(book, empty)
    if given.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(28)
    result = {
        "people": given.people,
        "roster_rows": rows,
        "rows_in_the_store": baseline[2],
        "load_cpu_s": round(first[0], 3),
        "bare_cpu_s": round(baseline[0], 3),
        "ratio_cpu": round(first[0] / baseline[0], 2),
        "ratio_wall": round(first[1] / baseline[1], 2),
        "second_load_cpu_s": round(second[0], 3),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()

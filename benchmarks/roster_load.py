"""``netofnets ingest`` of a roster from CSV into SQLite, against a bare ``executemany`` of the rows that it leaves.

    python -m benchmarks.roster_load --synth ../shared/tools/synth_networks.py --people 10000

CPU time and memory of the command that a user types, with start and imports; the ratio is what counts. The memory is
what the command takes beyond its start (that of ``netofnets template``). The second load is the same file, the third
has one row less. ``bare`` writes the finished rows of every table
into an empty database with the same tables, indexes and settings, in one transaction: what no loader can beat.
``--profile`` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import importlib.util
import json
import os
import pstats
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.pipeline import Options, load
from netofnets.store import open_store

PEOPLE_OF_A_SCHOOL = 30  # schools grow in number with the people, not in size


def write_roster(synth: Path, people: int, seed: int, path: Path) -> int:
    """A roster with the planted networks: one row for each membership; returns the number of rows."""
    spec = importlib.util.spec_from_file_location("synth_networks", synth)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn, schools = module.generate(people, seed), max(people // PEOPLE_OF_A_SCHOOL, 1)
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
                f"School {person % schools}",
                f"Region {person % 50}",
            ]
            out.writerow([*who, words, f"n{net}", f"Network {net}", "member", f"20{10 + person % 14}-09-01"])
    return len(memberships["person"])


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of ``work``."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def command(*words: str) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and MiB of ``netofnets`` with these words, as a process of its own."""
    return command_of("from netofnets.cli import main; main()", *words)


def compiled_once() -> dict[str, str]:
    """The environment without what keeps Python from keeping what it compiles: users start a program more than once."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def command_of(script: str, *words: str) -> tuple[float, float, float]:
    """The same of a script in Python; with the CPU of processes that it has started and waited for."""
    wall = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", script, *words], stdout=subprocess.DEVNULL, env=compiled_once())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{script[:40]!r} {' '.join(words)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - wall, used.ru_maxrss / 1024


def bare(finished: Path, empty: Path) -> tuple[float, float, int]:
    """CPU and wall seconds of writing the rows of ``finished`` into ``empty``, and how many there are."""
    source = sqlite3.connect(finished)
    names = [
        n for (n,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    tables = {
        name: source.execute(f'SELECT * FROM "{name}"').fetchall()
        for name in names
        if name not in ("lease", "meta", "run", "past_since")
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
        roster, home = Path(folder) / "roster.csv", Path(folder) / "home"
        rows = write_roster(given.synth, given.people, given.seed, roster)
        if given.profile:
            profile(roster)
        start = command("template", "roster")
        words = ["ingest", str(roster), "--source", "bench", "--home", str(home)]
        dry, first, second = command(*words, "--dry-run"), command(*words), command(*words)
        shorter = roster.read_bytes().rstrip().rpartition(b"\n")[0] + b"\n"
        roster.write_bytes(shorter)
        third = command(*words)
        empty = Path(folder) / "empty.sqlite"
        open_store(f"sqlite:{empty}").close()
        baseline = bare(home / "netofnets.sqlite", empty)
    result = {
        "people": given.people,
        "roster_rows": rows,
        "rows_in_the_store": baseline[2],
        "load_cpu_s": round(first[0], 2),
        "bare_cpu_s": round(baseline[0], 2),
        "ratio_cpu": round((first[0] - start[0]) / baseline[0], 2),
        "same_file_cpu_s": round(second[0], 2),
        "one_row_less_cpu_s": round(third[0], 2),
        "start_cpu_s": round(start[0], 2),
        "dry_run_mib": round(dry[2] - start[2]),
        "load_mib": round(first[2] - start[2]),
    }
    print(json.dumps(result))


def profile(roster: Path) -> None:
    """Print where the time of a load goes."""
    profiled = cProfile.Profile()
    store = open_store("memory:")
    profiled.runcall(load, store, [roster], Options("bench"))
    store.close()
    pstats.Stats(profiled).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()

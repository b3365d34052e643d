"""A load that is killed and repeated, published, served, and one person erased: whole, and in what memory.

    python -m benchmarks.million --synth ../shared/tools/synth_networks.py --people 10000
    python -m benchmarks.million --roster ROSTER.csv --home HOME --steps publish serve erase

A made-up roster of so many people, a row for each membership. Each step is done by the command that a user types and
measured by what Linux says of its processes; each prints a line of JSON.

- *load*: ``netofnets ingest`` is killed (kill -9) in the middle, then run again to its end. Every person and every
  membership of the roster must be in the store as the roster says, and nothing else: the sums of their digests are
  those of the file, and nothing of the killed load was seen before.
- *publish*: ``netofnets publish`` in a home that has published nothing.
- *serve*: a server of two processes answers pages; its memory is what all processes hold (PSS: what is common counts
  once).
- *erase*: the last person of the roster is erased. Name, address and id are in no file of the home, in no edition, in
  no answer; before, they were in each.

Ends with 1 when something was not whole. ``--roster`` and ``--home`` keep what was made for another run of other steps.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import mmap
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil

from benchmarks.pages import served
from benchmarks.roster_load import write_roster
from netofnets.graph.published import Published
from netofnets.schema.identifiers import record_id

SOURCE = "bench"
STEPS = ("load", "publish", "serve", "erase")
START, PART_OF_A_ROW = 0.8, 0.00006  # CPU seconds of a load: after which it has begun and is far from its end
PAGES = ("/", "/networks", "/bridges", "/search?q=person", "/atlas.json", "/index.json")
WORKERS = 2
QUIET = 10  # seconds after which what answers took has gone back


def measured(*words: str, kill_after: float | None = None) -> dict[str, float]:
    """CPU seconds and MiB (the most that its processes held at a time) of a command, killed after so much CPU.

    :class:`SystemExit` when the command says that something is wrong.
    """
    process = subprocess.Popen([sys.executable, "-m", "netofnets.cli", *words], stdout=subprocess.DEVNULL)
    peak = 0.0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        with suppress(psutil.Error, OSError):  # it may end at any moment
            first = psutil.Process(process.pid)
            peak = max(peak, highest(process.pid), of_family(first)["mib"])
            if kill_after is not None and sum(first.cpu_times()[:2]) >= kill_after:
                os.kill(process.pid, signal.SIGKILL)  # Popen.kill would take its end from wait4
        time.sleep(0.1 if kill_after is not None else 0.5)  # the highest of each process is not missed between
    _, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and kill_after is None:
        raise SystemExit(f"netofnets {' '.join(words)} ended with {process.returncode}")
    return {"cpu_s": round(used.ru_utime + used.ru_stime, 1), "mib": round(peak)}


def highest(process: int) -> float:
    """MiB that one process has held at most so far, by Linux; 0 of one that has ended."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def of_family(first: psutil.Process) -> dict[str, int]:
    """MiB that a process and all that it has started hold now; what they have in common counts once (PSS).

    ``own`` is what no file is behind: mapped files the system may take back, and reads again when they are needed.
    """
    found = {"mib": 0, "own_mib": 0}
    for one in (first, *first.children(recursive=True)):
        for line in Path(f"/proc/{one.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            name, _, rest = line.partition(":")
            found["mib"] += int(rest.split()[0]) if name == "Pss" else 0
            found["own_mib"] += int(rest.split()[0]) if name in ("Pss_Anon", "Pss_Shmem") else 0
    return {name: kib // 1024 for name, kib in found.items()}


def digest(*values: object) -> int:
    """64 bits of a row, to be added up: the sum does not depend on the order, and counts what stands twice."""
    text = "\x1f".join(map(str, values)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def of_roster(roster: Path) -> dict[str, tuple[int, int]]:
    """How many people and memberships the file has, with the sum of their digests."""
    people, memberships, sums = set[str](), 0, [0, 0]
    with roster.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            leader = record_id("leaders", SOURCE, row["leader_id"])
            if leader not in people:
                people.add(leader)
                sums[0] += digest(leader, row["name"], row["email"], row["school"])
            memberships += 1
            network = record_id("networks", SOURCE, row["network_id"])
            sums[1] += digest(leader, network, row["role"], row["start"])
    return {"leaders": (len(people), sums[0]), "memberships": (memberships, sums[1])}


def of_store(home: Path) -> dict[str, tuple[int, int]]:
    """The same of the database."""
    asked = {
        "leaders": "SELECT id, name, email, school FROM leaders",
        "memberships": "SELECT from_id, to_id, role, start FROM memberships",
    }
    found = {}
    with closing(sqlite3.connect(f"file:{home / 'netofnets.sqlite'}?mode=ro", uri=True)) as database:
        for kind, question in asked.items():
            number, total = 0, 0
            for row in database.execute(question):
                number, total = number + 1, total + digest(*row)
            found[kind] = (number, total)
    return found


def loaded(roster: Path, home: Path, rows: int) -> dict[str, object]:
    """Load, kill, look, load again, compare."""
    words = ("ingest", str(roster), "--source", SOURCE, "--home", str(home))
    killed = measured(*words, kill_after=START + PART_OF_A_ROW * rows)
    seen = sum(number for number, _ in of_store(home).values()) if (home / "netofnets.sqlite").exists() else 0
    again, told = measured(*words), of_roster(roster)
    whole = of_store(home) == told
    counts = {kind: number for kind, (number, _) in told.items()}
    return {
        "killed_cpu_s": killed["cpu_s"],
        "killed_mib": killed["mib"],
        "seen_after_the_kill": seen,
        **again,
        **counts,
        "whole": whole and not seen,
    }


def answers(port: int, paths: Iterator[str] | tuple[str, ...]) -> dict[str, tuple[int, str, float]]:
    """Code, text and seconds of each page."""
    found = {}
    for path in paths:
        begun = time.perf_counter()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=600) as answer:
                code, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            code, text = error.code, error.read().decode()
        found[path] = code, text, time.perf_counter() - begun
    return found


def serving(home: Path) -> dict[str, object]:
    """Seconds until it is there, memory before and after pages, and how long the first and a second answer took."""
    begun = time.perf_counter()
    with served(home, WORKERS) as (port, process):
        ready, idle = time.perf_counter() - begun, of_family(psutil.Process(process))
        first = answers(port, PAGES)
        again = [answers(port, PAGES) for _ in range(2 * WORKERS)][-1]
        time.sleep(QUIET)
        asked = of_family(psutil.Process(process))
    waits = {path: [round(first[path][2], 2), round(again[path][2], 3)] for path in PAGES}
    whole = all(code == 200 for code, _, _ in (*first.values(), *again.values()))
    memory = {**idle, **{f"{name}_after_pages": mib for name, mib in asked.items()}}
    return {"ready_s": round(ready, 1), **memory, "first_and_later_s": waits, "whole": whole}


def last_person(roster: Path) -> dict[str, str]:
    """Whom no other name or address begins with: names are numbered, and this is the longest number."""
    with roster.open(encoding="utf-8", newline="") as stream:
        row = max(csv.DictReader(stream), key=lambda one: (len(one["leader_id"]), one["leader_id"]))
    return {"id": record_id("leaders", SOURCE, row["leader_id"]), "name": row["name"], "email": row["email"]}


def traces(home: Path, person: dict[str, str]) -> list[str]:
    """Where the home has bytes of a person: what and in which file."""
    found = []
    for path in sorted(one for one in home.rglob("*") if one.is_file() and one.stat().st_size):
        with path.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as there:
            found += [f"{what} in {path.name}" for what, text in person.items() if there.find(text.encode()) >= 0]
    return found


def shown(home: Path, person: dict[str, str]) -> list[str]:
    """Where editions and answers have the person."""
    with Published.current(home) as current:
        snapshot = current.edition("organizers").snapshot
        found = ["edition of organizers"] if person["id"] in snapshot.ids("leaders").to_pylist() else []
    words = person["name"].replace(" ", "+")
    with served(home, WORKERS) as (port, _):
        pages = answers(port, (f"/leaders/{person['id']}", f"/leaders/{person['id']}.json", f"/search.json?q={words}"))
    # A page that was not found repeats what was asked for, so only of what was found does an id in the text tell.
    found += [path for path, (code, text, _) in pages.items() if code == 200 and person["id"] in text]
    return found


def erased(roster: Path, home: Path) -> dict[str, object]:
    """Erase the last person, and look everywhere before and after."""
    person = last_person(roster)
    before = {"files": len(traces(home, person)), "shown": len(shown(home, person))}
    used = measured("erase", person["id"], "--yes", "--home", str(home))
    left = [*traces(home, person), *shown(home, person)]
    return {"before": before, **used, "left": left, "whole": before["files"] > 0 and before["shown"] == 4 and not left}


def main() -> int:
    """Do the steps, one line of JSON each."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--synth", type=Path, help="path of synth_networks.py, when a roster is to be made")
    arguments.add_argument("--people", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--roster", type=Path, help="a roster that write_roster has made before")
    arguments.add_argument("--home", type=Path, help="where to keep the home; a new one unless steps say otherwise")
    arguments.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "home"
        roster = given.roster or Path(folder) / "roster.csv"
        if not given.roster:
            if not given.synth:
                arguments.error("name --synth, which makes a roster, or --roster")
            write_roster(given.synth, given.people, given.seed, roster)
        with roster.open("rb") as stream:
            rows = sum(1 for _ in stream) - 1
        steps: dict[str, Callable[[], dict[str, Any]]] = {
            "load": lambda: loaded(roster, home, rows),
            "publish": lambda: {**measured("publish", "--home", str(home)), "whole": True},
            "serve": lambda: serving(home),
            "erase": lambda: erased(roster, home),
        }
        whole = True
        for name in given.steps:
            done = steps[name]()
            whole &= bool(done["whole"])
            print(json.dumps({"step": name, "rows": rows, **done}), flush=True)
    return int(not whole)


if __name__ == "__main__":
    sys.exit(main())

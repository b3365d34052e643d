"""How long readers wait when there are many of them, and while a publication is computed and switched in.

    python -m benchmarks.waits [--home HOME] [--seconds 20] [--workers 2]

Readers ask a real server of several processes for profiles, networks, searches, the front page and bridges, over
connections that stay open. Without ``--home`` the made-up example is loaded and published first; one is changed by the
run (it is published anew), so name a copy. Prints the lines L-4 to L-6 of docs/reliability.md: ratios within one run.

What it leaves out: readers and server share the machine's cores, so waits hold the readers' own work as well.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from benchmarks.pages import BROWSERS, pages, published_example, served
from netofnets.graph.published import Published

KINDS = ("profile with collaborators", "network for a reader", "search", "front for a reader", "bridges for a reader")
MANY, USUAL = 64, 16  # readers at once


@dataclass
class Asked:
    """What readers met with: the end of each answer, how long it took (seconds), and how many had which status."""

    ends: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """Answers other than the page, or that the server is busy."""
        return sum(n for status, n in self.statuses.items() if status not in (200, 429, 503))

    def late(self, percent: float, since: float = 0, until: float = float("inf")) -> float:
        """A percentile of the waits of answers that ended between two moments; not a number when there are none."""
        ends = np.array(self.ends)
        found = np.array(self.waits)[(ends >= since) & (ends <= until)]
        return float(np.percentile(found, percent)) if len(found) else float("nan")


@contextmanager
def readers(port: int, paths: Sequence[str], count: int) -> Iterator[Asked]:
    """So many readers, each with a connection of its own, for as long as the block lasts."""
    asked, done = Asked(), threading.Event()

    def read(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for path in itertools.islice(itertools.cycle(paths), first, None):
            start = time.perf_counter()
            connection.request("GET", path, headers=BROWSERS)
            answer = connection.getresponse()
            answer.read()
            end = time.perf_counter()
            asked.ends.append(end)
            asked.waits.append(end - start)
            asked.statuses[answer.status] += 1
            if done.is_set():
                return

    threads = [threading.Thread(target=read, args=(7 * number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        done.set()
        for thread in threads:
            thread.join()


def memory(process: int) -> float:
    """Bytes that the processes of a server hold, shared ones counted once."""
    first = psutil.Process(process)
    return float(sum(one.memory_full_info().pss for one in (first, *first.children())))


def crowd(port: int, process: int, paths: Sequence[str], seconds: float) -> None:
    """Many readers against the usual number of them."""
    rates = []
    for count in (USUAL, MANY):
        with readers(port, paths, count) as asked:
            time.sleep(seconds / 2)
            half = memory(process)
            time.sleep(seconds / 2)
        rates.append(len(asked.waits))
        grown = memory(process) / half - 1
        answers = f"{len(asked.waits):,} answers in {seconds:.0f} s, {asked.failed} failed"
        print(f"{count} readers: {answers}, memory {grown:+.1%} over the last half")
    print(f"L-4: {MANY} readers are answered {rates[1] / rates[0]:.2f} times as often as {USUAL} (goal .90)")


def newcomer(home: Path) -> None:
    """Somebody joins, so that there is something to publish."""
    roster = home / "newcomer.csv"
    roster.write_text(f"Name,Network\nMade-up Newcomer {time.time_ns()},Newcomers\n", encoding="utf-8")
    program = [sys.executable, "-m", "netofnets.cli"]
    subprocess.run(
        [*program, "ingest", str(roster), "--source", "newcomers", "--home", str(home)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def publication(home: Path, port: int, paths: Sequence[str], seconds: float) -> None:
    """Readers before, while and after everything is computed anew and switched in."""
    with readers(port, paths, USUAL) as before:
        time.sleep(seconds)
    with Published.current(home) as published:
        folder = published.folder
    newcomer(home)
    command = ["nice", sys.executable, "-m", "netofnets.cli", "publish", "--home", str(home), "--afresh"]
    with readers(port, paths, USUAL) as asked:
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        switched = time.perf_counter()
        time.sleep(3)
    with Published.current(home) as published:
        assert published.folder != folder, "nothing was switched in"
    usual, meanwhile = before.late(95), asked.late(95, begun, switched - 1)
    around, rare = asked.late(99, switched - 1, switched + 2), before.late(99)
    print(f"{len(asked.waits):,} answers meanwhile, {asked.failed} failed")
    print(f"L-5: p99 around the switch {around / rare:.1f}x the usual one, {1000 * rare:.0f} ms (goal 5)")
    print(f"L-6: p95 while it is computed {meanwhile / usual:.1f}x the usual one, {1000 * usual:.0f} ms (goal 2)")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path)
    arguments.add_argument("--seconds", type=float, default=20)
    arguments.add_argument("--workers", type=int, default=2)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or published_example(Path(folder))
        found = pages(home)
        paths = [path for each in zip(*(found[kind] for kind in KINDS), strict=False) for path in each]
        with served(home, given.workers) as (port, process):
            with readers(port, paths, USUAL):
                time.sleep(given.seconds)  # what is kept of answers fills first
            publication(home, port, paths, given.seconds)
            crowd(port, process, paths, 3 * given.seconds)


if __name__ == "__main__":
    main()

"""Use of many hours in minutes: loads and publications one after the other while people read, all by real commands.

    python -m benchmarks.soak [--rounds 500] [--minutes 10] [--readers 4] [--workers 2] [--here]

Each round one membership is added to a made-up roster of 60 people, which is loaded (``netofnets ingest``) and
published (``netofnets publish``); meanwhile readers ask a server of several processes for pages. With ``--here`` this
process loads and publishes, over and over, instead of two commands for each round, most of whose time is their start.
It ends after so many rounds or minutes, prints what it counted as JSON, and fails (exit code 1) when

- an answer was anything but 200, or 503 with ``Retry-After``, or was cut off;
- an answer spoke of two publications at once, or of one that was replaced before the question was asked;
- a membership was lost: the last publication holds every one that a load took;
- something piled up: folders of publications, open files of the server, or memory of the server or of this process
  (the median of the last quarter of rounds more than a twentieth, and more than 8 MiB, above that of the third: what is
  kept of answers has filled by then, 48 MiB in each process).
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from statistics import median

import psutil

from benchmarks.pages import served
from benchmarks.roster_load import command
from ingest.pipeline import Options, load
from netofnets.graph.published import Published, published_root
from netofnets.publish import publish
from netofnets.store import open_store

PEOPLE, NETWORKS = 60, 12  # 660 rounds: after that nobody could join any more, and a roster that shrinks is refused
PAGES = ("/index.json", "/networks.json", "/overlap.json", "/bridges.json", "/atlas.json", "/search.json?q=person", "/")
_VERSION = re.compile(r'"version": ?"([0-9a-f]{64})"')


class Readers:
    """Clients that ask for pages until they are stopped, and look at every answer."""

    def __init__(self, port: int, number: int) -> None:
        self.faults: list[str] = []
        self.codes: Counter[int] = Counter()
        self.order: list[str] = []  # content hashes in the order of their publication
        self._port, self._over = port, threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(at,)) for at in range(number)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        while not self._over.is_set():
            page, published = PAGES[at % len(PAGES)], len(self.order)
            at += 1
            try:
                connection.request("GET", page)
                answer = connection.getresponse()
                body = answer.read().decode()
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{page}: {error!r}")
                connection.close()
                continue
            self.codes[answer.status] += 1
            if answer.status != 200 and not (answer.status == 503 and answer.headers["Retry-After"]):
                self.faults.append(f"{page}: {answer.status}")
            self._look(page, set(_VERSION.findall(body)), published)
        connection.close()

    def _look(self, page: str, told: set[str], published: int) -> None:
        if len(told) > 1:
            self.faults.append(f"{page} speaks of two publications")
        # What was published before the question was asked is the oldest that may be answered from.
        if told and published and told.pop() in self.order[: published - 1]:
            self.faults.append(f"{page} speaks of a publication that had been replaced")


def renewed(home: Path, roster: Path) -> None:
    """Load and publish by the commands that a user types."""
    command("ingest", str(roster), "--source", "made-up", "--home", str(home))
    command("publish", "--home", str(home))


def renewed_here(home: Path, roster: Path) -> None:
    """Load and publish in this process."""
    home.mkdir(exist_ok=True)
    with closing(open_store(f"sqlite:{home / 'netofnets.sqlite'}")) as store:
        load(store, [roster], Options("made-up"))
        publish(store, home)


def weight(first: psutil.Process, *, alone: bool = False) -> tuple[float, int]:
    """MiB of memory (a share of what is common) and open files of a process, and unless ``alone`` of its children."""
    every = [first, *([] if alone else first.children())]
    return sum(one.memory_full_info().pss for one in every) / 2**20, sum(one.num_fds() for one in every)


def write_roster(path: Path, round_: int) -> int:
    """The roster of a round: each person in one network, and one membership more a round; how many memberships."""
    pairs = [(person, person % NETWORKS) for person in range(PEOPLE)]
    every = [
        (person, network) for network in range(NETWORKS) for person in range(PEOPLE) if (person, network) not in pairs
    ]
    pairs += every[:round_]
    lines = [f"{person},Made-up Person {person},Network {network}\n" for person, network in pairs]
    path.write_text("leader_id,name,network\n" + "".join(lines), encoding="utf-8")
    return len(pairs)


def main() -> int:
    """Go round, and say what was found."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--rounds", type=int, default=500)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--readers", type=int, default=4)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--here", action="store_true", help="load and publish in this process")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return soaked(Path(folder), given)


def soaked(folder: Path, given: argparse.Namespace) -> int:
    """The rounds in a folder; 1 when there was a fault."""
    home, roster = folder / "home", folder / "roster.csv"
    renew = renewed_here if given.here else renewed
    expected = write_roster(roster, 0)
    renew(home, roster)
    weights: list[tuple[float, int]] = []
    own: list[tuple[float, int]] = []
    end, rounds, folders = time.monotonic() + 60 * given.minutes, 0, 0
    with served(home, given.workers) as (port, first), Readers(port, given.readers) as readers:
        server = psutil.Process(first)
        while rounds < given.rounds and time.monotonic() < end:
            rounds += 1
            expected = write_roster(roster, rounds)
            renew(home, roster)
            with Published.current(home) as current:
                readers.order.append(current.content_hash)
            folders = max(folders, sum(1 for _ in published_root(home).glob("0*/")))
            weights.append(weight(server))
            own.append(weight(psutil.Process(), alone=True))
    with Published.current(home) as current:
        held = current.edition("organizers").snapshot.count("memberships")
    faults = [*readers.faults, *piled_up(weights, folders), *(f"here: {one}" for one in piled_up(own, 0))]
    if held != expected:
        faults.append(f"{held} memberships are published, {expected} were loaded")
    told = {"rounds": rounds, "answers": dict(readers.codes), "memberships": held, "most_folders": folders}
    for name, some in {"mib": weights, "mib_here": own}.items():
        told[name] = [round(mib) for mib, _ in some[:: max(1, len(some) // 8)]]
    told["faults"] = faults[:10]
    print(json.dumps(told))
    return int(bool(faults))


def piled_up(weights: list[tuple[float, int]], folders: int) -> list[str]:
    """What grew with the rounds, in sentences."""
    quarter = len(weights) // 4
    if not quarter:
        return []
    (before, files), (after, files_after) = (
        (median(w[0] for w in some), median(w[1] for w in some))
        for some in (weights[-2 * quarter : -quarter], weights[-quarter:])
    )
    found = (
        [f"memory grew from {before:.0f} to {after:.0f} MiB"] if after > 1.05 * before and after > before + 8 else []
    )
    found += [f"open files grew from {files:.0f} to {files_after:.0f}"] if files_after > files + 20 else []
    return found + ([f"{folders} publications stood beside each other"] if folders > 4 else [])


if __name__ == "__main__":
    sys.exit(main())

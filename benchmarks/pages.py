"""Pages over HTTP through the real server, against a trivial route of the same server.

    python benchmarks/pages.py [--home HOME] [--synth ../shared/tools/synth_networks.py --people 100000] [--clients 16]

Without ``--home`` and ``--synth`` the made-up example is loaded and published first. Each kind of page is asked for by
16 clients at once, everybody for other people and words. Prints the section of docs/benchmarks.md: CPU time of the
server for each request, and the 95th percentile of what a client waits, both also as a multiple of the trivial route
(a small static file): other work on the machine moves both alike.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from netofnets.graph.published import Published

TRIVIAL = "/static/icon.svg"
WORDS = ("lesson study", "robotics", "PBL", "keeping good teachers", "ana", "reading", "hands on science", "mentering")
GOAL = 4.0


@dataclass(frozen=True)
class Measured:
    """One kind of page: seconds of CPU of the server for a request, percentiles of the wait, bytes of an answer."""

    name: str
    cpu: float
    middle: float
    late: float
    size: float


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a server in a process of its own."""
    command = [sys.executable, "-m", "netofnets.cli", "serve", "--home", str(home), "--port", "0"]
    server = subprocess.Popen(
        [*command, "--viewer", "organizer"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
        assert found, "the server did not say where it is"
        yield int(found[1]), server.pid
    finally:
        server.terminate()
        server.wait()


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked(port: int, paths: Sequence[str], waits: list[float], sizes: list[int]) -> None:
    """One client: asks for one path after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        waits.append(time.perf_counter() - start)
        sizes.append(len(body))
        assert answer.status == 200, (path, answer.status)
    connection.close()


def measure(name: str, at: tuple[int, int], paths: Sequence[str], clients: int, requests: int) -> Measured:
    """Ask for ``paths`` in turn, ``requests`` times in all, after a first round that builds what is built once."""
    port, process = at
    waits: list[float] = []
    sizes: list[int] = []
    asked(port, list(dict.fromkeys(paths))[:3], [], [])
    shares = [[paths[n % len(paths)] for n in range(client, requests, clients)] for client in range(clients)]
    before = cpu_of(process)
    threads = [threading.Thread(target=asked, args=(port, share, waits, sizes)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = (cpu_of(process) - before) / len(waits)
    return Measured(name, used, *(float(np.percentile(waits, p)) for p in (50, 95)), float(np.mean(sizes)))


def pages(home: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page, for people and networks all over the edition."""
    with Published.current(home) as published:
        snapshot = published.edition("organizers").snapshot
        leaders, networks = snapshot.ids("leaders").to_pylist(), snapshot.ids("networks").to_pylist()
        interests = snapshot.ids("interests").to_pylist()
    some = leaders[:: max(1, len(leaders) // 97)]
    words = [w.replace(" ", "+") for w in WORDS]
    found = {
        "a static file (the trivial route)": [TRIVIAL],
        "search": [f"/search?q={w}" for w in words],
        "search, a reader": [f"/search?q={w}&me={some[n]}" for n, w in enumerate(words)],
        "profile with collaborators": [f"/leaders/{one}" for one in some],
        "the reader's own page": [f"/me?me={one}" for one in some],
        "front": ["/"],
        "network": [f"/networks/{n}" for n in networks[:: max(1, len(networks) // 23)]],
        "bridges": ["/bridges"],
        "about": ["/about"],
    }
    return found | ({"interest": [f"/interests/{i}" for i in interests[:23]]} if interests else {})


def published_example(folder: Path) -> Path:
    """A home with the made-up example."""
    subprocess.run(
        [sys.executable, "-m", "netofnets.cli", "demo", "--home", str(folder)], check=True, capture_output=True
    )
    return folder


def published_world(folder: Path, synth: Path, people: int) -> Path:
    """A home with a generated world; interests are drawn so that about 200 of them have many holders."""
    from analysis import generated, table, tables_of

    from netofnets.publish import publish_facts
    from netofnets.schema.arrow import CLAIMS
    from netofnets.store.base import Facts

    tables = tables_of(generated(synth, people, 7))
    draw = np.random.default_rng(7)
    names = [f"interest {chr(97 + n % 26)}{chr(97 + n // 26)} {word}" for n, word in enumerate(_SUBJECTS * 20)]
    tables["interests"] = table("interests", id=[f"i{n:015d}" for n in range(len(names))], name=names)
    holders = np.repeat(np.arange(people), 3)
    held = draw.zipf(1.3, len(holders)) % len(names)
    tables["leader_interests"] = table(
        "leader_interests",
        id=[f"h{n:015d}" for n in range(len(holders))],
        from_id=tables["leaders"]["id"].take(holders),
        to_id=tables["interests"]["id"].take(held),
        mode=[("offers", "seeks", "practises")[n % 3] for n in range(len(holders))],
    )
    publish_facts(Facts(1, tables, CLAIMS.empty_table()), folder)
    return folder


_SUBJECTS = (
    *("literacy", "lesson study", "robotics", "mentoring", "project-based learning"),
    *("school gardens", "music", "data teams", "home visits", "policy"),
)


def printed(title: str, found: Sequence[Measured]) -> None:
    """The table of one run."""
    base = found[0]
    print(f"### {title}\n")
    print("| page | CPU of the server | against the trivial route | p95 of 16 clients | against it | KB |")
    print("|---|---|---|---|---|---|")
    for one in found:
        ratios = f"{one.cpu / base.cpu:.1f}x", f"{one.late / base.late:.1f}x"
        cpu, late = f"{1000 * one.cpu:.1f} ms", f"{1000 * one.late:.0f} ms"
        print(f"| {one.name} | {cpu} | {ratios[0]} | {late} | {ratios[1]} | {one.size / 1024:.0f} |")
    print()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path)
    arguments.add_argument("--synth", type=Path)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--clients", type=int, default=16)
    arguments.add_argument("--requests", type=int, default=320)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home
        if home is None and given.synth:
            home = published_world(Path(folder), given.synth, given.people)
        elif home is None:
            home = published_example(Path(folder))
        with served(home) as at:
            addresses = pages(home)
            found = [measure(name, at, paths, given.clients, given.requests) for name, paths in addresses.items()]
        with Published.current(home) as published:
            people = published.edition("organizers").snapshot.count("leaders")
    printed(f"{people:,} people", found)


if __name__ == "__main__":
    main()

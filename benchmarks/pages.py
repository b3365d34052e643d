"""Pages over HTTP through the real server, against trivial routes of the same server.

    python -m benchmarks.pages [--home HOME | --synth SYNTH_NETWORKS.PY --people 100000] [--clients 16] [--workers 2]
        [--only KIND ...]

Without ``--home`` and ``--synth`` the made-up example is loaded and published first. Each kind of page is asked for by
16 clients at once: 96 different addresses, first when each has to be computed, then once more. Prints the section of
docs/benchmarks.md: CPU time of the server for each request, and the 95th percentile of what a client waits, as
multiples of trivial routes, since other work on the machine moves all alike: a small static file; the bare route
``/livez``, which no viewer is looked up for; and a page that has not changed (304), which goes the whole way of an
answer (viewer, publication, tag) and has no body. All are measured in each run.
"""

from __future__ import annotations

import argparse
import http.client
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
from urllib.parse import quote_plus

import numpy as np
import psutil

from netofnets.graph.published import Published

STATIC, BARE, UNCHANGED = "a static file", "the bare route /livez", "a page that has not changed (304)"
TRIVIAL = {STATIC: "/static/icon.svg", BARE: "/livez", UNCHANGED: "/about"}
WORDS = ("lesson study", "robotics", "PBL", "keeping good teachers", "ana", "reading", "hands on science", "mentering")
BROWSERS = {"Accept-Encoding": "br, gzip"}
DIFFERENT = 96  # addresses of each kind, so that the first round computes every one of them


@dataclass(frozen=True)
class Measured:
    """One kind of page: seconds of CPU of the server for a request, percentiles of the wait, bytes (compressed)."""

    name: str
    cpu: float
    middle: float
    late: float
    size: float


@contextmanager
def served(home: Path, workers: int = 1) -> Iterator[tuple[int, int]]:
    """Port and first process of a server in processes of its own."""
    command = [sys.executable, "-m", "netofnets.cli", "serve", "--home", str(home), "--port", "0"]
    server = subprocess.Popen(
        [*command, "--viewer", "organizer", "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
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
    """Seconds of CPU that a process and those that it has started have used."""
    first = psutil.Process(process)
    times = [one.cpu_times() for one in (first, *first.children())]
    return float(sum(one.user + one.system for one in times))


def asked(port: int, paths: Sequence[str], waits: list[float], sizes: list[int], tag: str = "") -> str:
    """One client: asks for one path after the other over one connection, for what has changed since ``tag``.

    Returns the tag of the last answer; empty where it has none.
    """
    headers, status = (BROWSERS | {"If-None-Match": tag}, 304) if tag else (BROWSERS, 200)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        waits.append(time.perf_counter() - start)
        sizes.append(len(body))
        assert answer.status == status, (path, answer.status)
    connection.close()
    return answer.getheader("ETag", "")


def measure(name: str, at: tuple[int, int], paths: Sequence[str], clients: int, *, times: int = 1) -> Measured:
    """Ask for each of ``paths`` once, 96 times in all (or ``times`` as often), from so many clients at once.

    What is trivial is asked for twenty times as often: a tick of the clock of CPU is ten such answers.
    """
    times *= 20 if name in TRIVIAL else 1
    port, process = at
    waits: list[float] = []
    sizes: list[int] = []
    tag = asked(port, paths[:1], [], []) if name == UNCHANGED else ""
    shares = [[paths[n % len(paths)] for n in range(client, times * DIFFERENT, clients)] for client in range(clients)]
    before = cpu_of(process)
    threads = [threading.Thread(target=asked, args=(port, share, waits, sizes, tag)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = (cpu_of(process) - before) / len(waits)
    half, most = (float(np.percentile(waits, p)) for p in (50, 95))
    return Measured(name, used, half, most, float(np.mean(sizes)))


def pages(home: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page, for people and networks all over the edition."""
    with Published.current(home) as published:
        snapshot = published.edition("organizers").snapshot
        leaders, networks = snapshot.ids("leaders").to_pylist(), snapshot.ids("networks").to_pylist()
        interests, topics = snapshot.ids("interests").to_pylist(), snapshot.names("interests").to_pylist()
        names = snapshot.names("leaders").to_pylist()[:: max(1, len(leaders) // DIFFERENT)]
    asked_once = [one for one in (*topics[: DIFFERENT // 2], *names) if one][:DIFFERENT]  # what people search for
    some = leaders[:: max(1, len(leaders) // DIFFERENT)][:DIFFERENT]
    searches = [f"/search?q={quote_plus(WORDS[n % len(WORDS)])}" for n in range(DIFFERENT)]
    named = [networks[n * len(networks) // DIFFERENT] for n in range(DIFFERENT)]
    found = {
        "search": [f"{path}&limit={24 + n // len(WORDS)}" for n, path in enumerate(searches)],
        "search for a reader": [f"{path}&me={one}" for path, one in zip(searches, some, strict=True)],
        "profile with collaborators": [f"/leaders/{one}" for one in some],
        "the reader's own page": [f"/me?me={one}" for one in some],
        "front for a reader": [f"/?me={one}" for one in some],
        "network for a reader": [f"/networks/{n}?me={one}" for n, one in zip(named, some, strict=True)],
        "bridges for a reader": [f"/bridges?me={one}" for one in some],
        "about for a reader": [f"/about?me={one}" for one in some],
        "list of networks": [f"/networks?me={one}&page={n + 1}" for n, one in enumerate(some)],
        "overlaps of a network": [f"/overlap?network={one}" for one in named],
        "gaps of a network": [f"/gaps?network={one}" for one in named],
        "a click on the map": [f"/atlas.json?part=selection&select={one}" for one in named],
        "a click on a person": [f"/atlas.json?level=people&part=selection&select={one}" for one in some],
        "briefing of a network": [f"/networks/{one}/briefing" for one in named],
        "a table, filtered and sorted": [
            f"/tables/overlap?column=first_size&how=least&value={n + 2}&sort=-shared" for n in range(DIFFERENT)
        ],
        "a map in one file": [f"/export/map.html?about={one}" for one in named],
    }
    found["search, each for something else"] = [f"/search?q={quote_plus(one)}" for one in asked_once]
    held = [interests[n % len(interests)] for n in range(DIFFERENT)] if interests else []
    return found | {
        "interest for a reader": [f"/interests/{i}?me={one}" for i, one in zip(held, some, strict=False)],
        "filters of the map": [
            f"/atlas.json?part=limits&interest={i}&near=1&select={n}" for i, n in zip(held, named, strict=False)
        ],
    }


def published_example(folder: Path) -> Path:
    """A home with the made-up example."""
    subprocess.run(
        [sys.executable, "-m", "netofnets.cli", "demo", "--home", str(folder)], check=True, capture_output=True
    )
    return folder


def published_world(folder: Path, synth: Path, people: int) -> Path:
    """A home with a generated world; interests are drawn so that about 200 of them have many holders."""
    from benchmarks.analysis import generated, table, tables_of
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


def printed(title: str, both: Sequence[Sequence[Measured]]) -> None:
    """The table of one run."""
    print(f"### {title}\n")
    bases = [next(again for _, again in both if again.name == name) for name in TRIVIAL]
    print(f"Multiples are of {', '.join(TRIVIAL)}, in this order.\n")
    print("| page | KB, compressed | CPU, first time | p95 wait, first time | CPU, again | p95 wait, again |")
    print("|---|---|---|---|---|---|")
    for measured in both:
        cells = [measured[0].name, f"{measured[0].size / 1024:.0f}"]
        for found in measured:
            by_cpu = ", ".join(f"{found.cpu / base.cpu:.1f}x" for base in bases)
            by_wait = ", ".join(f"{found.late / base.late:.1f}x" for base in bases)
            cells += [f"{by_cpu} ({1000 * found.cpu:.2f} ms)", f"{by_wait} ({1000 * found.late:.0f} ms)"]
        print(f"| {' | '.join(cells)} |")
    print()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path)
    arguments.add_argument("--synth", type=Path)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--clients", type=int, default=16)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--only", nargs="+", metavar="KIND", help="of the kinds of pages, those whose name has this")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home
        if home is None and given.synth:
            home = published_world(Path(folder), given.synth, given.people)
        elif home is None:
            home = published_example(Path(folder))
        with served(home, given.workers) as at:
            every = pages(home)
            wanted = {n: p for n, p in every.items() if not given.only or any(one in n for one in given.only)}
            addresses = {n: [p] for n, p in TRIVIAL.items()} | wanted
            if not wanted:
                arguments.error(f"no kind of page is called {' or '.join(given.only)}; there are: {', '.join(every)}")
            for paths in addresses.values():  # what is built once for a publication is no matter of this table
                asked(at[0], [f"{paths[0]}{'&' if '?' in paths[0] else '?'}q=warm&limit=12"], [], [])
            # Twice in a row: the answers of all kinds together are more than the server keeps.
            both = [[measure(n, at, p, given.clients) for _ in ("first", "again")] for n, p in addresses.items()]
        with Published.current(home) as published:
            people = published.edition("organizers").snapshot.count("leaders")
    printed(f"{people:,} people", both)


if __name__ == "__main__":
    main()

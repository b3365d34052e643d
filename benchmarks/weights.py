"""What each page weighs as it is sent, with many people in the store.

    python -m benchmarks.weights --home HOME [--most 60] [--only map]

Asks for every address of ``tests/web/addresses.py``, with the largest networks and the best-connected people of HOME in
place of those of the tests, and for the parts that the script of the map asks for, with ``Accept-Encoding: br, gzip``.
Prints them, heaviest first, and ends with exit code 1 where a page weighs more than ``--most`` KiB.
"""

from __future__ import annotations

import argparse
import http.client
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import numpy as np

from benchmarks.pages import served
from netofnets.graph.published import Published
from tests.web.addresses import PAGES

ID = re.compile(r"\b([lnioc])[a-z2-7]{16}\b")
KINDS = {"l": "leaders", "n": "networks", "i": "interests", "o": "organizations", "c": "credentials"}


def addresses(home: Path) -> Iterator[tuple[str, str]]:
    """Every page, by name, with ids that HOME has; and the parts of the map."""
    with Published.current(home) as published:
        snapshot = published.edition("organizers").snapshot
        ids = {kind: snapshot.ids(kind).to_pylist() for kind in KINDS.values()}
        members = snapshot.incidence("memberships")
        largest = {"networks": members.group_sizes, "leaders": members.degrees}
    for kind, size in largest.items():
        ids[kind] = [ids[kind][at] for at in np.argsort(-size, kind="stable")[:50]]
    known: dict[str, str] = {}

    def instead(found: re.Match[str]) -> str:
        own = ids[KINDS[found[1]]]
        return known.setdefault(found[0], own[len(known) % len(own)]) if own else found[0]

    for name, address in PAGES.items():
        yield name, ID.sub(instead, address)
    network, leader = ids["networks"][0], ids["leaders"][0]
    for level in ("networks", "people"):
        for part in ("map", "level", "marks", "marks&from=1500", "limits", "growth", "growth&from=1500"):
            yield f"map of {level}, {part}", f"/atlas.json?level={level}&part={part}"
        yield f"map of {level} with 400 links", f"/atlas?level={level}&links=400"
        yield f"map of {level} by region", f"/atlas?level={level}&colour=region&part=map"
        yield f"map of {level}, a filter", f"/atlas.json?level={level}&part=limits&region=Region+1"
        yield f"map of {level}, a network", f"/atlas?level={level}&select={network}"
        yield f"map of {level}, a click", f"/atlas.json?level={level}&part=selection&select={network}"
        yield f"map of {level}, a click on a person", f"/atlas.json?level={level}&part=selection&select={leader}"
        yield f"map of {level}, what changed", f"/atlas?level={level}&since=2017-01-01"
        yield f"map of {level}, what changed, for the script", f"/atlas.json?level={level}&since=2017-01-01&part=map"


def weights(home: Path, only: str = "") -> list[tuple[int, int, str, int]]:
    """Bytes as sent, bytes unpacked, name and status of every address."""
    found = []
    with served(home) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        for name, address in addresses(home):
            if only not in name:
                continue
            connection.request("GET", address, headers={"Accept-Encoding": "br, gzip"})
            answer = connection.getresponse()
            body = answer.read()
            whole = len(brotli.decompress(body)) if answer.getheader("Content-Encoding") == "br" else len(body)
            found.append((len(body), whole, name, answer.status))
    return sorted(found, reverse=True)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--most", type=float, default=60.0, help="KiB that a page may weigh")
    arguments.add_argument("--only", default="", help="a part of the names of the pages to ask for")
    given = arguments.parse_args()
    found = weights(given.home, given.only)
    print("| page | KiB sent | KiB |\n|---|---|---|")
    for sent, whole, name, status in found:
        print(f"| {name}{'' if status == 200 else f' ({status})'} | {sent / 1024:.1f} | {whole / 1024:.0f} |")
    heavy = [name for sent, _, name, _ in found if sent > given.most * 1024]
    print(f"{len(found)} answers, {len(heavy)} above {given.most:g} KiB", *heavy, sep="\n")
    sys.exit(1 if heavy else 0)


if __name__ == "__main__":
    main()

"""A guard on cost: a load, a publication, memory and pages, each by ratio to a named peer in the same run.

    python -m benchmarks.guard [--people 1000 4000] [--write]

Fails (exit code 1) when a ratio is more than twice what stands in ``benchmarks/guard.json``; ``--write`` puts today's
there. By hand ``--people 10000 100000``, which prints and compares nothing. Everything is the command that a user
types, in a process of its own, less the start of the program:

- load: ``netofnets ingest`` of a made-up roster into SQLite, to a bare ``executemany`` of the rows that it leaves;
- publish: ``netofnets publish``, to a script that reads the same roster with csv and does a tenth of it with networkx
  (graph, Louvain communities, shared members of networks); its memory likewise;
- growth: how many times as dear a load and a publication get from the smaller to the larger size;
- pages: CPU of the server for each kind of page over HTTP when it has to be computed, to a static file of the same
  server. The first answer after a start, from which indexes come, is left out.

The roster has communities of 250 people with 18 networks each, one to five memberships a person, one in twelve of them
elsewhere; nobody in it is real.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import pages, roster_load
from benchmarks.roster_load import command
from netofnets.store import open_store

KEPT = Path(__file__).with_name("guard.json")
WORSE = 2.0
_SIZES = (1_000, 4_000)
_PER_COMMUNITY, _NETWORKS, _INTERESTS = 250, 18, 200
_PEER = """
import csv, sys, itertools, collections
import networkx as nx
graph, members = nx.Graph(), collections.defaultdict(set)
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    graph.add_edge("p" + row["leader_id"], "n" + row["network_id"])
    members[row["leader_id"]].add(row["network_id"])
communities = nx.community.louvain_communities(graph, seed=7)
shared = collections.Counter(pair for own in members.values() for pair in itertools.combinations(sorted(own), 2))
print(len(communities), len(shared))
"""


def write_roster(people: int, path: Path, seed: int = 7) -> None:
    """A made-up roster with planted communities."""
    draw = np.random.default_rng(seed)
    communities = max(2, people // _PER_COMMUNITY)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow("leader_id,name,email,school,region,interests,network_id,network,role,start".split(","))
        for person in range(people):
            home = person % communities
            held = ";".join(f"interest {n}" for n in draw.zipf(1.3, 3) % _INTERESTS)
            who = [person, f"Person {person}", f"p{person}@school.example", f"School {person % 97}"]
            for _ in range(1 + int(draw.integers(0, 3)) + int(draw.integers(0, 2) * draw.integers(0, 2))):
                of = home if draw.random() > 1 / 12 else int(draw.integers(communities))
                network = of * _NETWORKS + int(_NETWORKS * draw.random() ** 2)
                rest = [f"Region {home % 20}", held, network, f"Network {network}", "member"]
                out.writerow([*who, *rest, f"20{10 + person % 14}-09-01"])


def measured(people: int, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Ratios of one size, and CPU seconds of the commands."""
    roster, home = folder / "roster.csv", folder / "home"
    write_roster(people, roster)
    start = command("template", "roster")[0]
    load = command("ingest", str(roster), "--source", "made-up", "--home", str(home))[0] - start
    open_store(f"sqlite:{folder / 'empty.sqlite'}").close()
    bare = roster_load.bare(home / "netofnets.sqlite", folder / "empty.sqlite")[0]
    publish, _, memory = command("publish", "--home", str(home))
    peer, _, peers_memory = roster_load.command_of(_PEER, str(roster))
    ratios = {"load": load / bare, "publication": (publish - start) / peer}
    ratios["memory of a publication"] = memory / peers_memory
    with pages.served(home) as at:
        found = list(answers(home, at))
    ratios |= {f"page: {one.name}": one.cpu / found[0].cpu for one in found[1:]}
    return ratios, {"load": load, "publication": publish - start}


def answers(home: Path, at: tuple[int, int]) -> Iterator[pages.Measured]:
    """What each kind of page costs the server, the static file first."""
    for name, paths in {pages.STATIC: [pages.TRIVIAL[pages.STATIC]], **pages.pages(home)}.items():
        pages.asked(at[0], [f"{paths[0]}{'&' if '?' in paths[0] else '?'}q=warm&limit=12"], [], [])
        yield pages.measure(name, at, paths, 4)


def main() -> int:
    """Measure, print and compare."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--people", type=int, nargs=2, default=_SIZES)
    arguments.add_argument("--write", action="store_true", help="keep these ratios as those to compare with")
    given = arguments.parse_args()
    found: dict[str, float] = {}
    spent = []
    for people in given.people:
        with tempfile.TemporaryDirectory() as folder:
            ratios, seconds = measured(people, Path(folder))
        found |= {f"{name}, {people:,} people": round(ratio, 2) for name, ratio in ratios.items()}
        spent.append(seconds)
    more = f"{given.people[0]:,} to {given.people[1]:,}"
    found |= {f"growth of a {name}, {more}": round(spent[1][name] / spent[0][name], 2) for name in spent[0]}
    if given.write:
        KEPT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return compared(found, json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {})


def compared(found: dict[str, float], kept: dict[str, float]) -> int:
    """Print a table; 1 when something has become more than twice as dear."""
    dearer = []
    for name, ratio in found.items():
        before = kept.get(name)
        told = "" if before is None else f"{before:8.2f}"
        print(f"{name:58} {ratio:8.2f} {told}")
        if before is not None and ratio > WORSE * before:
            dearer.append(name)
    for name in dearer:
        print(f"more than {WORSE:g} times what it was: {name}")
    return int(bool(dearer))


if __name__ == "__main__":
    sys.exit(main())

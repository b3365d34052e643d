"""The costliest pages of a map with the worst shapes, through the real server.

    python -m benchmarks.worst_pages --synth ../shared/tools/synth_networks.py [--people 20000]

A generated world, in which one person is in 600 networks and works with 6,000 people, and two networks have 8,000
members each and share half of them. Every page is asked for with its largest limits, about these, once and once more
for another reader, so that nothing is answered from what was kept. Prints seconds of CPU of the server for each.
"""

from __future__ import annotations

import argparse
import http.client
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.analysis import generated, table, tables_of
from benchmarks.pages import cpu_of, served
from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.schema.arrow import CLAIMS
from netofnets.store.base import Facts


def worst_world(folder: Path, synth: Path, people: int) -> None:
    """Publish the world below ``folder``."""
    tables = dict(tables_of(generated(synth, people, 7)))
    ids, networks = tables["leaders"]["id"].to_pylist(), tables["networks"]["id"].to_pylist()
    most = people * 2 // 5
    joined = [(ids[0], network) for network in networks[:600]]
    joined += [(one, networks[0]) for one in ids[100 : 100 + most]]
    joined += [(one, networks[1]) for one in ids[most // 2 : most // 2 + most]]
    _add(tables, "memberships", joined)
    _add(tables, "collaborations", [(ids[0], other) for other in ids[1:6001]])
    names = [f"interest {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200)]
    tables["interests"] = table("interests", id=[f"i{n:015d}" for n in range(len(names))], name=names)
    holders = np.repeat(np.arange(people), 3)
    held = np.random.default_rng(7).zipf(1.3, len(holders)) % len(names)
    tables["leader_interests"] = table(
        "leader_interests",
        id=[f"h{n:015d}" for n in range(len(holders))],
        from_id=tables["leaders"]["id"].take(holders),
        to_id=tables["interests"]["id"].take(held),
        mode=[("offers", "seeks", "practises")[n % 3] for n in range(len(holders))],
    )
    publish_facts(Facts(1, tables, CLAIMS.empty_table()), folder)


def _add(tables: dict[str, pa.Table], kind: str, pairs: list[tuple[str, str]]) -> None:
    old = tables[kind]
    there = set(zip(old["from_id"].to_pylist(), old["to_id"].to_pylist(), strict=True))
    fresh = [pair for pair in dict.fromkeys(pairs) if pair not in there]
    new = table(
        kind,
        id=[f"{kind[0]}w{n:014d}" for n in range(len(fresh))],
        from_id=[one for one, _ in fresh],
        to_id=[other for _, other in fresh],
    )
    tables[kind] = pa.concat_tables([old.select(new.schema.names).cast(new.schema), new])


def addresses(home: Path) -> tuple[Mapping[str, str], str]:
    """Each kind of page at its costliest, and another reader."""
    with Published.current(home) as published:
        snapshot = published.edition("organizers").snapshot
        leaders, networks = snapshot.ids("leaders").to_pylist(), snapshot.ids("networks").to_pylist()
        hub = leaders[int(np.argmax(snapshot.incidence("memberships").degrees))]
        large = np.argsort(-snapshot.incidence("memberships").group_sizes)
        one, other, far = networks[large[0]], networks[large[1]], leaders[-1]
    return {
        "front": "/",
        "search, everybody": "/search?limit=100",
        "search, a word of all interests": "/search?q=interest&limit=100",
        "paths from the hub": f"/paths?from={hub}&to={far}",
        "what if the hub steps back": f"/what-if?without={hub}",
        "what if the two largest join": f"/what-if?join={one}&and={other}",
        "convene for pairs": "/convene?k=50&cover=pairs",
        "convene for networks": "/convene?k=50",
        "introductions": "/introductions?limit=300",
        "introductions between the largest": f"/introductions?network={one}&and={other}&limit=300&mode=bold",
        "page of the hub": f"/leaders/{hub}",
        "map of the hub": f"/leaders/{hub}/map",
        "map of the two largest": f"/overlap/map?first={one}&second={other}",
        "atlas of people, data": "/atlas.json?level=people",
        "page of the largest network": f"/networks/{one}",
        "overlap": "/overlap?limit=1000",
        "bridges": "/bridges?limit=1000",
        "gaps": "/gaps?limit=1000",
        "changes since 2000": "/changes?limit=1000&since=2000-01-01",
        "networks on another day": "/networks?as_of=2020-01-01",
    }, leaders[5]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--synth", type=Path, required=True)
    arguments.add_argument("--people", type=int, default=20_000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worst_world(Path(folder), given.synth, given.people)
        paths, reader = addresses(Path(folder))
        with served(Path(folder)) as (port, process):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            print("| page | KB | CPU s, first | again, for another reader |\n|---|---|---|---|")
            for name, path in paths.items():
                spent, size = [], 0
                for asked in (path, f"{path}{'&' if '?' in path else '?'}me={reader}"):
                    before = cpu_of(process)
                    connection.request("GET", asked)
                    answer = connection.getresponse()
                    size = len(answer.read())
                    spent.append(cpu_of(process) - before)
                    assert answer.status == 200, (asked, answer.status)
                print(f"| {name} | {size / 1024:.0f} | {spent[0]:.2f} | {spent[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main()

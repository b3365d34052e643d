"""What a publication holds, step by step, at any number of people, without loading them first.

    python -m benchmarks.publish_memory --synth ../shared/tools/synth_networks.py --people 300000

The facts are those of the roster of ``roster_load.py``, put into files as a scan of SQLite puts them aside; reading the
store is therefore not in it. Each step is told with its CPU seconds and with the most that the process held during it:
memory of its own, and with the files that it had mapped (MiB, sampled). A line of JSON for each step; the last
has the whole.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.roster_load import PEOPLE_OF_A_SCHOOL
from netofnets.graph.arrow_files import write_batches
from netofnets.publish import publish
from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.identifiers import record_id, relationship_id
from netofnets.schema.kinds import BY_NAME
from netofnets.store.facts import Facts, Mapped
from netofnets.store.memory import MemoryStore

_ROWS = 65_536
_EVERY = 0.2  # seconds between samples
_SOURCE = "bench"
Columns = dict[str, list[Any]]


def write_aside(synth: Path, people: int, seed: int, folder: Path) -> None:
    """Files of all kinds, and of the claims behind them, below ``folder``."""
    folder.mkdir()
    said, ends, named = _made_up(_drawn(synth, people, seed), max(people // PEOPLE_OF_A_SCHOOL, 1))
    claims = {}
    for kind in BY_NAME:
        rows, between = said.get(kind, []), ends.get(kind, [])
        own = [relationship_id(kind, *pair, ("",)) for pair in between] or list(named.get(kind, {}).values())
        local = [f"{_LOCAL[kind]}{n}" for n in named[kind]] if kind in named else [""] * len(own)
        order = pc.sort_indices(pa.array(own, pa.string()))
        columns: Columns = {"id": own, "from_id": [a for a, _ in between], "to_id": [b for _, b in between]}
        columns |= {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
        write_batches(_batches(columns, order, arrow_schema(kind)), arrow_schema(kind), folder / f"{kind}.arrow")
        texts = [json.dumps(row, separators=(",", ":")) for row in rows]
        told: Columns = {"kind": [kind] * len(own), "entity": own, "source": [_SOURCE] * len(own), "local_id": local}
        told |= {"values": texts, "origin": [f"made-up.csv:{n}" for n in range(len(own))], "first_run": [1] * len(own)}
        claims[kind] = _batches(told, order, CLAIMS)
    write_batches((batch for kind in sorted(claims) for batch in claims[kind]), CLAIMS, folder / "claims.arrow")


def _made_up(
    drawn: dict[str, dict[str, Any]], schools: int
) -> tuple[dict[str, list[dict[str, str]]], dict[str, list[tuple[str, str]]], dict[str, dict[int, str]]]:
    """What is said of each thing and tie; the ends of ties; and the ids of things by their numbers."""
    person, network = (drawn["memberships"][name] for name in ("person", "network"))
    there = np.isin(drawn["interests"]["person"], person)
    holder, interest = (drawn["interests"][name][there] for name in ("person", "interest"))
    known = {"leaders": person, "networks": network, "interests": interest}
    named = {
        kind: {n: record_id(kind, _SOURCE, f"{_LOCAL[kind]}{n}") for n in np.unique(some).tolist()}
        for kind, some in known.items()
    }
    said = {
        "leaders": [
            {
                "email": f"p{n}@school.example",
                "name": f"Person {n}",
                "region": f"Region {n % 50}",
                "school": f"School {n % schools}",
            }
            for n in named["leaders"]
        ],
        "networks": [{"name": f"Network {n}"} for n in named["networks"]],
        "interests": [{"name": f"interest {n}"} for n in named["interests"]],
        "memberships": [{"role": "member", "start": f"20{10 + n % 14}-09-01"} for n in person.tolist()],
        "leader_interests": [{"mode": "practises"}] * len(holder),
    }
    ends = {
        "memberships": _ends(named["leaders"], person, named["networks"], network),
        "leader_interests": _ends(named["leaders"], holder, named["interests"], interest),
    }
    return said, ends, named


_LOCAL = {"leaders": "p", "networks": "n", "interests": "interest "}


def _drawn(synth: Path, people: int, seed: int) -> dict[str, dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("synth_networks", synth)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, dict[str, Any]] = module.generate(people, seed)
    return found


def _ends(one: dict[int, str], some: Any, other: dict[int, str], more: Any) -> list[tuple[str, str]]:
    return [(one[a], other[b]) for a, b in zip(some.tolist(), more.tolist(), strict=True)]


def _batches(columns: Columns, order: pa.Array, schema: pa.Schema) -> list[pa.RecordBatch]:
    arrays = [
        pa.array(columns[f.name], f.type).take(order) if columns.get(f.name) else pa.nulls(len(order), f.type)
        for f in schema
    ]
    found: list[pa.RecordBatch] = pa.table(arrays, schema=schema).to_batches(_ROWS)
    return found


class Aside(MemoryStore):
    """A store that has been scanned already."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._files = folder

    def scan_aside(self, folder: Path) -> Facts:
        """The files; ``folder`` stays empty."""
        tables = Mapped({kind: self._files / f"{kind}.arrow" for kind in BY_NAME})
        return Facts(1, tables, self._files / "claims.arrow")


class Watch:
    """The most that this process holds during a step, sampled by a thread, and the CPU of the step."""

    def __init__(self) -> None:
        self._name, self._since, self._own, self._all = "", time.process_time(), 0, 0
        threading.Thread(target=self._run, daemon=True).start()

    def step(self, name: str) -> None:
        """A step ends, the next begins."""
        used = time.process_time() - self._since
        if self._name:
            print(json.dumps({"step": self._name, "cpu_s": round(used, 1), "own": self._own, "held": self._all}))
        self._name, self._since, self._own, self._all = name, time.process_time(), 0, 0
        self._look()

    def _run(self) -> None:
        while True:
            self._look()
            time.sleep(_EVERY)

    def _look(self) -> None:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        own, files = (
            next(int(line.split()[1]) // 1024 for line in lines if line.startswith(name))
            for name in ("RssAnon", "RssFile")
        )
        self._own, self._all = max(self._own, own), max(self._all, own + files)


def main() -> None:
    """Make the facts, unless they are there, publish, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True, help="path of synth_networks.py")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        aside, home = Path(folder) / "aside", Path(folder) / "home"
        # In a process of its own, so that what it holds is not told as if publishing held it.
        made = get_context("spawn").Process(target=write_aside, args=(given.synth, given.people, given.seed, aside))
        made.start()
        made.join()
        watch = Watch()
        begun = time.process_time()
        publish(Aside(aside), home, tell=lambda told, *_: watch.step(told))
        watch.step("")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"people": given.people, "cpu_s": round(time.process_time() - begun, 1), "mib": peak}))


if __name__ == "__main__":
    main()

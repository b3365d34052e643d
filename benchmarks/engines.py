"""The joins of a publication on each engine, beside this process, in one run; their tables have to be equal.

    python -m benchmarks.engines --synth ../shared/tools/synth_networks.py --people 10000 --engine neo4j --server PID
    .venv-spark/bin/python -m benchmarks.engines --synth ../shared/tools/synth_networks.py --people 10000 --engine spark

CPU seconds: of this process for the local engine (the least of three runs); of this process and the server for the
other (the last of ``--rounds`` runs, since a JVM is several times faster once it is warm). Neo4j is reached by
``NETOFNETS_TEST_NEO4J_URI``, ``_USER``, ``_PASSWORD``; with Graph Data Science there its communities are held against
what was planted, as are those of the local engine at the same resolution. Prints the rows of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from sklearn.metrics import adjusted_mutual_info_score

from benchmarks.analysis import generated, tables_of
from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.engine import Engine, entries
from netofnets.analysis.local import LOCAL
from netofnets.engines.spark import SparkEngine
from netofnets.engines.trial import inputs
from netofnets.graph.snapshot import Snapshot
from netofnets.settings import load_settings
from netofnets.store.neo4j.engine import Neo4jEngine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--engine", choices=["neo4j", "spark"], required=True)
    parser.add_argument("--server", type=int, help="process id of the Neo4j server, on this machine")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--resolution", type=float, default=4.0)
    given = parser.parse_args()
    made = generated(given.synth, given.people, 7)
    snapshot = Snapshot.build(tables_of(made))
    home = np.asarray(made["people"]["community"])
    other, server = opened(given.engine, given.server)
    print(f"| {given.people:,} people, {given.engine} | rows | equal | local | {given.engine} | ratio | wall |")
    print("|---|---|---|---|---|---|---|")
    for name, arguments in operations(snapshot, home).items():
        row(name, arguments, other, given.rounds, server)
    if given.engine == "neo4j":
        communities(snapshot, home, other, given.resolution, server)
    other.close()


def opened(engine: str, server: int | None) -> tuple[Engine, int | None]:
    if engine == "spark":
        spark = SparkEngine.open("local[2]")
        return spark, int(spark._session._jvm.java.lang.ProcessHandle.current().pid())
    names = {"store": "URI", "neo4j_user": "USER", "neo4j_password": "PASSWORD"}
    told = {setting: os.environ[f"NETOFNETS_TEST_NEO4J_{name}"] for setting, name in names.items()}
    return Neo4jEngine.open(load_settings(environ={}, **told)), server


def operations(snapshot: Snapshot, home: np.ndarray) -> dict[str, tuple[pa.Table, ...]]:
    graph = affiliation(snapshot)
    return inputs(snapshot, graph, np.concatenate([home, np.arange(graph.networks) % (home.max() + 1)]))


def row(name: str, arguments: tuple[pa.Table, ...], other: Engine, rounds: int, server: int | None) -> None:
    here, there = getattr(LOCAL, name), getattr(other, name)
    local = min(measured(lambda: here(*arguments), None)[0] for _ in range(3))
    for _ in range(rounds):
        spent, wall = measured(lambda: there(*arguments), server)
    expected = here(*arguments)
    equal = there(*arguments).equals(expected)
    print(
        f"| {name} | {expected.num_rows:,} | {equal} | {local:.3f} | {spent:.2f} | {spent / local:.0f}x | {wall:.1f} |"
    )


def communities(snapshot: Snapshot, home: np.ndarray, other: Engine, resolution: float, server: int | None) -> None:
    graph = entries(sp.csr_array(sp.triu(affiliation(snapshot).matrix, k=1, format="csr")))
    for engine, process in ((LOCAL, None), (other, server)):
        found: list[pa.Table] = []

        def divided(engine: Engine = engine, found: list[pa.Table] = found) -> None:
            found.append(engine.labels(graph, resolution, 7))

        spent, wall = measured(divided, process)
        nodes, labels = found[0]["node"].to_numpy(), found[0]["label"].to_numpy()
        people = nodes < len(home)
        mutual = adjusted_mutual_info_score(home[nodes[people]], labels[people])
        print(
            f"Leiden at {resolution:g}, {engine.name}: {len(np.unique(labels))} communities, AMI {mutual:.3f}, "
            f"{spent:.2f} s of CPU, {wall:.1f} s of wall time"
        )


def measured(work: Callable[[], object], server: int | None) -> tuple[float, float]:
    """CPU seconds of this process and the server, and wall seconds."""
    before, begun = cpu(server), time.perf_counter()
    work()
    return cpu(server) - before, time.perf_counter() - begun


def cpu(server: int | None) -> float:
    told = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rpartition(")")[2].split() if server else None
    return time.process_time() + (sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK") if told else 0.0)


if __name__ == "__main__":
    main()

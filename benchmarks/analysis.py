"""The analyses against the same work done with networkx, and how much of what was planted they find.

    python -m benchmarks.analysis --synth ../shared/tools/synth_networks.py --people 100000 [--skip-slow]

Everything in one run on one machine; CPU time of this process, so that only ratios mean much. Prints the section of
docs/benchmarks.md. ``--skip-slow`` leaves out networkx's Louvain, which takes minutes at 100,000 people.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import networkx as nx
import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from sklearn.metrics import adjusted_mutual_info_score, roc_auc_score

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.bridge_scores import participation
from netofnets.analysis.layout import layout
from netofnets.analysis.leiden import partition
from netofnets.analysis.registry import MEASURES, needed
from netofnets.graph.interchange import to_networkx
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema

T = TypeVar("T")
Tables = dict[str, pa.Table]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    gc.collect()
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def generated(synth: Path, people: int, seed: int) -> dict[str, Any]:
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("synth_networks", synth)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.generate(people, seed)
    return found


def table(name: str, /, **columns: Any) -> pa.Table:
    length = len(columns["id"])
    given = {c: v if isinstance(v, pa.Array) else pa.array(v) for c, v in columns.items()}
    return pa.table(
        [given[f.name].cast(f.type) if f.name in given else pa.nulls(length, f.type) for f in arrow_schema(name)],
        schema=arrow_schema(name),
    )


def tables_of(made: dict[str, Any]) -> Tables:
    leaders = pa.array([f"l{i:015d}" for i in range(len(made["people"]["person"]))])
    networks = pa.array([f"n{i:015d}" for i in range(len(made["networks"]["network"]))])
    members, ties = made["memberships"], made["collaborations"]

    def edges(name: str, sources: pa.Array, source: Any, targets: pa.Array, target: Any, **more: Any) -> pa.Table:
        ids = pa.array([f"r{i:015d}" for i in np.random.default_rng(1).permutation(len(source))])
        ends = {"from_id": sources.take(pa.array(source)), "to_id": targets.take(pa.array(target))}
        return table(name, id=ids, **ends, **more)

    return {
        "leaders": table("leaders", id=leaders, name=leaders),
        "networks": table("networks", id=networks, name=networks),
        "memberships": edges("memberships", leaders, members["person"], networks, members["network"]),
        "collaborations": edges(
            "collaborations", leaders, ties["source"], leaders, ties["target"], count=ties["weight"].astype(np.int64)
        ),
    }


def row(what: str, ours: str, other: str, ratio: str, goal: str) -> None:
    print(f"| {what} | {ours} | {other} | {ratio} | {goal} |", flush=True)


def sized(doc: str) -> argparse.ArgumentParser:
    """The options of a benchmark that stands beside one division by Leiden; ``doc`` begins with what it measures."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--resolution", type=float, default=16.0, help="of the division; 16 is chosen for 100,000 people"
    )
    return parser


def head(title: str, *columns: str) -> None:
    print(f"\n### {title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")


def graph_in_memory(tables: Tables) -> Snapshot:
    def build() -> Snapshot:
        snapshot = Snapshot.build(tables)
        snapshot.incidence("memberships")
        snapshot.incidence("collaborations")
        return snapshot

    snapshot, ours = timed(build)
    ours = min(ours, *(timed(build)[1] for _ in range(2)))
    _, other = timed(lambda: to_networkx(snapshot))
    row("the same facts, from tables", f"{ours:.3f} s", f"{other:.2f} s", f"{other / ours:.0f}x", ">= 30x")
    arrays(snapshot)
    memory = sum(t.nbytes for t in snapshot.nodes.values())
    memory += sum(e.table.nbytes + e.source.nbytes + e.target.nbytes for e in snapshot.edges.values())
    for kind in ("memberships", "collaborations"):
        csr = snapshot.incidence(kind).csr
        memory += csr.data.nbytes + csr.indices.nbytes + csr.indptr.nbytes
    size = traced(lambda: to_networkx(snapshot))
    row(
        "memory of the same facts",
        f"{memory / 1e6:.0f} MB",
        f"{size / 1e6:.0f} MB",
        f"1/{size / memory:.0f}",
        "<= 1/15",
    )
    return snapshot


def arrays(snapshot: Snapshot) -> None:
    """Time and memory of the weighted affiliation graph from integer arrays: as CSR, and in networkx."""
    leaders, networks = snapshot.count("leaders"), snapshot.count("networks")
    member, tie = snapshot.edges["memberships"], snapshot.edges["collaborations"]
    source = np.concatenate([member.source, tie.source]).astype(np.int32)
    target = np.concatenate([member.target + leaders, tie.target]).astype(np.int32)
    weight = np.ones(len(source))
    size = leaders + networks

    def csr() -> sp.csr_array:
        ends = np.concatenate([source, target]), np.concatenate([target, source])
        return sp.csr_array(sp.coo_array((np.concatenate([weight, weight]), ends), shape=(size, size)).tocsr())

    def graph() -> Any:
        found: Any = nx.Graph()
        found.add_nodes_from(range(size))
        found.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
        return found

    ours, theirs = min(timed(csr)[1] for _ in range(3)), timed(graph)[1]
    row("the ties alone, from integers", f"{ours:.3f} s", f"{theirs:.2f} s", f"{theirs / ours:.0f}x", ">= 30x")
    matrix = csr()
    small, large = matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes, traced(graph)
    row("memory of the ties", f"{small / 1e6:.1f} MB", f"{large / 1e6:.0f} MB", f"1/{large / small:.0f}", "<= 1/15")


def traced(build: Callable[[], object]) -> int:
    """Bytes that are held once ``build`` has returned."""
    gc.collect()
    tracemalloc.start()
    kept = build()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def communities(graph: Affiliation, profile: pa.Table, truth: Any, skip: bool) -> tuple[Any, float]:
    resolution = float(profile["resolution"].to_numpy()[int(np.argmax(profile["chosen"].to_numpy()))])
    labels, ours = timed(lambda: partition(graph.matrix, resolution, 7)[0])
    own = labels[: graph.leaders]
    found = adjusted_mutual_info_score(truth[own >= 0], own[own >= 0])
    if skip:
        row("communities", f"{ours:.2f} s, AMI {found:.3f}", "not run", "", ">= 25x")
        return labels, ours
    upper = sp.coo_array(sp.triu(graph.matrix))
    other: Any = nx.Graph()
    other.add_nodes_from(range(graph.matrix.shape[0]))
    other.add_weighted_edges_from(zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True))
    groups, theirs = timed(lambda: nx.community.louvain_communities(other, resolution=resolution, seed=7))
    there = np.empty(graph.matrix.shape[0], dtype=np.int64)
    for number, members in enumerate(groups):
        there[list(members)] = number
    ami = adjusted_mutual_info_score(truth[own >= 0], there[: graph.leaders][own >= 0])
    row(
        "communities at one resolution",
        f"{ours:.2f} s, AMI {found:.3f}",
        f"{theirs:.1f} s, AMI {ami:.3f}",
        f"{theirs / ours:.0f}x",
        ">= 25x",
    )
    return labels, ours


def quality(made: dict[str, Any], results: Tables) -> None:
    truth, is_bridge = made["people"]["community"], made["people"]["is_bridge"]
    people = len(truth)
    own = results["communities"]["community"].fill_null(-1).to_numpy()[:people]
    tied = own >= 0
    rank = np.full(people, 10 * people)
    leaders = np.array([int(i[1:]) for i in results["bridges"]["leader"].to_pylist()])
    rank[leaders] = results["bridges"]["rank"].fill_null(10 * people).to_numpy()
    first = np.argsort(rank, kind="stable")[: int(is_bridge.sum())]
    chosen = results["resolution_profile"].filter(results["resolution_profile"]["chosen"]).to_pylist()[0]
    head("Quality: what was planted", "figure", "found", "goal")
    goal = 0.90 if people <= 10_000 else 0.92
    ami = adjusted_mutual_info_score(truth[tied], own[tied])
    planted = int(truth.max()) + 1
    print(f"| communities, adjusted mutual information | {ami:.3f} | >= {goal} |")
    found = len(set(own[tied].tolist()))
    print(f"| communities found (planted {planted}) | {found}, resolution {chosen['resolution']:.3g} | |")
    methods = results["community_methods"].to_pylist()[0]
    print(f"| agreement between seeds | {methods['seeds']:.3f} | |")
    print(f"| found again with a fifth of the ties left out | {methods['left_out']:.3f} | |")
    print(f"| agreement with spectral clustering | {methods['agreement']:.3f} | |")
    print(f"| bridging leaders, AUC of the rank | {roc_auc_score(is_bridge, -rank):.4f} | >= 0.99 |")
    print(f"| bridging leaders, precision at {len(first)} | {is_bridge[first].mean():.3f} | |", flush=True)


def the_rest(results: Tables, seconds: dict[str, float], graph: Affiliation, labels: Any, leiden: float) -> None:
    score = min(timed(lambda: participation(graph, labels))[1] for _ in range(3))
    row(
        "participation and strength",
        f"{score:.3f} s",
        f"{leiden:.2f} s (communities)",
        f"{score / leiden:.1%}",
        "<= 5 %",
    )
    whole, all_of = seconds["bridges"], seconds["resolution_profile"] + seconds["communities"]
    row(
        "bridges, all of it (blocks, intervals, sentences)",
        f"{whole:.2f} s",
        f"{all_of:.1f} s (profile and communities)",
        f"{whole / all_of:.1%}",
        "",
    )
    head("CPU time of every measure", "measure", "rows", "s")
    for name, spent in seconds.items():
        print(f"| {name} | {results[name].num_rows:,} | {spent:.2f} |")


def map_of_five_thousand() -> None:
    snapshot = Snapshot.build(tables_of(five_thousand()))
    results: Tables = {}
    for measure in needed("bridges"):
        results[measure.id] = measure(snapshot, results, {})
    spent = min(timed(lambda: layout(snapshot, results, gap=10.0))[1] for _ in range(3))
    row(f"layout, 5,000 people, {snapshot.count('networks')} networks", f"{spent:.3f} s", "", "", "<= 0.2 s")


def five_thousand() -> dict[str, Any]:
    """5,000 people in 53 networks of 8 blocks, two networks each, 60 of them in two blocks."""
    random = np.random.default_rng(7)
    block = np.arange(53) % 8
    home = random.integers(0, 8, 5_000)
    pairs = set[tuple[int, int]]()
    for person in range(5_000):
        sides = [home[person], random.integers(0, 8) if person < 60 else home[person]]
        pairs.update((person, int(random.choice(np.flatnonzero(block == side)))) for side in sides)
    found = np.array(sorted(pairs))
    none = np.zeros(0, dtype=np.int64)
    return {
        "people": {"person": np.arange(5_000)},
        "networks": {"network": np.arange(53)},
        "memberships": {"person": found[:, 0], "network": found[:, 1]},
        "collaborations": {"source": none, "target": none, "weight": none},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--skip-slow", action="store_true")
    given = parser.parse_args()
    made = generated(given.synth, given.people, given.seed)
    print(f"\n## {given.people:,} people (seed {given.seed})")
    head("Speed and memory", "what", "netofnets", "networkx", "ratio", "goal")
    snapshot = graph_in_memory(tables_of(made))
    results: Tables = {}
    seconds: dict[str, float] = {}
    for measure in MEASURES:
        results[measure.id], seconds[measure.id] = timed(lambda m=measure: m(snapshot, results, {}))  # type: ignore[misc]
    graph = affiliation(snapshot)
    labels, leiden = communities(graph, results["resolution_profile"], made["people"]["community"], given.skip_slow)
    map_of_five_thousand()
    the_rest(results, seconds, graph, labels, leiden)
    quality(made, results)


if __name__ == "__main__":
    main()

"""How much of what is planted is found, and how often ranks stay where their intervals say.

    python -m benchmarks.quality --synth ../shared/tools/synth_networks.py --people 10000 --seeds 1 3 7
    python -m benchmarks.quality --data ../shared/data --synth ../shared/tools/synth_networks.py --people

Prints the rows of docs/benchmarks.md. Each world is made without and with a network that 30 % of everybody join. For
the intervals a fifth of the memberships, then a fifth of the ties, are really left out and everything is computed anew,
``--times`` times each; *covered* are those whose new rank lies in the interval that the whole data gave.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sklearn.metrics import adjusted_mutual_info_score, roc_auc_score

from benchmarks.analysis import generated, head, table, tables_of
from netofnets.analysis.registry import needed
from netofnets.analysis.resampling import thinned
from netofnets.graph.snapshot import Snapshot

_FIRST = 50  # people that a page lists
_MEGA = 0.3


@dataclass(frozen=True)
class World:
    """Data with its name and, where something was planted, who bridges and which community everybody is of."""

    name: str
    snapshot: Snapshot
    is_bridge: npt.NDArray[np.bool_] | None = None
    community: npt.NDArray[np.int64] | None = None


def planted(synth: Path, people: int, seed: int, mega: bool) -> World:
    made = generated(synth, people, seed)
    if mega:
        joins = np.flatnonzero(np.random.default_rng(seed + 1000).random(people) < _MEGA)
        network = len(made["networks"]["network"])
        made["networks"]["network"] = np.arange(network + 1)
        members = made["memberships"]
        members["person"] = np.concatenate([members["person"], joins])
        members["network"] = np.concatenate([members["network"], np.full(len(joins), network)])
    name = f"{people:,}, seed {seed}" + (", one of 30 %" if mega else "")
    truth = made["people"]
    return World(name, Snapshot.build(tables_of(made)), truth["is_bridge"], truth["community"])


def example() -> World:
    """The example rosters, loaded and published as ``netofnets demo`` does."""
    from click.testing import CliRunner

    import netofnets
    from netofnets.cli import netofnets_command

    with tempfile.TemporaryDirectory() as home:
        done = CliRunner().invoke(netofnets_command, ["demo", "--home", home], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return World("the example", netofnets.open_snapshot(home).present)


def faculty(data: Path) -> World:
    """Academics of one faculty in four schools, and who is a friend of whom (UK faculty)."""
    with (data / "ukfaculty" / "UKfaculty-nodes.csv").open(encoding="utf-8") as file:
        school = {row["id"]: row["Group"] for row in csv.DictReader(file)}
    with (data / "ukfaculty" / "UKfaculty-edges.csv").open(encoding="utf-8") as file:
        ties = list(csv.DictReader(file))
    people, schools = list(school), sorted(set(school.values()))
    tables = {
        "leaders": table("leaders", id=people, name=people),
        "networks": table("networks", id=schools, name=schools),
        "memberships": table("memberships", id=people, from_id=people, to_id=list(school.values())),
        "collaborations": table(
            "collaborations",
            id=[f"t{i}" for i in range(len(ties))],
            from_id=[t["source"] for t in ties],
            to_id=[t["target"] for t in ties],
            count=[int(t["weight"]) for t in ties],
        ),
    }
    return World("UK faculty", Snapshot.build(tables))


def analysed(snapshot: Snapshot) -> dict[str, pa.Table]:
    results: dict[str, pa.Table] = {}
    for measure in needed("bridges"):
        results[measure.id] = measure(snapshot, results, {})
    return results


def ranks(world: Snapshot, bridges: pa.Table, column: str = "rank") -> npt.NDArray[np.float64]:
    """Of every leader by position; whoever has none comes after all who have one."""
    last = int(bridges["rank"].is_valid().to_numpy().sum()) + 1
    at = np.searchsorted(np.asarray(world.ids("leaders").to_pylist()), np.asarray(bridges["leader"].to_pylist()))
    found = np.full(world.count("leaders"), float(last))
    found[at] = bridges[column].fill_null(last).to_numpy()
    return found


def bridging(world: Snapshot, bridges: pa.Table) -> npt.NDArray[np.bool_]:
    """Who is called bridging, by position."""
    ids = bridges.filter(bridges["bridging"])["leader"].to_pylist()
    found = np.zeros(world.count("leaders"), dtype=bool)
    found[[world.position("leaders", one) for one in ids]] = True
    return found


def what_was_planted(world: World, results: dict[str, pa.Table]) -> str:
    assert world.is_bridge is not None and world.community is not None
    people, truth = len(world.is_bridge), world.is_bridge
    own = results["communities"]["community"].fill_null(-1).to_numpy()[:people]
    rank = ranks(world.snapshot, results["bridges"])
    order = np.argsort(rank, kind="stable")
    flagged = bridging(world.snapshot, results["bridges"])
    hit = int((flagged & truth).sum())
    ami = adjusted_mutual_info_score(world.community[own >= 0], own[own >= 0])
    return (
        f"{truth[order[:30]].mean():.2f} | {truth[order[: int(truth.sum())]].mean():.2f} | "
        f"{roc_auc_score(truth, -rank):.4f} | {int(flagged.sum())} | {hit / max(int(flagged.sum()), 1):.2f} | "
        f"{hit / int(truth.sum()):.2f} | {ami:.3f}"
    )


def covered(world: World, results: dict[str, pa.Table], kind: str, times: int) -> str:
    """Part of the new ranks inside the intervals: of those called bridging, and of the first fifty by rank."""
    if not len(world.snapshot.edges[kind]):
        return "| |"
    bridges = results["bridges"]
    low, high = ranks(world.snapshot, bridges, "rank_low"), ranks(world.snapshot, bridges, "rank_high")
    rank = ranks(world.snapshot, bridges)
    flags = bridging(world.snapshot, bridges)
    first = rank <= np.sort(rank)[min(_FIRST, len(rank)) - 1]
    inside: dict[str, list[float]] = {"bridging": [], "first": []}
    for number in range(times):
        fewer = thinned(world.snapshot, kind, np.random.default_rng(1_000 + number))
        new = ranks(world.snapshot, analysed(fewer)["bridges"])
        holds = (low <= new) & (new <= high)
        for name, shown in (
            ("bridging", flags),
            ("first", first & (rank <= bridges["rank"].is_valid().to_numpy().sum())),
        ):
            inside[name] += holds[shown].tolist()
    told = [f"{np.mean(v):.2f} ({len(v)})" if v else "nobody" for v in inside.values()]
    return f"{told[0]} | {told[1]}"


def worlds(given: argparse.Namespace) -> Iterator[World]:
    for people in given.people:
        for seed in given.seeds:
            for mega in (False, True):
                yield planted(given.synth, people, seed, mega)
    if given.data:
        yield example()
        yield faculty(given.data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, nargs="*", default=[10_000])
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 3, 7])
    parser.add_argument("--data", type=Path, help="folder with ukfaculty; looks at it and at the example, too")
    parser.add_argument("--times", type=int, default=0, help="how often to leave out a fifth; 0: no intervals")
    given = parser.parse_args()
    head(
        "What was planted, and how far the intervals hold",
        *("world", "first 30", "as many as planted", "AUC", "called bridging", "precision", "recall", "AMI"),
        *("memberships out: bridging", "first 50", "ties out: bridging", "first 50"),
    )
    for world in worlds(given):
        results = analysed(world.snapshot)
        found: list[Any] = [what_was_planted(world, results) if world.is_bridge is not None else "| " * 6]
        for kind in ("memberships", "collaborations"):
            found.append(covered(world, results, kind, given.times) if given.times else "|")
        print(f"| {world.name} | {' | '.join(found)} |", flush=True)


if __name__ == "__main__":
    main()

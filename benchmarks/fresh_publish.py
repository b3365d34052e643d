"""A whole ``netofnets publish`` of a home that has published nothing yet, against a script of pandas and networkx.

    python -m benchmarks.fresh_publish --synth ../shared/tools/synth_networks.py --people 10000 100000

CPU time and memory of the command that a user types, all editions, with start and imports; the ratio is what counts,
and how the time grows from the smallest to the largest data (the exponent: 1 is in proportion). The script does about a
tenth of what is published: it reads the same roster with pandas, counts who is in both of every two networks, divides
people and networks by networkx's Louvain with the same weights at one given resolution, counts in how many communities
everybody has networks, and writes four tables. ``--keep FOLDER`` keeps rosters and loaded homes for the next run.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import tempfile
from pathlib import Path

from benchmarks.roster_load import command, command_of, write_roster

PEER = """
import sys
import numpy as np
import networkx as nx
import pandas as pd
roster, out, resolution = sys.argv[1:]
rows = pd.read_csv(roster, dtype=str).drop_duplicates(["leader_id", "network_id"])
rows.groupby("network_id").size().rename("members").to_csv(out + "/networks.csv")
pairs = rows[["leader_id", "network_id"]].merge(rows[["leader_id", "network_id"]], on="leader_id")
pairs = pairs[pairs["network_id_x"] < pairs["network_id_y"]]
pairs.groupby(["network_id_x", "network_id_y"]).size().rename("shared").to_csv(out + "/overlap.csv")
size, people = rows.groupby("network_id")["leader_id"].transform("size"), rows["leader_id"].nunique()
weight = -np.log(size / (people + 1))
graph = nx.Graph()
ends = ("p" + rows["leader_id"], "n" + rows["network_id"], weight / weight.mean())
graph.add_weighted_edges_from(zip(*(column.tolist() for column in ends)))
groups = nx.community.louvain_communities(graph, resolution=float(resolution), seed=7)
community = {node: number for number, nodes in enumerate(groups) for node in nodes}
pd.Series(community, name="community").to_csv(out + "/communities.csv")
rows["community"] = ("n" + rows["network_id"]).map(community)
spread = rows.groupby("leader_id")["community"].nunique().sort_values(ascending=False)
spread.to_csv(out + "/bridges.csv")
"""


def loaded(folder: Path, synth: Path, people: int, seed: int) -> tuple[Path, Path]:
    """The roster of so many people, and the home that it was loaded into; both made where there are none."""
    roster, home = folder / f"roster{people}.csv", folder / f"home{people}"
    if not home.exists():
        write_roster(synth, people, seed, roster)
        command("ingest", str(roster), "--source", "bench", "--home", str(home))
    return roster, home


def measured(folder: Path, synth: Path, people: int, seed: int, resolution: float) -> dict[str, float]:
    """CPU seconds and MiB of both."""
    roster, home = loaded(folder, synth, people, seed)
    fresh, out = folder / "fresh", folder / "out"
    shutil.copytree(home, fresh)
    out.mkdir()
    ours, _, memory = command("publish", "--home", str(fresh))
    shutil.rmtree(fresh)
    peer, _, theirs = command_of(PEER, str(roster), str(out), str(resolution))
    shutil.rmtree(out)
    return {"publish_cpu_s": ours, "publish_mib": memory, "peer_cpu_s": peer, "peer_mib": theirs}


def main() -> None:
    """Run and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True, help="path of synth_networks.py")
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resolution", type=float, default=1.0, help="of the script's Louvain")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as passing:
        folder = given.keep or Path(passing)
        folder.mkdir(exist_ok=True)
        for people in sorted(given.people):
            found[people] = measured(folder, given.synth, people, given.seed, given.resolution)
            ratio = found[people]["publish_cpu_s"] / found[people]["peer_cpu_s"]
            told = {name: round(value, 1) for name, value in found[people].items()}
            print(json.dumps({"people": people, **told, "ratio": round(ratio, 2)}), flush=True)
    least, most = min(found), max(found)
    if least < most:
        for name in ("publish_cpu_s", "peer_cpu_s"):
            exponent = math.log(found[most][name] / found[least][name]) / math.log(most / least)
            print(json.dumps({"growth of": name, "exponent": round(exponent, 2)}))


if __name__ == "__main__":
    main()

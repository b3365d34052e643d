"""Connectors beside one division by Leiden and beside networkx's articulation points, in one run.

    python benchmarks/connectors.py --synth ../shared/tools/synth_networks.py --people 100000

CPU time of this process; prints the rows of docs/benchmarks.md. The same people are named as parting the map by both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import networkx as nx
import numpy as np
import scipy.sparse as sp
from analysis import generated, head, row, tables_of, timed

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.connectors import CONNECTORS
from netofnets.analysis.cuts import cuts
from netofnets.analysis.joining import joining
from netofnets.analysis.leiden import partition
from netofnets.analysis.overlap import OVERLAP
from netofnets.analysis.parts import kin
from netofnets.analysis.ties import ties
from netofnets.graph.snapshot import Snapshot

_RUNS = 3


def parting(belongs: sp.csr_array, direct: sp.csr_array) -> set[int]:
    """Leaders at whom networkx cuts the graph of memberships and ties so that networks part."""
    leaders = int(belongs.shape[0])
    graph = nx.Graph()
    graph.add_nodes_from(range(leaders + int(belongs.shape[1])))
    member, tie = sp.coo_array(belongs), sp.coo_array(sp.triu(direct))
    graph.add_edges_from(zip(member.row.tolist(), (member.col + leaders).tolist(), strict=True))
    graph.add_edges_from(zip(tie.row.tolist(), tie.col.tolist(), strict=True))
    return {node for node in nx.articulation_points(graph) if node < leaders}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--resolution", type=float, default=16.0, help="of the division; 16 is chosen for 100,000 people"
    )
    given = parser.parse_args()
    snapshot = Snapshot.build(tables_of(generated(given.synth, given.people, given.seed)))
    belongs, related, direct = snapshot.incidence("memberships"), kin(snapshot), ties(snapshot)
    head(
        f"Connectors, {given.people:,} people, {snapshot.count('networks'):,} networks", "what", "s", "beside", "ratio"
    )
    graph = affiliation(snapshot)
    division = min(timed(lambda: partition(graph.matrix, given.resolution, 7))[1] for _ in range(_RUNS))
    whole = min(timed(lambda: CONNECTORS(snapshot, {}, {}))[1] for _ in range(_RUNS))
    overlap = min(timed(lambda: OVERLAP(snapshot, {}, {}))[1] for _ in range(_RUNS))
    pairs = min(timed(lambda: joining(belongs.csr, direct, related))[1] for _ in range(_RUNS))
    found, own = timed(lambda: cuts(belongs.csr, direct, related))
    theirs, other = timed(lambda: parting(belongs.csr, direct))
    assert {c.leader for c in found} <= theirs, np.setdiff1d([c.leader for c in found], list(theirs))
    row(
        "connectors, all of it",
        f"{whole:.2f}",
        f"{division:.2f} (one division by Leiden)",
        f"{whole / division:.2f}",
        "",
    )
    row("overlap and connectors", f"{overlap + whole:.2f}", "", "", "")
    row("of it, who joins which pair", f"{pairs:.2f}", "", "", "")
    row("of it, who parts the map", f"{own:.2f}", f"{other:.2f} (networkx)", f"{other / own:.0f}x faster", "")


if __name__ == "__main__":
    main()

"""Connectors beside one division by Leiden and beside networkx's articulation points, in one run.

    python -m benchmarks.connectors --synth ../shared/tools/synth_networks.py --people 100000 [--skip-slow]

CPU time of this process; prints the rows of docs/benchmarks.md. The same people are named as parting the map by both.
``--skip-slow`` leaves out networkx, which takes most of the time.
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from benchmarks.analysis import generated, head, row, sized, table, tables_of, timed
from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.connectors import CONNECTORS
from netofnets.analysis.cuts import cuts
from netofnets.analysis.gaps import GAPS
from netofnets.analysis.joining import joining
from netofnets.analysis.layers import LAYERS
from netofnets.analysis.leiden import partition
from netofnets.analysis.overlap import OVERLAP
from netofnets.analysis.parts import kin
from netofnets.analysis.ties import ties
from netofnets.graph.snapshot import Snapshot

_RUNS = 3


def parting(belongs: sp.csr_array, direct: sp.csr_array) -> set[int]:
    """Leaders at whom networkx cuts the graph of memberships and ties so that networks part."""
    leaders = int(belongs.shape[0])
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(leaders + int(belongs.shape[1])))
    member, tie = sp.coo_array(belongs), sp.coo_array(sp.triu(direct))
    graph.add_edges_from(zip(member.row.tolist(), (member.col + leaders).tolist(), strict=True))
    graph.add_edges_from(zip(tie.row.tolist(), tie.col.tolist(), strict=True))
    return {node for node in nx.articulation_points(graph) if node < leaders}


def with_interests(synth: Path, people: int, seed: int) -> Snapshot:
    """The networks of the benchmarks with everybody's interests, which gaps are made of, and with partners."""
    made = generated(synth, people, seed)
    tables = tables_of(made)
    leaders, networks = (tables[kind]["id"] for kind in ("leaders", "networks"))
    held, partner = made["interests"], made["partnerships"]
    names = {
        "interests": pa.array([f"i{i:05d}" for i in range(int(held["interest"].max()) + 1)]),
        "organizations": pa.array([f"o{i:07d}" for i in range(int(partner["organisation"].max()) + 1)]),
    }
    tables |= {kind: table(kind, id=ids, name=ids) for kind, ids in names.items()}
    for kind, sources, source, targets, target in (
        ("leader_interests", leaders, held["person"], names["interests"], held["interest"]),
        ("partnerships", networks, partner["network"], names["organizations"], partner["organisation"]),
    ):
        ids = pa.array([f"{kind}{i:07d}" for i in range(len(source))])
        ends = {"from_id": sources.take(pa.array(source)), "to_id": targets.take(pa.array(target))}
        tables[kind] = table(kind, id=ids, **ends)
    return Snapshot.build(tables)


def main() -> None:
    parser = sized(__doc__)
    parser.add_argument("--skip-slow", action="store_true")
    given = parser.parse_args()
    snapshot = with_interests(given.synth, given.people, given.seed)
    belongs, related, direct = snapshot.incidence("memberships"), kin(snapshot), ties(snapshot)
    head(
        f"Connectors, {given.people:,} people, {snapshot.count('networks'):,} networks", "what", "s", "beside", "ratio"
    )
    graph = affiliation(snapshot)
    division = min(timed(lambda: partition(graph.matrix, given.resolution, 7))[1] for _ in range(_RUNS))
    whole = min(timed(lambda: CONNECTORS(snapshot, {}, {}))[1] for _ in range(_RUNS))
    overlap = min(timed(lambda: OVERLAP(snapshot, {}, {}))[1] for _ in range(_RUNS))
    found_pairs = {"overlap": OVERLAP(snapshot, {}, {})}
    layers = min(timed(lambda: LAYERS(snapshot, found_pairs, {}))[1] for _ in range(_RUNS))
    found_pairs["layers"] = LAYERS(snapshot, found_pairs, {})
    gaps = min(timed(lambda: GAPS(snapshot, found_pairs, {}))[1] for _ in range(_RUNS))
    pairs = min(timed(lambda: joining(belongs.csr, direct, related))[1] for _ in range(_RUNS))
    found, own = timed(lambda: cuts(belongs.csr, direct, related))
    row(
        "connectors, all of it",
        f"{whole:.2f}",
        f"{division:.2f} (one division by Leiden)",
        f"{whole / division:.2f}",
        "",
    )
    row("overlap", f"{overlap:.2f}", "", "", "")
    row("layers", f"{layers:.2f}", "", "", "")
    row("gaps", f"{gaps:.2f}", "", "", "")
    row("overlap, connectors and gaps", f"{overlap + whole + gaps:.2f}", "", "", "<= 2 s")
    row("of it, who joins which pair", f"{pairs:.2f}", "", "", "")
    row("of it, who parts the map", f"{own:.2f}", "", "", "")
    if not given.skip_slow:
        theirs, other = timed(lambda: parting(belongs.csr, direct))
        assert {c.leader for c in found} <= theirs, np.setdiff1d([c.leader for c in found], list(theirs))
        row("the same by networkx", f"{other:.2f}", "", f"{other / own:.0f}x slower", "")


if __name__ == "__main__":
    main()

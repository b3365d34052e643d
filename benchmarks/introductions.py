"""Introductions beside one division by Leiden, in one run.

    python -m benchmarks.introductions --synth ../shared/tools/synth_networks.py --people 100000

CPU time of this process; prints the rows of docs/benchmarks.md. The interests of the made-up people are loaded too.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa

from benchmarks.analysis import generated, head, row, sized, table, tables_of, timed
from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.introduction_candidates import candidates
from netofnets.analysis.introduction_choice import choose, introducible
from netofnets.analysis.introduction_fairness import introduction_fairness
from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.introduction_likelihood import STATED, features
from netofnets.analysis.introductions import INTRODUCTIONS
from netofnets.analysis.leiden import partition
from netofnets.graph.snapshot import Snapshot

_RUNS = 3


def with_interests(made: dict[str, object], tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with who names what."""
    held = made["interests"]
    assert isinstance(held, dict)
    interests = pa.array([f"i{i:015d}" for i in range(int(held["interest"].max()) + 1)])
    ends = {
        "from_id": tables["leaders"]["id"].combine_chunks().take(pa.array(held["person"])),
        "to_id": interests.take(pa.array(held["interest"])),
    }
    ids = pa.array([f"h{i:015d}" for i in range(len(held["person"]))])
    return tables | {
        "interests": table("interests", id=interests, name=interests),
        "leader_interests": table("leader_interests", id=ids, **ends),
    }


def main() -> None:
    given = sized(__doc__).parse_args()
    made = generated(given.synth, given.people, given.seed)
    snapshot = Snapshot.build(with_interests(made, tables_of(made)))
    size = f"{given.people:,} people, {snapshot.count('networks'):,} networks"
    head(f"Introductions, {size}", "what", "s", "of a Leiden division")
    graph = affiliation(snapshot)
    division = min(timed(lambda: partition(graph.matrix, given.resolution, 7))[1] for _ in range(_RUNS))
    row("one division by Leiden", f"{division:.2f}", "", "1", "")

    def told(name: str, seconds: float) -> None:
        row(name, f"{seconds:.2f}", "", f"{seconds / division:.2f}", "")

    told(
        "introductions, three lists of 300",
        min(timed(lambda: INTRODUCTIONS(snapshot, {}, {}))[1] for _ in range(_RUNS)),
    )
    parts(snapshot, told)
    lists = INTRODUCTIONS(snapshot, {}, {})
    told("whom they reach", timed(lambda: introduction_fairness(snapshot, {"introductions": lists}))[1])


def parts(snapshot: Snapshot, told: object) -> None:
    """What the time goes into, one run."""
    assert callable(told)
    ground = Ground(snapshot)
    told("of it, what joins networks today", timed(lambda: ground.joined)[1])
    everybody = np.ones(ground.people, dtype=bool)
    (first, second), seconds = timed(lambda: candidates(ground, everybody))
    told(f"of it, {len(first):,} candidates", seconds)
    found, seconds = timed(lambda: features(ground, first, second))
    told("of it, what speaks for each", seconds)
    pairs, seconds = timed(lambda: introducible(ground, first, second, STATED.of(found)))
    told("of it, the pairs of networks of each", seconds)
    none = introducible(ground, first[:0], second[:0], np.ones(0))
    room = np.full(ground.people, 3)
    list_ = partial(choose, pairs, ground, beta=1.0, rows=300, room=room, per_pair=2, under_way=none)
    told("of it, choosing one list", timed(list_)[1])


if __name__ == "__main__":
    main()

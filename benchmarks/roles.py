"""Roles, parts, partners, convening and what-if beside one division by Leiden, in one run.

    python -m benchmarks.roles --synth ../shared/tools/synth_networks.py --people 100000

CPU time of this process; prints the rows of docs/benchmarks.md.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.analysis import generated, head, row, sized, tables_of, timed
from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.changes import Join, Meet, Without
from netofnets.analysis.convene import CONVENE
from netofnets.analysis.dependence import DEPENDENCE
from netofnets.analysis.leiden import partition
from netofnets.analysis.partners import PARTNERS
from netofnets.analysis.roles import ROLES
from netofnets.analysis.two_mode import TWO_MODE
from netofnets.analysis.what_if import consequences, standing
from netofnets.graph.snapshot import Snapshot

_RUNS = 3


def main() -> None:
    given = sized(__doc__).parse_args()
    snapshot = Snapshot.build(tables_of(generated(given.synth, given.people, given.seed)))
    head(
        f"Roles, {given.people:,} people, {snapshot.count('networks'):,} networks", "what", "s", "of a Leiden division"
    )
    graph = affiliation(snapshot)
    division = min(timed(lambda: partition(graph.matrix, given.resolution, 7))[1] for _ in range(_RUNS))
    row("one division by Leiden", f"{division:.2f}", "", "1", "")
    measures = (
        ("roles by networks, in fractions", lambda: ROLES(snapshot, {"communities": None}, {"by": "networks"})),
        ("dependence, with parts", lambda: DEPENDENCE(snapshot, {}, {})),
        ("partners", lambda: PARTNERS(snapshot, {}, {})),
        ("two-mode, redundancy", lambda: TWO_MODE(snapshot, {}, {})),
        ("convene, most networks", lambda: CONVENE(snapshot, {}, {})),
        ("convene, most pairs", lambda: CONVENE(snapshot, {}, {"cover": "pairs"})),
        ("what-if: how networks stand, once", lambda: standing(snapshot)),
    )
    for name, compute in measures:
        seconds = min(timed(compute)[1] for _ in range(_RUNS))
        row(name, f"{seconds:.2f}", "", f"{seconds / division:.2f}", "")
    before = standing(snapshot)
    busiest = np.argsort(-snapshot.incidence("memberships").degrees, kind="stable")
    for name, change in (
        ("what-if: the person in most networks steps back", Without(int(busiest[0]))),
        ("what-if: the next two meet", Meet(int(busiest[1]), int(busiest[2]))),
        ("what-if: the first two networks join", Join(0, 1)),
    ):
        seconds = min(timed(partial(consequences, before, change))[1] for _ in range(_RUNS))
        row(name, f"{seconds:.2f}", "", f"{seconds / division:.2f}", "")


if __name__ == "__main__":
    main()

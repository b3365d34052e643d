"""Overlapping memberships: every community that somebody's ties go to, with the share that goes there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.communities import labels_of, numbers_of, shares_by_group
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.tables import floats, integers, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["COMMUNITY_SHARES", "community_shares"]


def community_shares(snapshot: Snapshot, results: Results, *, least: float) -> pa.Table:
    """The table of :data:`COMMUNITY_SHARES`."""
    graph = affiliation(snapshot)
    labels = np.concatenate(labels_of(results["communities"], graph.leaders))
    numbers = np.append(numbers_of(results["communities"]), 0)
    shares = shares_by_group(graph.matrix, labels)
    rows = np.repeat(np.arange(len(labels)), np.diff(shares.indptr))
    kept = np.flatnonzero(shares.data >= least - 1e-12)
    order = kept[np.lexsort((shares.indices[kept], -np.round(shares.data[kept], 9), rows[kept]))]
    kinds, ids = graph.ids(snapshot)
    at = pa.array(rows[order], pa.int64())
    return table(
        {
            "kind": kinds.take(at),
            "id": ids.take(at),
            "community": integers(numbers[shares.indices[order]]),
            "share": floats(shares.data[order]),
        }
    )


COMMUNITY_SHARES = Measure(
    id="community_shares",
    title=say("Overlapping communities"),
    question=say("Which communities does somebody belong to, and how much to each?"),
    run=community_shares,
    outputs=(
        Output("kind", say("{leaders} or {networks}.", leaders="leaders", networks="networks")),
        Output("id", say("Id of the leader or network."), of="kind"),
        Output(
            "community", say("Number of a community that part of the node's weight goes to, the largest part first.")
        ),
        Output("share", say("That part, 0 to 1; parts below the least are not listed.")),
    ),
    parameters=(Parameter("least", 0.1, say("Smallest share that is listed.")),),
    needs=("communities",),
    use=say("For people between communities, whom one number each does not describe."),
    misleads=say(
        "The communities were found with everybody in one only; shares say how the ties of a node fall on them."
    ),
    about="id",
    command="community-shares",
)

"""What ties each network to the others, and whether it all hangs on one person."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.measure import Measure, Output, Results
from netofnets.analysis.tables import integers, pick, table
from netofnets.graph.snapshot import Snapshot

__all__ = ["DEPENDENCE", "dependence"]

Ints = npt.NDArray[np.int64]


def dependence(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`DEPENDENCE`."""
    memberships = snapshot.incidence("memberships")
    csr, networks = memberships.csr, snapshot.count("networks")
    leader = np.repeat(np.arange(csr.shape[0], dtype=np.int64), np.diff(csr.indptr))
    elsewhere = memberships.degrees[leader] > 1
    shared = np.bincount(csr.indices[elsewhere], minlength=networks)
    sole = np.zeros(networks, dtype=np.int64)
    sole[csr.indices[elsewhere]] = leader[elsewhere]  # of use only where there is exactly one
    reached = np.asarray((csr.T @ csr).count_nonzero(axis=1) if csr.nnz else np.zeros(networks), dtype=np.int64)
    partners = snapshot.incidence("partnerships").degrees
    return table(
        {
            "network": snapshot.ids("networks"),
            "members": integers(memberships.group_sizes),
            "shared_members": integers(shared),
            "networks_reached": integers(np.maximum(reached - 1, 0)),
            "sole_link": pick(snapshot.ids("leaders"), sole, shared == 1),
            "partners": integers(partners),
        }
    )


DEPENDENCE = Measure(
    id="dependence",
    title="Dependence",
    question="Which networks hang on one person?",
    run=dependence,
    outputs=(
        Output("network", "Every network.", of="networks"),
        Output("members", "Its members."),
        Output("shared_members", "Members who are also in another network."),
        Output("networks_reached", "Other networks that it shares a member with."),
        Output(
            "sole_link",
            "The one member who is also in another network; null when there are several or none.",
            of="leaders",
        ),
        Output("partners", "Organizations that it partners with."),
    ),
    use="To see where one person's leaving would cut a network off.",
    misleads="Ties that no roster holds, such as friendships or shared schools, are not counted.",
    about="network",
    command="dependence",
)

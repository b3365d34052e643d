"""What ties each network to the others, and whether it all hangs on one person."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from netofnets.analysis.measure import Measure, Output, Results
from netofnets.analysis.rolled_up import outward, rolled_up
from netofnets.analysis.tables import integers, pick, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["DEPENDENCE", "dependence"]


def dependence(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`DEPENDENCE`."""
    out = outward(snapshot)
    links = out.links.csc
    shared = out.links.group_sizes
    firsts = np.append(links.indices, 0)  # of use only where there is one
    first = firsts[np.minimum(links.indptr[:-1], links.nnz)]
    second = firsts[np.minimum(links.indptr[:-1] + 1, links.nnz)]
    leaders = snapshot.ids("leaders")
    return table(
        {
            "network": snapshot.ids("networks"),
            "members": integers(snapshot.incidence("memberships").group_sizes),
            "with_parts": integers(rolled_up(snapshot).group_sizes),
            "shared_members": integers(shared),
            "networks_reached": integers(out.reached),
            "sole_link": pick(leaders, first, shared == 1),
            "one_of_two": pick(leaders, first, shared == 2),
            "other_of_two": pick(leaders, second, shared == 2),
            "partners": integers(snapshot.incidence("partnerships").degrees),
        }
    )


DEPENDENCE = Measure(
    id="dependence",
    title=say("Dependence"),
    question=say("Which networks hang on one person, or on two?"),
    run=dependence,
    outputs=(
        Output("network", say("Every network."), of="networks"),
        Output("members", say("Its own members.")),
        Output("with_parts", say("Its members and those of its parts, at any depth, each person once.")),
        Output(
            "shared_members",
            say("Of these, people who are also in another network that is neither part nor whole of it."),
        ),
        Output("networks_reached", say("Such other networks that these people are in.")),
        Output(
            "sole_link", say("The one person of shared_members; empty when there are several or none."), of="leaders"
        ),
        Output("one_of_two", say("The first of exactly two people of shared_members; empty otherwise."), of="leaders"),
        Output("other_of_two", say("The second of exactly two; empty otherwise."), of="leaders"),
        Output("partners", say("Organizations that it partners with.")),
    ),
    use=say("To see where one person's leaving would cut a network off, and how large a network is with its chapters."),
    misleads=say(
        "Ties that no roster holds, such as friendships or shared schools, are not counted; of a chapter, what "
        "leads to its own association is not counted either."
    ),
    about="network",
    command="dependence",
)

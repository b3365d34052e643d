"""Position among people and networks, without a projection: betweenness, and how redundant somebody's networks are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.joining import joining
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.parts import kin
from netofnets.analysis.paths import betweenness
from netofnets.analysis.tables import floats, integers, table
from netofnets.analysis.ties import once
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["TWO_MODE", "redundancy", "two_mode"]

Floats = npt.NDArray[np.float64]


def two_mode(snapshot: Snapshot, results: Results, *, limit: int) -> pa.Table:
    """The table of :data:`TWO_MODE`."""
    memberships = snapshot.incidence("memberships")
    belongs = once(memberships.csr)
    member = memberships.degrees > 0
    between = np.full(len(member), np.nan)
    if int(member.sum()) + snapshot.count("networks") <= limit:
        own = sp.csr_array(belongs[member])
        graph = sp.csr_array(sp.block_array([[None, own], [own.T, None]], format="csr")) if own.nnz else own
        between[member] = betweenness(graph)[: int(member.sum())] / 2.0
    return table(
        {
            "leader": snapshot.ids("leaders"),
            "networks": integers(memberships.degrees),
            "betweenness": floats(np.round(between, 9)),
            "redundancy": floats(redundancy(belongs, kin(snapshot))),
        }
    )


def redundancy(belongs: sp.csr_array, related: sp.csr_array) -> Floats:
    """For each person, the share of pairs of own networks that somebody else is in both of; NaN without a pair.

    Latapy, Magnien and Del Vecchio 2008, doi:10.1016/j.socnet.2007.04.006; equals ``node_redundancy`` of networkx where
    no network is part of another. A part and its whole (``related``) are no pair.
    """
    people = int(belongs.shape[0])
    found = joining(belongs, sp.csr_array((people, people)), related)
    pairs = np.bincount(found.leader, minlength=people)
    others = np.bincount(found.leader, found.people > 1, people)
    share: Floats = np.divide(others, pairs, out=np.full(people, np.nan), where=pairs > 0)
    return share


TWO_MODE = Measure(
    id="two_mode",
    title=say("Position among people and networks"),
    question=say("Who lies between networks, and whose networks are joined by others as well?"),
    run=two_mode,
    outputs=(
        Output("leader", say("Every leader, by id."), of="leaders"),
        Output("networks", say("Networks that the leader is in.")),
        Output(
            "betweenness",
            say(
                "Shortest paths between all others, people and networks, that pass here, not normalised; empty for "
                "somebody in no network, and not computed (empty for all) above the limit."
            ),
        ),
        Output(
            "redundancy",
            say(
                "Share of the pairs of own networks that somebody else is in both of: 0 is a gap that only this person "
                "closes, 1 is nothing that others do not do as well; empty without a pair. A part and its whole are no "
                "pair."
            ),
        ),
    ),
    parameters=(
        Parameter("limit", 3000, say("Largest number of people and networks for which betweenness is computed.")),
    ),
    references=(
        "Latapy, Magnien and Del Vecchio 2008: Basic notions for the analysis of large two-mode networks, "
        "doi:10.1016/j.socnet.2007.04.006",
        "Faust 1997: Centrality in affiliation networks, doi:10.1016/S0378-8733(96)00300-0",
        "Burchard and Cornwell 2018: Structural holes and bridging in two-mode networks, "
        "doi:10.1016/j.socnet.2018.04.001",
    ),
    use=say(
        "Redundancy says who closes a gap that nobody else closes, in place of constraint, which means nothing on "
        "memberships. Betweenness is for small data without a network of nearly everybody."
    ),
    misleads=say(
        "Betweenness mostly counts networks (rank correlation about 0.9) and fails when one very large network "
        "makes everybody near. A low redundancy may be one chance membership in a far network: bridging leaders say "
        "whether chance would give it."
    ),
    about="leader",
    command="two-mode",
    order=(("redundancy", "ascending"), ("networks", "descending"), ("id", "ascending")),
)

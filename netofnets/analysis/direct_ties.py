"""Position in the direct ties: degrees, betweenness, constraint, cut points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from netofnets.analysis.burt import constraint
from netofnets.analysis.cuts import joints
from netofnets.analysis.leiden import renumber
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.on_projection import refused
from netofnets.analysis.paths import betweenness
from netofnets.analysis.tables import booleans, floats, integers, table
from netofnets.analysis.ties import arcs, once
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["DIRECT_TIES", "direct_ties"]


def direct_ties(snapshot: Snapshot, results: Results, *, limit: int, on: str) -> pa.Table:
    """The table of :data:`DIRECT_TIES`; :class:`SettingsError` for anything but direct ties, with what was measured."""
    if on != "ties":
        raise SettingsError(refused(snapshot, on))
    directed = once(arcs(snapshot))
    inward = np.bincount(directed.indices, minlength=directed.shape[0])
    outward = np.diff(directed.indptr)
    tied = (inward + outward) > 0
    kept = np.flatnonzero(tied)
    among = sp.csr_array(directed[kept][:, kept])
    between = np.full(len(tied), np.nan)
    if len(kept) <= limit:
        between[kept] = betweenness(among)
    component, cut = np.full(len(tied), -1, dtype=np.int64), np.zeros(len(tied), dtype=bool)
    component[kept] = _components(among)
    cut[kept] = _cut_points(among)
    return table(
        {
            "leader": snapshot.ids("leaders"),
            "degree_in": integers(inward),
            "degree_out": integers(outward),
            "betweenness": floats(between),
            "constraint": floats(constraint(directed)),
            "component": integers(component, tied),
            "articulation": booleans(cut, tied),
        }
    )


def _components(matrix: sp.csr_array) -> npt.NDArray[np.int32]:
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int32)
    return renumber(connected_components(matrix, directed=True, connection="weak")[1])


def _cut_points(matrix: sp.csr_array) -> npt.NDArray[np.bool_]:
    cut = np.zeros(matrix.shape[0], dtype=bool)
    cut[joints(sp.csr_array(matrix + matrix.T))] = True
    return cut


DIRECT_TIES = Measure(
    id="direct_ties",
    title=say("Direct ties"),
    question=say("Who stands where among the people who have worked with each other?"),
    run=direct_ties,
    outputs=(
        Output("leader", say("Every leader, by id."), of="leaders"),
        Output("degree_in", say("People who worked with this leader (replied to, observed ...), each once.")),
        Output("degree_out", say("People this leader worked with, each once.")),
        Output(
            "betweenness",
            say(
                "Shortest directed paths between others that pass here, not normalised; empty for a leader without "
                "ties, and not computed (empty for all) above the limit."
            ),
        ),
        Output(
            "constraint", say("Burt's constraint: low when the contacts do not know each other; empty without ties.")
        ),
        Output("component", say("Number of the connected part, 0 is the largest; empty without ties.")),
        Output("articulation", say("Whether the part would fall apart without this leader; empty without ties.")),
    ),
    parameters=(
        Parameter("limit", 3000, say("Largest number of leaders with ties for which betweenness is computed.")),
        Parameter(
            "on",
            "ties",
            say(
                "What the position is in: ties. On memberships it is refused, with how far it would only restate "
                "counts."
            ),
        ),
    ),
    references=(
        "Brandes 2001: A faster algorithm for betweenness centrality, doi:10.1080/0022250X.2001.9990249",
        "Burt 1992: Structural Holes",
        "Burchard and Cornwell 2018: Structural holes and bridging in two-mode networks, "
        "doi:10.1016/j.socnet.2018.04.001",
        "Freeman 1977: A set of measures of centrality based on betweenness, doi:10.2307/3033543",
    ),
    use=say("On replies, mentoring or co-leading in one course or region."),
    misleads=say(
        "These are ties somebody recorded: a quiet collaboration counts nothing. Neither number means anything on "
        "shared memberships, where constraint only restates how many networks a person is in."
    ),
    about="leader",
    command="ties",
    order=(("betweenness", "descending"), ("id", "ascending")),
)

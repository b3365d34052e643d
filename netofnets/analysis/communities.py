"""Communities of leaders and networks, with how firmly each belongs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.leiden import Labels, components, partition
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.tables import floats, integers, table
from netofnets.graph.snapshot import Snapshot

__all__ = ["COMMUNITIES", "communities", "divide", "labels_of", "weight_by_group"]


def communities(snapshot: Snapshot, results: Results, *, seed: int, resolution: float) -> pa.Table:
    """The table of :data:`COMMUNITIES`."""
    graph = affiliation(snapshot)
    labels = divide(graph.matrix, results["resolution_profile"], seed, resolution)
    kinds, ids = graph.ids(snapshot)
    inside, strengths = _inside(graph.matrix, labels), graph.strengths
    share = np.divide(inside, strengths, out=np.zeros(len(labels)), where=strengths > 0)
    return table(
        {
            "kind": kinds,
            "id": ids,
            "community": integers(labels, labels >= 0),
            "strength": floats(share, labels >= 0),
        }
    )


def divide(matrix: sp.csr_array, profile: pa.Table, seed: int, resolution: float) -> Labels:
    """The division at the resolution of the profile's rule, or at the one asked for.

    Where nobody asked and no division pays for its own description, there is none to be seen: connected parts only.
    """
    at = int(np.argmax(profile["chosen"].to_numpy()))
    if resolution <= 0 and profile["description"].to_numpy()[at] >= 0:
        return components(matrix)
    return partition(matrix, float(profile["resolution"].to_numpy()[at]), seed)[0]


def _inside(matrix: sp.csr_array, labels: Labels) -> npt.NDArray[np.float64]:
    rows = np.repeat(np.arange(len(labels)), np.diff(matrix.indptr))
    same = labels[rows] == labels[matrix.indices]
    return np.asarray(np.bincount(rows[same], matrix.data[same], len(labels)), dtype=np.float64)


def weight_by_group(matrix: sp.csr_array, labels: npt.NDArray[np.integer]) -> sp.csr_array:
    """Weight from every row to every group of columns, shape (rows, groups); label -1 is in no group."""
    groups = max(int(labels.max(initial=-1)) + 1, 1)
    known = np.flatnonzero(labels >= 0)
    member = sp.coo_array((np.ones(len(known)), (known, labels[known])), shape=(int(matrix.shape[1]), groups))
    return sp.csr_array(matrix @ member.tocsr())


def labels_of(table_: pa.Table, leaders: int) -> tuple[Labels, Labels]:
    """Community of every leader and of every network, by position, from the table of this measure; -1 is none."""
    filled = table_["community"].fill_null(-1).to_numpy().astype(np.int32)
    return filled[:leaders], filled[leaders:]


COMMUNITIES = Measure(
    id="communities",
    title="Communities",
    question="Which leaders and networks belong together, whatever the rosters are called?",
    run=communities,
    outputs=(
        Output("kind", "leaders or networks."),
        Output("id", "Id of the leader or network.", of="kind"),
        Output(
            "community",
            "Number of the community: 0 is the largest; null for somebody without any tie. Connected parts only, "
            "where no division describes the graph better than none.",
        ),
        Output("strength", "Part of the node's weight that stays inside its community, 0 to 1."),
    ),
    parameters=(
        Parameter("seed", 7, "Seed of the search; the same seed gives the same communities."),
        Parameter("resolution", 0.0, "Larger means more and smaller communities; 0 takes what the profile chose."),
    ),
    needs=("resolution_profile",),
    references=(
        "Traag, Waltman, van Eck 2019: From Louvain to Leiden, doi:10.1038/s41598-019-41695-z",
        "Peel, Larremore, Clauset 2017: The ground truth about metadata, doi:10.1126/sciadv.1602548",
    ),
    use="To see groups that cut across the declared networks, and networks that are in fact one.",
    misleads="Everybody gets one community only; a low strength says that it could as well be another. Large networks "
    "weigh little on purpose (a membership weighs -ln of the network's share of all members).",
    about="id",
    command="communities",
    order=(("community", "ascending"), ("strength", "descending"), ("id", "ascending")),
)

"""Communities of leaders and networks, with how firmly each belongs, and numbers that last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.continuity import numbered, places, standing
from netofnets.analysis.divisions import RUNS, division_of, pays
from netofnets.analysis.leiden import Labels, components, renumber
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.settling import settled
from netofnets.analysis.tables import floats, integers, table
from netofnets.analysis.wider import wider_groups
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["COMMUNITIES", "communities", "labels_of", "numbers_of", "shares_by_group", "slots_of", "weight_by_group"]

_MEMORY = b"netofnets"  # key of what the next publication needs to know, in the metadata of the table


def communities(
    snapshot: Snapshot, results: Results, *, seed: int, resolution: float, previous: pa.Table | None
) -> pa.Table:
    """The table of :data:`COMMUNITIES`."""
    graph = affiliation(snapshot)
    kinds, ids = graph.ids(snapshot)
    memory = _memory(previous)
    before = standing("community", kinds, ids, previous)
    same = memory.get("seed") == seed and memory.get("resolution") == resolution
    labels = _chosen(graph, results["divisions"], before if same and memory.get("pays") else None, seed, resolution)
    named = numbered(labels, before, int(memory.get("highest", 0)))
    wider = wider_groups(graph.evidence, labels, seed)
    wide_before = standing("wider", kinds, ids, previous)
    wide = numbered(_of(wider, labels).astype(np.int32), wide_before, int(memory.get("highest_wider", 0)))
    strengths = _strengths(graph.matrix, labels)
    found = table(
        {
            "kind": kinds,
            "id": ids,
            "community": integers(_of(named.ids, labels), labels >= 0),
            "strength": floats(strengths.own, labels >= 0),
            "second": integers(_of(named.ids, strengths.second), strengths.second >= 0),
            "second_strength": floats(strengths.other, strengths.second >= 0),
            "wider": integers(_of(wide.ids, _of(wider, labels)), _of(wider, labels) >= 0),
        }
    )
    last = {int(number): slot for number, slot in memory.get("slots", {}).items()}
    kept = {
        "slots": {str(number): slot for number, slot in places(named.ids, last).items()},
        "highest": named.highest,
        "highest_wider": wide.highest,
        "pays": pays(graph, labels),
        "resolution": resolution,
        "seed": seed,
    }
    return found.replace_schema_metadata({_MEMORY: json.dumps(kept, sort_keys=True)})


def labels_of(table_: pa.Table, leaders: int) -> tuple[Labels, Labels]:
    """Community of every leader and of every network, by position, from the table of this measure; -1 is none.

    Labels for computing: 0, 1 ... by falling size, without gaps. The numbers for people to see are in the table.
    """
    ids = np.asarray(table_["community"].fill_null(-1).to_numpy(), dtype=np.int64)
    dense = renumber(ids)
    return dense[:leaders], dense[leaders:]


def numbers_of(table_: pa.Table) -> npt.NDArray[np.int64]:
    """The number of each community in order of the labels of :func:`labels_of`: the largest community first."""
    ids = np.asarray(table_["community"].fill_null(-1).to_numpy(), dtype=np.int64)
    dense = renumber(ids)
    numbers = np.zeros(int(dense.max(initial=-1)) + 1, dtype=np.int64)
    numbers[dense[dense >= 0]] = ids[dense >= 0]
    return numbers


def slots_of(table_: pa.Table) -> dict[int, int]:
    """The colour (0 to 7) of the communities that have one, by number; it lasts as the number does."""
    return {int(number): slot for number, slot in _memory(table_).get("slots", {}).items()}


def weight_by_group(matrix: sp.csr_array, labels: npt.NDArray[np.integer]) -> sp.csr_array:
    """Weight from every row to every group of columns, shape (rows, groups); label -1 is in no group."""
    groups = max(int(labels.max(initial=-1)) + 1, 1)
    known = np.flatnonzero(labels >= 0)
    member = sp.coo_array((np.ones(len(known)), (known, labels[known])), shape=(int(matrix.shape[1]), groups))
    return sp.csr_array(matrix @ member.tocsr())


def shares_by_group(matrix: sp.csr_array, labels: npt.NDArray[np.integer]) -> sp.csr_array:
    """Part of each row's weight that goes to each group of columns, shape (rows, groups)."""
    shares = weight_by_group(matrix, labels)
    whole = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    shares.data = shares.data / np.repeat(whole, np.diff(shares.indptr))
    shares.sort_indices()
    return shares


def _memory(previous: pa.Table | None) -> dict[str, Any]:
    stored = (previous.schema.metadata or {}).get(_MEMORY) if previous is not None else None
    return dict(json.loads(stored)) if stored else {}


def _of(values: npt.NDArray[np.integer], labels: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """The value of each node's group; -1 where it is in none."""
    padded = np.append(np.asarray(values, dtype=np.int64), -1)
    return np.asarray(padded[labels], dtype=np.int64)


def _chosen(
    graph: Affiliation, divisions: pa.Table, before: npt.NDArray[np.int64] | None, seed: int, resolution: float
) -> Labels:
    """The division that describes the ties in fewest words; connected parts where none pays and none was asked for.

    What was published last, brought up to date, stands until a fresh search describes the ties clearly better: by more
    than twice what lies between the best and the worst of three runs (about three and a half standard deviations).
    """
    fresh = division_of(divisions, "consensus")
    if resolution > 0:
        return fresh
    if before is not None and len(np.unique(before[before >= 0])) > 1:
        runs = [_length(graph, division_of(divisions, name)) for name in RUNS]
        clearly = 2.0 * (max(runs) - min(runs))
        old = _stood(graph, before, seed, clearly)
        if (length := _length(graph, old)) < 0.0 and length - _length(graph, fresh) <= clearly:
            return old
    return fresh if pays(graph, fresh) else components(graph.matrix)


def _length(graph: Affiliation, labels: Labels) -> float:
    return graph.described.length(labels)


def _stood(graph: Affiliation, before: npt.NDArray[np.int64], seed: int, clearly: float) -> Labels:
    """The last division settled again; as it was, when that only cost it a community and is not clearly better."""
    same = _brought_up(graph, before)
    moved = settled(graph.evidence, graph.leaders, same, seed)
    lost = moved.max(initial=-1) < same.max(initial=-1)
    return same if lost and _length(graph, same) - _length(graph, moved) <= clearly else moved


def _brought_up(graph: Affiliation, before: npt.NDArray[np.int64]) -> Labels:
    """The last division with those who are new put where most of their weight goes, and untied ones out."""
    dense = renumber(before).astype(np.int32)
    tied = np.diff(graph.matrix.indptr) > 0
    dense[~tied] = -1
    for _ in range(2):  # a new person in a new network is reached in the second round
        lost = np.flatnonzero(tied & (dense < 0))
        weight = weight_by_group(graph.matrix, dense)
        reached = lost[np.diff(weight.indptr)[lost] > 0]
        dense[reached] = np.asarray(weight[reached].argmax(axis=1)).ravel() if len(reached) else []
    lost = np.flatnonzero(tied & (dense < 0))
    if len(lost):
        apart = components(sp.csr_array(graph.matrix[lost][:, lost]))
        dense[lost] = int(dense.max(initial=-1)) + 1 + np.maximum(apart, 0)
    return renumber(dense)


@dataclass(frozen=True)
class _Strengths:
    own: npt.NDArray[np.float64]
    second: npt.NDArray[np.int64]
    other: npt.NDArray[np.float64]


def _strengths(matrix: sp.csr_array, labels: Labels) -> _Strengths:
    """Share of weight in the own community, and the other community with the largest share."""
    shares = shares_by_group(matrix, labels)
    rows = np.repeat(np.arange(len(labels)), np.diff(shares.indptr))
    inside = shares.indices == labels[rows]
    own = np.asarray(np.bincount(rows[inside], shares.data[inside], len(labels)), dtype=np.float64)
    rows, groups, share = rows[~inside], shares.indices[~inside], shares.data[~inside]
    order = np.lexsort((groups, -np.round(share, 9), rows))
    has, first = np.unique(rows[order], return_index=True)
    second, other = np.full(len(labels), -1, dtype=np.int64), np.zeros(len(labels))
    second[has], other[has] = groups[order][first], share[order][first]
    return _Strengths(own, second, other)


COMMUNITIES = Measure(
    id="communities",
    title=say("Communities"),
    question=say("Which leaders and networks belong together, whatever the rosters are called?"),
    run=communities,
    outputs=(
        Output("kind", say("{leaders} or {networks}.", leaders="leaders", networks="networks")),
        Output("id", say("Id of the leader or network."), of="kind"),
        Output(
            "community",
            say(
                "Number of the community, the same from one publication to the next; empty for somebody without any "
                "tie. Connected parts only, where no division describes the graph better than none."
            ),
        ),
        Output("strength", say("Part of the node's weight that stays inside its community, 0 to 1.")),
        Output("second", say("The other community that most of the rest goes to; empty where there is none.")),
        Output("second_strength", say("Part of the node's weight that goes there, 0 to 1.")),
        Output(
            "wider", say("Number of the group of communities around it, lasting too; empty where none is to be seen.")
        ),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the search; the same seed gives the same communities.")),
        Parameter("resolution", 0.0, say("Larger means more and smaller communities; 0 takes what the profile chose.")),
    ),
    needs=("resolution_profile", "divisions"),
    references=(
        "Traag, Waltman, van Eck 2019: From Louvain to Leiden, doi:10.1038/s41598-019-41695-z",
        "Karrer and Newman 2011: Stochastic blockmodels and community structure, doi:10.1103/PhysRevE.83.016107",
        "Peel, Larremore, Clauset 2017: The ground truth about metadata, doi:10.1126/sciadv.1602548",
    ),
    use=say("To see groups that cut across the declared networks, and networks that are in fact one."),
    misleads=say(
        "Everybody gets one community only; a low strength, or a second community close to it, says that it could as "
        "well be another. Large networks weigh little on purpose (a membership weighs -ln of the network's share of "
        "all members). What was published last stands until a fresh search is clearly better, so a home with a past "
        "and one without may differ."
    ),
    about="id",
    command="communities",
    order=(("community", "ascending"), ("strength", "descending"), ("id", "ascending")),
    continues=True,
)

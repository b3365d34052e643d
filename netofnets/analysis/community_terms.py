"""What is typical of each community: interests, networks and regions that are more frequent in it than elsewhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.communities import labels_of, numbers_of
from netofnets.analysis.enrichment import enriched
from netofnets.analysis.leiden import Labels
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.tables import floats, integers, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["COMMUNITY_TERMS", "community_terms", "region_matrix"]

_KEPT = 12  # of each kind and community

Ints = npt.NDArray[np.int64]


def community_terms(snapshot: Snapshot, results: Results, *, alpha: float) -> pa.Table:
    """The table of :data:`COMMUNITY_TERMS`."""
    leaders, networks = labels_of(results["communities"], snapshot.count("leaders"))
    numbers = numbers_of(results["communities"])
    regions, region_names = region_matrix(snapshot)
    sources: list[tuple[str, sp.csr_array, pa.Array | None, pa.Array]] = [
        (
            "interests",
            snapshot.incidence("leader_interests").csr,
            snapshot.ids("interests"),
            snapshot.names("interests"),
        ),
        ("networks", snapshot.incidence("memberships").csr, snapshot.ids("networks"), snapshot.names("networks")),
        ("regions", regions, None, region_names),
    ]
    parts = [_part(kind, has, ids, names, leaders, networks, numbers, alpha) for kind, has, ids, names in sources]
    return pa.concat_tables(parts).combine_chunks()


def region_matrix(snapshot: Snapshot) -> tuple[sp.csr_array, pa.Array]:
    """Who states which region, as a 0/1 matrix (leaders, regions), and the names of the regions."""
    stated = snapshot.nodes["leaders"]["region"].combine_chunks()
    names = pc.unique(stated.drop_null()).sort()
    at = np.asarray(pc.fill_null(pc.index_in(stated, value_set=names, skip_nulls=True), -1), dtype=np.int64)
    known = np.flatnonzero(at >= 0)
    shape = (len(at), max(len(names), 1))
    return sp.csr_array((np.ones(len(known)), (known, at[known])), shape=shape), names


def _part(
    kind: str,
    has: sp.csr_array,
    ids: pa.Array | None,
    names: pa.Array,
    leaders: Labels,
    networks: Labels,
    numbers: Ints,
    alpha: float,
) -> pa.Table:
    """The typical features of one kind; networks that are in the community themselves come first."""
    found = enriched(has, leaders, alpha) if len(numbers) > 1 else None
    group, feature = (found.group, found.feature) if found else (np.zeros(0, dtype=np.int64),) * 2
    away = networks[feature] != group if kind == "networks" else np.zeros(len(group), dtype=bool)
    order = np.lexsort((np.arange(len(group)), away, group))
    kept = order[_place(group[order]) < _KEPT]
    at = pa.array(feature[kept], pa.int64())
    return table(
        {
            "community": integers(numbers[group[kept]]),
            "kind": texts([kind] * len(kept)),
            "id": pa.nulls(len(kept), pa.string()) if ids is None else ids.take(at),
            "term": names.take(at),
            "own": pa.array(~away[kept], pa.bool_()),
            "found": integers(found.found[kept] if found else []),
            "lift": floats(found.lift[kept] if found else []),
            "q": floats(found.q[kept] if found else []),
        }
    )


def _place(group: Ints) -> Ints:
    """Place of each row within its group, rows of a group standing together."""
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=np.int64)
    return np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))


COMMUNITY_TERMS = Measure(
    id="community_terms",
    title=say("What is typical of communities"),
    question=say("Which interests, networks and regions are more frequent in a community than elsewhere?"),
    run=community_terms,
    outputs=(
        Output("community", say("Number of the community, as in communities.")),
        Output(
            "kind",
            say(
                "{interests}, {networks} or {regions}.",
                interests="interests",
                networks="networks",
                regions="regions",
            ),
        ),
        Output("id", say("Id of the interest or network; empty for a region."), of="kind"),
        Output("term", say("Its name.")),
        Output("own", say("Whether it lies in the community itself (a network may be typical of several).")),
        Output("found", say("Leaders of the community who have it.")),
        Output("lift", say("How many times more frequent it is in the community than among all with a community.")),
        Output("q", say("False discovery rate at which it would be called typical.")),
    ),
    parameters=(Parameter("alpha", 0.01, say("False discovery rate below which something is typical.")),),
    needs=("communities",),
    references=("Benjamini and Hochberg 1995: Controlling the false discovery rate",),
    use=say("To say what a community is about, and what the words of its label rest on."),
    misleads=say(
        "Networks helped to find the communities, so that they are typical is no news; interests and regions did "
        "not. At most 12 of each kind, the most telling first."
    ),
    command="community-terms",
)

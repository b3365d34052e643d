"""Divisions to choose from: three seeds, what they agree on, and another method; whether any pays or not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.assignment import assigned
from netofnets.analysis.leiden import Labels, renumber
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.resolution import tried
from netofnets.analysis.settling import settled
from netofnets.analysis.spectral import spectral
from netofnets.analysis.tables import integers, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["DIVISIONS", "RUNS", "division_of", "divisions", "matched", "pays", "resolution_of"]

RUNS = ("first", "second", "third")  # three seeds
_IN_RUNS = (
    say("Group in the first run, 0 the largest; empty without any tie."),
    say("Group in the second run, 0 the largest; empty without any tie."),
    say("Group in the third run, 0 the largest; empty without any tie."),
)

_CLEARLY = 0.01  # of what a division saves
_FEW = 100_000  # up to so many ties each run is settled before they vote


def divisions(snapshot: Snapshot, results: Results, *, seed: int, resolution: float) -> pa.Table:
    """The table of :data:`DIVISIONS`."""
    graph = affiliation(snapshot)
    at = resolution_of(results["resolution_profile"], resolution)
    raw = [graph.divided(at, seed + i)[0] for i in range(len(RUNS))]
    runs, consensus = _settled(graph, raw, seed)
    if not pays(graph, consensus):
        runs, consensus = raw, _vote(graph, raw)  # nothing is found: what comes nearest, as modularity sees it
    other = spectral(graph.matrix, graph.leaders, int(consensus.max(initial=-1)) + 1, seed)
    kinds, ids = graph.ids(snapshot)
    columns = {name: integers(run, run >= 0) for name, run in zip(RUNS, runs, strict=True)}
    columns |= {"consensus": integers(consensus, consensus >= 0), "spectral": integers(other, other >= 0)}
    return table({"kind": kinds, "id": ids, **columns})


def division_of(table_: pa.Table, column: str) -> Labels:
    """One column of the table as labels, -1 for none."""
    return np.asarray(table_[column].fill_null(-1).to_numpy(), dtype=np.int32)


def pays(graph: Affiliation, labels: Labels) -> bool:
    """Whether the ties are described in fewer words with this division than without any."""
    return graph.described.length(labels) < 0.0


def matched(own: Labels, other: Labels) -> npt.NDArray[np.int64]:
    """For each group of ``other`` the group of ``own`` that it stands for: most shared nodes in all; -1 for none."""
    shared = _contingency(other, own)
    found = np.full(shared.shape[0], -1, dtype=np.int64)
    row, column = assigned(shared)
    fits = shared[row, column] > 0
    found[row[fits]] = column[fits]
    return found


def resolution_of(profile: pa.Table, asked: float) -> float:
    """The resolution asked for, else the chosen one; 1, which is plain modularity, where none pays."""
    at = int(np.argmax(profile["chosen"].to_numpy()))
    chosen = tried(profile) if profile["description"].to_numpy()[at] < 0.0 else 1.0
    return asked if asked > 0 else chosen


def _settled(graph: Affiliation, raw: list[Labels], seed: int) -> tuple[list[Labels], Labels]:
    """The runs and what they agree on, settled by the block model."""
    runs = raw
    if graph.matrix.nnz // 2 <= _FEW:
        runs = [settled(graph.evidence, graph.leaders, run, seed + i) for i, run in enumerate(raw)]
    return runs, _agreed(graph, runs, settled(graph.evidence, graph.leaders, _vote(graph, runs), seed))


def _agreed(graph: Affiliation, runs: list[Labels], voted: Labels) -> Labels:
    """What the runs agree on, unless one of them describes the ties clearly better than that."""
    best, *lengths = (graph.described.length(run) for run in (voted, *runs))
    shortest = int(np.argmin(lengths))
    return runs[shortest] if lengths[shortest] < best - _CLEARLY * abs(best) else voted


def _vote(graph: Affiliation, runs: list[Labels]) -> Labels:
    """The group that most runs put each node in, by the numbers of the run that describes the graph best."""
    lengths = [graph.described.length(run) for run in runs]
    best = runs[int(np.argmin(lengths))]
    groups = int(best.max(initial=-1)) + 1
    known = np.flatnonzero(best >= 0)
    nodes, votes = [known], [best[known].astype(np.int64)]
    for run in runs:
        if run is not best:
            there = matched(best, run)[run[known]]
            nodes.append(known[there >= 0])
            votes.append(there[there >= 0])
    weight = np.concatenate([np.full(len(n), 1.5 if i == 0 else 1.0) for i, n in enumerate(nodes)])
    count = sp.csr_array((weight, (np.concatenate(nodes), np.concatenate(votes))), shape=(len(best), max(groups, 1)))
    return renumber(_first_of_most(count))


def _first_of_most(count: sp.csr_array) -> Labels:
    """Column of the largest entry of each row, the first of equals; -1 for a row without any."""
    count.sort_indices()
    most = np.full(count.shape[0], -1, dtype=np.int32)
    if not count.nnz:
        return most
    rows = np.repeat(np.arange(count.shape[0]), np.diff(count.indptr))
    filled = np.flatnonzero(np.diff(count.indptr))
    largest = np.zeros(count.shape[0])
    largest[filled] = np.maximum.reduceat(count.data, count.indptr[filled])
    hits = np.flatnonzero(count.data == largest[rows])[::-1]  # the first of a row is written last
    most[rows[hits]] = count.indices[hits]
    return most


def _contingency(rows: Labels, columns: Labels) -> npt.NDArray[np.float64]:
    known = (rows >= 0) & (columns >= 0)
    shape = (int(rows.max(initial=-1)) + 1, int(columns.max(initial=-1)) + 1)
    counts = np.zeros(shape)
    np.add.at(counts, (rows[known], columns[known]), 1.0)
    return counts


DIVISIONS = Measure(
    id="divisions",
    title=say("Divisions to choose from"),
    question=say("Which divisions do other seeds and another method find?"),
    run=divisions,
    outputs=(
        Output("kind", say("{leaders} or {networks}.", leaders="leaders", networks="networks")),
        Output("id", say("Id of the leader or network."), of="kind"),
        *map(Output, RUNS, _IN_RUNS),
        Output("consensus", say("Group after the three runs have voted and the block model has settled the outcome.")),
        Output("spectral", say("Group by spectral clustering with as many groups.")),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the first run; the others follow it.")),
        Parameter("resolution", 0.0, say("Larger means more and smaller communities; 0 takes what the profile chose.")),
    ),
    needs=("resolution_profile",),
    references=(
        "Traag, Waltman, van Eck 2019: From Louvain to Leiden, doi:10.1038/s41598-019-41695-z",
        "Karrer and Newman 2011: Stochastic blockmodels and community structure, doi:10.1103/PhysRevE.83.016107",
        "Amini, Chen, Bickel, Levina 2013: Pseudo-likelihood methods for community detection, doi:10.1214/13-AOS1138",
    ),
    use=say("To see what the communities hang on: who changes sides from one run, or method, to the next."),
    misleads=say("Groups are listed here whether they pay for their description or not; communities says which do."),
    about="id",
)

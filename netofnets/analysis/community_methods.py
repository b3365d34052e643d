"""How sure a division is: whether it pays, what other seeds, fewer ties and another method make of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.communities import labels_of
from netofnets.analysis.divisions import RUNS, division_of, pays, resolution_of
from netofnets.analysis.leiden import Labels, agreement, partition
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.settling import settled
from netofnets.analysis.tables import booleans, floats, integers, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["COMMUNITY_METHODS", "community_methods", "shown_division"]

_LEFT_OUT = 0.2  # of the ties
_FEW, _TIMES = 100_000, 5  # up to so many ties, they are left out five times; above, once


@dataclass(frozen=True)
class _Row:
    method: str
    labels: Labels
    seeds: float
    left_out: float


def community_methods(snapshot: Snapshot, results: Results, *, seed: int, resolution: float) -> pa.Table:
    """The table of :data:`COMMUNITY_METHODS`."""
    graph = affiliation(snapshot)
    shown = shown_division(graph, results)
    other = division_of(results["divisions"], "spectral")
    runs = [division_of(results["divisions"], name) for name in RUNS]
    between = _mean([agreement(a, b) for a, b in combinations(runs, 2)])
    at = resolution_of(results["resolution_profile"], resolution)
    rows = (
        _Row("Leiden and block model", shown, between, _left_out(graph, shown, at, seed)),
        _Row("spectral clustering", other, np.nan, np.nan),
    )
    both = agreement(shown, other)
    lengths = [graph.described.length(row.labels) for row in rows]
    return table(
        {
            "method": texts([row.method for row in rows]),
            "communities": integers([int(row.labels.max(initial=-1)) + 1 for row in rows]),
            "largest": integers([int(np.bincount(r.labels[r.labels >= 0], minlength=1).max()) for r in rows]),
            "description": floats([round(length, 6) for length in lengths]),
            "pays": booleans([length < 0.0 for length in lengths]),
            "seeds": floats([row.seeds for row in rows]),
            "left_out": floats([row.left_out for row in rows]),
            "agreement": floats([np.nan if both is None else both] * len(rows)),
        }
    )


def shown_division(graph: Affiliation, results: Results) -> Labels:
    """The communities where they pay for their description; else the division that comes nearest to paying."""
    published = np.concatenate(labels_of(results["communities"], graph.leaders))
    return published if pays(graph, published) else division_of(results["divisions"], "consensus")


def _left_out(graph: Affiliation, shown: Labels, resolution: float, seed: int) -> float:
    """Mean adjusted mutual information with the divisions found when a fifth of the ties is left out."""
    upper = sp.coo_array(sp.triu(graph.matrix, 1))
    if not upper.nnz:
        return np.nan
    random = np.random.default_rng(seed)
    found = []
    for time in range(_TIMES if upper.nnz <= _FEW else 1):
        kept = random.random(upper.nnz) >= _LEFT_OUT
        ends = (upper.row[kept], upper.col[kept])
        half = sp.coo_array((upper.data[kept], ends), shape=upper.shape)
        less = Affiliation(_whole(half), graph.leaders, graph.networks)
        labels = partition(less.matrix, resolution, seed + time)[0]
        if upper.nnz <= _FEW:
            labels = settled(less.evidence, less.leaders, labels, seed + time)
        found.append(agreement(shown, labels))
    return _mean(found)


def _whole(half: sp.coo_array) -> sp.csr_array:
    matrix = sp.csr_array((half + half.T).tocsr())
    matrix.sort_indices()
    return matrix


def _mean(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else np.nan


COMMUNITY_METHODS = Measure(
    id="community_methods",
    title=say("How sure the communities are"),
    question=say("Do the communities hang on the method, the seed or a few ties?"),
    run=community_methods,
    outputs=(
        Output("method", say("How the division was found: one row a method.")),
        Output("communities", say("Communities it finds; spectral clustering is told how many to look for.")),
        Output("largest", say("Leaders and networks in its largest community.")),
        Output("description", say("Nats needed to describe the ties with it, less those needed without any division.")),
        Output(
            "pays", say("Whether that is below 0: where it is not, no division is found, and this one only comes near.")
        ),
        Output(
            "seeds", say("Adjusted mutual information between three seeds, 1 the same, 0 as by chance; empty if none.")
        ),
        Output(
            "left_out", say("The same with what is found when a fifth of the ties is left out; mean of five times.")
        ),
        Output("agreement", say("Adjusted mutual information between the two methods.")),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the search, and of what is left out.")),
        Parameter("resolution", 0.0, say("As for the communities.")),
    ),
    needs=("resolution_profile", "divisions", "communities"),
    references=(
        "Vinh, Epps, Bailey 2010: Information theoretic measures for clusterings comparison, jmlr.org/papers/v11",
        "Amini, Chen, Bickel, Levina 2013: Pseudo-likelihood methods for community detection, doi:10.1214/13-AOS1138",
    ),
    use=say("To decide how much weight a division bears before anything is built on it."),
    misleads=say("Two methods can agree on an artefact of the rosters; a division that pays is found, not explained."),
    command="community-methods",
)

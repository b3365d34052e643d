"""Communities in words: what is typical of each, and how sure it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.communities import divide, labels_of
from netofnets.analysis.enrichment import Enriched, enriched
from netofnets.analysis.leiden import Labels
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.tables import floats, integers, table, texts
from netofnets.graph.snapshot import Snapshot

__all__ = ["COMMUNITY_SUMMARY", "community_summary"]

_TERMS = 5
_OTHER_SEEDS = 2


def community_summary(snapshot: Snapshot, results: Results, *, seed: int, resolution: float, alpha: float) -> pa.Table:
    """The table of :data:`COMMUNITY_SUMMARY`."""
    leaders, networks = labels_of(results["communities"], snapshot.count("leaders"))
    both = np.concatenate([leaders, networks])
    count = int(both.max(initial=-1)) + 1
    typical_networks = enriched(snapshot.incidence("memberships").csr, leaders, alpha)
    typical_interests = enriched(snapshot.incidence("leader_interests").csr, leaders, alpha)
    network_names = [
        _names(snapshot, "networks", _own_first(typical_networks.of(c), networks, c)) for c in range(count)
    ]
    interest_names = [_names(snapshot, "interests", typical_interests.of(c)) for c in range(count)]
    return table(
        {
            "community": integers(np.arange(count)),
            "leaders": integers(_sizes(leaders, count)),
            "networks": integers(_sizes(networks, count)),
            "label": texts(_labels(network_names, interest_names)),
            "terms": texts(["; ".join(names[:_TERMS]) or None for names in interest_names]),
            "term_lift": floats(_first_lift(typical_interests, count)),
            "agreement": floats(_stability(snapshot, results, both, seed, resolution)),
        }
    )


def _sizes(labels: Labels, count: int) -> npt.NDArray[np.int64]:
    return np.bincount(labels[labels >= 0], minlength=count).astype(np.int64)


def _own_first(typical: npt.NDArray[np.int64], networks: Labels, community: int) -> npt.NDArray[np.int64]:
    """Typical networks, those that are themselves in the community first."""
    return typical[np.argsort(networks[typical] != community, kind="stable")]


def _names(snapshot: Snapshot, kind: str, at: npt.NDArray[np.int64]) -> list[str]:
    return [str(name) for name in snapshot.names(kind).take(pa.array(at, pa.int64())).to_pylist()]


def _labels(networks: list[list[str]], interests: list[list[str]]) -> list[str]:
    """The most typical network and interest; a second network where two labels would be the same."""
    labels: list[str] = []
    for number, (own, terms) in enumerate(zip(networks, interests, strict=True)):
        candidates = [": ".join(part for part in (own[:1] + terms[:1])), ", ".join(own[:2]), f"Community {number}"]
        labels.append(next(c for c in candidates if c and c not in labels))
    return labels


def _first_lift(typical: Enriched, count: int) -> npt.NDArray[np.float64]:
    lift = np.full(count, np.nan)
    has, first = np.unique(typical.group, return_index=True)
    lift[has] = typical.lift[first]
    return lift


def _stability(
    snapshot: Snapshot, results: Results, labels: Labels, seed: int, resolution: float
) -> npt.NDArray[np.float64]:
    """Mean over other seeds of the largest Jaccard similarity that a community there has with this one."""
    count = int(labels.max(initial=-1)) + 1
    if count == 0:
        return np.zeros(0)
    matrix = affiliation(snapshot).matrix
    runs = [divide(matrix, results["resolution_profile"], seed + 1 + i, resolution) for i in range(_OTHER_SEEDS)]
    return np.asarray(np.mean([_best_match(labels, other, count) for other in runs], axis=0), dtype=np.float64)


def _best_match(labels: Labels, other: Labels, count: int) -> npt.NDArray[np.float64]:
    known = (labels >= 0) & (other >= 0)
    width = int(other.max(initial=0)) + 1
    codes, shared = np.unique(labels[known].astype(np.int64) * width + other[known], return_counts=True)
    own, there = codes // width, codes % width
    union = _sizes(labels, count)[own] + _sizes(other, width)[there] - shared
    best = np.zeros(count)
    np.maximum.at(best, own, shared / union)
    return best


COMMUNITY_SUMMARY = Measure(
    id="community_summary",
    title="Communities in words",
    question="What is each community about, and how sure is it?",
    run=community_summary,
    outputs=(
        Output("community", "Number of the community, as in communities."),
        Output("leaders", "Its leaders."),
        Output("networks", "Its networks."),
        Output(
            "label", "Its most typical network and interest, in words; made from the data, not a name anybody chose."
        ),
        Output(
            "terms", "Up to five interests that are more frequent in it than elsewhere (q below alpha); null if none."
        ),
        Output("term_lift", "How many times more frequent the first of the terms is in it than among everybody."),
        Output(
            "agreement", "How much of it other seeds find again: mean of the best Jaccard similarity, 1 is all of it."
        ),
    ),
    parameters=(
        Parameter("seed", 7, "Seed of the communities; agreement compares the two seeds after it."),
        Parameter("resolution", 0.0, "As for the communities."),
        Parameter("alpha", 0.01, "False discovery rate below which an interest or network is typical."),
    ),
    needs=("resolution_profile", "communities"),
    references=("Benjamini and Hochberg 1995: Controlling the false discovery rate",),
    use="To name the communities on a map or in a report.",
    misleads="A label is the most telling part, never the whole; people in it may care about none of its terms.",
    command="community-summary",
)

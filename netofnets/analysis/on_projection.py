"""Why positions are refused on shared memberships: how far they would only restate how many networks somebody is in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.burt import constraint
from netofnets.graph.projection import MOST_PAIRS, project, sampled_projection
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["degree_correlations", "refused"]

_DRAWS, _SEED = 4, 0
_FEWEST = 3  # people with fellow members; of fewer no correlation tells anything


def refused(snapshot: Snapshot, on: str) -> str:
    """The sentence of the refusal, with the rank correlations measured on these memberships."""
    if on != "memberships":
        return f"positions are computed on ties, not on {on!r}"
    found = degree_correlations(snapshot.incidence("memberships"))
    why = (
        "Burt's constraint on shared memberships is not computed: two people who share a network are not in touch by "
        "that, and it restates counts"
    )
    measured = (
        "too few people share a network here to measure how far"
        if found is None
        else f"here its rank correlation (Spearman) with the number of fellow members is {found[0]:+.2f}, with the "
        f"number of networks {found[1]:+.2f}"
    )
    return f"{why}; {measured}. Take --on ties, or ask connectors and bridges, which are made for memberships"


def degree_correlations(memberships: TwoMode) -> tuple[float, float] | None:
    """Spearman correlation of constraint on the projection with (fellow members, networks) of each person.

    Over the people who have fellow members; None when there are fewer than three, or nothing varies. Very many
    memberships are projected from a sample. Opsahl 2013, doi:10.1016/j.socnet.2011.07.001, and Burchard and Cornwell
    2018 found the same on other data.
    """
    sizes = memberships.group_sizes.astype(np.float64)
    small = float((sizes * (sizes - 1.0)).sum()) / 2.0 <= MOST_PAIRS / 10
    tied = project(memberships) if small else sampled_projection(memberships, _DRAWS, _SEED)
    fellows = np.diff(tied.indptr)
    there = fellows > 0
    if int(there.sum()) < _FEWEST:
        return None
    held = np.round(constraint(sp.csr_array(tied)), 12)[there]
    found = [_spearman(held, counts[there].astype(np.float64)) for counts in (fellows, memberships.degrees)]
    return None if any(np.isnan(found)) else (found[0], found[1])


def _spearman(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    if len(np.unique(first)) < 2 or len(np.unique(second)) < 2:
        return float("nan")
    return float(np.corrcoef(_ranks(first), _ranks(second))[0, 1])


def _ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Mean ranks of ties."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2.0)[codes], dtype=np.float64)

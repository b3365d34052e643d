"""Ranks with honest uncertainty: how far they move when a fifth of the data is left out and all is computed anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.blocks import blocks_anew
from netofnets.analysis.bridge_scores import scored
from netofnets.analysis.chance import chance_of
from netofnets.analysis.crossings import crossings
from netofnets.analysis.leiden import components, partition
from netofnets.graph.snapshot import Edges, Snapshot

__all__ = ["rank_intervals", "thinned"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LEFT_OUT = 0.2
_DRAWS = ((2_000, 20), (20_000, 10))  # up to so many leaders, so many resamples
_FEWEST = 5
_MIDDLE = (0.1, 0.9)  # quantiles of a leader's ranks over the resamples, between which the interval begins
_HELD = 0.9  # of the first ranks, how many a resample finds inside the interval of the others
_FIRST = 50  # ranks that pages list; the intervals are made wide enough for these


def rank_intervals(
    snapshot: Snapshot, resolution: float, blocks: pa.Table, known: Ints, rank: Ints, *, seed: int, alpha: float
) -> tuple[Ints, Ints]:
    """Lowest and highest rank that the leaders ``known`` (by position) would have with other data, shape (known,).

    Each resample leaves out a fifth of the memberships and a fifth of the direct ties, and finds communities (one run
    at ``resolution``; of more than 20,000 leaders one iteration of it), overlaps, blocks and scores anew. The interval
    begins without the outer tenths of a leader's ranks, since one odd resample would stretch it over everybody. Then
    each resample in turn is held against the interval of the others, and all intervals are widened by the factor that
    nine in ten of the first ranks needed (cross-conformal prediction, Vovk 2015, doi:10.1007/s10472-013-9368-4).
    """
    draws = np.random.default_rng(seed)
    count = next((times for most, times in _DRAWS if snapshot.count("leaders") <= most), _FEWEST)
    drawn = (thinned(thinned(snapshot, "memberships", draws), "collaborations", draws) for _ in range(count))
    seen = np.stack([_rank_anew(one, resolution, blocks, known, seed + i, alpha) for i, one in enumerate(drawn)])
    factor = _widening(seen, rank)
    low, high = _middle(seen, rank)
    return np.maximum(np.floor(low / factor), 1).astype(np.int64), _up_to_last(high * factor)


def thinned(snapshot: Snapshot, kind: str, draws: np.random.Generator, left_out: float = _LEFT_OUT) -> Snapshot:
    """The snapshot without a random part of the relationships of one kind."""
    own = snapshot.edges[kind]
    kept = np.flatnonzero(draws.random(len(own)) >= left_out)
    fewer = Edges(own.source[kept], own.target[kept], own.table.take(pa.array(kept)).combine_chunks())
    return snapshot.with_edges({**snapshot.edges, kind: fewer})


def _rank_anew(fewer: Snapshot, resolution: float, blocks: pa.Table, known: Ints, seed: int, alpha: float) -> Ints:
    """The ranks of ``known`` in a resample, whoever has lost every tie last; its ``blocks`` are sought near those."""
    memberships, graph = fewer.incidence("memberships"), affiliation(fewer)
    rounds = 2 if fewer.count("leaders") <= _DRAWS[-1][0] else 1
    labels = partition(graph.matrix, resolution, seed, rounds)[0]
    if graph.described.length(labels) >= 0.0:
        labels = components(graph.matrix)
    found = crossings(memberships, blocks_anew(fewer, blocks, seed, alpha), chance_of(memberships), alpha)
    return scored(graph, labels, found).rank(known)


def _middle(seen: Ints, rank: Ints) -> tuple[Floats, Floats]:
    """The ranks over the resamples (rows) without the outer tenths, and with the rank itself."""
    low, high = np.quantile(seen, _MIDDLE, axis=0)
    return np.minimum(low, rank), np.maximum(high, rank)


def _widening(seen: Ints, rank: Ints) -> float:
    """The factor by which intervals of the first ranks are too narrow for a resample that they have not seen."""
    first = rank <= _FIRST
    needed = []
    for at in range(len(seen)):
        low, high = _middle(np.delete(seen, at, axis=0)[:, first], rank[first])
        needed.append(np.maximum(low / seen[at, first], seen[at, first] / high))
    every = np.concatenate(needed)
    return max(1.0, float(np.quantile(every, _HELD, method="higher"))) if len(every) else 1.0


def _up_to_last(high: Floats) -> Ints:
    return np.minimum(np.ceil(high), len(high)).astype(np.int64)

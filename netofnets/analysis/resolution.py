"""How fine the communities should be: a profile over resolutions, and the rule that chooses one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pyarrow as pa

from netofnets.analysis.affiliation import Affiliation, affiliation
from netofnets.analysis.description import Description
from netofnets.analysis.leiden import Labels, agreement, partition
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.merging import Merged, merged
from netofnets.analysis.tables import booleans, floats, integers, table
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["RESOLUTION_PROFILE", "resolution_profile", "tried"]

_START, _STEP, _LONGEST = 0.25, 2.0**0.5, 30
_PATIENCE = 3  # resolutions in a row that describe the graph worse before the search ends
_FEW = 20_000  # up to so many ties, every resolution is tried and three seeds are compared at each
_FINE = 400  # nodes for each unit of resolution of the division that coarser ones are merged from
_COARSEST = 4  # doublings of the first resolution that it is above it at least


@dataclass(frozen=True)
class _Point:
    resolution: float
    labels: Labels
    quality: float
    description: float
    agreement: float | None = None
    merged: bool = False


def resolution_profile(snapshot: Snapshot, results: Results, *, seed: int, resolution: float) -> pa.Table:
    """The table of :data:`RESOLUTION_PROFILE`."""
    graph = affiliation(snapshot)
    if resolution > 0:
        points = [_compared(graph, _point(graph, resolution, seed), seed)]
    elif graph.matrix.nnz // 2 <= _FEW:
        points = [_compared(graph, point, seed) for point in _search(graph, seed)]
    else:
        points = _narrowed(graph, seed)
    best = _best(points)
    return table(
        {
            "resolution": floats([p.resolution for p in points]),
            "communities": integers([int(p.labels.max(initial=-1)) + 1 for p in points]),
            "largest": integers([int(np.bincount(p.labels[p.labels >= 0], minlength=1).max()) for p in points]),
            "quality": floats([p.quality for p in points]),
            "description": floats([p.description for p in points]),
            "agreement": floats([np.nan if p.agreement is None else p.agreement for p in points]),
            "merged": booleans([p.merged for p in points]),
            "chosen": booleans([p is best for p in points]),
        }
    )


def _best(points: Iterable[_Point]) -> _Point:
    """The first of those with the shortest description; what was only merged does not count."""
    return min((point for point in points if not point.merged), key=lambda point: point.description)


def _search(graph: Affiliation, seed: int) -> list[_Point]:
    """From coarse to fine, until the description has only become longer for a while."""
    points: list[_Point] = []
    best, worse = np.inf, 0
    for step in range(_LONGEST):
        points.append(_point(graph, _START * _STEP**step, seed))
        worse = 0 if points[-1].description < best else worse + 1
        best = min(best, points[-1].description)
        if worse >= _PATIENCE:
            break
    return points


def _narrowed(graph: Affiliation, seed: int) -> list[_Point]:
    """Resolutions looked at roughly, then, from beside the best of those, step by step to the shortest description.

    What is merged from a fine division looks best a little too fine, so the steps begin with the next coarser.
    """
    roughly = _roughly(graph, seed)
    start = min(roughly, key=lambda point: point.description).resolution / _STEP
    points = {0: _point(graph, start, seed)}
    for way in (1, -1):
        best = min(points, key=lambda step: points[step].description)
        while best in points and abs(best) < _LONGEST:
            step = best + way
            if step not in points:
                points[step] = _point(graph, start * _STEP**step, seed)
            if points[step].description >= points[best].description:
                break
            best = step
    exact = {point.resolution for point in points.values()}
    found = [*points.values(), *(point for point in roughly if point.resolution not in exact)]
    return sorted(found, key=lambda point: point.resolution)


def _roughly(graph: Affiliation, seed: int) -> list[_Point]:
    """Every other resolution, with divisions merged from one that is finer than the best of them."""
    finest = int(np.clip(np.ceil(np.log2(graph.matrix.shape[0] / _FINE)), _COARSEST, _LONGEST // 2))
    while True:
        small = merged(graph.matrix, partition(graph.matrix, _START * 2.0**finest, seed, iterations=1)[0])
        described = graph.described.merged(small.fine)
        points = [_merged(small, described, _START * 2.0**step, seed) for step in range(finest)]
        best = int(np.argmin([point.description for point in points]))
        if best < finest - 1 or finest >= _LONGEST // 2:
            return points
        finest = min(finest + 2, _LONGEST // 2)


def _merged(small: Merged, described: Description, resolution: float, seed: int) -> _Point:
    resolution = round(resolution, 6)
    groups, quality = small.divided(resolution, seed)
    labels = np.where(small.fine >= 0, groups[small.fine], np.int32(-1))
    return _Point(resolution, labels, quality, round(described.length(groups), 6), merged=True)


def _point(graph: Affiliation, resolution: float, seed: int) -> _Point:
    resolution = round(resolution, 6)
    labels, quality = graph.divided(resolution, seed)
    return _Point(resolution, labels, quality, round(graph.described.length(labels), 6))


def _compared(graph: Affiliation, point: _Point, seed: int) -> _Point:
    """The point with the mean agreement between its own seed and the two that follow."""
    runs = [point.labels, *(graph.divided(point.resolution, seed + i)[0] for i in (1, 2))]
    known = [value for a, b in combinations(runs, 2) if (value := agreement(a, b)) is not None]
    return replace(point, agreement=float(np.mean(known)) if known else None)


def tried(profile: pa.Table) -> float:
    """The resolution that the profile chose, whether communities pay there or not."""
    return float(profile["resolution"].to_numpy()[int(np.argmax(profile["chosen"].to_numpy()))])


RESOLUTION_PROFILE = Measure(
    id="resolution_profile",
    title=say("Resolution profile"),
    question=say("How many communities are there, and how sure is that?"),
    run=resolution_profile,
    outputs=(
        Output("resolution", say("Resolution of the quality function: larger means more and smaller communities.")),
        Output("communities", say("Communities found.")),
        Output("largest", say("Leaders and networks in the largest community.")),
        Output("quality", say("Generalised modularity at this resolution; not comparable between resolutions.")),
        Output(
            "description",
            say("Nats needed to describe the graph with these communities, less those without any; below 0 they pay."),
        ),
        Output(
            "agreement",
            say(
                "Adjusted mutual information between three seeds: 1 the same communities, 0 as by chance; empty above "
                "20,000 ties, where community_methods has it for what was chosen."
            ),
        ),
        Output(
            "merged",
            say(
                "Only looked at roughly, above 20,000 ties: its communities are groups of a finer division merged, "
                "which describe the graph less well than those found from the single nodes; it is not chosen."
            ),
        ),
        Output("chosen", say("The shortest description: the resolution that the communities use.")),
    ),
    parameters=(
        Parameter("seed", 7, say("Seed of the first run; the others follow it.")),
        Parameter(
            "resolution", 0.0, say("Look at this resolution only; 0 looks at a series, each sqrt(2) times the last.")
        ),
    ),
    references=(
        "Traag, Waltman, van Eck 2019: From Louvain to Leiden, doi:10.1038/s41598-019-41695-z",
        "Peixoto 2017: Nonparametric Bayesian inference of block models, doi:10.1103/PhysRevE.95.012317",
    ),
    use=say("To see whether the communities hang on one setting: a broad valley and an agreement near 1 say no."),
    misleads=say(
        "A shortest description above 0 means that no division is better than none; low agreement means that "
        "single assignments should not be trusted."
    ),
    command="resolutions",
)

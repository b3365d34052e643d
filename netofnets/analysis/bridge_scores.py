"""The two scores of bridging, and the rank that they make together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.affiliation import Affiliation
from netofnets.analysis.crossings import Crossings
from netofnets.analysis.engine import Engine, entries, labelled
from netofnets.analysis.local import LOCAL

__all__ = ["Scores", "block_scores", "combined_rank", "participation", "scored"]

Floats = npt.NDArray[np.float64]

_TIMES = 3.0  # so often the place by communities counts; chosen on planted worlds, see docs/decisions/0021-bridging.md


@dataclass(frozen=True)
class Scores:
    """Of every leader, shape (leaders,): participation, strength, and the score by blocks."""

    participation: Floats
    strength: Floats
    blocks: Floats

    @property
    def communities(self) -> Floats:
        """Participation x strength: weight that goes to other communities, by how evenly it is spread."""
        return self.participation * self.strength

    def rank(self, known: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Rank of the leaders ``known`` among themselves, by both scores."""
        return combined_rank(self.communities[known], self.blocks[known])


def scored(graph: Affiliation, labels: npt.NDArray[np.int32], found: Crossings, engine: Engine = LOCAL) -> Scores:
    """Both scores, from the communities of all leaders and networks and from the blocks that leaders join."""
    return Scores(*participation(graph, labels, engine), block_scores(found, graph.leaders))


def participation(graph: Affiliation, labels: npt.NDArray[np.int32], engine: Engine = LOCAL) -> tuple[Floats, Floats]:
    """Participation coefficient and strength of every leader over the communities, shape (leaders,).

    ``1 - sum over communities of (weight to it / strength) squared`` (Guimera and Amaral 2005).
    """
    found = engine.spread(entries(sp.csr_array(graph.matrix[: graph.leaders])), labelled(labels))
    strength, squares = np.zeros(graph.leaders), np.zeros(graph.leaders)
    known = found["row"].to_numpy()
    strength[known], squares[known] = found["strength"].to_numpy(), found["squares"].to_numpy()
    share = np.divide(squares, strength * strength, out=np.ones_like(strength), where=strength > 0)
    spread = 1.0 - share
    return np.where(spread < 1e-12, 0.0, spread), strength


def block_scores(found: Crossings, leaders: int) -> Floats:
    """Sum over the pairs of blocks a leader joins of 1 / (leaders who join the same two), shape (leaders,)."""
    return np.asarray(np.bincount(found.leader, 1.0 / found.found, minlength=leaders), dtype=np.float64)


def combined_rank(score: Floats, block_score: Floats) -> npt.NDArray[np.int64]:
    """Rank by the places in two scores, of which the first counts three times; 1 is first, equals share the best."""
    both = _TIMES * _place(score) + _place(block_score)
    return np.searchsorted(np.sort(both), both, side="left").astype(np.int64) + 1


def _place(score: Floats) -> Floats:
    """Mean place of each value in falling order; equal values (up to rounding) share it."""
    rounded = np.round(score, 9)
    ordered = np.sort(-rounded)
    return (np.searchsorted(ordered, -rounded, "left") + np.searchsorted(ordered, -rounded, "right") + 1) / 2.0

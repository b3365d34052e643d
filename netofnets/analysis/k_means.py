"""k-means on a few thousand points: centres drawn far from each other, then moved to the middle of what is theirs.

scikit-learn's does the same. To import that takes a second of CPU and 120 MB, a twelfth of a whole publication of
100,000 people; the tests hold this one against it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["centres_of", "nearest"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_AT_ONCE = 4_000_000  # distances that are held at a time


def centres_of(points: Floats, groups: int, seed: int, *, restarts: int = 1, rounds: int = 20) -> Floats:
    """``groups`` centres of the points, shape (groups, width), with the least sum of squared distances found.

    Lloyd 1982, doi:10.1109/TIT.1982.1056489, begun as Arthur and Vassilvitskii 2007 (k-means++) say. There must be as
    many different points as groups. The same arguments give the same centres.
    """
    random = np.random.default_rng(seed)
    tries = [_moved(points, _far_apart(points, groups, random), rounds) for _ in range(restarts)]
    return min(tries, key=lambda tried: tried[1])[0]


def nearest(points: Floats, centres: Floats) -> Ints:
    """The number of the centre that is nearest to each point, the first of equals."""
    lengths = (centres**2).sum(axis=1) / 2.0
    rows = max(_AT_ONCE // len(centres), 1)
    parts = (points[at : at + rows] @ centres.T - lengths for at in range(0, len(points), rows))
    return np.concatenate([part.argmax(axis=1) for part in parts])


def _far_apart(points: Floats, groups: int, random: np.random.Generator) -> Floats:
    """Points of their own as first centres: of some drawn, the likelier the further from all before, the best one."""
    centres = np.empty((groups, points.shape[1]))
    centres[0] = points[random.integers(len(points))]
    squares = _squared(points, centres[:1])[0]
    for at in range(1, groups):
        upto = np.cumsum(squares)
        drawn = np.searchsorted(upto, random.random(2 + int(np.log(groups))) * upto[-1], side="right")
        tried = np.minimum(drawn, len(points) - 1)
        left = np.minimum(squares, _squared(points, points[tried]))
        best = int(left.sum(axis=1).argmin())
        centres[at], squares = points[tried[best]], left[best]
    return centres


def _squared(points: Floats, centres: Floats) -> Floats:
    """Squared distances, shape (centres, points)."""
    lengths = np.einsum("ij,ij->i", points, points)
    squares = lengths + np.einsum("ij,ij->i", centres, centres)[:, None] - 2.0 * (centres @ points.T)
    return np.asarray(np.maximum(squares, 0.0))


def _moved(points: Floats, centres: Floats, rounds: int) -> tuple[Floats, float]:
    """Centres at rest, or after so many rounds, and the sum of squared distances to them."""
    labels = nearest(points, centres)
    for _ in range(rounds):
        centres = _middles(points, labels, centres)
        before, labels = labels, nearest(points, centres)
        if np.array_equal(before, labels):
            break
    return centres, float(((points - centres[labels]) ** 2).sum())


def _middles(points: Floats, labels: Ints, centres: Floats) -> Floats:
    """The mean of what is nearest to each centre; a centre with nothing goes to the point that is furthest from its."""
    sizes = np.bincount(labels, minlength=len(centres))
    sums = [np.bincount(labels, column, len(centres)) for column in points.T]
    middles = np.stack(sums, axis=1) / np.maximum(sizes, 1)[:, None]
    empty = np.flatnonzero(sizes == 0)
    if len(empty):
        far = np.argsort(-((points - centres[labels]) ** 2).sum(axis=1), kind="stable")
        middles[empty] = points[far[: len(empty)]]
    return middles

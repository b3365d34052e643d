"""Where bridging leaders stand: in the gap between two discs, else on the rim of the home disc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Standing", "stand"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NEIGHBOURS = 4.5  # discs at most so many gaps apart, with none between, are neighbours
_TRIED = 31  # spots tried on either side of the middle


@dataclass(frozen=True)
class Standing:
    """Positions of the bridging leaders in the order given; ``place`` is gap, rim, or empty where no room was left."""

    spots: Floats
    place: list[str]


def stand(home: Ints, toward: Ints, centre: Floats, radius: Floats, gap: float, size: float) -> Standing:
    """Stand leaders between two discs each, first come first served.

    ``home`` and ``toward`` are discs by position, ``size`` is the radius of a leader's ring. Nobody stands in a disc
    that is not theirs, and no two rings touch.
    """
    crowd = _Crowd(centre, radius, size)
    spots = np.zeros((len(home), 2))
    place: list[str] = []
    for row, (near, far) in enumerate(zip(home.tolist(), toward.tolist(), strict=True)):
        found = crowd.take(_between(centre, radius, near, far, gap, size), near, outside_home=True)
        kind = "gap"
        if found is None:
            found, kind = crowd.take(_rim(centre, radius, near, far, size), near, outside_home=False), "rim"
        place.append("" if found is None else kind)
        spots[row] = 0.0 if found is None else found
    return Standing(spots, place)


class _Crowd:
    """Who stands where already; looked up by cells of the plane."""

    def __init__(self, centre: Floats, radius: Floats, size: float) -> None:
        self._centre, self._radius, self._size = centre, radius, size
        self._cell = 2.5 * size
        self._taken: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def take(self, spots: Floats, home: int, *, outside_home: bool) -> Sequence[float] | None:
        """The first of the spots that is free, now taken; None when there is none."""
        if len(spots) == 0:
            return None
        clear = self._clear(spots, home, outside_home)
        for x, y in spots[clear].tolist():
            if not self._crowded(x, y):
                self._taken.setdefault(self._key(x, y), []).append((x, y))
                return (x, y)
        return None

    def _clear(self, spots: Floats, home: int, outside_home: bool) -> npt.NDArray[np.bool_]:
        limit = self._radius + self._size * 1.15
        low, high = spots.min(axis=0), spots.max(axis=0)
        near = ((self._centre + limit[:, None] > low) & (self._centre - limit[:, None] < high)).all(axis=1)
        if not outside_home:
            near[home] = False
        apart = np.hypot(spots[:, None, 0] - self._centre[near, 0], spots[:, None, 1] - self._centre[near, 1])
        return np.asarray((apart >= limit[near]).all(axis=1))

    def _key(self, x: float, y: float) -> tuple[int, int]:
        return (int(np.floor(x / self._cell)), int(np.floor(y / self._cell)))

    def _crowded(self, x: float, y: float) -> bool:
        across, up = self._key(x, y)
        for column in range(across - 1, across + 2):
            for row in range(up - 1, up + 2):
                for a, b in self._taken.get((column, row), ()):
                    if (a - x) ** 2 + (b - y) ** 2 < (2.3 * self._size) ** 2:
                        return True
        return False


def _fan(step: float) -> Floats:
    """0, 1, -1, 2, -2 ... times ``step``."""
    count = np.arange(1, _TRIED + 1)
    return np.concatenate([[0.0], np.column_stack([count, -count]).ravel()]) * step


def _between(centre: Floats, radius: Floats, near: int, far: int, gap: float, size: float) -> Floats:
    """Spots along the middle of the gap of two neighbours; none when they are no neighbours."""
    way = centre[far] - centre[near]
    length = float(np.hypot(*way))
    free = length - radius[near] - radius[far]
    if near == far or length == 0.0 or free > _NEIGHBOURS * gap:
        return np.zeros((0, 2))
    along = way / length
    if _hidden(centre, radius, near, far, along, length):
        return np.zeros((0, 2))
    middle = centre[near] + along * (radius[near] + free / 2.0)
    offset = _fan(2.4 * size)
    offset = offset[np.abs(offset) <= max(min(radius[near], radius[far]), 3.0 * size)]
    return np.asarray(middle + offset[:, None] * np.array([-along[1], along[0]]), dtype=np.float64)


def _hidden(centre: Floats, radius: Floats, near: int, far: int, along: Floats, length: float) -> bool:
    """Whether a third disc lies on the line between two."""
    offset = centre - centre[near]
    forward = offset @ along
    aside = np.abs(offset @ np.array([-along[1], along[0]]))
    blocks = (aside < radius) & (forward > 0.0) & (forward < length)
    blocks[[near, far]] = False
    return bool(blocks.any())


def _rim(centre: Floats, radius: Floats, near: int, far: int, size: float) -> Floats:
    """Spots on the rim of the home disc, the one that faces the other disc first; at most half way round."""
    way = centre[far] - centre[near]
    turn = np.arctan2(way[1], way[0]) + _fan(2.4 * size / radius[near])
    turn = turn[np.abs(turn - turn[0]) <= np.pi / 2.0]
    return np.asarray(centre[near] + radius[near] * np.column_stack([np.cos(turn), np.sin(turn)]), dtype=np.float64)

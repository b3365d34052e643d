"""Many marks as few paths: round-capped strokes of length nothing are dots, at a tenth of the bytes of circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

__all__ = ["SIGN", "Dense", "dense", "signs"]

SIGN, _CLOSE = 5, 2  # units from the rim of a mark to the tips of the diamond around it; the same of many
_STRIP = 12  # units: dots are taken strip by strip, so that each is near the one before it
_MANY, _MOST = 5_000, 10_000  # marks, from which on the grid is coarser: two units, and three
_WIDTHS = (2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60, 90)


class _Mark(Protocol):
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def r(self) -> float: ...
    @property
    def colour(self) -> str: ...
    @property
    def faded(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dense:
    """Dots of one look and size: their class, the width of the stroke, and the path."""

    look: str
    width: int
    path: str


def dense(marks: Sequence[_Mark]) -> tuple[Dense, ...]:
    """The marks by colour and size, to the nearest whole unit, or of very many every second or third.

    Two at one place are one.
    """
    grid = _grid(len(marks))
    found: dict[tuple[str, int], set[tuple[int, int]]] = {}
    for mark in marks:
        width = min(_WIDTHS, key=lambda one: abs(one - 2 * mark.r))
        found.setdefault((mark.colour + " faded" * mark.faded, width), set()).add(
            (round(mark.x / grid) * grid, round(mark.y / grid) * grid)
        )
    return tuple(Dense(*key, _path(found[key])) for key in sorted(found))


def signs(marks: Sequence[_Mark]) -> str:
    """Diamonds around many marks as one path: around all that are nearly at one place the same."""
    grid = _grid(len(marks))
    size = _CLOSE + max(round(float(np.median([mark.r for mark in marks]))), 1)
    places = {(round(mark.x / grid) * grid, round(mark.y / grid) * grid - size) for mark in marks}
    return _path(places, f"l{size} {size}l-{size} {size}l-{size} -{size}z")


def _grid(marks: int) -> int:
    """How coarse the places of so many marks are, in units."""
    return 1 + (marks > _MANY) + (marks > _MOST)


def _path(places: set[tuple[int, int]], each: str = "h0") -> str:
    """From dot to dot in strips, there and back; ``each`` is drawn at each, and ends where it began."""
    ordered = sorted(places, key=lambda at: (at[1] // _STRIP, at[0] if at[1] // _STRIP % 2 else -at[0], at[1]))
    moves, before = [], (0, 0)
    for x, y in ordered:
        dx, dy = x - before[0], y - before[1]
        moves.append(f"m{dx}{dy}{each}" if dy < 0 else f"m{dx} {dy}{each}")
        before = x, y
    return "".join(moves)

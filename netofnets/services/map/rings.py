"""Places for focus maps: sectors and rings around a middle, and columns side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

__all__ = ["column", "fan", "sectors"]

Point = tuple[float, float]


def sectors(weights: Sequence[int]) -> list[tuple[float, float]]:
    """Angles (from, to) of sectors of the full circle, clockwise from the top, each as wide as its weight."""
    total = sum(weights) or 1
    edges, angle = [], pi / 2
    for weight in weights:
        wide = 2 * pi * weight / total
        edges.append((angle, angle - wide))
        angle -= wide
    return edges


def fan(count: int, sector: tuple[float, float], first: float, spacing: float) -> list[Point]:
    """Places for ``count`` marks inside a sector, on rings of radius ``first`` and more, ``spacing`` apart."""
    start, stop = sector
    places: list[Point] = []
    radius = first
    while len(places) < count:
        room = max(1, int(abs(start - stop) * radius / spacing))
        here = min(room, count - len(places))
        for i in range(here):
            angle = start + (stop - start) * (i + 0.5) / here
            places.append((round(radius * cos(angle), 2), round(radius * sin(angle), 2)))
        radius += spacing
    return places


def column(count: int, x: float, height: float, spacing: float) -> list[Point]:
    """Places for ``count`` marks in columns around ``x``, at most ``height`` high, centred on the middle."""
    rows = max(1, int(height / spacing))
    columns = max(1, -(-count // rows))
    places = []
    for i in range(count):
        here = min(rows, count - (i // rows) * rows)
        y = ((here - 1) / 2 - i % rows) * spacing
        places.append((round(x + (i // rows - (columns - 1) / 2) * spacing, 2), round(y, 2)))
    return places

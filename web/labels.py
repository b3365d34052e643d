"""Where labels go: the most important first, each where it covers no label, disc or ring; the rest stay unwritten."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Label", "Wanted", "place_labels", "shorten", "text_width"]

Floats = npt.NDArray[np.float64]

_GAP = 4.0  # between a mark and its label
_LINE = 1.25  # height of a line, in font sizes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that a mark would like: centre and radius of the mark, font size, and whether it must be written."""

    text: str
    x: float
    y: float
    radius: float
    size: float
    must: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A placed label: ``x``, ``y`` is the middle of its base line."""

    text: str
    x: float
    y: float
    size: float
    emphasis: bool


def text_width(text: str, size: float) -> float:
    """An estimate of the width of a line, generous so that real fonts fit: wide scripts count double."""
    units = 0.0
    for char in text:
        if unicodedata.combining(char):
            continue
        wide = unicodedata.east_asian_width(char) in "WF"
        units += 1.05 if wide else 0.72 if char.isupper() or char in "mwMW" else 0.58
    return units * size


def shorten(text: str, longest: int = 30) -> str:
    """``text``, with an ellipsis when it is longer than ``longest`` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def place_labels(wanted: Sequence[Wanted], obstacles: Floats, frame: tuple[float, float]) -> list[Label]:
    """Place ``wanted`` (in order of importance) in a frame of this width and height.

    ``obstacles`` is an (n, 3) array of circles: x, y, radius. Below the mark is tried first, then above and beside it.
    A label that must be written goes where it covers least of the discs, but never on another label.
    """
    boxes: list[tuple[float, float, float, float]] = []
    placed: list[Label] = []
    for one in wanted:
        box = _best_box(one, boxes, obstacles, frame)
        if box is not None:
            boxes.append(box)
            middle = (box[0] + box[2]) / 2
            placed.append(Label(one.text, round(middle, 1), round(box[3] - one.size * 0.33, 1), one.size, one.emphasis))
    return placed


def _best_box(
    one: Wanted, boxes: list[tuple[float, float, float, float]], obstacles: Floats, frame: tuple[float, float]
) -> tuple[float, float, float, float] | None:
    best, least = None, np.inf
    for box in _candidates(one):
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= frame[0] and box[3] <= frame[1]
        if not inside or any(_overlap(box, other) for other in boxes):
            continue
        covered = _covered(box, obstacles)
        if covered == 0:
            return box
        if one.must and covered < least:
            best, least = box, covered
    return best


def _candidates(one: Wanted) -> list[tuple[float, float, float, float]]:
    width, height = text_width(one.text, one.size), one.size * _LINE
    reach, half = one.radius + _GAP, width / 2
    side = reach * 0.75
    middles = [
        (one.x, one.y + reach + height / 2),
        (one.x, one.y - reach - height / 2),
        (one.x + reach + half, one.y),
        (one.x - reach - half, one.y),
        (one.x + half * 0.6, one.y + reach + height / 2),
        (one.x - half * 0.6, one.y + reach + height / 2),
        (one.x + half * 0.6, one.y - reach - height / 2),
        (one.x - half * 0.6, one.y - reach - height / 2),
        (one.x + side + half, one.y + side),
        (one.x - side - half, one.y + side),
        (one.x + side + half, one.y - side),
        (one.x - side - half, one.y - side),
    ]
    if one.must:
        middles.append((one.x, one.y))
    return [(x - half, y - height / 2, x + half, y + height / 2) for x, y in middles]


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covered(box: tuple[float, float, float, float], circles: Floats) -> float:
    """How deep the box reaches into the circles, summed; 0 when it touches none."""
    if not len(circles):
        return 0.0
    x = np.clip(circles[:, 0], box[0], box[2]) - circles[:, 0]
    y = np.clip(circles[:, 1], box[1], box[3]) - circles[:, 1]
    depth = circles[:, 2] - np.hypot(x, y)
    return float(depth[depth > 0].sum())

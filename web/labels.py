"""Where labels go: the most important first, each where it covers no label, disc or ring; the rest stay unwritten."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["Label", "Wanted", "place_labels", "text_width", "wrap"]

Floats = npt.NDArray[np.float64]

Box = tuple[float, float, float, float]  # left, top, right, bottom

_GAP = 4.0  # between a mark and its label
_LINE = 1.2  # height of a line, in font sizes
_ON_ITSELF = 6.0  # cost of a label that covers its own mark, in units of covered depth
_ON_OTHERS = 4.0  # a label on another mark seems to name that one, so each unit of depth costs more
_WRAPPED, _CUT = 9.5, 15.0  # widths in font sizes: wrapped from the first, cut at the second
_LINES = 3
_MOST_WORDS = 24  # of a name; what follows is not written on the map


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that a mark would like: centre and radius of the mark, font size, and whether it must be written.

    ``inside`` says that it is welcome on the mark itself.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    radius: float
    size: float
    must: bool = False
    inside: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A placed label: each line with the height of its base line; ``x`` is the middle."""

    lines: tuple[tuple[str, float], ...]
    x: float
    size: float
    emphasis: bool


def text_width(text: str, size: float) -> float:
    """An estimate of the width of a line, generous so that real fonts fit: wide scripts count double."""
    return sum(map(_units, text)) * size


@cache
def _units(char: str) -> float:
    """The width of a letter for a size of 1; asked for again and again while places for a label are tried."""
    if unicodedata.combining(char):
        return 0.0
    wide = unicodedata.east_asian_width(char) in "WF"
    return 1.05 if wide else 0.72 if char.isupper() or char in "mwMW" else 0.58


def wrap(text: str) -> tuple[str, ...]:
    """``text`` in as few lines (at most three) of about equal width as it takes, each cut when it is still too long."""
    words = text.split()[:_MOST_WORDS]
    for count in range(1, max(2, min(_LINES, len(words)) + 1)):
        splits = (_split(words, cuts) for cuts in combinations(range(1, len(words)), count - 1))
        best = min(splits, key=_widest, default=("",))
        if _widest(best) <= _WRAPPED:
            break
    return tuple(_cut(line) for line in best)


def _split(words: Sequence[str], cuts: Sequence[int]) -> tuple[str, ...]:
    return tuple(" ".join(words[i:j]) for i, j in pairwise((0, *cuts, len(words))))


def _widest(lines: tuple[str, ...]) -> float:
    return max(text_width(line, 1.0) for line in lines)


def _cut(line: str) -> str:
    if text_width(line, 1.0) <= _CUT:
        return line
    while line and text_width(line, 1.0) > _CUT - 1:
        line = line[:-1]
    return line.rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def place_labels(wanted: Sequence[Wanted], obstacles: Floats, frame: tuple[float, float]) -> list[Label]:
    """Place ``wanted`` (in order of importance) in a frame of this width and height.

    ``obstacles`` is an (n, 3) array of circles: x, y, radius. Below the mark is tried first, then above and beside it.
    A label that must be written goes where it covers least of the discs, but never on another label.
    """
    boxes: list[Box] = []
    placed: list[Label] = []
    for one in wanted:
        box = _best_box(one, boxes, obstacles, frame)
        if box is not None:
            boxes.append(box)
            placed.append(_label(one, box))
    return placed


def _label(one: Wanted, box: Box) -> Label:
    step = one.size * _LINE
    lines = ((line, round(box[1] + step * (i + 0.78), 1)) for i, line in enumerate(one.lines))
    return Label(tuple(lines), round((box[0] + box[2]) / 2, 1), one.size, one.emphasis)


def _best_box(one: Wanted, boxes: list[Box], obstacles: Floats, frame: tuple[float, float]) -> Box | None:
    best, least = None, np.inf
    for box, covered in _priced(one, obstacles):
        seen = box[0] >= 0 and box[1] >= 0 and box[2] <= frame[0] and box[3] <= frame[1]
        if not seen or any(_overlap(box, other) for other in boxes):
            continue
        if covered == 0:
            return box
        if one.must and covered < least:
            best, least = box, covered
    return best


def _priced(one: Wanted, obstacles: Floats) -> Iterator[tuple[Box, float]]:
    """Boxes with what they cost: on the mark where that is welcome, around it, and last on it anyway."""
    around = _candidates(one)
    middle = _box(one, one.x, one.y)
    if one.inside:
        yield middle, _on_itself(one, middle, obstacles)
    for box in around:
        yield box, _covered(box, obstacles) * _ON_OTHERS
    yield middle, _on_itself(one, middle, obstacles)


def _on_itself(one: Wanted, middle: Box, obstacles: Floats) -> float:
    own = np.array([(one.x, one.y, one.radius + 1)])
    others = max(_covered(middle, obstacles) - _covered(middle, own), 0.0)
    return others * _ON_OTHERS + (0.0 if others < 1e-6 and one.inside else _ON_ITSELF)


def _box(one: Wanted, x: float, y: float) -> Box:
    half, rise = _extent(one)
    return (x - half, y - rise, x + half, y + rise)


def _extent(one: Wanted) -> tuple[float, float]:
    """Half the width and half the height."""
    return max(text_width(line, one.size) for line in one.lines) / 2, one.size * _LINE * len(one.lines) / 2


def _candidates(one: Wanted) -> list[Box]:
    half, rise = _extent(one)
    reach = one.radius + _GAP
    side = reach * 0.75
    middles = [
        (one.x, one.y + reach + rise),
        (one.x, one.y - reach - rise),
        (one.x + reach + half, one.y),
        (one.x - reach - half, one.y),
        (one.x + half * 0.6, one.y + reach + rise),
        (one.x - half * 0.6, one.y + reach + rise),
        (one.x + half * 0.6, one.y - reach - rise),
        (one.x - half * 0.6, one.y - reach - rise),
        (one.x + side + half, one.y + side),
        (one.x - side - half, one.y + side),
        (one.x + side + half, one.y - side),
        (one.x - side - half, one.y - side),
    ]
    return [(x - half, y - rise, x + half, y + rise) for x, y in middles]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covered(box: Box, circles: Floats) -> float:
    """How deep the box reaches into the circles, summed; 0 when it touches none."""
    if not len(circles):
        return 0.0
    x = np.clip(circles[:, 0], box[0], box[2]) - circles[:, 0]
    y = np.clip(circles[:, 1], box[1], box[3]) - circles[:, 1]
    depth = circles[:, 2] - np.hypot(x, y)
    return float(depth[depth > 0].sum())

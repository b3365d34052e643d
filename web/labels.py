"""Where labels go: the most important first, each where it covers no label, disc or ring; the rest stay unwritten."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, pairwise
from math import hypot

import numpy as np
import numpy.typing as npt

__all__ = ["Label", "Wanted", "place_labels", "text_width", "wrap"]

Floats = npt.NDArray[np.float64]

Box = tuple[float, float, float, float]  # left, top, right, bottom
Circles = Floats | list[list[float]]

_GAP = 4.0  # between a mark and its label
_LINE = 1.2  # height of a line, in font sizes
_TINY = 9.0  # radius of marks that a label which must be written may cover
_SMALL = 0.84  # of the size, where there is no room
_NARROW = 6.0  # width in font sizes from which a label is wrapped there
_WRAPPED, _CUT = 9.5, 15.0  # widths in font sizes: wrapped from the first, cut at the second
_LINES = 3
_FEW = 60  # circles
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


@lru_cache(4_096)
def wrap(text: str, room: float = _WRAPPED) -> tuple[str, ...]:
    """``text`` in as few lines (at most three) of about equal width as it takes, each cut when it is still too long.

    ``room`` is the width from which it is wrapped, in font sizes.
    """
    words = text.split()[:_MOST_WORDS]
    for count in range(1, max(2, min(_LINES, len(words)) + 1)):
        splits = (_split(words, cuts) for cuts in combinations(range(1, len(words)), count - 1))
        best = min(splits, key=_widest, default=("",))
        if _widest(best) <= room:
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
    A label that must be written is written smaller and on its own mark rather than on another, and may cover tiny
    ones; where there is no such place it stays unwritten, since on another mark it would name that one.
    """
    boxes: list[Box] = []
    placed: list[Label] = []
    circles: Circles = obstacles if len(obstacles) > _FEW else obstacles.tolist()
    for one in wanted:
        found = next(_free_places(one, boxes, circles, frame), None)
        if found is not None:
            boxes.append(found[1])
            placed.append(_label(*found))
    return placed


def _label(one: Wanted, box: Box) -> Label:
    step = one.size * _LINE
    lines = ((line, round(box[1] + step * (i + 0.78), 1)) for i, line in enumerate(one.lines))
    return Label(tuple(lines), round((box[0] + box[2]) / 2, 1), one.size, one.emphasis)


def _free_places(
    one: Wanted, boxes: list[Box], obstacles: Circles, frame: tuple[float, float]
) -> Iterator[tuple[Wanted, Box]]:
    """Ways to write a label with places where it covers nothing that it must not, the best first."""
    others, large = _others(obstacles, one) if one.inside or one.must else (obstacles, obstacles)
    for way in _ways(one):
        tried = [(box, others) for box in _on_itself(way)] if one.inside else []
        tried += [(box, obstacles) for box in _candidates(way)]
        if one.must:
            tried += [(box, marks) for marks in (others, large) for box in _on_itself(way)]
        for box, marks in tried:
            left, top, right, bottom = box
            if left < 0 or top < 0 or right > frame[0] or bottom > frame[1]:
                continue
            for a, b, c, d in boxes:
                if left < c and a < right and top < d and b < bottom:
                    break
            else:
                if not _covers(box, marks):
                    yield way, box


def _others(obstacles: Circles, one: Wanted) -> tuple[Circles, Circles]:
    """The circles of other marks, and those of them that are not tiny."""
    if isinstance(obstacles, list):
        others = [c for c in obstacles if c[0] != one.x or c[1] != one.y]
        return others, [c for c in others if c[2] >= _TINY]
    apart = obstacles[(obstacles[:, 0] != one.x) | (obstacles[:, 1] != one.y)]
    return apart, apart[apart[:, 2] >= _TINY]


def _ways(one: Wanted) -> Iterator[Wanted]:
    """As it is wanted; a label that must be written also smaller, and then in narrower lines."""
    yield one
    if one.must:
        small = round(one.size * _SMALL, 1)
        yield replace(one, size=small)
        yield replace(one, size=small, lines=wrap(" ".join(one.lines), _NARROW))


def _on_itself(one: Wanted) -> Iterator[Box]:
    """In the middle of the mark, then a little above and below."""
    half, rise = _extent(one)
    for shift in (0.0, 0.35, -0.35):
        y = one.y + shift * one.radius
        yield (one.x - half, y - rise, one.x + half, y + rise)


def _extent(one: Wanted) -> tuple[float, float]:
    """Half the width and half the height."""
    return _across(one.lines, one.size) / 2, one.size * _LINE * len(one.lines) / 2


@lru_cache(4_096)
def _across(lines: tuple[str, ...], size: float) -> float:
    return max(text_width(line, size) for line in lines)


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


def _covers(box: Box, circles: Circles) -> bool:
    """Whether the box reaches into one of the circles."""
    if isinstance(circles, list):  # quicker one by one
        left, top, right, bottom = box
        for x, y, r in circles:
            if hypot(max(left - x, 0.0, x - right), max(top - y, 0.0, y - bottom)) < r:
                return True
        return False
    across = np.minimum(np.maximum(circles[:, 0], box[0]), box[2]) - circles[:, 0]
    down = np.minimum(np.maximum(circles[:, 1], box[1]), box[3]) - circles[:, 1]
    return bool((np.hypot(across, down) < circles[:, 2]).any())

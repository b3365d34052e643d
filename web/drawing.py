"""A scene as a drawing: numbers for an SVG that shows the picture without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from netofnets.language import say
from netofnets.services.map.limits import Kept
from netofnets.services.map.moved import Met, Moved, Movement
from netofnets.services.map.scene import District, Scene, SceneEdge, SceneNode
from netofnets.services.map.sizes import SIZES
from web.dense import SIGN, Dense, dense, signs
from web.labels import Floats, Label, Wanted, place_labels, text_width, wrap
from web.language import in_language

__all__ = ["Badge", "Drawing", "Line", "Mark", "draw", "palette_class"]

WIDTH = 1000.0
_MARGIN = 30.0
_HEIGHTS = (420.0, 1100.0)  # the drawing is never flatter or taller than this
_NAMELESS = say("without a name")
_SINGLE_DOTS = 1500  # more members than this are drawn as one path for each colour, without titles
_DISTRICTS = 60  # communities that are outlined, those of most networks
_MANY_DISCS, _SINGLE_DISCS = 300, 100  # of so many networks the largest are circles, all others dots in one path
_SINGLE_FRESH = 300  # of so many people of whom something is new each is a circle with a title
_TAGGED = 60, 30  # discs with a tag of what changed, the largest, on a desk and on a telephone
_WIDE, _NARROW = (14.0, 60), (31.0, 10)  # font size and number of labels, on a desk and on a telephone


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle: its node, place, palette class and whether it is selected."""

    node: SceneNode
    x: float
    y: float
    r: float
    colour: str
    selected: bool
    faded: bool = False  # a filter leaves it out
    fresh: bool = False  # a person of whom something is new since the day that is compared with


@dataclass(frozen=True, slots=True)
class Line:
    """A gentle curve between two marks."""

    path: str
    width: float
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A few signs on the rim of a disc: the middle, and the width of the tag around them."""

    text: str
    x: float
    y: float
    width: float
    size: float  # of the font


@dataclass(frozen=True, slots=True)
class Outline:
    """The circle around the networks of a community."""

    district: District
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the SVG needs; ``dense`` are dots of members, and ``far`` of the smaller discs, too many for circles."""

    width: float
    height: float
    lines: tuple[Line, ...]
    discs: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    dense: tuple[Dense, ...]
    far: tuple[Dense, ...]
    rings: tuple[Mark, ...]
    wide: tuple[Label, ...]
    narrow: tuple[Label, ...]
    met: tuple[Line, ...] = ()  # networks that join anew
    wide_badges: tuple[Badge, ...] = ()
    narrow_badges: tuple[Badge, ...] = ()
    districts: tuple[Outline, ...] = ()
    fresh: tuple[str, ...] = ()  # paths of the signs around people of whom something is new
    signs: str = ""  # or one of all of them, where they are many


def palette_class(slot: int) -> str:
    """Name of the colour of a place in the palette."""
    return f"slot-{slot}" if 0 <= slot < 8 else "slot-other"


def draw(
    scene: Scene,
    selected: str = "",
    labels: bool = True,
    left: Sequence[Kept] | None = None,
    moved: Movement | None = None,
) -> Drawing:
    """The drawing of a scene, 1000 units wide; the same scene gives the same numbers. Marks not ``left`` step back."""
    kept = None if left is None else frozenset(one.id for one in left)
    place = _Placement(scene)
    slots = {entry.key: palette_class(entry.slot) for entry in scene.legend}
    changed = {one.id: one for one in moved.marks} if moved else {}
    marks = [_mark(node, place, slots, selected, kept, changed) for node in scene.nodes]
    discs = [m for m in marks if m.node.kind == "networks"]
    people = [m for m in marks if m.node.kind != "networks"]
    rings, dots = _rings_and_dots(people)
    many, at = len(dots) > _SINGLE_DOTS, {m.node.id: m for m in marks}
    frame, names, single = (WIDTH, place.height), not discs or scene.level == "focus", _single(discs, scene)
    tags = _tags(discs, changed)

    def named(look: tuple[float, int], badges: Sequence[Badge]) -> tuple[Label, ...]:
        return tuple(_labels(discs, people, rings, *look, frame, badges, names=names)) if labels else ()

    return Drawing(
        WIDTH,
        place.height,
        tuple(_lines(scene.edges, at, selected)),
        tuple(m for m in discs if m.node.id in single),
        () if many else tuple(dots),
        dense(dots) if many else (),
        dense([m for m in discs if m.node.id not in single]),
        tuple(rings),
        named(_WIDE, tags[0]),
        named(_NARROW, tags[1]),
        tuple(_met(moved.met if moved else (), at)),
        tags[0],
        tags[1],
        tuple(Outline(one, *place(one), round(one.radius * place.scale, 1)) for one in scene.districts[:_DISTRICTS]),
        *_signs([m for m in people if m.fresh]),
    )


def _rings_and_dots(people: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Those who are a circle of their own, and the others."""
    few = sum(m.fresh for m in people) <= _SINGLE_FRESH
    own = [m.node.ringed or m.selected or (m.fresh and few) for m in people]
    return list(compress(people, own)), [m for m, alone in zip(people, own, strict=True) if not alone]


def _signs(fresh: Sequence[Mark]) -> tuple[tuple[str, ...], str]:
    """A sign around each of few, or one path around many."""
    return (tuple(map(_sign, fresh)), "") if len(fresh) <= _SINGLE_FRESH else ((), signs(fresh))


def _sign(mark: Mark) -> str:
    """A diamond around a mark."""
    r = round(mark.r + SIGN, 1)
    return f"M{mark.x} {round(mark.y - r, 1)}l{r} {r}l-{r} {r}l-{r} -{r}z"


def _met(pairs: Sequence[Met], at: Mapping[str, Mark]) -> Iterator[Line]:
    for pair in pairs:
        if pair.first in at and pair.second in at:
            yield Line(_curve(at[pair.first], at[pair.second]), 2.6, pair.words, False)


def _tags(discs: Sequence[Mark], changed: Mapping[str, Moved]) -> tuple[tuple[Badge, ...], tuple[Badge, ...]]:
    """Those of the largest discs that changed, on a desk and on a telephone."""
    fresh = sorted((m for m in discs if m.node.id in changed), key=lambda m: (-m.r, m.node.id))
    wide, narrow = (fresh[:most] for most in _TAGGED)
    return tuple(_badges(wide, changed, _WIDE[0])), tuple(_badges(narrow, changed, _NARROW[0]))


def _badges(discs: Sequence[Mark], changed: Mapping[str, Moved], size: float) -> Iterator[Badge]:
    """At the upper right of each disc that changed."""
    for m in discs:
        text = changed[m.node.id].badge if m.node.id in changed and not m.faded else ""
        if text:
            across = round(text_width(text, size * 0.86) + size * 0.7, 1)
            x, y = (round(at + sign * m.r * 0.71, 1) for at, sign in ((m.x, 1), (m.y, -1)))
            yield Badge(text, x, y, across, round(size * 0.86, 1))


class _Placement:
    """From the scene's units (y up) to the drawing's (y down)."""

    def __init__(self, scene: Scene) -> None:
        nodes, self.sizes = scene.nodes, scene.sizes
        circles = np.array([(n.x, -n.y, n.radius) for n in nodes] or [(0.0, 0.0, 1.0)])
        low = (circles[:, :2] - circles[:, 2:]).min(axis=0)
        high = (circles[:, :2] + circles[:, 2:]).max(axis=0)
        span = np.maximum(high - low, 1e-6)
        room = WIDTH - 2 * _MARGIN, _HEIGHTS[1] - 2 * _MARGIN
        self.scale = float(min(room[0] / span[0], room[1] / span[1]))
        self.least_ring = self.sizes.ring(sum(n.ringed for n in nodes), WIDTH)
        self.height = round(float(np.clip(span[1] * self.scale + 2 * _MARGIN, *_HEIGHTS)), 1)
        self._offset = np.array([WIDTH, self.height]) / 2 - (low + high) / 2 * self.scale

    def __call__(self, node: SceneNode | District) -> tuple[float, float]:
        return (
            round(node.x * self.scale + float(self._offset[0]), 1),
            round(-node.y * self.scale + float(self._offset[1]), 1),
        )


def _mark(
    node: SceneNode,
    place: _Placement,
    slots: Mapping[str, str],
    selected: str,
    left: frozenset[str] | None,
    changed: Mapping[str, Moved],
) -> Mark:
    x, y = place(node)
    kind = "disc" if node.kind == "networks" else "ring" if node.ringed else "dot"
    radius = round(place.sizes.radius(node.radius, place.scale, kind=kind, least_ring=place.least_ring), 1)
    faded = left is not None and node.id not in left
    fresh = kind != "disc" and node.id in changed
    return Mark(node, x, y, radius, slots.get(node.group, "slot-other"), node.id == selected, faded, fresh)


def _lines(edges: Sequence[SceneEdge], at: Mapping[str, Mark], selected: str) -> list[Line]:
    shown = [e for e in edges if e.source in at and e.target in at and (e.always or selected in (e.source, e.target))]
    weighty = all(at[e.source].node.kind == at[e.target].node.kind == "networks" for e in shown)
    largest = max((e.weight for e in shown), default=1.0) or 1.0
    return [
        Line(
            _curve(at[e.source], at[e.target]),
            round(1.0 + 4.5 * (max(e.weight, 0.0) / largest) ** 0.5, 1) if weighty else 2.2,
            e.label,
            bool(selected) and selected in (e.source, e.target),
        )
        for e in sorted(shown, key=lambda e: (e.weight, e.source, e.target))
    ]


def _curve(a: Mark, b: Mark) -> str:
    """From mark to mark, half-way into a disc."""
    span = max(float(np.hypot(b.x - a.x, b.y - a.y)), 1e-9)
    ends = []
    for one, other in ((a, b), (b, a)):
        inward = min(one.r * 0.5, span / 2) / span if one.node.kind == "networks" else 0.0
        ends.append((one.x + (other.x - one.x) * inward, one.y + (other.y - one.y) * inward))
    (x1, y1), (x2, y2) = ends
    middle = (x1 + x2) / 2 - (y2 - y1) * 0.08, (y1 + y2) / 2 + (x2 - x1) * 0.08
    return f"M{x1:.1f} {y1:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}"


def _single(discs: Sequence[Mark], scene: Scene) -> frozenset[str]:
    """The ids of discs that are circles of their own, with name and link: what lines lead to, then the largest."""
    if len(discs) <= _MANY_DISCS:
        return frozenset(m.node.id for m in discs)
    tied = {end for edge in scene.edges for end in (edge.source, edge.target)}
    first = sorted(discs, key=lambda m: (not m.selected, m.node.id not in tied, -m.node.weight, m.node.id))
    return frozenset(m.node.id for m in first[:_SINGLE_DISCS])


def _labels(
    discs: Sequence[Mark],
    people: Sequence[Mark],
    rings: Sequence[Mark],
    size: float,
    most: int,
    frame: tuple[float, float],
    badges: Sequence[Badge],
    *,
    names: bool,
) -> list[Label]:
    named = sorted(
        (m for m in discs if not m.faded), key=lambda m: (not m.selected, -m.node.weight, -m.r, m.node.label, m.node.id)
    )
    named = [*named[: SIZES.always_named], *sorted(named[SIZES.always_named :], key=_is_no_island)][:most]
    chosen = [m for m in people if m.selected]
    if names:  # a picture of people only, or of a few: name them
        chosen = sorted(people, key=lambda m: (not m.selected, -m.node.weight, m.node.id))[:most]
    wanted = [_wanted(m, size, must=m.selected) for m in chosen]
    largest = {m.node.id for m in named[: SIZES.always_named]}
    wanted += [_wanted(m, size, must=m.node.id in largest or m.selected, inside=not people) for m in named]
    if discs and len(rings) <= min(SIZES.few_rings, most):
        wanted += [_wanted(m, size, must=most > SIZES.few_rings * 2) for m in rings if not (m.selected or m.faded)]
    tags = [(b.x, b.y, b.width / 2) for b in badges]
    covered = [*((m.x, m.y, m.r + 1) for m in (*discs, *rings)), *tags]
    circles: Floats = np.array(covered or np.empty((0, 3)), dtype=np.float64)
    return place_labels(wanted, circles.reshape(-1, 3), frame)


def _is_no_island(mark: Mark) -> bool:
    return mark.node.place != "island"


def _wanted(mark: Mark, size: float, *, must: bool, inside: bool = False) -> Wanted:
    grown = size * (1.0 + min(mark.r, 80.0) / 400.0)
    lines = wrap(in_language(mark.node.label or _NAMELESS))
    return Wanted(lines, mark.x, mark.y, mark.r, round(grown, 1), must=must, inside=inside, emphasis=mark.selected)

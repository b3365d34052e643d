"""A map as a script gets it: its marks in columns, a portion at a time, in one order by which either side counts them.

A picture of 7,000 networks weighs 70 KB by their ids alone, whatever is done, so nobody gets more than a portion in one
answer: the first has what is largest, and the others follow. Marks are named by their number in :func:`ordered`: what a
filter leaves, and the ends of lines, then take a byte or two each.

``x``, ``y`` and ``radius`` are whole numbers of ``unit``, the first two each less the one before it; what has few
different values is a list ``of`` them and the number of each mark's ``at``, each less the one before it too, since the
marks of a disc stand together. Ids stand one after the other, ``each`` so many signs long, without the sign that is
``first`` in all of a kind.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from os.path import commonprefix
from typing import Any

from netofnets.services.map.growth import Growth
from netofnets.services.map.limits import Limited
from netofnets.services.map.moved import Movement
from netofnets.services.map.scene import Scene, SceneEdge, SceneNode
from netofnets.services.refs import path_of

__all__ = [
    "PORTION",
    "columns",
    "days_by_portion",
    "limits_by_number",
    "lines_by_number",
    "moved_by_number",
    "ordered",
    "scene_header",
]

PORTION = 1_500  # marks of one answer: below 60 KB compressed, with names as long as those of schools
_FINEST = 25_000  # units across a map: about a pixel where one comes nearest, on all but the very largest


def ordered(nodes: Iterable[SceneNode]) -> list[SceneNode]:
    """Networks by size; people with a ring; the others, those of the same networks together and from left to right;
    last those who came with the selection."""
    return sorted(nodes, key=lambda n: (n.guest, n.kind != "networks", not n.ringed, *_place(n), n.id))


def _place(node: SceneNode) -> tuple[float, str, float]:
    return (-node.weight, "", 0.0) if node.kind == "networks" else (0.0, str(node.detail), node.x)


def columns(nodes: Sequence[SceneNode], movement: Movement | None = None, start: int = 0) -> dict[str, Any]:
    """A portion of a map's :func:`ordered` marks from number ``start`` on; with a ``movement``, who changed and how."""
    left, right, low, high = _extent(nodes)
    unit = max(right - left, high - low, 1e-6) / _FINEST
    own = nodes[start : start + PORTION]
    found = {
        "from": start,
        "total": len(nodes),
        "stay": sum(not n.guest for n in nodes),
        "discs": sum(n.kind == "networks" for n in own),
        "paths": {kind: path_of(kind, "") for kind in ("networks", "leaders")},
        "unit": unit,
        **_ids(own),
        "label": [n.label for n in own],
        "x": _steps([round(n.x / unit) for n in own]),
        "y": _steps([round(n.y / unit) for n in own]),
        "radius": [round(n.radius / unit) for n in own],
        "weight": [int(n.weight) for n in own],
        "ring": [2 if n.bridging else int(n.connecting) for n in own],
        "group": _coded([n.group for n in own]),
        "place": _coded([n.place for n in own]),
        "detail": _coded([n.detail for n in own]),
    }
    if movement is not None:
        badges = {one.id: one.badge for one in movement.marks}
        found["changed"] = _coded([badges.get(n.id) for n in own])
    return found


def scene_header(scene: Scene, nodes: Sequence[SceneNode]) -> dict[str, Any]:
    """The scene without its marks: words, legend, rules, and the lines between marks by their numbers."""
    names = ("level", "title", "summary", "note", "legend", "legend_title", "districts", "sizes")
    told = {name: getattr(scene, name) for name in names}
    smallest = min((n.radius for n in nodes if n.kind == "networks"), default=0.0)
    lines = lines_by_number(scene.edges, nodes)
    return {**told, "extent": _extent(nodes), "smallest": smallest, "lines": lines}


def lines_by_number(edges: Sequence[SceneEdge], nodes: Sequence[SceneNode]) -> dict[str, Any]:
    """Lines that are always drawn, by the numbers of the marks at their ends."""
    at = _numbers(nodes)
    own = [e for e in edges if e.always and e.source in at and e.target in at]
    return {
        "ends": [(at[e.source], at[e.target]) for e in own],
        "weight": [e.weight for e in own],
        "label": _coded([e.label for e in own]),
    }


def limits_by_number(left: Limited, nodes: Sequence[SceneNode]) -> dict[str, Any]:
    """What is left of a map: so many marks that are, so many that are not, and so on; None when all are."""
    told = {name: getattr(left, name) for name in ("networks", "people", "words", "legend", "facets", "chosen")}
    if left.marks is None:
        return {**told, "total": len(nodes), "runs": None}
    kept, runs = frozenset(one.id for one in left.marks), [0]
    for node in nodes:
        if (node.id in kept) != (len(runs) % 2 == 1):
            runs.append(0)
        runs[-1] += 1
    return {**told, "total": len(nodes), "runs": runs}


def moved_by_number(movement: Movement | None, nodes: Sequence[SceneNode]) -> dict[str, Any] | None:
    """What moved between networks; what moved of each mark is among the :func:`columns`."""
    if movement is None:
        return None
    at = _numbers(nodes)
    return {"met": [(at[m.first], at[m.second]) for m in movement.met if m.first in at and m.second in at]}


def days_by_portion(growth: Growth, start: int = 0) -> dict[str, Any]:
    """How the map grew: of so many networks the members by day, and so many people; first with words and pairs."""
    own = slice(start, start + PORTION)
    found: dict[str, Any] = {
        "version": growth.version,
        "total": max(len(growth.networks), len(growth.people)),
        "networks": growth.networks[own],
        "members": [day[own] for day in growth.members],
        "people": growth.people[own],
    }
    if start == 0:
        names = ("days", "words", "pairs", "shared", "spread", "edge")
        found |= {name: getattr(growth, name) for name in names}
    return found


def _numbers(nodes: Sequence[SceneNode]) -> Mapping[str, int]:
    return {node.id: number for number, node in enumerate(nodes)}


def _extent(nodes: Sequence[SceneNode]) -> tuple[float, float, float, float]:
    """Left, right, low and high."""
    if not nodes:
        return 0.0, 0.0, 0.0, 0.0
    left, low = min(n.x - n.radius for n in nodes), min(n.y - n.radius for n in nodes)
    return left, max(n.x + n.radius for n in nodes), low, max(n.y + n.radius for n in nodes)


def _steps(values: Sequence[int]) -> list[int]:
    """Each value less the one before it: neighbours differ little."""
    return [value - before for value, before in zip(values, [0, *values], strict=False)]


def _ids(nodes: Sequence[SceneNode]) -> dict[str, Any]:
    """All in one text; where they are not of one length (``each`` is 0), with spaces between them."""
    first = {kind: _first([n.id for n in nodes if n.kind == kind]) for kind in ("networks", "leaders")}
    ids = [n.id[len(first.get(n.kind, "")) :] for n in nodes]
    lengths = {len(one) for one in ids}
    each = lengths.pop() if len(lengths) == 1 else 0
    return {"each": each, "first": first, "id": ("" if each else " ").join(ids)}


def _first(ids: Sequence[str]) -> str:
    """The sign that all begin with, if each has more."""
    return commonprefix(ids)[:1] if min(map(len, ids), default=0) > 1 else ""


def _coded(values: Sequence[Hashable]) -> dict[str, Any]:
    """The different values as they come, and for each mark by how much its number is more than that before it."""
    known: dict[Hashable, int] = {}
    at = _steps([known.setdefault(value, len(known)) for value in values])
    return {"of": list(known), "at": at}

"""Two networks and the people between them as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from netofnets.errors import NotFound
from netofnets.language import say, say_count
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.map.phrases import WHO_AND_WHAT, members_words
from netofnets.services.map.rings import Point, column
from netofnets.services.map.scene import Legend, Scene, SceneEdge, SceneNode
from netofnets.services.words import listed, share_words

__all__ = ["between_networks"]

_BOTH, _EACH = 140, 70  # people in the middle, people on each side who work across: with the discs fewer than 300
_SIDE, _HEIGHT, _SPACING = 420.0, 520.0, 48.0
_GROUPS = (
    ("network", say("Network"), 1),
    ("both", say("In both networks"), 0),
    ("across", say("Works with somebody across"), 2),
)


def between_networks(index: EditionIndex, left: int, right: int) -> Scene:
    """The two discs at the sides, who is in both in the middle, and beside the discs who works across."""
    if left == right:
        raise NotFound("choose two different networks")
    a, b = (index.memberships.actors_of(n).astype(np.int64) for n in (left, right))
    both = index.by_name(np.intersect1d(a, b))
    only_a, only_b = np.setdiff1d(a, b), np.setdiff1d(b, a)
    ties = index.collaborators[only_a][:, only_b].tocoo()
    crossing = list(zip(only_a[ties.row].tolist(), only_b[ties.col].tolist(), strict=True))
    every = [
        index.by_name(np.unique(ends).astype(np.int64)) for ends in ([x for x, _ in crossing], [y for _, y in crossing])
    ]
    west, east = (people[:_EACH] for people in every)
    nodes = [_disc(index, left, (-_SIDE, 0.0)), _disc(index, right, (_SIDE, 0.0))]
    nodes += _people(index, both[:_BOTH], 0.0, "both")
    nodes += _people(index, west, -_SIDE / 2, "across") + _people(index, east, _SIDE / 2, "across")
    edges = _edges(index, (left, right), both[:_BOTH], (west, east), crossing)
    shared = share_words(len(both), _expected(index, left, right))
    names = (index.network(left).name, index.network(right).name)
    across = sum(map(len, every))
    ends = {"first": names[0], "second": names[1]}
    parts = []
    if len(both) > _BOTH:
        parts.append(say("{shown} of {all:,} people in both", shown=_BOTH, all=len(both)))
    if len(west) + len(east) < across:
        parts.append(say("{shown} of {all:,} people who work across", shown=len(west) + len(east), all=across))
    note = say("showing {parts}", parts=listed(parts)) if parts else ""
    legend = tuple(Legend(key, label, slot, sum(n.group == key for n in nodes)) for key, label, slot in _GROUPS)
    shown = tuple(entry for entry in legend if entry.count)
    title, summary = say("Between {first} and {second}", **ends), _summary(ends, shared if len(both) else "", crossing)
    return Scene("focus", title, summary, tuple(nodes), edges, shown, WHO_AND_WHAT, note, index.version)


def _summary(ends: Mapping[str, str], shared: str, crossing: Sequence[tuple[int, int]]) -> str:
    shared = shared or say("nobody is in both")
    if not crossing:
        return say("{first} and {second}: {shared}; no pairs of people work together across.", **ends, shared=shared)
    return say_count(
        "{first} and {second}: {shared}; {n:,} pair of people works together across.",
        "{first} and {second}: {shared}; {n:,} pairs of people work together across.",
        len(crossing),
        **ends,
        shared=shared,
    )


def _disc(index: EditionIndex, network: int, at: Point) -> SceneNode:
    me, size = index.network(network), int(index.memberships.group_sizes[network])
    radius = round(min(90.0, 24.0 + 4.0 * sqrt(size)), 2)
    detail = members_words(size)
    return SceneNode(me.id, "networks", me.name, *at, radius, "network", "disc", False, detail, me.href, float(size))


def _people(index: EditionIndex, people: Ints, x: float, group: str) -> list[SceneNode]:
    nodes = []
    for person, at in zip(people.tolist(), column(len(people), x, _HEIGHT, _SPACING), strict=True):
        me, detail = index.leader(person), index.detail_of(person)
        place, bridging = "gap" if group == "both" else "member", bool(index.bridging[person])
        nodes.append(SceneNode(me.id, "leaders", me.name, *at, 9.0, group, place, bridging, detail, me.href))
    return nodes


def _edges(
    index: EditionIndex, ends: tuple[int, int], both: Ints, sides: tuple[Ints, Ints], crossing: list[tuple[int, int]]
) -> tuple[SceneEdge, ...]:
    discs = [index.network(n).id for n in ends]
    edges = [SceneEdge(index.leader(int(p)).id, disc, 1.0, say("member"), always=True) for p in both for disc in discs]
    for side, disc in zip(sides, discs, strict=True):
        edges += [SceneEdge(index.leader(int(p)).id, disc, 1.0, say("member"), always=True) for p in side]
    drawn = {int(p) for side in sides for p in side}
    edges += [
        SceneEdge(index.leader(x).id, index.leader(y).id, 2.0, say("works together"), always=True)
        for x, y in crossing
        if x in drawn and y in drawn
    ]
    return tuple(edges)


def _expected(index: EditionIndex, left: int, right: int) -> float | None:
    first, second, table = index.pairs
    row = np.flatnonzero(((first == left) & (second == right)) | ((first == right) & (second == left)))
    return table["expected"][int(row[0])].as_py() if len(row) else None

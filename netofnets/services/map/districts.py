"""Communities as districts of a large map: where their networks lie, so that a reader sees them before the networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from netofnets.services.index import EditionIndex
from netofnets.services.map.phrases import first_part
from netofnets.services.map.scene import District, SceneNode
from netofnets.services.refs import path_of

__all__ = ["districts"]

_MANY = 60  # networks; a smaller map shows them all by name
_LEAST = 3  # networks that make a district
_APART = 1.6  # discs further from the middle than this many times the middle half of them are no part of the picture
_ROOM = 0.6  # around the discs, in radii of a middling disc


def districts(index: EditionIndex, discs: Sequence[SceneNode]) -> tuple[District, ...]:
    """The communities of three networks or more as circles around most of their discs, largest first; none on a map of
    up to 60 networks."""
    if len(discs) <= _MANY:
        return ()
    community = dict(
        zip(index.snapshot.ids("networks").to_pylist(), index.communities("networks").tolist(), strict=True)
    )
    members: dict[int, list[SceneNode]] = {}
    for disc in discs:
        if disc.place != "island" and community[disc.id] >= 0:
            members.setdefault(community[disc.id], []).append(disc)
    found = (one for key, own in members.items() if len(own) >= _LEAST for one in _district(index, key, own))
    return tuple(sorted(found, key=lambda d: (-d.networks, d.id)))


def _district(index: EditionIndex, community: int, own: Sequence[SceneNode]) -> Iterator[District]:
    weight = sum(d.radius**2 for d in own)
    x, y = sum(d.x * d.radius**2 for d in own) / weight, sum(d.y * d.radius**2 for d in own) / weight
    away = sorted(hypot(d.x - x, d.y - y) for d in own)
    usual = away[len(away) // 2] * 2 * _APART
    near = [d for d in own if hypot(d.x - x, d.y - y) <= usual]
    if not near:
        return
    room = _ROOM * sorted(d.radius for d in near)[len(near) // 2]
    radius = max(hypot(d.x - x, d.y - y) + d.radius for d in near) + room
    label = first_part(index.label_of(community))
    yield District(
        str(community),
        label,
        round(x, 2),
        round(y, 2),
        round(radius, 2),
        len(own),
        path_of("communities", str(community)),
    )

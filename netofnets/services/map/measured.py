"""What the area of a disc measures: members, or those of them who are in other networks too, or who join networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from netofnets.analysis.layout import disc_radius
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, positions
from netofnets.services.map.scene import SceneNode

__all__ = ["AREAS", "Area", "measured"]


@dataclass(frozen=True, slots=True)
class Area:
    """A choice: its label, and what the legend says is counted."""

    label: str
    words: str


AREAS: dict[str, Area] = {
    "members": Area(say("Members"), say("leaders")),
    "shared": Area(say("Members in other networks too"), say("members in other networks too")),
    "joining": Area(say("Members who join networks"), say("members who join networks")),
}
"""Each counts some of the members, so a disc is never larger than the room that the layout has for it."""

_COUNTED: Mapping[str, Callable[[int], str]] = {
    "shared": lambda n: say_count("{n:,} member in other networks too", "{n:,} members in other networks too", n),
    "joining": lambda n: say_count("{n:,} member who joins networks", "{n:,} members who join networks", n),
}


def measured(index: EditionIndex, nodes: tuple[SceneNode, ...], area: str) -> tuple[SceneNode, ...]:
    """The discs of all networks, sized by an area of :data:`AREAS`; the number is said beside that of members."""
    if area == "members":
        return nodes
    counts = _shared(index) if area == "shared" else _joining(index)
    radius = np.round(disc_radius(counts), 2)
    at = {network: n for n, network in enumerate(index.snapshot.ids("networks").to_pylist())}
    found = []
    for node in nodes:
        n = at[node.id]
        detail = joined([node.detail, _COUNTED[area](int(counts[n]))], "; ")
        found.append(replace(node, radius=float(radius[n]), weight=float(counts[n]), detail=detail))
    return tuple(found)


def _shared(index: EditionIndex) -> Ints:
    several = (index.memberships.degrees > 1).astype(np.float64)
    return np.asarray(index.memberships.csr.T @ several).astype(np.int64)


def _joining(index: EditionIndex) -> Ints:
    joins = np.zeros(index.people)
    joins[positions(index.snapshot, "leaders", index.table("connectors")["leader"])] = 1
    return np.asarray(index.memberships.csr.T @ joins).astype(np.int64)

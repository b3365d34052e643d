"""The atlas: networks as discs, people inside them, bridging leaders ringed in the gaps."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.refs import Ref
from netofnets.services.scene import Scene
from netofnets.services.viewer import Viewer

__all__ = ["COLOURS", "AtlasView", "Neighbour", "SceneRow", "Selection", "networks_scene", "people_scene", "rows"]

COLOURS: dict[str, str] = {"region": "Region", "community": "Community"}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another network (or, for a leader, one of the leader's networks) and the members shared with it."""

    ref: Ref
    shared: int
    expected: float | None = None
    validated: bool = False
    words: str = ""  # "12 shared members, 3 expected by chance"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the panel beside the map says about the selected mark."""

    ref: Ref
    summary: str  # one or two sentences
    facts: tuple[tuple[str, str], ...]  # (label, value) in words
    networks: tuple[Neighbour, ...]  # networks that share members with it; for a leader: the leader's networks
    people: tuple[Ref, ...]  # a network's members (bridging first), a leader's direct collaborators; capped
    people_total: int
    reason: str = ""  # why a leader is called bridging


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One row of the table beside a map: the same marks, no more and no fewer."""

    id: str
    kind: str
    label: str
    group: str  # label of the legend entry
    detail: str
    place: str  # in words
    bridging: bool
    href: str


@dataclass(frozen=True, slots=True)
class AtlasView:
    """A map, what is selected on it, and how many links it draws of how many there are."""

    version: str
    scene: Scene
    colour: str
    colours: tuple[tuple[str, str], ...]  # (key, label) of every choice
    selection: Selection | None
    links_shown: int
    links_total: int


def networks_scene(
    published: Published, viewer: Viewer, *, colour: str = "region", select: str = "", links: int = 60
) -> AtlasView:
    """Networks as discs and the links between them by shared members.

    Validated links are drawn first, then the largest, at most ``links`` (0 to 400). ``select`` is a network's id; an id
    that this viewer has not raises :class:`NotFound`; an unknown ``colour`` is taken as ``region``.
    """
    raise NotImplementedError


def people_scene(published: Published, viewer: Viewer, *, colour: str = "region", select: str = "") -> AtlasView:
    """Discs, members and ringed bridging leaders, at most 20,000 marks.

    Edges only for the selection: a leader's id gives edges to the leader's discs and direct collaborators; a
    network's id gives edges to the discs it shares members with.
    """
    raise NotImplementedError


def rows(scene: Scene) -> tuple[SceneRow, ...]:
    """The table beside the map: one row for every mark, networks first, then people by name."""
    raise NotImplementedError

"""A Scene: one picture as plain data, for every renderer (atlas, focus map, one-file export, table)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from netofnets.services.map.sizes import SIZES, Sizes

__all__ = ["District", "Legend", "Scene", "SceneEdge", "SceneNode"]


@dataclass(frozen=True, slots=True)
class SceneNode:
    """One mark. ``x``, ``y`` and ``radius`` share one unit; y grows upwards. ``group`` points into the legend."""

    id: str
    kind: str  # networks | leaders
    label: str
    x: float
    y: float
    radius: float
    group: str  # legend key that gives the colour
    place: str = "member"  # disc | member | gap | rim | island
    bridging: bool = False  # drawn with a ring
    detail: str = ""  # one plain-text line for the panel and the table
    href: str = ""  # path of the page about it
    weight: float = 0.0  # importance: labels of heavier marks are placed first
    connecting: bool = False  # drawn with a thin ring: joins networks, without the claim that chance would not do it
    guest: bool = False  # here only with what is selected, since the map cannot carry everybody

    @property
    def ringed(self) -> bool:
        """Whether the mark is a ring rather than a dot."""
        return self.bridging or self.connecting


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """One line between two marks; drawn only when one of its ends is selected, unless ``always``."""

    source: str
    target: str
    weight: float = 1.0
    label: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """One entry: ``key`` is what nodes name as their group; ``slot`` is a place in the palette (-1: other)."""

    key: str
    label: str
    slot: int
    count: int = 0
    community: str = ""  # its number, where the entry is a community: choosing the one is choosing the other


@dataclass(frozen=True, slots=True)
class District:
    """A community on a large map: the circle around its networks, which is named while one looks from afar."""

    id: str
    label: str
    x: float
    y: float
    radius: float
    networks: int
    href: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with its words: ``summary`` says what it shows, ``note`` what it leaves out."""

    level: str  # networks | people | focus
    title: str
    summary: str
    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    legend: tuple[Legend, ...]
    legend_title: str = ""
    note: str = ""
    version: str = ""  # content hash of the edition it was drawn from
    districts: tuple[District, ...] = ()
    sizes: Sizes = SIZES  # the rules by which every renderer draws and names

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, for JSON."""
        return asdict(self)

"""The table beside a map: one row for each mark."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.language import say
from netofnets.services.map.scene import Scene, SceneNode

__all__ = ["SceneRow", "rows"]

_PLACES = {
    "disc": say("network"),
    "member": say("inside the home network"),
    "gap": say("between two networks"),
    "rim": say("at the edge of the home network, facing another"),
    "island": say("apart: shares no member shown"),
    "unattached": say("unattached"),
}

_KINDS = {"networks": say("Network"), "interests": say("Interest")}


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One row of the table beside a map: the same marks, no more and no fewer."""

    id: str
    kind: str
    label: str
    what: str  # kind of mark, in words
    group: str  # label of the legend entry
    detail: str
    place: str  # in words
    bridging: bool
    connecting: bool
    href: str


def rows(scene: Scene) -> tuple[SceneRow, ...]:
    """The table beside the map: one row for every mark, networks first, then people by name."""
    labels = {entry.key: entry.label for entry in scene.legend}
    ordered = sorted(scene.nodes, key=lambda n: (n.kind != "networks", n.label.casefold(), n.id))
    return tuple(
        SceneRow(
            n.id,
            n.kind,
            n.label,
            _what(n),
            labels.get(n.group, ""),
            n.detail,
            _PLACES.get(n.place, n.place),
            n.bridging,
            n.connecting,
            n.href,
        )
        for n in ordered
    )


def _what(node: SceneNode) -> str:
    if node.kind in _KINDS:
        return _KINDS[node.kind]
    if node.bridging:
        return say("Bridging leader")
    return say("Connector") if node.connecting else say("Leader")

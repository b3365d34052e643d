"""Focus maps: the surroundings of a leader or of two networks, at most 300 marks, drawn by pyvis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.graph.published import Published
from netofnets.services.scene import Scene
from netofnets.services.viewer import Viewer

__all__ = ["LIMIT", "FocusMap", "leader_focus", "networks_focus", "to_vis"]

LIMIT = 300


@dataclass(frozen=True, slots=True)
class FocusMap:
    """A focus map; every edge of its scene is ``always`` drawn."""

    version: str
    scene: Scene


def leader_focus(published: Published, viewer: Viewer, leader: str) -> FocusMap:
    """The leader in the middle, the leader's networks, direct collaborators, and people suggested to meet."""
    raise NotImplementedError


def networks_focus(published: Published, viewer: Viewer, first: str, second: str) -> FocusMap:
    """Two networks, the people in both between them, and the direct ties that cross."""
    raise NotImplementedError


def to_vis(scene: Scene) -> dict[str, Any]:
    """What vis-network draws: ``{"nodes": [...], "edges": [...], "options": {...}}``, all JSON, all text plain.

    Made by :meth:`pyvis.network.Network.get_network_data`: fixed positions, no physics. Titles are plain text: vis-network
    must be given them as text, never as HTML.
    """
    raise NotImplementedError

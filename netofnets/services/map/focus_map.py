"""Focus maps: around a leader or an interest, between two networks, along the ways to somebody: at most 300 marks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from netofnets.graph.published import Published
from netofnets.language import joined
from netofnets.services.find.interest import interest_page
from netofnets.services.index import index_of
from netofnets.services.map.focus_interest import around_interest
from netofnets.services.map.focus_leader import around_leader
from netofnets.services.map.focus_networks import between_networks
from netofnets.services.map.focus_paths import along_paths
from netofnets.services.map.scene import Scene, SceneEdge, SceneNode
from netofnets.services.person.paths import paths
from netofnets.services.viewer import Viewer

__all__ = ["FocusMap", "interest_focus", "leader_focus", "networks_focus", "paths_focus", "to_vis"]


@dataclass(frozen=True, slots=True)
class FocusMap:
    """A focus map; every edge of its scene is ``always`` drawn."""

    version: str
    scene: Scene


def leader_focus(published: Published, viewer: Viewer, leader: str) -> FocusMap:
    """The leader in the middle, the leader's networks, direct collaborators, and people suggested to meet."""
    index = index_of(published, viewer)
    return FocusMap(index.version, around_leader(index, viewer, index.snapshot.position("leaders", leader)))


def networks_focus(published: Published, viewer: Viewer, first: str, second: str) -> FocusMap:
    """Two networks, the people in both between them, and the direct ties that cross.

    :class:`NotFound` when one is missing for this viewer, or both are the same.
    """
    index = index_of(published, viewer)
    ends = (index.snapshot.position("networks", first), index.snapshot.position("networks", second))
    return FocusMap(index.version, between_networks(index, *ends))


def interest_focus(published: Published, viewer: Viewer, interest: str) -> FocusMap:
    """An interest, who holds it and how, and their networks; :class:`NotFound` when there is none such."""
    page, index = interest_page(published, viewer, interest), index_of(published, viewer)
    return FocusMap(index.version, around_interest(index, page))


def paths_focus(published: Published, viewer: Viewer, start: str, end: str, *, without: str = "") -> FocusMap:
    """The ways from one person to another, named by id or by a name that only one has; without ``start`` the reader's.

    :class:`NotFound` when it is not clear who the two are, or both are one.
    """
    answer, index = paths(published, viewer, start, end, without=without), index_of(published, viewer)
    return FocusMap(index.version, along_paths(index, answer))


def to_vis(scene: Scene) -> dict[str, Any]:
    """What vis-network draws: ``{"nodes": [...], "edges": [...], "options": {...}}``, all JSON, all text plain.

    Made by :meth:`pyvis.network.Network.get_network_data`: fixed positions, no physics. Titles are plain text:
    vis-network must be given them as text, never as HTML.
    """
    from pyvis.network import Network  # loads IPython, so not before somebody wants a focus map

    net = Network(directed=False)
    # Filled at once: add_edge looks through all edges for each new one.
    net.nodes = [_vis_node(node) for node in scene.nodes]
    net.edges = [_vis_edge(edge) for edge in scene.edges]
    net.options = {
        "physics": {"enabled": False},
        "layout": {"randomSeed": 0, "improvedLayout": False},
        "edges": {"smooth": False},
        "interaction": {"hover": True, "keyboard": False, "navigationButtons": False},
    }
    nodes, edges, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _vis_node(node: SceneNode) -> dict[str, Any]:
    title = joined([node.label, node.detail], "\n") if node.detail else node.label
    return {
        "id": node.id,
        "label": node.label,
        "title": title,
        "x": node.x,
        "y": -node.y or 0.0,  # in a Scene y grows upwards, on a canvas downwards
        "size": node.radius,
        "shape": "dot",
        "group": node.group,
        "borderWidth": 4 if node.bridging else 1,
        "physics": False,
    }


def _vis_edge(edge: SceneEdge) -> dict[str, Any]:
    return {"from": edge.source, "to": edge.target, "title": edge.label, "width": round(edge.weight, 2)}

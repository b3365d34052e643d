"""Small pictures, which a telephone loads in a moment however large the map is: of the whole, and around a network."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.index import index_of
from netofnets.services.map.atlas import AtlasView, networks_scene, people_scene
from netofnets.services.map.scene import Scene
from netofnets.services.viewer import Viewer

__all__ = ["overview", "surroundings"]

_FEW_PEOPLE, _FEW_NETWORKS = 3_000, 600
_AROUND = 120


def overview(published: Published, viewer: Viewer) -> AtlasView:
    """The small picture: people where there are up to 3,000, else networks, of many the 600 largest."""
    index = index_of(published, viewer)
    return index.once(("overview", viewer.sees_people, viewer.k), lambda: _overview(published, viewer, index.people))


def _overview(published: Published, viewer: Viewer, people: int) -> AtlasView:
    if 0 < people <= _FEW_PEOPLE:
        return people_scene(published, viewer, colour="community")
    view = networks_scene(published, viewer, colour="community")
    every = view.scene.nodes
    if len(every) <= _FEW_NETWORKS:
        return view
    largest = {n.id for n in sorted(every, key=lambda n: (-n.weight, n.id))[:_FEW_NETWORKS]}
    nodes = tuple(n for n in every if n.id in largest)
    edges = tuple(e for e in view.scene.edges if e.source in largest and e.target in largest)
    note = say("the {shown:,} largest of {all:,} networks", shown=len(nodes), all=len(every))
    return replace(view, scene=replace(view.scene, nodes=nodes, edges=edges, note=note), links_shown=len(edges))


def surroundings(published: Published, viewer: Viewer, network: str) -> tuple[Scene, str]:
    """The map of networks with one selected; of many those that it is tied to most, and the nearest: 120.

    In words how many of how many, where these are not all.

    Raises :class:`~netofnets.errors.NotFound` for a network that this viewer has not.
    """
    whole = networks_scene(published, viewer, select=network).scene
    if len(whole.nodes) <= _AROUND:
        return whole, ""
    own = [e for e in whole.edges if network in (e.source, e.target)]
    tied = {e.target if e.source == network else e.source: e.weight for e in own}
    middle = next(n for n in whole.nodes if n.id == network)
    order = sorted(
        whole.nodes,
        key=lambda n: (n.id != network, -tied.get(n.id, 0.0), hypot(n.x - middle.x, n.y - middle.y), n.id),
    )
    near = {n.id for n in order[:_AROUND]}
    nodes = tuple(n for n in whole.nodes if n.id in near)
    edges = tuple(e for e in whole.edges if e.source in near and e.target in near)
    note = say("the {shown:,} networks around it, of {all:,}", shown=len(nodes), all=len(whole.nodes))
    return replace(whole, nodes=nodes, edges=edges, districts=(), note=note), note

"""The small picture of the front page, which a telephone loads in a moment however large the map is."""

from __future__ import annotations

from dataclasses import replace

from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.index import index_of
from netofnets.services.map.atlas import AtlasView, networks_scene, people_scene
from netofnets.services.viewer import Viewer

__all__ = ["overview"]

_FEW_PEOPLE, _FEW_NETWORKS = 3_000, 600


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

"""What a click on the atlas changes: the panel and the lines of one mark, without the map around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map.atlas import MOST_LINKS, chosen_layer_of, leader_edges
from netofnets.services.map.counted_discs import unseen_edges
from netofnets.services.map.marks import drawn_people, edges_of
from netofnets.services.map.scene import SceneEdge
from netofnets.services.map.selection import Selection, leader_selection, network_selection
from netofnets.services.networks.layers import backbone, pairs_of
from netofnets.services.unseen import unseen_in
from netofnets.services.viewer import Viewer

__all__ = ["Clicked", "clicked"]


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a click changes: the same panel and lines that the whole map has with this mark selected."""

    version: str
    selection: Selection | None
    edges: tuple[SceneEdge, ...]  # that end at the mark
    missing: bool  # this viewer has no such mark


def clicked(
    published: Published, viewer: Viewer, select: str, *, people: bool = False, links: int = 60, layer: str = ""
) -> Clicked:
    """The mark ``select`` (an id) of the map of networks, or of ``people``, with its lines in a ``layer``."""
    index = index_of(published, viewer)
    unseen = unseen_in(index, viewer)
    if not select:
        return Clicked(index.version, None, (), missing=False)
    try:
        network = index.snapshot.position("networks", select)
    except NotFound:
        return _person(index, select) if people else Clicked(index.version, None, (), missing=True)
    layer = "members" if people else chosen_layer_of(index, unseen, layer)
    links = 0 if people else min(max(links, 0), MOST_LINKS)
    edges = edges_of(index, layer, _as_drawn(index, layer, network, links))
    if unseen and layer == "members" and not people:
        shown = unseen_edges(index, unseen, 0, select)
        edges += tuple(edge for edge in shown if select in (edge.source, edge.target))
    return Clicked(index.version, network_selection(index, network, unseen), edges, missing=False)


def _as_drawn(index: EditionIndex, layer: str, network: int, links: int) -> np.ndarray:
    """The pairs of a network: those that are drawn anyway in their order, then the others in that of the table."""
    own = pairs_of(index, layer, network)
    always = backbone(index, layer)[:links]
    return np.concatenate([always[np.isin(always, own)], np.setdiff1d(own, always)])


def _person(index: EditionIndex, select: str) -> Clicked:
    try:
        leader = index.snapshot.position("leaders", select)
    except NotFound:
        return Clicked(index.version, None, (), missing=True)
    drawn = drawn_people(index)
    edges = leader_edges(index, leader, lambda other: bool(drawn[other]))
    return Clicked(index.version, leader_selection(index, leader), edges, missing=False)

"""What a click on the atlas changes: the panel and the lines of one mark, without the map around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.atlas import MOST_LINKS, chosen_layer_of
from netofnets.services.map.colours import Groups, chosen_colour, groups_for
from netofnets.services.map.counted_discs import unseen_edges
from netofnets.services.map.guests import Guests, guests_of
from netofnets.services.map.marks import (
    carries_everybody,
    drawn_people,
    edges_of,
    leader_edges,
    network_edges,
    own_lines,
)
from netofnets.services.map.scene import SceneEdge, SceneNode
from netofnets.services.map.selection import Selection, leader_selection, network_selection, with_lines
from netofnets.services.networks.layers import backbone, pairs_in, pairs_of
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
    come: Guests | None = None  # people who come with it
    partial: bool = False  # whether the map cannot carry everybody, so that people come with what is selected

    @property
    def nodes(self) -> tuple[SceneNode, ...]:
        """The people who come with it, in the order of the map."""
        return self.come.nodes if self.come else ()


def clicked(
    published: Published,
    viewer: Viewer,
    select: str,
    *,
    people: bool = False,
    links: int = 60,
    layer: str = "",
    least: int = 1,
    colour: str = "",
) -> Clicked:
    """The mark ``select`` (an id) of the map of networks, or of ``people``, with its lines in a ``layer``.

    ``links``, ``layer``, ``least`` and ``colour`` are those of the map, as for :func:`networks_scene`. On the map of
    networks a leader's id fills the panel alone.
    """
    index = index_of(published, viewer)
    if not select:
        return Clicked(index.version, None, (), missing=False)
    groups = groups_for(published, viewer, chosen_colour(index, colour))
    try:
        network = index.snapshot.position("networks", select)
    except NotFound:
        return _person(index, select, people, groups)
    unseen = unseen_in(index, viewer)
    layer = "members" if people else chosen_layer_of(index, unseen, layer)
    panel = with_lines(network_selection(index, network, unseen), index, network, layer, 1 if people else least)
    if people:
        edges = network_edges(index, 0, network)
        come = guests_of(index, groups, "networks", network)
        return Clicked(index.version, panel, edges, missing=False, come=come, partial=not carries_everybody(index))
    most = MOST_LINKS if least > 1 else min(max(links, 0), MOST_LINKS)
    edges = edges_of(index, layer, _as_drawn(index, layer, network, most, least))
    if unseen and layer == "members":
        shown = unseen_edges(index, unseen, 0, select, least)
        edges += tuple(edge for edge in shown if select in (edge.source, edge.target))
    return Clicked(index.version, panel, edges, missing=False)


def _as_drawn(index: EditionIndex, layer: str, network: int, most: int, least: int) -> Ints:
    """The pairs of a network: those that are drawn anyway in their order, then the others in that of the table."""
    weights = pairs_in(index, layer)[2]["shared"].to_numpy()
    own, heaviest = pairs_of(index, layer, network), backbone(index, layer)
    always = heaviest[weights[heaviest] >= least][:most]
    always = always[np.isin(always, own)]
    return np.concatenate([always, np.setdiff1d(own_lines(index, layer, network, least), always)])


def _person(index: EditionIndex, select: str, people: bool, groups: Groups) -> Clicked:
    try:
        leader = index.snapshot.position("leaders", select)
    except NotFound:
        return Clicked(index.version, None, (), missing=True)
    panel = leader_selection(index, leader)
    if not people:
        return Clicked(index.version, panel, (), missing=False)
    come, drawn = guests_of(index, groups, "leaders", leader), drawn_people(index)
    edges = leader_edges(index, leader, lambda other: bool(drawn[other]) or index.leader(other).id in come.ids)
    return Clicked(index.version, panel, edges, missing=False, come=come, partial=not carries_everybody(index))

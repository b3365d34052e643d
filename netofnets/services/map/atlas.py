"""The atlas: networks as discs, people inside them, bridging leaders and connectors ringed in the gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from netofnets.analysis.layers import NAMES
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.atlas_words import networks_summary, people_summary
from netofnets.services.map.colours import COLOURS, Groups, chosen_colour, groups_for, offered
from netofnets.services.map.counted_discs import counted_discs, undisclosed, unseen_edges, unseen_summary
from netofnets.services.map.districts import districts
from netofnets.services.map.marks import (
    MOST_MARKS,
    carries_everybody,
    come_with,
    disc_nodes,
    leader_edges,
    network_edges,
    people_nodes,
)
from netofnets.services.map.measured import AREAS, Area, measured
from netofnets.services.map.scene import District, Scene, SceneEdge, SceneNode
from netofnets.services.map.selection import Neighbour, Selection, leader_selection, network_selection, with_lines
from netofnets.services.networks.layers import Layer, chosen_layer, layers_in, pairs_in
from netofnets.services.unseen import UnseenGroups, at_least_words, unseen_in
from netofnets.services.viewer import Viewer

__all__ = [
    "COLOURS",
    "MOST_LINKS",
    "MOST_MARKS",
    "AtlasView",
    "Neighbour",
    "Selection",
    "chosen_layer_of",
    "networks_scene",
    "people_scene",
]

MOST_LINKS = 400
_KEPT = 4  # maps with the people of a disc
_TITLES = (say("Networks and what joins them"), say("Networks and the people they share"))


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
    layer: str = ""  # whose links are drawn; empty among people
    layers: tuple[Layer, ...] = ()
    heaviest: int = 0  # weight of the heaviest link of the layer
    area: str = "members"  # what the discs measure
    areas: tuple[tuple[str, Area], ...] = ()
    people: int = 0  # in all, drawn or not
    by_disc: bool = False  # whether people come with the disc that is selected, since a picture cannot carry everybody


def networks_scene(
    published: Published,
    viewer: Viewer,
    *,
    colour: str = "",
    select: str = "",
    links: int = 60,
    layer: str = "",
    least: int = 1,
    area: str = "members",
) -> AtlasView:
    """Networks as discs and the links between them in a ``layer``: shared members unless there are none.

    Validated links are drawn first, then the largest, at most ``links`` (0 to 400), and those of ``select``, the id of
    a network (a leader's fills the panel); of a weight of ``least`` or more all (to 400). An id that this viewer has
    not raises :class:`NotFound`; an unknown ``colour`` gives the one that says most. Discs measure ``area``
    (:data:`AREAS`).
    """
    index = index_of(published, viewer)
    unseen, colour = unseen_in(index, viewer), chosen_colour(index, colour)
    layer = chosen_layer_of(index, unseen, layer)
    areas, panel = _offered_areas(index, unseen), _panel(index, unseen, select, layer, least)
    area, groups = area if area in dict(areas) else "members", groups_for(published, viewer, colour)
    discs = _discs(index, viewer, unseen, groups)
    edges, total, drawn = _links(index, unseen, layer, MOST_LINKS if least > 1 else links, least, select)
    scene = Scene(
        "networks",
        _TITLES[layer == "members"],
        _summary(index, viewer, unseen, layer, drawn),
        measured(index, discs, area),
        edges,
        groups.legend(groups.networks),
        groups.title,
        _showing(drawn, total),
        index.version,
        () if unseen else _districts(published, viewer, discs),
    )
    told = (drawn, total, layer, layers_in(index), _heaviest(index, layer), area, areas, index.people)
    few = not carries_everybody(index)
    return AtlasView(index.version, scene, colour, offered(index, colour), panel, *told, by_disc=few)


def _offered_areas(index: EditionIndex, unseen: UnseenGroups) -> tuple[tuple[str, Area], ...]:
    return () if unseen or not index.people else tuple(AREAS.items())


def _showing(drawn: int, total: int) -> str:
    if not total:
        return ""
    return say_count("showing {drawn:,} of {n:,} link", "showing {drawn:,} of {n:,} links", total, drawn=drawn)


def _districts(published: Published, viewer: Viewer, discs: tuple[SceneNode, ...]) -> tuple[District, ...]:
    """The communities as they are published, also around the discs of another day."""
    index, present = index_of(published, viewer), index_of(published, replace(viewer, as_of=""))
    return index.once("districts", lambda: districts(present, discs))


def _discs(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, groups: Groups) -> tuple[SceneNode, ...]:
    nodes = index.once(("discs", groups.title), lambda: disc_nodes(index, groups))
    if unseen:
        return counted_discs(index, unseen, nodes)
    return nodes if viewer.sees_people else undisclosed(nodes)


def _links(
    index: EditionIndex, unseen: UnseenGroups, layer: str, links: int, least: int, select: str
) -> tuple[tuple[SceneEdge, ...], int, int]:
    """The links, how many there are in all, and how many are drawn whatever is selected."""
    kind, chosen = _selected(index, select)
    most, own = min(max(links, 0), MOST_LINKS), chosen if kind == "networks" else None
    edges, total = network_edges(index, most, own, layer, least), len(pairs_in(index, layer)[0])
    if unseen and layer == "members":
        edges += unseen_edges(index, unseen, max(most - len(edges), 0), select, least)
        total += len(unseen.shared)
    return edges, total, sum(e.always for e in edges)


def _heaviest(index: EditionIndex, layer: str) -> int:
    return int(pc.max(pairs_in(index, layer)[2]["shared"]).as_py() or 0)


def _panel(
    index: EditionIndex, unseen: UnseenGroups, select: str, layer: str = "members", least: int = 1
) -> Selection | None:
    kind, selected = _selected(index, select)
    if selected is None:
        return None
    if kind == "leaders":
        return leader_selection(index, selected)
    return with_lines(network_selection(index, selected, unseen), index, selected, layer, least)


def people_scene(published: Published, viewer: Viewer, *, colour: str = "", select: str = "") -> AtlasView:
    """Discs, members and ringed bridging leaders, at most 20,000 marks: of more, members come by the disc selected.

    Edges only for the selection: a leader's id gives edges to the leader's discs and direct collaborators; a
    network's id gives edges to the discs it shares members with.
    """
    index = index_of(published, viewer)
    colour = chosen_colour(index, colour)
    kind, chosen = _selected(index, select)
    scene = _people(published, viewer, groups_for(published, viewer, colour), kind, chosen)
    if not index.people and (unseen := unseen_in(index, viewer)):
        told = joined([say("Nobody is shown to you here."), unseen_summary(index, unseen, 0)])
        scene = replace(scene, nodes=counted_discs(index, unseen, scene.nodes), summary=told)
    panel = _panel(index, unseen_in(index, viewer), select)
    edges: tuple[SceneEdge, ...] = ()
    if chosen is not None and kind == "networks":
        edges = network_edges(index, 0, chosen)
    elif chosen is not None:
        drawn = {n.id for n in scene.nodes}
        edges = leader_edges(index, chosen, lambda other: index.leader(other).id in drawn)
    if edges:
        scene = replace(scene, edges=edges)
    return AtlasView(index.version, scene, colour, offered(index, colour), panel, len(edges), len(index.pairs[0]))


def _selected(index: EditionIndex, select: str) -> tuple[str, int | None]:
    if not select:
        return "", None
    try:
        return "networks", index.snapshot.position("networks", select)
    except NotFound:
        return "leaders", index.snapshot.position("leaders", select)


def _people(published: Published, viewer: Viewer, groups: Groups, kind: str, chosen: int | None) -> Scene:
    """Everybody, or of more than the picture can carry all with a ring and who belongs to what is selected."""
    index = index_of(published, viewer)
    everybody = carries_everybody(index)
    by_disc = chosen is not None and not everybody

    def build() -> Scene:
        keep: Ints = np.empty(0, dtype=np.int64)
        if by_disc and chosen is not None:
            keep = come_with(index, kind, chosen)
        nodes, shown = people_nodes(index, groups, keep)
        discs = disc_nodes(index, groups)
        few = say(
            "{drawn:,} of {people:,} people are drawn: all with a ring, and the members of what you choose",
            drawn=len(nodes),
            people=index.people,
        )
        return Scene(
            "people",
            say("People in their networks"),
            people_summary(index, viewer),
            discs + nodes,
            (),
            groups.legend(groups.leaders[shown], groups.networks),
            groups.title,
            "" if everybody else few,
            index.version,
            _districts(published, viewer, discs),
        )

    if by_disc:  # its portions are asked for one after the other
        return index.lately("people by disc", (groups.title, kind, chosen), build, _KEPT)
    return index.once(("people", groups.title), build)


def chosen_layer_of(index: EditionIndex, unseen: UnseenGroups, layer: str) -> str:
    """The layer whose links the map of networks has: what was asked for, members where leaders are counted only."""
    return "members" if unseen.shared and layer not in NAMES else chosen_layer(index, layer)


def _summary(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, layer: str, drawn: int) -> str:
    if unseen and not index.people:
        return unseen_summary(index, unseen, drawn)
    told = networks_summary(index, viewer, layer, drawn)
    if not unseen.total:
        return told
    return joined([told, say("Beside them there are {leaders}.", leaders=at_least_words(unseen.total))])

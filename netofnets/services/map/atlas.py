"""The atlas: networks as discs, people inside them, bridging leaders and connectors ringed in the gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from netofnets.analysis.layers import NAMES
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.atlas_words import networks_summary, people_summary
from netofnets.services.map.colours import COLOURS, chosen_colour, groups_by
from netofnets.services.map.counted_discs import counted_discs, undisclosed, unseen_edges, unseen_summary
from netofnets.services.map.districts import districts
from netofnets.services.map.marks import MOST_MARKS, disc_nodes, network_edges, people_nodes
from netofnets.services.map.scene import Scene, SceneEdge, SceneNode
from netofnets.services.map.selection import Neighbour, Selection, leader_selection, network_selection
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
    "leader_edges",
    "networks_scene",
    "people_scene",
]

MOST_LINKS = 400


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


def networks_scene(
    published: Published,
    viewer: Viewer,
    *,
    colour: str = "",
    select: str = "",
    links: int = 60,
    layer: str = "",
    least: int = 1,
) -> AtlasView:
    """Networks as discs and the links between them in a ``layer``: shared members unless there are none.

    Validated links are drawn first, then the largest, at most ``links`` (0 to 400); the links of ``select``, a
    network's id, are there as well (a leader's id fills the panel). Whoever asks for links of a weight of ``least`` or
    more gets all of those (to 400). An id that this viewer has not raises :class:`NotFound`; an unknown ``colour``
    gives the one that says most.
    """
    index = index_of(published, viewer)
    unseen, colour = unseen_in(index, viewer), chosen_colour(index, colour)
    groups, layer = groups_by(index, colour), chosen_layer_of(index, unseen, layer)
    kind, selected = _selected(index, select)
    nodes = _discs(index, viewer, unseen, colour)
    edges, total = _links(index, unseen, layer, MOST_LINKS if least > 1 else links, least, select)
    drawn = sum(e.always for e in edges)
    scene = Scene(
        "networks",
        say("Networks and the people they share") if layer == "members" else say("Networks and what joins them"),
        _summary(index, viewer, unseen, layer, drawn),
        nodes,
        edges,
        groups.legend(groups.networks),
        groups.title,
        say_count("showing {drawn:,} of {n:,} link", "showing {drawn:,} of {n:,} links", total, drawn=drawn)
        if total
        else "",
        index.version,
        () if unseen else index.once("districts", lambda: districts(index, nodes)),
    )
    panel, heaviest = _panel(index, unseen, kind, selected), _heaviest(index, layer)
    told = (drawn, total, layer, layers_in(index), heaviest)
    return AtlasView(index.version, scene, colour, tuple(COLOURS.items()), panel, *told)


def _discs(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, colour: str) -> tuple[SceneNode, ...]:
    nodes = index.once(("discs", colour), lambda: disc_nodes(index, groups_by(index, colour)))
    if unseen:
        return counted_discs(index, unseen, nodes)
    return nodes if viewer.sees_people else undisclosed(nodes)


def _links(
    index: EditionIndex, unseen: UnseenGroups, layer: str, links: int, least: int, select: str
) -> tuple[tuple[SceneEdge, ...], int]:
    """The links that are drawn, and how many there are."""
    kind, chosen = _selected(index, select)
    most, own = min(max(links, 0), MOST_LINKS), chosen if kind == "networks" else None
    edges, total = network_edges(index, most, own, layer, least), len(pairs_in(index, layer)[0])
    if unseen and layer == "members":
        edges += unseen_edges(index, unseen, max(most - len(edges), 0), select, least)
        total += len(unseen.shared)
    return edges, total


def _heaviest(index: EditionIndex, layer: str) -> int:
    return int(pc.max(pairs_in(index, layer)[2]["shared"]).as_py() or 0)


def _panel(index: EditionIndex, unseen: UnseenGroups, kind: str, selected: int | None) -> Selection | None:
    if selected is None:
        return None
    return network_selection(index, selected, unseen) if kind == "networks" else leader_selection(index, selected)


def people_scene(published: Published, viewer: Viewer, *, colour: str = "", select: str = "") -> AtlasView:
    """Discs, members and ringed bridging leaders, at most 20,000 marks: of more, members come by the disc selected.

    Edges only for the selection: a leader's id gives edges to the leader's discs and direct collaborators; a
    network's id gives edges to the discs it shares members with.
    """
    index = index_of(published, viewer)
    colour = chosen_colour(index, colour)
    kind, chosen = _selected(index, select)
    scene = _people(index, viewer, colour, kind, chosen)
    if not index.people and (unseen := unseen_in(index, viewer)):
        told = joined([say("Nobody is shown to you here."), unseen_summary(index, unseen, 0)])
        scene = replace(scene, nodes=counted_discs(index, unseen, scene.nodes), summary=told)
    panel = _panel(index, unseen_in(index, viewer), kind, chosen)
    edges: tuple[SceneEdge, ...] = ()
    if chosen is not None and kind == "networks":
        edges = network_edges(index, 0, chosen)
    elif chosen is not None:
        drawn = {n.id for n in scene.nodes}
        edges = leader_edges(index, chosen, lambda other: index.leader(other).id in drawn)
    if edges:
        scene = replace(scene, edges=edges)
    return AtlasView(index.version, scene, colour, tuple(COLOURS.items()), panel, len(edges), len(index.pairs[0]))


def _selected(index: EditionIndex, select: str) -> tuple[str, int | None]:
    if not select:
        return "", None
    try:
        return "networks", index.snapshot.position("networks", select)
    except NotFound:
        return "leaders", index.snapshot.position("leaders", select)


def _people(index: EditionIndex, viewer: Viewer, colour: str, kind: str, chosen: int | None) -> Scene:
    """Everybody, or of more than the picture can carry all with a ring and who belongs to what is selected."""
    room = MOST_MARKS - index.snapshot.count("networks")
    everybody = index.people <= room
    by_disc = chosen is not None and not everybody

    def build() -> Scene:
        groups = groups_by(index, colour)
        keep: Ints = np.empty(0, dtype=np.int64)
        if by_disc and chosen is not None:
            keep = index.memberships.actors_of(chosen).astype(np.int64) if kind == "networks" else np.array([chosen])
        nodes, shown = people_nodes(index, groups, room, keep)
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
            index.once("districts", lambda: districts(index, discs)),
        )

    return build() if by_disc else index.once(("people", colour), build)


def chosen_layer_of(index: EditionIndex, unseen: UnseenGroups, layer: str) -> str:
    """The layer whose links the map of networks has: what was asked for, members where leaders are counted only."""
    return "members" if unseen.shared and layer not in NAMES else chosen_layer(index, layer)


def leader_edges(index: EditionIndex, leader: int, drawn: Callable[[int], bool]) -> tuple[SceneEdge, ...]:
    """Links of a leader to all own networks, and to those direct collaborators who are drawn."""
    own = index.leader(leader).id
    discs = [index.network(int(n)).id for n in index.memberships.groups_of(leader)]
    people = [index.leader(int(p)).id for p in index.collaborators_of(leader) if drawn(int(p))]
    edges = [SceneEdge(own, n, 1.0, say("member"), always=True) for n in discs]
    edges += [SceneEdge(own, p, 1.0, say("works together"), always=True) for p in people]
    return tuple(edges)


def _summary(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, layer: str, drawn: int) -> str:
    if unseen and not index.people:
        return unseen_summary(index, unseen, drawn)
    told = networks_summary(index, viewer, layer, drawn)
    if not unseen.total:
        return told
    return joined([told, say("Beside them there are {leaders}.", leaders=at_least_words(unseen.total))])

"""A map as it is carried away in one file: what is drawn, said and listed, cut to an audience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from netofnets.errors import NotFound, SettingsError
from netofnets.graph.leaving import declined_research
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.find.naming import meant
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.focus_map import interest_focus, leader_focus, networks_focus, paths_focus, to_vis
from netofnets.services.map.rows import SceneRow, rows
from netofnets.services.map.scene import Scene, SceneEdge, SceneNode
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = ["MOST", "CarriedMap", "carried_map"]

MOST = 300
"""Marks in one file, whatever it is about."""
_MARKS = ("leaders", "networks", "interests")  # what a file can be about


@dataclass(frozen=True, slots=True)
class CarriedMap:
    """All that the file holds; ``ties`` are (id, id, what joins the two) and ``vis`` what vis-network draws."""

    scene: Scene
    rows: tuple[SceneRow, ...]
    ties: tuple[tuple[str, str, str], ...]
    vis: dict[str, Any]
    shown: str  # what the audience is shown, for a sentence that goes on "It shows only ..."
    day: str  # as of which the map holds
    run: int | None  # of the store; None for those who are not told of runs
    content_hash: str


def carried_map(published: Published, viewer: Viewer, about: Sequence[str] = ()) -> CarriedMap:
    """The whole map, or what is ``about`` one leader, network or interest, two networks, or the way between two people.

    Each is named by id, or by a name that only one has. At most 300 marks; whoever declined to be in files is in
    none. :class:`NotFound` or :class:`SettingsError` where it is not clear what is meant.
    """
    index, away = index_of(published, viewer), declined_research(published)
    found = [_meant(index, one) for one in about]
    named = {node_id for _, node_id in found}
    if away & named:
        raise NotFound(say("this file would be about somebody who is in no file that leaves the map"))
    scene = _without(_fitting(_scene(published, viewer, index, found), named), published, away)
    edition = viewer.edition(published)
    day = viewer.as_of or str(edition.manifest.get("as_of") or "")
    run = published.run if viewer.sees_people else None
    ties = tuple((e.source, e.target, e.label) for e in scene.edges)
    return CarriedMap(scene, rows(scene), ties, to_vis(scene), viewer.shown, day, run, edition.content_hash)


def _meant(index: EditionIndex, text: str) -> tuple[str, str]:
    """The kind and id of what a name or id means."""
    candidates = []
    for kind in _MARKS:
        if kind == "interests":
            snapshot = index.snapshot
            pairs = zip(*snapshot.labels(kind), strict=True)
            candidates += [(kind, i) for i, name in pairs if text == i or text.casefold() == (name or "").casefold()]
        else:
            candidates += [(kind, r.id) for r in meant(index, kind, text)]
    if not candidates:
        raise NotFound(
            say("no leader, network or interest that is shown there has the id or the name {text!r}", text=text)
        )
    if len(candidates) > 1:
        several = ", ".join(f"{kind[:-1]} {node_id}" for kind, node_id in candidates[:5])
        raise SettingsError(say("{text!r} may mean {several}: give the id", text=text, several=several))
    return candidates[0]


def _scene(published: Published, viewer: Viewer, index: EditionIndex, about: Sequence[tuple[str, str]]) -> Scene:
    kinds, ids = [kind for kind, _ in about], [node_id for _, node_id in about]
    if not about:
        return _whole(published, viewer)
    if kinds == ["leaders"]:
        return leader_focus(published, viewer, *ids).scene
    if kinds == ["interests"]:
        return interest_focus(published, viewer, *ids).scene
    if kinds == ["networks"]:
        return _around_network(published, viewer, index, *ids)
    if kinds == ["networks", "networks"]:
        return networks_focus(published, viewer, *ids).scene
    if kinds == ["leaders", "leaders"]:
        return paths_focus(published, viewer, *ids).scene
    raise SettingsError(say("a file is about one leader, network or interest, two networks, or two people"))


def _whole(published: Published, viewer: Viewer) -> Scene:
    """Discs, and as many people in them as there is room for: all, else those with a ring."""
    people, drawn = (draw(published, viewer, colour="community").scene for draw in (people_scene, networks_scene))
    scene = replace(people, edges=_slender(drawn.edges))
    if len(scene.nodes) <= MOST:
        return scene
    ringed = {n.id for n in scene.nodes if n.kind == "networks" or n.ringed}
    if len(ringed) <= MOST:
        return replace(_only(scene, ringed), note=say("showing of all people those with a ring"))
    return replace(drawn, edges=scene.edges)


def _slender(edges: Sequence[SceneEdge]) -> tuple[SceneEdge, ...]:
    """The same lines, no wider than the marks of a small picture bear."""
    largest = max((e.weight for e in edges), default=1.0) or 1.0
    return tuple(replace(e, weight=0.5 + 3.5 * (e.weight / largest) ** 0.5) for e in edges)


def _around_network(published: Published, viewer: Viewer, index: EditionIndex, network: str) -> Scene:
    """The network with its people, and the networks that it shares members with, where they are on the map."""
    view = people_scene(published, viewer, colour="community", select=network)
    near = {network, *(end for e in view.scene.edges for end in (e.source, e.target))}
    members = index.memberships.actors_of(index.snapshot.position("networks", network))
    near |= {index.leader(int(p)).id for p in members}
    summary = view.selection.summary if view.selection else ""
    title = view.selection.ref.name if view.selection else ""
    scene = replace(view.scene, edges=_slender(view.scene.edges), title=title, summary=summary, note="")
    return _only(scene, near)


def _fitting(scene: Scene, first: set[str]) -> Scene:
    """At most 300 marks: what the file is about, networks by size, people with a ring, and then the others."""
    if len(scene.nodes) <= MOST:
        return scene

    def rank(node: SceneNode) -> tuple[Any, ...]:
        return (node.id not in first, node.kind == "leaders", not node.ringed, -node.weight, node.id)

    kept = {n.id for n in sorted(scene.nodes, key=rank)[:MOST]}
    note = say(
        "showing {most} of {all:,} marks, networks and people with a ring first", most=MOST, all=len(scene.nodes)
    )
    return replace(_only(scene, kept), note=listed([note, scene.note] if scene.note else [note]))


def _without(scene: Scene, published: Published, away: frozenset[str]) -> Scene:
    """The scene without these people, and without what is said of others that names them."""
    if not away:
        return scene
    everybody = zip(*published.edition("organizers").snapshot.labels("leaders"), strict=True)
    names = [name for node_id, name in everybody if node_id in away and name]

    def told(text: str) -> str:
        return "" if any(name in text for name in names) else text

    kept = _only(scene, {n.id for n in scene.nodes} - away)
    nodes = tuple(replace(n, detail=told(n.detail)) for n in kept.nodes)
    return replace(kept, nodes=nodes, edges=tuple(replace(e, label=told(e.label)) for e in kept.edges))


def _only(scene: Scene, kept: set[str]) -> Scene:
    """The scene with these marks only, its legend counted anew."""
    nodes = tuple(n for n in scene.nodes if n.id in kept)
    edges = tuple(e for e in scene.edges if e.source in kept and e.target in kept)
    counted = (replace(entry, count=sum(n.group == entry.key for n in nodes)) for entry in scene.legend)
    return replace(scene, nodes=nodes, edges=edges, legend=tuple(entry for entry in counted if entry.count))

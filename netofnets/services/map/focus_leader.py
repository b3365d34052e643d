"""The surroundings of one leader as a picture."""

from __future__ import annotations

from math import sqrt

import numpy as np

from netofnets.language import say, say_count
from netofnets.services.index import EditionIndex
from netofnets.services.map.phrases import WHO_AND_WHAT, members_words
from netofnets.services.map.rings import Point, fan, sectors
from netofnets.services.map.scene import Legend, Scene, SceneEdge, SceneNode
from netofnets.services.person.collaborators import Suggestions, suggest
from netofnets.services.refs import Ref, path_of
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = ["around_leader"]

_NETWORKS, _COLLABORATORS, _SUGGESTED = 60, 180, 20  # with the leader fewer than 300
_INNER, _OUTER, _SPACING = 170.0, 300.0, 64.0
_GROUPS = (
    ("self", say("The leader"), 0),
    ("network", say("Network"), 1),
    ("works", say("Works directly with the leader"), 2),
    ("suggested", say("Suggested to meet"), 3),
)


def around_leader(index: EditionIndex, viewer: Viewer, leader: int) -> Scene:
    """The leader in the middle, networks around, people further out next to the network they share."""
    own = index.memberships.groups_of(leader)
    networks = [int(n) for n in own[np.argsort(index.memberships.group_sizes[own], kind="stable")]][:_NETWORKS]
    ties = index.by_name(index.collaborators_of(leader))
    found = suggest(index, viewer, leader, _SUGGESTED // 2)
    people = [int(p) for p in ties[:_COLLABORATORS]]
    works = set(people)
    people += [index.snapshot.position("leaders", s.leader.id) for s in (*found.outside, *found.inside)]
    sorted_in = _by_network(index, people, networks)
    wide = sectors([len(sorted_in[n]) + 2 for n in networks] + [len(sorted_in[-1]) + 1] * bool(sorted_in[-1]))
    nodes = [_middle(index, leader)]
    nodes += [_network(index, n, fan(1, sector, _INNER, 1.0)[0]) for n, sector in zip(networks, wide, strict=False)]
    for network, sector in zip([*networks, -1], wide, strict=False):
        places = fan(len(sorted_in[network]), sector, _OUTER, _SPACING)
        nodes += [_person(index, p, at, p in works) for p, at in zip(sorted_in[network], places, strict=True)]
    edges = _edges(index, leader, networks, people, works, found)
    return _scene(index, leader, nodes, edges, found, len(ties))


def _by_network(index: EditionIndex, people: list[int], networks: list[int]) -> dict[int, list[int]]:
    """Each person under the smallest network shared with the leader; under -1 when there is none."""
    under: dict[int, list[int]] = {network: [] for network in [*networks, -1]}
    for person in people:
        theirs = set(index.memberships.groups_of(person).tolist())
        under[next((n for n in networks if n in theirs), -1)].append(person)
    return under


def _middle(index: EditionIndex, leader: int) -> SceneNode:
    me = index.leader(leader)
    bridging = bool(index.bridging[leader])
    detail = index.detail_of(leader)
    return SceneNode(me.id, "leaders", me.name, 0.0, 0.0, 16.0, "self", "member", bridging, detail, me.href, 1e6)


def _network(index: EditionIndex, network: int, at: Point) -> SceneNode:
    me, size = index.network(network), int(index.memberships.group_sizes[network])
    radius = round(min(40.0, 14.0 + 1.5 * sqrt(size)), 2)
    detail = members_words(size)
    return SceneNode(me.id, "networks", me.name, *at, radius, "network", "disc", False, detail, me.href, float(size))


def _person(index: EditionIndex, person: int, at: Point, works: bool) -> SceneNode:
    me = index.leader(person)
    bridging = bool(index.bridging[person])
    group, detail = "works" if works else "suggested", index.detail_of(person)
    return SceneNode(me.id, "leaders", me.name, *at, 9.0, group, "member", bridging, detail, path_of("leaders", me.id))


def _edges(
    index: EditionIndex, leader: int, networks: list[int], people: list[int], works: set[int], found: Suggestions
) -> tuple[SceneEdge, ...]:
    me = index.leader(leader).id
    ids = {n: index.network(n).id for n in networks}
    reasons = {s.leader.id: s.reasons[0] if s.reasons else "" for s in (*found.outside, *found.inside)}
    edges = [SceneEdge(me, ids[n], 2.0, say("member"), always=True) for n in networks]
    for person in people:
        other = index.leader(person).id
        label = say("works together") if person in works else say("suggested: {reason}", reason=reasons[other])
        edges.append(SceneEdge(me, other, 2.0 if person in works else 0.5, label, always=True))
        shared = (n for n in index.memberships.groups_of(person).tolist() if n in ids)
        edges += [SceneEdge(other, ids[n], 1.0, say("member"), always=True) for n in shared]
    return tuple(edges)


def _scene(
    index: EditionIndex,
    leader: int,
    nodes: list[SceneNode],
    edges: tuple[SceneEdge, ...],
    found: Suggestions,
    ties: int,
) -> Scene:
    me: Ref = index.leader(leader)
    networks = len(index.memberships.groups_of(leader))
    meet = len(found.outside) + len(found.inside)
    summary = say(
        "{name} is {networks}, works directly with {people}, and might meet {others}.",
        name=me.name,
        networks=_in_networks(networks),
        people=_with(ties),
        others=_with(meet),
    )
    parts = []
    if ties > _COLLABORATORS:
        parts.append(say("{shown} of {all:,} people who work with the leader", shown=_COLLABORATORS, all=ties))
    if networks > _NETWORKS:
        parts.append(say("the {shown} smallest of {all:,} networks", shown=_NETWORKS, all=networks))
    note = say("showing {parts}", parts=listed(parts)) if parts else ""
    legend = tuple(Legend(key, label, slot, sum(n.group == key for n in nodes)) for key, label, slot in _GROUPS)
    shown = tuple(entry for entry in legend if entry.count)
    title = say("Around {name}", name=me.name)
    return Scene("focus", title, summary, tuple(nodes), edges, shown, WHO_AND_WHAT, note, index.version)


def _in_networks(n: int) -> str:
    return say_count("in {n:,} network", "in {n:,} networks", n) if n else say("in no networks")


def _with(n: int) -> str:
    return say_count("{n:,} person", "{n:,} people", n) if n else say("no people")

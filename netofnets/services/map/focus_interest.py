"""An interest, who holds it and in which networks, as a picture."""

from __future__ import annotations

from math import sqrt

import numpy as np

from netofnets.language import say, say_count
from netofnets.schema.modes import MODE_NAMES, OFFERS, PRACTISES, SEEKS, mode_words
from netofnets.services.find.interest import InterestPage
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.map.phrases import WHO_AND_WHAT, members_words
from netofnets.services.map.rings import Point, fan, sectors
from netofnets.services.map.scene import Legend, Scene, SceneEdge, SceneNode
from netofnets.services.refs import Ref
from netofnets.services.words import listed

__all__ = ["around_interest"]

_NETWORKS, _PEOPLE = 40, 240  # with the interest fewer than 300
_INNER, _OUTER, _SPACING = 190.0, 130.0, 60.0
_GAP, _EACH = 24.0, 8  # between two discs; what each person widens the sector of a network by
_SAID = "names"  # the group of those who do not say how they hold it
_WORDS = {OFFERS: say("Offers it"), SEEKS: say("Looks for it"), PRACTISES: say("Practises it"), _SAID: say("Names it")}
_SLOTS = {OFFERS: 2, SEEKS: 3, PRACTISES: 4, _SAID: 5}


def around_interest(index: EditionIndex, page: InterestPage) -> Scene:
    """The interest in the middle, networks around by how many of theirs hold it, people next to their network.

    Of more people than can be drawn, those who offer come first. Whoever is in several of the networks stands next to
    the smallest, and lines lead to all that are drawn.
    """
    at = index.snapshot.position("interests", page.interest.id)
    holders = index.by_name(index.interests.actors_of(at))
    groups = _groups(index, at, holders)
    order = sorted(range(len(holders)), key=lambda i: list(_WORDS).index(groups[int(holders[i])]))
    people = [int(holders[i]) for i in order[:_PEOPLE]]
    networks = _networks(index, people)
    under = _under(index, people, networks)
    room = [2 * _radius(index, n) + _GAP for n in networks]
    weights = [round(r + _EACH * len(under[n])) for r, n in zip(room, networks, strict=True)]
    wide = sectors(weights + [_EACH * len(under[-1])] * bool(under[-1]))
    # Every disc finds room in its sector.
    inner = max([_INNER, *(r / (a - b) for r, (a, b) in zip(room, wide, strict=False))])
    nodes = [_middle(page.interest, len(holders))]
    nodes += [_disc(index, n, fan(1, s, inner, 1.0)[0]) for n, s in zip(networks, wide, strict=False)]
    for network, sector in zip([*networks, -1], wide, strict=False):
        places = fan(len(under[network]), sector, inner + _OUTER, _SPACING)
        nodes += [_person(index, p, where, groups[p]) for p, where in zip(under[network], places, strict=True)]
    return _scene(index, page, tuple(nodes), _edges(index, page.interest, people, networks, groups), len(holders))


def _groups(index: EditionIndex, interest: int, holders: Ints) -> dict[int, str]:
    """How each holds it: the first of the modes in their order that the person states."""
    groups = dict.fromkeys(holders.tolist(), _SAID)
    for mode in reversed(MODE_NAMES):
        groups |= dict.fromkeys(index.with_mode(mode).actors_of(interest).tolist(), mode)
    return groups


def _networks(index: EditionIndex, people: list[int]) -> list[int]:
    """The networks of those who are drawn, most of them first."""
    counts = np.zeros(index.snapshot.count("networks"), dtype=np.int64)
    for person in people:
        counts[index.memberships.groups_of(person)] += 1
    order = np.lexsort((np.arange(len(counts)), -counts))
    return [int(n) for n in order[:_NETWORKS] if counts[n]]


def _under(index: EditionIndex, people: list[int], networks: list[int]) -> dict[int, list[int]]:
    """Each person under the smallest of the networks that are drawn; under -1 when in none."""
    under: dict[int, list[int]] = {network: [] for network in [*networks, -1]}
    sizes = index.memberships.group_sizes
    for person in people:
        own = [n for n in index.memberships.groups_of(person).tolist() if n in under]
        under[min(own, key=lambda n: (sizes[n], n), default=-1)].append(person)
    return under


def _middle(interest: Ref, holders: int) -> SceneNode:
    detail = (
        say_count("{n:,} person names it", "{n:,} people name it", holders) if holders else say("no people name it")
    )
    return SceneNode(
        interest.id, "interests", interest.name, 0.0, 0.0, 22.0, "interest", "", False, detail, interest.href, 1e6
    )


def _disc(index: EditionIndex, network: int, at: Point) -> SceneNode:
    me, size = index.network(network), int(index.memberships.group_sizes[network])
    radius, detail = _radius(index, network), members_words(size)
    return SceneNode(me.id, "networks", me.name, *at, radius, "network", "disc", False, detail, me.href, float(size))


def _radius(index: EditionIndex, network: int) -> float:
    return round(min(40.0, 14.0 + 1.5 * sqrt(int(index.memberships.group_sizes[network]))), 2)


def _person(index: EditionIndex, person: int, at: Point, group: str) -> SceneNode:
    me, detail = index.leader(person), index.detail_of(person)
    bridging = bool(index.bridging[person])
    return SceneNode(me.id, "leaders", me.name, *at, 9.0, group, "member", bridging, detail, me.href)


def _edges(
    index: EditionIndex, interest: Ref, people: list[int], networks: list[int], groups: dict[int, str]
) -> tuple[SceneEdge, ...]:
    drawn, edges = set(networks), []
    for person in people:
        me, own = index.leader(person).id, [n for n in index.memberships.groups_of(person).tolist() if n in drawn]
        edges += [SceneEdge(me, index.network(n).id, 1.0, say("member"), always=True) for n in own]
        if not own:
            edges.append(
                SceneEdge(
                    me,
                    interest.id,
                    1.0,
                    mode_words(groups[person]) if groups[person] != _SAID else say("names"),
                    always=True,
                )
            )
    return tuple(edges)


def _scene(
    index: EditionIndex, page: InterestPage, nodes: tuple[SceneNode, ...], edges: tuple[SceneEdge, ...], holders: int
) -> Scene:
    entries = [("interest", say("The interest"), 0), ("network", say("Network"), 1)]
    entries += [(key, words, _SLOTS[key]) for key, words in _WORDS.items()]
    legend = tuple(Legend(key, label, slot, sum(n.group == key for n in nodes)) for key, label, slot in entries)
    networks, people = (sum(n.kind == kind for n in nodes) for kind in ("networks", "leaders"))
    parts = []
    if people < holders:
        parts.append(say("{people:,} of {all:,} people", people=people, all=holders))
    if networks < page.networks_total:
        parts.append(say("{networks:,} of {all:,} networks", networks=networks, all=page.networks_total))
    note = say("showing {parts}, those who offer it first", parts=listed(parts)) if parts else ""
    shown = tuple(entry for entry in legend if entry.count)
    title = say("Who shares {interest}", interest=page.interest.name)
    return Scene("focus", title, page.summary, nodes, edges, shown, WHO_AND_WHAT, note, index.version)

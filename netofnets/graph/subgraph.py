"""Small parts of the graph: the surroundings of one leader, and the people on whom connections hang."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from netofnets.graph.snapshot import Snapshot

__all__ = ["Ego", "Hinge", "ego", "hinges"]


@dataclass(frozen=True, slots=True)
class Ego:
    """The surroundings of a leader, by position: nearest first. ``cut`` says that there was more than the limit."""

    leaders: tuple[int, ...]
    networks: tuple[int, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Hinge:
    """A leader without whom networks come apart: ``parts`` are the networks of each part, the largest first."""

    leader: int
    parts: tuple[tuple[int, ...], ...]


def ego(snapshot: Snapshot, leader: int, *, limit: int = 300, hub: int = 60) -> Ego:
    """The leader's networks, collaborators and fellow members, at most ``limit`` leaders with the leader.

    Collaborators come first, then members of the smallest network. A network of more than ``hub`` members is there, but
    does not bring its members along.
    """
    memberships = snapshot.incidence("memberships")
    direct = snapshot.incidence("collaborations")
    sizes = memberships.group_sizes
    networks = sorted(memberships.groups_of(leader).tolist(), key=lambda n: (int(sizes[n]), n))
    found = dict.fromkeys([leader])
    found |= dict.fromkeys(sorted({*direct.groups_of(leader).tolist(), *direct.actors_of(leader).tolist()}))
    for network in networks:
        if sizes[network] <= hub:
            found |= dict.fromkeys(memberships.actors_of(network).tolist())
    people = tuple(found)
    return Ego(people[:limit], tuple(networks), len(people) > limit)


def hinges(snapshot: Snapshot) -> tuple[Hinge, ...]:
    """Leaders whose leaving would separate networks that memberships connect; most networks cut off first.

    Articulation points of the graph of networks and the leaders who are in several of them.
    """
    import networkx as nx

    memberships = snapshot.incidence("memberships")
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for leader in np.flatnonzero(memberships.degrees > 1).tolist():
        graph.add_edges_from((("leader", leader), ("network", n)) for n in memberships.groups_of(leader).tolist())
    found = [_parted(graph, node[1]) for node in nx.articulation_points(graph) if node[0] == "leader"]
    return tuple(sorted(found, key=lambda h: (-sum(len(p) for p in h.parts[1:]), h.leader)))


def _parted(graph: object, leader: int) -> Hinge:
    import networkx as nx

    assert isinstance(graph, nx.Graph)
    seen: set[tuple[str, int]] = {("leader", leader)}
    parts: list[tuple[int, ...]] = []
    for start in sorted(graph.neighbors(("leader", leader))):
        if start in seen:
            continue
        queue, part = deque([start]), []
        seen.add(start)
        while queue:
            node = queue.popleft()
            if node[0] == "network":
                part.append(node[1])
            fresh = [n for n in graph.neighbors(node) if n not in seen]
            seen.update(fresh)
            queue.extend(fresh)
        parts.append(tuple(sorted(part)))
    return Hinge(leader, tuple(sorted(parts, key=lambda p: (-len(p), p))))

"""How easily the people of a snapshot are told apart without a name: by how many they know, and by where they are.

Degrees after Liu and Terzi, Towards identity anonymization on graphs (SIGMOD 2008): a graph is k-degree anonymous when
each node shares its degree with k - 1 others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import RELATIONSHIP_KINDS

__all__ = ["Uniqueness", "standing_out", "uniqueness"]

_PEOPLE, _NETWORKS = "leaders", "networks"


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """How many of ``people`` stand out: counts alone, of nobody in particular.

    ``rare_degrees`` have a degree (networks and other people that they have a relationship to) that fewer than ``k``
    people share, ``rare_networks`` are in a set of networks that fewer than ``k`` share. The smallest groups that share
    a degree, and a set, have ``least_degree`` and ``least_networks`` people: the k up to which they are anonymous.
    """

    k: int
    people: int
    rare_degrees: int
    least_degree: int
    rare_networks: int
    least_networks: int

    @property
    def words(self) -> str:
        """The same in words."""
        if not self.people:
            return "Nobody is named on it."
        degree, networks = (_of(count, self.people) for count in (self.rare_degrees, self.rare_networks))
        return (
            f"Without their names, {degree} could still be told apart by how many networks and people they are tied to "
            f"and {networks} by which networks they are in: fewer than {self.k} share that. The fewest who share it: "
            f"{self.least_degree} and {self.least_networks}."
        )


def uniqueness(snapshot: Snapshot, k: int) -> Uniqueness:
    """How many people of ``snapshot`` have a degree, or a set of networks, that fewer than ``k`` people share."""
    degrees, together = _traits(snapshot)
    rare_degrees, least_degree = _rare(degrees, k)
    rare_networks, least_networks = _rare(together, k)
    return Uniqueness(k, len(degrees), rare_degrees, least_degree, rare_networks, least_networks)


def standing_out(snapshot: Snapshot, k: int) -> dict[str, tuple[str, ...]]:
    """Who they are (ids, in their order) and by what: ``degree``, ``networks``. For files under pseudonyms."""
    found: dict[int, list[str]] = {}
    for trait, traits in zip(("degree", "networks"), _traits(snapshot), strict=True):
        sizes = Counter(traits.values())
        for one, value in traits.items():
            if sizes[value] < k:
                found.setdefault(one, []).append(trait)
    ids = snapshot.ids(_PEOPLE).to_pylist()
    return {ids[one]: tuple(by) for one, by in sorted(found.items())}


def _traits(snapshot: Snapshot) -> tuple[dict[int, Hashable], dict[int, Hashable]]:
    """The degree, and the set of networks, of each person, by position."""
    networks, people = _neighbours(snapshot)
    degrees: dict[int, Hashable] = {one: len(found) + len(people[one]) for one, found in networks.items()}
    return degrees, {one: frozenset(found) for one, found in networks.items()}


def _neighbours(snapshot: Snapshot) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The networks of each person, and the other people, by position."""
    count = snapshot.count(_PEOPLE)
    found: dict[str, dict[int, set[int]]] = {kind: {at: set() for at in range(count)} for kind in (_NETWORKS, _PEOPLE)}
    for kind in RELATIONSHIP_KINDS:
        edges = snapshot.edges[kind.name]
        pairs = list(zip(edges.source.tolist(), edges.target.tolist(), strict=True))
        if kind.source == _PEOPLE and kind.target in found:
            for one, other in pairs:
                found[kind.target][one].add(other)
        if kind.target == _PEOPLE and kind.source in found:
            for one, other in pairs:
                found[kind.source][other].add(one)
    return found[_NETWORKS], {at: others - {at} for at, others in found[_PEOPLE].items()}


def _rare(traits: Mapping[int, Hashable], k: int) -> tuple[int, int]:
    """How many have a trait that fewer than ``k`` share, and the size of the smallest group that shares one."""
    sizes = Counter(traits.values()).values()
    return sum(size for size in sizes if size < k), min(sizes, default=0)


def _of(count: int, people: int) -> str:
    return f"{count:,} of {people:,} people" if people != 1 else f"{count} of 1 person"

"""Random small maps, and the same with what nobody may notice added to them; everybody in them is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from netofnets.schema.identifiers import relationship_id
from netofnets.schema.model import Visibility
from tests.services.graphs import Graph

NETWORKS = ("alpha", "beta", "gamma", "delta")
ORGANIZED, JOINED = "alpha", "beta"  # by the organizer, and by the member (person 0), of the tests
INTERESTS = ("literacy", "robotics", "music")
LEVELS = tuple(Visibility)
ME = "person 0"


@dataclass(frozen=True)
class Person:
    """Somebody made up: networks, interests, the level of the whole person and of some fields."""

    networks: frozenset[str]
    interests: frozenset[str]
    level: Visibility | None
    fields: dict[str, Visibility] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """People, and who works with whom (places in the list)."""

    people: tuple[Person, ...]
    ties: frozenset[tuple[int, int]]


def worlds(least: int = 8, most: int = 26) -> st.SearchStrategy[World]:
    """Worlds in which person 0 is in the network of the member and shown to its people."""
    levels = st.sampled_from([None, None, None, *LEVELS])  # most have chosen nothing, as after an import
    person = st.builds(
        Person,
        st.sets(st.sampled_from(NETWORKS), max_size=3).map(frozenset),
        st.sets(st.sampled_from(INTERESTS), max_size=2).map(frozenset),
        levels,
        st.dictionaries(st.sampled_from(["school", "place", "region"]), st.sampled_from(LEVELS), max_size=2),
    )
    me = Person(frozenset([JOINED]), frozenset(["music"]), None)
    people = st.lists(person, min_size=least, max_size=most).map(lambda others: (me, *others))
    pairs = st.tuples(st.integers(0, least), st.integers(0, least)).filter(lambda pair: pair[0] != pair[1])
    return st.builds(World, people, st.sets(pairs, max_size=8).map(frozenset))


def graph_of(world: World) -> Graph:
    """The facts of a world."""
    graph = Graph()
    for at, network in enumerate(NETWORKS):
        graph.node("networks", network, f"{network.title()} Network", region=("North", "South")[at % 2])
    for interest in INTERESTS:
        graph.node("interests", interest)
    graph.node("organizations", "uni", "Hill University")
    graph.tie("partnerships", "alpha", "uni")
    graph.tie("partnerships", "gamma", "uni")
    graph.tie("network_focuses", "beta", "literacy")
    for at, person in enumerate(world.people):
        _add(graph, f"person {at}", person)
    for one, other in sorted(world.ties):
        graph.tie("collaborations", f"person {one}", f"person {other}", kind="mentors")
    return graph


def _add(graph: Graph, key: str, person: Person) -> None:
    graph.node("leaders", key, f"Leader {key.title()}", school=f"School of {key}", place="Porto", region="North")
    graph.join(key, *sorted(person.networks))
    for interest in sorted(person.interests):
        graph.tie("leader_interests", key, interest, mode="offers")
    if person.level:
        graph.show(key, person.level)
    for name, level in sorted(person.fields.items()):
        graph.show(key, level, name)


def with_unseen(world: World) -> Graph:
    """The same and what neither the public nor a viewer, the member or the organizer may notice.

    Somebody hidden and somebody for organizers alone, with ties, interests, an employer and a credential of their own;
    a sensitive network with a roster of its own; other values of fields that are kept from all of the audiences.
    """
    graph = graph_of(world)
    _hidden(graph, "zoe", Visibility.HIDDEN, NETWORKS)
    _hidden(graph, "yan", Visibility.ORGANIZERS, [n for n in NETWORKS if n != ORGANIZED])
    _sensitive(graph, ["zoe", "yan", *(f"person {at}" for at in range(2, len(world.people), 2))])
    for at, person in enumerate(world.people):
        _other_values(graph, f"person {at}", person)
    return graph


def _hidden(graph: Graph, key: str, level: Visibility, networks: Any) -> None:
    graph.node(
        "leaders", key, f"Unseen {key.title()}", school="Unseen School", region="Nowhere", email=f"{key}@x.example"
    )
    graph.join(key, *networks, role="facilitator")
    graph.node("interests", f"secret art of {key}")
    graph.node("organizations", f"employer of {key}")
    graph.node("credentials", f"badge of {key}")
    for interest in (*INTERESTS, f"secret art of {key}"):
        graph.tie("leader_interests", key, interest, mode="seeks")
    graph.tie("affiliations", key, f"employer of {key}")
    graph.tie("leader_credentials", key, f"badge of {key}")
    for other in (ME, "person 1", "person 2"):
        graph.tie("collaborations", key, other, kind="co-led", count=4)
    graph.show(key, level)


def _sensitive(graph: Graph, members: list[str]) -> None:
    """A sensitive network whose roster nobody else reads, and what it says of its people."""
    graph.node("networks", "circle", "Private Circle", "confided", sensitive=True, region="North")
    graph.node("interests", "quiet words", "", "confided")
    for kind, end, values in (("memberships", "circle", {}), ("leader_interests", "quiet words", {"mode": "offers"})):
        for key in members:
            start, target = (
                graph.names["leaders", key],
                graph.names["networks" if kind == "memberships" else "interests", end],
            )
            tie = relationship_id(kind, start, target, (values.get("mode", ""),) if values else ("", ""))
            graph.rows.setdefault(kind, []).append({"id": tie, "from_id": start, "to_id": target, **values})
            graph.claim(kind, tie, "confided", "", values)


def _other_values(graph: Graph, key: str, person: Person) -> None:
    """Change what is kept from everybody who looks: a hidden field, and all of somebody whom none of them is shown."""
    changed = {name: f"Elsewhere {key}" for name, level in person.fields.items() if level is Visibility.HIDDEN}
    level = person.level or Visibility.SHARED_NETWORK
    known = {ORGANIZED, JOINED} & person.networks
    if key != ME and level.rank < Visibility.SIGNED_IN.rank and not known:
        changed |= {
            "name": f"Renamed {key}",
            "school": "Elsewhere School",
            "place": "Elsewhere",
            "email": "e@x.example",
        }
    row = next(row for row in graph.rows["leaders"] if row["id"] == graph.names["leaders", key])
    row.update(changed)
    said = {name: value for name, value in row.items() if name != "id"}
    graph.claims = [c for c in graph.claims if not (c["entity"] == row["id"] and c["kind"] == "leaders")]
    graph.claim("leaders", row["id"], "roster", key, said)

"""Small graphs made by hand, as the facts that a store would scan; everybody in them is made up."""

import json
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from netofnets.schema.arrow import CLAIMS, arrow_schema
from netofnets.schema.identifiers import record_id, relationship_id
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import RelationshipKind, Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.store.base import Facts


def leader_id(key: str) -> str:
    return record_id("leaders", "roster", key)


@dataclass
class Graph:
    """Rows under construction: nodes get ids from their key, relationships from their ends."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    choices: list[VisibilityChoice] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def node(self, kind: str, key: str, name: str = "", source: str = "roster", /, **values: Any) -> str:
        node_id = record_id(kind, source, key)
        self.names[kind, key] = node_id
        values = {"name": name or key, **values}
        self.rows.setdefault(kind, []).append({"id": node_id, **values})
        self.claim(kind, node_id, source, key, values)
        return node_id

    def tie(self, kind: str, start: str, end: str, /, **values: Any) -> str:
        declared = BY_NAME[kind]
        assert isinstance(declared, RelationshipKind)
        ends = self.names[declared.source, start], self.names[declared.target, end]
        distinct = tuple(str(values.get(name) or "") for name in declared.distinguishing)
        tie_id = relationship_id(kind, *ends, distinct)
        self.rows.setdefault(kind, []).append({"id": tie_id, "from_id": ends[0], "to_id": ends[1], **values})
        self.claim(kind, tie_id, "roster", "", values)
        return tie_id

    def claim(self, kind: str, entity: str, source: str, local_id: str, values: dict[str, Any], run: int = 1) -> None:
        said = json.dumps(values, sort_keys=True)
        origin = f"{source}.csv:{len(self.claims) + 2}"
        row = {"kind": kind, "entity": entity, "source": source, "local_id": local_id, "values": said}
        self.claims.append({**row, "origin": origin, "first_run": run})

    def join(self, leader: str, *networks: str, **values: Any) -> None:
        for network in networks:
            self.tie("memberships", leader, network, **values)

    def show(self, leader: str, level: Visibility, field_name: str = "") -> None:
        who = self.names["leaders", leader]
        self.choices.append(VisibilityChoice(who, level, "the person", "asked", field_name))

    def facts(self, run: int = 1) -> Facts:
        tables = {kind: pa.Table.from_pylist(rows, schema=arrow_schema(kind)) for kind, rows in self.rows.items()}
        return Facts(run, tables, pa.Table.from_pylist(self.claims, schema=CLAIMS), tuple(self.choices))


def ten_leaders() -> Graph:
    """Ten leaders, four networks (one without a shared member), interests, ties; Ana is public, Iris hidden."""
    graph = Graph()
    _networks_and_interests(graph)
    _people(graph)
    _ties(graph)
    graph.show("ana", Visibility.PUBLIC)
    graph.show("bo", Visibility.PUBLIC)
    graph.show("bo", Visibility.ORGANIZERS, "school")
    graph.show("iris", Visibility.HIDDEN)
    return graph


def _networks_and_interests(graph: Graph) -> None:
    for key, name, region in (
        ("alpha", "Alpha Readers", "North"),
        ("beta", "Beta Writers", "North"),
        ("gamma", "Gamma Labs", "South"),
        ("delta", "Delta Island", ""),
    ):
        graph.node("networks", key, name, region=region or None, kind="association")
    graph.node("networks", "secret", "Private Circle", sensitive=True)
    for key in ("literacy", "phonics", "robotics", "lesson study"):
        graph.node("interests", key, aliases=["reading"] if key == "literacy" else [])
    graph.tie("broader_interests", "phonics", "literacy")
    graph.node("organizations", "uni", "Hill University", kind="university")
    graph.tie("partnerships", "alpha", "uni", role="hosting")
    graph.tie("network_parts", "beta", "alpha")
    graph.tie("network_focuses", "gamma", "robotics")


def _people(graph: Graph) -> None:
    lisbon, auckland = "Europe/Lisbon", "Pacific/Auckland"
    people = (
        ("ana", "Ana Sousa", "North", lisbon, ["Portuguese", "English"], "ana@one.example"),
        ("bo", "Bo Jansen", "North", lisbon, ["English"], None),
        ("cleo", "Cleo Núñez", "North", None, ["Spanish"], None),
        ("dan", "Dan Okafor", "South", auckland, ["English"], None),
        ("eva", "Eva Lindqvist", "South", None, [], None),
        ("finn", "Finn Ødegård", "South", None, [], None),
        ("gil", "Gil Moreno", None, None, [], None),
        ("hana", "Hana Sato", "South", None, [], None),
        ("iris", "Iris Hidden", "North", None, [], "iris@one.example"),
        ("jo", "Jo Alone", None, None, [], None),
    )
    for key, name, region, zone, languages, email in people:
        facts = {"region": region, "time_zone": zone, "languages": languages, "email": email}
        graph.node("leaders", key, name, school="Hill School" if key in ("ana", "bo") else None, **facts)
    for key, networks in {
        "ana": "alpha beta",
        "bo": "alpha",
        "cleo": "alpha beta",
        "dan": "beta gamma",
        "eva": "gamma",
        "finn": "gamma secret",
        "gil": "gamma",
        "hana": "delta",
        "iris": "alpha delta",
    }.items():
        graph.join(key, *networks.split())


def _ties(graph: Graph) -> None:
    for key, interest, mode in (
        ("ana", "literacy", "seeks"),
        ("ana", "phonics", "practises"),
        ("bo", "literacy", "offers"),
        ("cleo", "phonics", "practises"),
        ("dan", "literacy", "offers"),
        ("dan", "phonics", "practises"),
        ("eva", "robotics", "offers"),
        ("hana", "phonics", "practises"),
        ("iris", "lesson study", "offers"),
        ("gil", "robotics", None),
    ):
        graph.tie("leader_interests", key, interest, mode=mode)
    graph.tie("collaborations", "ana", "cleo", kind="mentors", count=3, first="2024-01-02", last="2024-06-30")
    graph.tie("collaborations", "cleo", "ana", kind="observed")
    graph.tie("collaborations", "ana", "ana", kind="replied")
    graph.tie("collaborations", "dan", "cleo", kind="co-led", count=1)
    # A second source knows Ana under another id and says another region.
    graph.claim("leaders", leader_id("ana"), "sheet", "7", {"name": "Ana Sousa", "region": "Lisbon"}, run=2)


def another_hidden(graph: Graph, key: str = "zoe", *networks: str) -> Graph:
    """The same graph with one more hidden person: in networks, with a new interest, with ties to others."""
    graph.node("leaders", key, "Zoe Unseen", school="Unseen School", region="Nowhere", email="zoe@unseen.example")
    graph.join(key, *(networks or ("alpha", "delta", "gamma")), role="facilitator")
    graph.node("interests", f"secret art of {key}")
    graph.tie("leader_interests", key, f"secret art of {key}", mode="offers")
    graph.tie("leader_interests", key, "literacy", mode="offers")
    graph.node("organizations", f"employer of {key}")
    graph.tie("affiliations", key, f"employer of {key}")
    graph.node("credentials", f"badge of {key}")
    graph.node("organizations", f"issuer for {key}")
    graph.tie("credential_issuers", f"badge of {key}", f"issuer for {key}")
    graph.tie("leader_credentials", key, f"badge of {key}", start="2024-05-01")
    graph.tie("collaborations", key, "ana", kind="mentors", count=9)
    graph.tie("collaborations", "eva", key, kind="observed")
    graph.show(key, Visibility.HIDDEN)
    return graph


def four_blocks(size: int = 24) -> Graph:
    """Four blocks of three networks that share most members, an island, and two people in two blocks each.

    Everybody is public, so that both editions hold the same.
    """
    graph = Graph()
    names = ("east", "north", "south", "west")
    for network in (*(f"{block} {i}" for block in names for i in (1, 2, 3)), "island"):
        graph.node("networks", network, network.title(), region=network.split()[0].title())
    graph.node("interests", "maths")
    graph.node("interests", "music")
    for block in names:
        for i in range(size):
            key = f"{block}{i}"
            graph.node("leaders", key, f"{block.title()} Person {i:02d}", region=block.title())
            graph.join(key, *(f"{block} {n}" for n in (1, 2, 3) if i < 4 or n != 1 + i % 3))
            graph.tie("leader_interests", key, "maths" if i % 2 else "music", mode="practises")
    for i in range(10):
        graph.node("leaders", f"lone{i}", f"Lone Person {i:02d}", region="Isle")
        graph.join(f"lone{i}", "island")
    for i in range(2):
        graph.node("leaders", f"bridge{i}", f"Bridge Person {i:02d}")
        graph.join(f"bridge{i}", "east 1", "east 2", "west 1", "west 2")
    for key in [key for kind, key in graph.names if kind == "leaders"]:
        graph.show(key, Visibility.PUBLIC)
    return graph


def eight_blocks() -> Graph:
    """Eight blocks of nine networks, whose people are in four neighbouring ones each; so many that a map has districts.

    One person is in two blocks; "maths" is what the first block practises.
    """
    graph = Graph()
    graph.node("interests", "maths")
    for block in range(8):
        for at in range(9):
            graph.node("networks", f"n{block} {at}")
        for person in range(12):
            graph.node("leaders", f"p{block} {person}")
            graph.join(f"p{block} {person}", *(f"n{block} {(person + at) % 9}" for at in range(4)))
            if not block:
                graph.tie("leader_interests", f"p0 {person}", "maths", mode="practises")
    graph.join("p0 0", "n1 0")
    return graph

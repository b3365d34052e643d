"""What a checked row states: things (nodes) and ties between them, under the ids of its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.checked import CheckedTable
from ingest.held import (
    Bundle,
    Lookup,
    Node,
    Properties,
    Ref,
    Tie,
    Values,
    at,
    held_by,
    interest_nodes,
    places,
    remembered,
)
from ingest.people import People, by_name, by_name_and_issuer
from netofnets.schema.columns import IDENTIFIED_BY_NAME, end_names
from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import BY_NAME, node_kind
from netofnets.schema.model import RelationshipKind
from netofnets.schema.rows import interest_key

__all__ = ["AMBIGUOUS", "RowFacts", "facts_of", "note_people"]

RowFacts = tuple[tuple[Node, ...], tuple[Tie, ...], Bundle | None]

AMBIGUOUS: RowFacts = ((), (), None)
"""Returned, as this very object, for a person whom the row does not tell apart from another."""


def note_people(table: CheckedTable, people: People) -> None:
    """First pass over a table of people without ids."""
    place = places(table)
    if table.spec.shape.name not in ("roster", "leaders") or place("leader_id", "id") >= 0 or place("name") < 0:
        return
    email, name, school = place("email"), place("name"), place("school")
    for _, _, values in table.rows:
        people.add(at(values, email), at(values, name), at(values, school))


def facts_of(table: CheckedTable, people: People) -> Callable[[Values], RowFacts]:
    """What a row of the table states; the same row states the same whenever it is asked about."""
    declared = BY_NAME.get(table.spec.shape.name)
    if declared is None:
        return _roster(table, people)
    if isinstance(declared, RelationshipKind):
        return _ties(table, declared)
    return _nodes(table, people)


_Leader = Callable[[Values], tuple[str, Properties | None] | None]


def _leader(table: CheckedTable, people: People, id_column: str) -> _Leader:
    """Local id and properties of the person of a row; properties None for a mere reference; None when ambiguous."""
    place = places(table)
    identifier, email, name, school = place(id_column), place("email"), place("name"), place("school")
    given = [(p.name, place(p.name)) for p in node_kind("leaders").properties if place(p.name) >= 0]

    def read(values: Values) -> tuple[str, Properties | None] | None:
        if identifier >= 0:
            local = str(values[identifier])
        else:
            known_by = at(values, email), at(values, name), at(values, school)
            if people.ambiguous(*known_by):
                return None
            local = people.local_id(*known_by)
        if name < 0:
            return local, None
        return local, {prop: values[i] for prop, i in given if values[i] is not None}

    return read


def _named(
    table: CheckedTable, kind: str, prefix: str, id_column: str, name_column: str
) -> Callable[[Values], Node | None]:
    """A network, organization or activity of a row, by id or else by name; None when the row has none.

    A node whose properties are empty is a mere reference.
    """
    place = places(table)
    identifier, name = place(id_column), place(name_column)
    given = [("name", name)] if name >= 0 else []
    given += [
        (p.name, i) for p in node_kind(kind).properties if p.name != "name" and (i := place(prefix + p.name)) >= 0
    ]
    wanted = [identifier, *(i for _, i in given)]
    known: dict[Values, Node | None] = {}
    local_of = _several_places(table, kind, name, place(prefix + "place"))

    def read(values: Values) -> Node | None:
        key = tuple(values[i] for i in wanted if i >= 0)
        if key not in known:
            local = at(values, identifier) or local_of(values)
            stated = {prop: values[i] for prop, i in given if values[i] is not None} if at(values, name) else {}
            return remembered(known, key, (kind, local, stated) if local else None)
        return known[key]

    return read


def _several_places(table: CheckedTable, kind: str, name: int, place: int) -> Callable[[Values], str]:
    """The local id of what is known by its name; organizations of one name in several places are several."""
    standing: dict[str, set[str]] = {}
    if kind == "organizations" and name >= 0 and place >= 0:
        for _, _, values in table.rows:
            if there := at(values, place):
                standing.setdefault(fold(at(values, name)), set()).add(fold(there))

    def local(values: Values) -> str:
        called = at(values, name)
        several = len(standing.get(fold(called), ())) > 1 if standing else False
        return by_name(called) + (f"|{fold(at(values, place))}" if several else "") if called else ""

    return local


def _roster(table: CheckedTable, people: People) -> Callable[[Values], RowFacts]:
    place = places(table)
    leader_of = _leader(table, people, "leader_id")
    network_of = _named(table, "networks", "network_", "network_id", "network")
    each_network = _each(place("network"))
    parent_of = _named(table, "networks", " ", "part_of_id", "part_of")
    organization_of = _named(table, "organizations", "organization_", "organization_id", "organization")
    held_of = held_by(table)
    spell = [(name, i) for name in ("role", "start", "end") if (i := place(name)) >= 0]
    organization_role = place("organization_role")

    def read(values: Values) -> RowFacts:
        person = leader_of(values)
        if person is None:
            return AMBIGUOUS
        leader, stated = person
        nodes: list[Node] = [("leaders", leader, stated)] if stated is not None else []
        ties: list[Tie] = []
        networks = [found for one in each_network(values) if (found := network_of(one)) is not None]
        parent, organization = parent_of(values), organization_of(values)
        dates = {name: values[i] for name, i in spell if values[i] is not None}
        for network in networks:
            ties.append(("memberships", leader, network[1], dates))
            if parent is not None:
                ties.append(("network_parts", network[1], parent[1], {}))
        if organization is not None:
            role = at(values, organization_role)
            ties.append(("affiliations", leader, organization[1], {"role": role} if role else {}))
        nodes.extend(node for node in (*networks, parent, organization) if node is not None and node[2])
        return tuple(nodes), tuple(ties), held_of(values, leader)

    return read


def _each(listed: int) -> Callable[[Values], Sequence[Values]]:
    """The row once for each of the names that its cell at ``listed`` holds; itself where that is one, or none."""

    def rows(values: Values) -> Sequence[Values]:
        names = values[listed] if listed >= 0 else None
        if not isinstance(names, tuple):
            return (values,)
        return [(*values[:listed], name, *values[listed + 1 :]) for name in names]

    return rows


def _nodes(table: CheckedTable, people: People) -> Callable[[Values], RowFacts]:
    kind = table.spec.shape.name
    if kind == IDENTIFIED_BY_NAME:
        return _vocabulary(table)
    if kind == "leaders":
        return _leader_table(table, people)
    if kind == "credentials":
        return _credentials(table)
    node_of = _named(table, kind, "", "id", "name")
    parent = places(table)("part_of_id")

    def read(values: Values) -> RowFacts:
        node = node_of(values)
        assert node is not None  # the name is required
        larger = at(values, parent)
        return (node,), (("network_parts", node[1], larger, {}),) if larger else (), None

    return read


def _leader_table(table: CheckedTable, people: People) -> Callable[[Values], RowFacts]:
    leader_of, held_of = _leader(table, people, "id"), held_by(table)

    def read(values: Values) -> RowFacts:
        person = leader_of(values)
        if person is None:
            return AMBIGUOUS
        return (("leaders", person[0], person[1] or {}),), (), held_of(values, person[0])

    return read


def _credentials(table: CheckedTable) -> Callable[[Values], RowFacts]:
    node_of = _named(table, "credentials", "", "id", "name")
    issuer_of = _named(table, "organizations", " ", "issuer_id", "issuer")
    given = places(table)("id") >= 0

    def read(values: Values) -> RowFacts:
        node, issuer = node_of(values), issuer_of(values)
        assert node is not None  # the name is required
        kind, local, stated = node
        if not given:
            local = by_name_and_issuer(str(stated["name"]), str(issuer[2].get("name", issuer[1])) if issuer else "")
        nodes = [(kind, local, stated), *([issuer] if issuer is not None and issuer[2] else [])]
        return tuple(nodes), (("credential_issuers", local, issuer[1], {}),) if issuer is not None else (), None

    return read


def _vocabulary(table: CheckedTable) -> Callable[[Values], RowFacts]:
    place = places(table)
    given = [(p.name, place(p.name)) for p in node_kind("interests").properties if place(p.name) >= 0]

    def read(values: Values) -> RowFacts:
        stated = {prop: values[i] for prop, i in given if values[i] is not None}
        return (("interests", interest_key(str(stated["name"])), stated),), (), None

    return read


def _ties(table: CheckedTable, kind: RelationshipKind) -> Callable[[Values], RowFacts]:
    place = places(table)
    first, second = (
        _end(table, end, node) for end, node in zip(end_names(kind), (kind.source, kind.target), strict=True)
    )
    given = [(p.name, i) for p in kind.properties if (i := place(p.name)) >= 0]
    day = place("date") if kind.name == "collaborations" else -1

    def read(values: Values) -> RowFacts:
        stated = {prop: values[i] for prop, i in given if values[i] is not None}
        if day >= 0 and values[day] is not None:
            stated = {"first": values[day], "last": values[day], **stated}
        nodes: list[Node] = []
        starts, ends = first(values, nodes), second(values, nodes)
        return tuple(nodes), tuple((kind.name, start, end, stated) for start in starts for end in ends), None

    return read


def _end(table: CheckedTable, name: str, kind: str) -> Callable[[Values, list[Node]], list[Ref]]:
    """One end of a relationship: an id, a lookup by address or name, or wordings of interests, stated at once."""
    place = places(table)
    identifier, email, called = place(f"{name}_id"), place(f"{name}_email"), place(name)
    interest = interest_nodes()

    def wordings(values: Values, nodes: list[Node]) -> list[Ref]:
        stated = values[called]
        found = [interest(wording) for wording in (stated if isinstance(stated, tuple) else (str(stated),))]
        nodes.extend(found)
        return [node[1] for node in found]

    def reference(values: Values, nodes: list[Node]) -> list[Ref]:
        if local := at(values, identifier):
            return [local]
        if address := at(values, email):
            return [Lookup("email", address.casefold())]
        return [Lookup("name", at(values, called))]

    return wordings if kind == IDENTIFIED_BY_NAME else reference

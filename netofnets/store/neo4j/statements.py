"""Cypher text, generated from the schema; no value of a user ever becomes part of it.

The driver asks for literal strings, and these are: labels, types and names of properties are declared as such, and
pyright proves that nothing else gets in.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import LiteralString

from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.kinds import node_kind
from netofnets.schema.model import Kind, NodeKind, Property, PropertyType, RelationshipKind
from netofnets.store.literal import kept_text, spelled

__all__ = [
    "about",
    "arriving",
    "columns",
    "count",
    "gone",
    "kept",
    "known_among",
    "leaving",
    "named",
    "nameless",
    "listing",
    "of_source",
    "pattern",
    "people",
    "put",
    "removed_results",
    "result_rows",
    "scan",
    "told",
    "type_of",
    "with_email",
]


def pattern(kind: Kind, prefix: LiteralString = "") -> LiteralString:
    """How all entities of a kind are matched, as ``x``; what other programs put beside ours is left alone."""
    if isinstance(kind, NodeKind):
        return f"MATCH (x:{kind.label}) WHERE x.nn_claims IS NOT NULL"
    return f"MATCH (a:{_start(kind, prefix)})-[x:{kind.type}]->(b:{_end(kind, prefix)}) WHERE x.nn_claims IS NOT NULL"


@cache
def columns(name: str) -> tuple[LiteralString, ...]:
    """What the values in a row of :func:`put` are: ``id``, a relationship's ends, then the properties that are set.

    The last, ``nn_said``, is a map of properties: what each source says where they differ.
    """
    kind = kind_named(name)
    ends = () if isinstance(kind, NodeKind) else ("from_id", "to_id")
    emails = ("nn_other_emails",) if name == "leaders" else ()
    own: tuple[LiteralString, ...] = ("nn_sources", "nn_claims", "nn_files", "nn_rows", *emails)
    return ("id", *ends, *own, *(p.name for p in kind.properties), "nn_said")


@kept_text
def put(name: str, prefix: LiteralString = "") -> LiteralString:
    """Create or update entities from ``$rows``: lists in the order of :func:`columns`.

    Lists, since the driver takes twice as long over maps; null removes a property; results written back stay.
    """
    kind = named(name, prefix)
    first = 1 if isinstance(kind, NodeKind) else 3
    names = columns(name)
    values = ", ".join(f"x.{column} = row[{spelled(first + at)}]" for at, column in enumerate(names[first:-1]))
    values += f", x += coalesce(row[{spelled(len(names) - 1)}], {{}})"
    if isinstance(kind, NodeKind):
        return f"UNWIND $rows AS row MERGE (x:{kind.label} {{id: row[0]}}) SET {values}"
    ends = f"MATCH (a:{_start(kind, prefix)} {{id: row[1]}}) MATCH (b:{_end(kind, prefix)} {{id: row[2]}})"
    return f"UNWIND $rows AS row {ends} MERGE (a)-[x:{kind.type} {{id: row[0]}}]->(b) SET {values}"


@kept_text
def gone(name: str, prefix: LiteralString = "") -> LiteralString:
    """Delete the entities with ids ``$rows``; relationships of other programs go with their node."""
    kind = named(name, prefix)
    if isinstance(kind, NodeKind):
        return f"UNWIND $rows AS id MATCH (x:{kind.label} {{id: id}}) DETACH DELETE x"
    return f"UNWIND $rows AS id MATCH ()-[x:{kind.type} {{id: id}}]->() DELETE x"


@kept_text
def about(name: str, prefix: LiteralString = "") -> LiteralString:
    """The claims on the entities with ids ``$ids``."""
    kind = named(name, prefix)
    entity = f"(x:{kind.label} {{id: id}})" if isinstance(kind, NodeKind) else f"()-[x:{kind.type} {{id: id}}]->()"
    return f"UNWIND $ids AS id MATCH {entity} WHERE x.nn_claims IS NOT NULL RETURN collect(x.nn_claims)"


@kept_text
def people(prefix: LiteralString = "") -> LiteralString:
    """The leaders with ids ``$ids``: their ids and the claims on them, in one list."""
    return about("leaders", prefix).replace("collect(x.nn_claims)", "collect([x.id, x.nn_claims])")


@kept_text
def leaving(name: str, prefix: LiteralString = "") -> LiteralString:
    """The claims on relationships that leave the nodes with ids ``$ids``."""
    kind = _relationship(name, prefix)
    ends = f"(:{_start(kind, prefix)} {{id: id}})-[x:{kind.type}]->(:{_end(kind, prefix)})"
    return f"UNWIND $ids AS id MATCH {ends} WHERE x.nn_claims IS NOT NULL RETURN x.nn_claims"


@kept_text
def arriving(name: str, prefix: LiteralString = "") -> LiteralString:
    """The claims on relationships that arrive at the nodes with ids ``$ids``."""
    kind = _relationship(name, prefix)
    ends = f"(:{_end(kind, prefix)} {{id: id}})<-[x:{kind.type}]-(:{_start(kind, prefix)})"
    return f"UNWIND $ids AS id MATCH {ends} WHERE x.nn_claims IS NOT NULL RETURN x.nn_claims"


@kept_text
def of_source(name: str, prefix: LiteralString = "") -> LiteralString:
    """The claims on all entities that ``$source`` makes claims about."""
    return f"{pattern(named(name, prefix), prefix)} AND $source IN x.nn_sources RETURN x.nn_claims"


@kept_text
def told(name: str, prefix: LiteralString = "") -> LiteralString:
    """The claims on all entities of a kind."""
    return f"{pattern(named(name, prefix), prefix)} RETURN x.nn_claims"


@kept_text
def listing(name: str, prefix: LiteralString = "") -> LiteralString:
    """The sources that make claims about a kind."""
    return f"{pattern(named(name, prefix), prefix)} UNWIND x.nn_sources AS source RETURN DISTINCT source"


@kept_text
def scan(name: str, prefix: LiteralString = "") -> LiteralString:
    """All entities: id, ends, properties in the order of the schema, then the claims. Dates come as ISO text."""
    kind = named(name, prefix)
    ends = ("a.id", "b.id") if isinstance(kind, RelationshipKind) else ()
    found: tuple[LiteralString, ...] = ("x.id", *ends, *(_read(p) for p in kind.properties), "x.nn_claims")
    return f"{pattern(kind, prefix)} RETURN {', '.join(found)}"


@kept_text
def kept(name: str, prefix: LiteralString = "") -> LiteralString:
    """Like :func:`scan`, and then the sources that are listed; whatever somebody has done to any of it."""
    return f"{scan(name, prefix)}, x.nn_sources".replace("toString(", "toStringOrNull(")  # of a list there is no text


@kept_text
def nameless(name: str, prefix: LiteralString = "") -> LiteralString:
    """Delete nodes and relationships of ours that have lost their id."""
    kind = named(name, prefix)
    remove = "DETACH DELETE x" if isinstance(kind, NodeKind) else "DELETE x"
    return f"{pattern(kind, prefix)} AND x.id IS NULL {remove}"


@kept_text
def count(name: str, prefix: LiteralString = "") -> LiteralString:
    """How many entities of a kind there are."""
    return f"{pattern(named(name, prefix), prefix)} RETURN count(x)"


@kept_text
def with_email(prefix: LiteralString = "") -> LiteralString:
    """The claims on leaders with one of ``$emails``, as their address or as another one that a claim states."""
    label = prefix + node_kind("leaders").label
    return (
        f"UNWIND $emails AS email MATCH (x:{label} {{email: email}}) WHERE x.nn_claims IS NOT NULL "
        f"RETURN x.id, x.nn_claims UNION MATCH (x:{label}) "
        "WHERE x.nn_other_emails IS NOT NULL AND x.nn_claims IS NOT NULL AND "
        "any(email IN x.nn_other_emails WHERE email IN $emails) RETURN x.id, x.nn_claims"
    )


@kept_text
def known_among(kind: str, prefix: LiteralString = "") -> LiteralString:
    """Which of ``$ids`` are nodes of a kind, or records of it that a judgement names."""
    declared = node_kind(kind).label
    letter = declared[0].lower()
    label = prefix + declared
    return (
        f"UNWIND $ids AS id MATCH (x:{label} {{id: id}}) WHERE x.nn_claims IS NOT NULL RETURN id "
        f"UNION UNWIND $ids AS id MATCH (j:NetOfNetsJudgement {{left: id}}) WHERE id STARTS WITH '{letter}' RETURN id "
        f"UNION UNWIND $ids AS id MATCH (j:NetOfNetsJudgement {{right: id}}) WHERE id STARTS WITH '{letter}' RETURN id"
    )


@kept_text
def result_rows(name: str, prefix: LiteralString = "") -> LiteralString:
    """Put the results in ``$rows`` onto nodes; those of before that this run does not have are removed elsewhere."""
    label = prefix + node_kind(name).label
    return f"UNWIND $rows AS row MATCH (x:{label} {{id: row.id}}) SET x += row.p RETURN count(x)"


@kept_text
def removed_results(name: str, prefix: LiteralString = "") -> LiteralString:
    """Take the results of other runs than ``$run`` off at most ``$rows`` nodes."""
    stale = "x.nn_analysis IS NOT NULL AND x.nn_analysis <> $run"
    label = prefix + node_kind(name).label
    return f"MATCH (x:{label}) WHERE {stale} WITH x LIMIT $rows SET x += $nothing RETURN count(x)"


def named(name: str, prefix: LiteralString = "") -> NodeKind | RelationshipKind:
    """A kind with the label or type that it has in a database: ``Leader`` and ``MEMBER_OF``, or with a prefix."""
    kind = kind_named(name)
    if not prefix:
        return kind
    if isinstance(kind, NodeKind):
        return replace(kind, label=prefix + kind.label)
    return replace(kind, type=type_of(kind, prefix))


def type_of(kind: RelationshipKind, prefix: LiteralString = "") -> LiteralString:
    """The type of a kind of relationships in a database."""
    return f"{prefix.upper()}_{kind.type}" if prefix else kind.type


def _read(prop: Property) -> LiteralString:
    return f"toString(x.{prop.name})" if prop.type is PropertyType.DATE else f"x.{prop.name}"


def _start(kind: RelationshipKind, prefix: LiteralString) -> LiteralString:
    return prefix + node_kind(kind.source).label


def _end(kind: RelationshipKind, prefix: LiteralString) -> LiteralString:
    return prefix + node_kind(kind.target).label


def _relationship(name: str, prefix: LiteralString) -> RelationshipKind:
    kind = named(name, prefix)
    assert isinstance(kind, RelationshipKind)
    return kind

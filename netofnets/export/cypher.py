"""A Cypher script that makes the graph in any Neo4j, and changes nothing when it is run again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import Any, TypeVar

from netofnets.graph.interchange import Node, Tie, nodes_of, ties_of
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, node_kind
from netofnets.schema.model import Kind, PropertyType

__all__ = ["cypher", "literal"]

Record = TypeVar("Record", Node, Tie)

_ROWS = 500  # in one statement: a parser takes long over long texts
# Inside quotes. Every backslash is doubled, so that none in a text can begin an escape, `\\u0027` (a quote) least of
# all: servers read that one before they look for the end of the text.
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile("[\x00-\x1f\\\\'\x7f-\x9f\u2028\u2029\ufeff]")


def cypher(snapshot: Snapshot) -> Iterator[str]:
    """The script, statement by statement: constraints, nodes, relationships.

    Nodes and relationships are merged by ``id``, so the script may be run again, or on another day's graph.
    """
    for node_of in NODE_KINDS:
        yield f"CREATE CONSTRAINT IF NOT EXISTS FOR (x:{node_of.label}) REQUIRE x.id IS UNIQUE;\n"
    for of_kind, nodes in groupby(nodes_of(snapshot), key=lambda node: node.kind):
        for some in _batches(nodes):
            yield f"UNWIND [{_rows(map(_node, some))}] AS row\n"
            yield f"MERGE (x:{of_kind.label} {{id: row.id}}) SET x += row.values;\n"
    for kind in RELATIONSHIP_KINDS:
        ends = node_kind(kind.source).label, node_kind(kind.target).label
        for ties in _batches(ties_of(snapshot, [kind.name])):
            yield f"UNWIND [{_rows(map(_tie, ties))}] AS row\n"
            yield f"MATCH (a:{ends[0]} {{id: row.source}}) MATCH (b:{ends[1]} {{id: row.target}})\n"
            yield f"MERGE (a)-[x:{kind.type} {{id: row.id}}]->(b) SET x += row.values;\n"


def literal(value: Any) -> str:
    """A value as a literal of Cypher, whatever characters it holds."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, str):
        return f"'{_SPECIAL.sub(_escaped, value)}'"
    return repr(value)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while some := list(islice(iterator, _ROWS)):
        yield some


def _rows(rows: Iterable[str]) -> str:
    return ",".join(f"\n {row}" for row in rows)


def _node(node: Node) -> str:
    return f"{{id: {literal(node.id)}, values: {_values(node.kind, node.values)}}}"


def _tie(tie: Tie) -> str:
    ends = f"source: {literal(tie.source)}, target: {literal(tie.target)}"
    return f"{{id: {literal(tie.id)}, {ends}, values: {_values(tie.kind, tie.values)}}}"


def _values(kind: Kind, values: dict[str, Any]) -> str:
    days = {prop.name for prop in kind.properties if prop.type is PropertyType.DATE}
    stated = (f"{name}: {_dated(value) if name in days else literal(value)}" for name, value in values.items())
    return f"{{{', '.join(stated)}}}"


def _dated(value: str) -> str:
    """A day as a date of Neo4j; what a source wrote there that is none stays text."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return literal(value)
    return f"date('{value}')" if day.isoformat() == value else literal(value)

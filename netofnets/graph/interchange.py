"""The graph handed on: nodes and relationships one by one, as whole tables, and for networkx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from netofnets.graph.snapshot import IntArray, Snapshot
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS, relationship_kind
from netofnets.schema.model import NodeKind, RelationshipKind

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Node", "Tie", "attributes", "nodes_of", "table_of", "ties_of", "to_networkx"]

_AT_ONCE = 10_000  # rows that are Python objects at a time


@dataclass(frozen=True, slots=True)
class Node:
    """A node with the values that are stated: no None, no empty text, no empty list."""

    kind: NodeKind
    id: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two nodes, by their ids; values as in :class:`Node`."""

    kind: RelationshipKind
    id: str
    source: str
    target: str
    values: dict[str, Any]


def nodes_of(snapshot: Snapshot) -> Iterator[Node]:
    """All nodes, kind by kind in the order of the schema, each kind sorted by id."""
    for kind in NODE_KINDS:
        for row in _rows(snapshot.nodes[kind.name]):
            yield Node(kind, row.pop("id"), _stated(row))


def ties_of(snapshot: Snapshot, kinds: Iterable[str] = ()) -> Iterator[Tie]:
    """The relationships of ``kinds`` (none named: all), kind by kind, each sorted by its ends and id."""
    for kind in [relationship_kind(name) for name in kinds] or RELATIONSHIP_KINDS:
        for row in _rows(table_of(snapshot, kind.name)):
            yield Tie(kind, row.pop("id"), row.pop("from_id"), row.pop("to_id"), _stated(row))


def table_of(snapshot: Snapshot, kind: str) -> pa.Table:
    """A kind as one table with the columns of :func:`netofnets.schema.arrow.arrow_schema`: ends are ids of nodes."""
    declared = BY_NAME[kind]
    if isinstance(declared, NodeKind):
        return snapshot.nodes[kind]
    edges = snapshot.edges[kind]
    ends = {
        "from_id": snapshot.ids(declared.source).take(_positions(edges.source)),
        "to_id": snapshot.ids(declared.target).take(_positions(edges.target)),
    }
    columns = {name: edges.table[name] for name in edges.table.column_names}
    return pa.table({"id": columns.pop("id"), **ends, **columns})


def attributes(of: Node | Tie) -> dict[str, Any]:
    """The values under the names that graph formats have them by.

    ``kind`` says what kind of node or relationship it is, so a property of that name becomes ``type``.
    """
    return {"kind": of.kind.name, **{("type" if n == "kind" else n): v for n, v in of.values.items()}}


def to_networkx(snapshot: Snapshot, kinds: Iterable[str] = ()) -> nx.MultiDiGraph[str]:
    """All nodes, and the relationships of ``kinds`` (names as in the schema; none named: all of them).

    Nodes are stable ids with ``kind`` and the properties that have a value; edges have ``kind`` and their properties,
    and the id of the relationship as key; see :func:`attributes`. With ``kinds``, only nodes of the kinds at their ends
    are there.
    """
    import networkx as nx

    chosen = list(kinds)
    wanted = [relationship_kind(name) for name in chosen] or RELATIONSHIP_KINDS
    ends = {end for kind in wanted for end in (kind.source, kind.target)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((node.id, attributes(node)) for node in nodes_of(snapshot) if node.kind.name in ends)
    for tie in ties_of(snapshot, chosen):
        graph.add_edge(tie.source, tie.target, key=tie.id, **attributes(tie))
    return graph


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        yield from batch.to_pylist()


def _positions(at: IntArray) -> pa.Array:
    return pa.array(np.asarray(at))


def _stated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and value != "" and value != []}

"""Graphs as two tables, nodes and edges, with what each node is and which of our relationships each edge can be.

Whatever a file calls things, ``kind`` of a node is one of our kinds (``leaders``, ``networks`` ...) or the file's own
word, and ``relation`` of an edge is one of our relationships or empty. An edge that runs against the declared direction
(from a network to its member) is turned round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from ingest import limits
from ingest.sources.files import InputFile
from ingest.sources.graph_words import KIND_ATTRIBUTES, RELATIONS, kind_of_word, relations_of_word
from ingest.sources.raw import WHOLE_ROW, Fault, RawRow, RawTable, Remark
from ingest.sources.reader import Titles, Written
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["EDGES", "NODES", "Edge", "Graph", "GraphSource", "Node"]

NODES, EDGES = "nodes", "edges"
_NODE_COLUMNS = ("id", "label", "kind")
_EDGE_COLUMNS = ("source", "target", "source_label", "target_label", "relation", "label")


@dataclass(slots=True)
class Node:
    """A node as the file gives it; ``number`` counts from 1. ``bad`` holds attributes with values of the wrong type.

    ``kind`` is the file's word for what the node is, where a file has one place for it; else attributes are looked at.
    """

    number: int
    id: str
    label: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    bad: dict[str, BadValue] = field(default_factory=dict)
    kind: str = ""


@dataclass(slots=True)
class Edge:
    """An edge as the file gives it; ``number`` counts from 1, ``kind`` is as for nodes."""

    number: int
    source: str
    target: str
    label: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    bad: dict[str, BadValue] = field(default_factory=dict)
    kind: str = ""


class Graph(Protocol):
    """A file that holds a graph; both are read from the file anew each time."""

    def nodes(self) -> Iterator[Node]:
        """The nodes, in the order of the file."""

    def edges(self) -> Iterator[Edge]:
        """The edges, in the order of the file."""

    def remarks(self) -> list[Remark]:
        """What was passed over, once both have been read."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(slots=True)
class _Known:
    """What the edges and later nodes need to know of a node."""

    label: str
    kind: str
    number: int
    content: int


class GraphSource:
    """A graph file as tables; the first reading learns the attributes and the kinds of nodes, and finds faults."""

    meaning = "graph"
    titles = Titles((NODES, EDGES))

    def __init__(self, file: InputFile, graph: Graph) -> None:
        self.file = file
        self._graph = graph
        self._known: dict[str, _Known] = {}
        self._node_header: dict[str, None] = {}
        self._edge_header: dict[str, None] = {}
        self._survey()

    def _survey(self) -> None:
        raw_kinds: dict[str, str] = {}
        for node in self._graph.nodes():
            self._node_header.update(dict.fromkeys([*node.attributes, *node.bad]))
            if node.id and node.id not in self._known:
                raw_kinds[node.id] = word = _kind_word(node)
                label = node.label or node.id
                self._known[node.id] = _Known(label, kind_of_word(word), node.number, _content(node))
        for edge in self._graph.edges():
            self._edge_header.update(dict.fromkeys([*edge.attributes, *edge.bad]))
        told = any(known.kind for known in self._known.values())
        for identifier, known in self._known.items():
            # Where no node says what it is, they are people; where some do, the others keep their own words.
            known.kind = known.kind or (raw_kinds[identifier] if told else "leaders")
        for header in (self._node_header, self._edge_header):
            if len(header) > limits.COLUMNS:
                message = say(
                    "{name}: {n} attributes; the limit is {columns}",
                    name=self.file.name,
                    n=len(header),
                    columns=limits.COLUMNS,
                )
                raise InputError(message, code="too_many_columns", file=self.file.name)

    def table(self, title: str, written: Written) -> RawTable:
        """The table of nodes or of edges."""
        if title == NODES:
            header = [*_NODE_COLUMNS, *(name for name in self._node_header if name not in _NODE_COLUMNS)]
            return RawTable(self.file.name, title, header, self._node_rows(header), 0, self._remarks())
        header = [*_EDGE_COLUMNS, *(name for name in self._edge_header if name not in _EDGE_COLUMNS)]
        return RawTable(self.file.name, title, header, self._edge_rows(header), 0)

    def close(self) -> None:
        """Let go of the file."""
        self._graph.close()

    def _remarks(self) -> list[Remark]:
        found = self._graph.remarks()
        others = Counter(k.kind or "none said" for k in self._known.values() if not kind_of_word(k.kind))
        if others:
            shown = ", ".join(f"{kind[:40]} ({n})" for kind, n in others.most_common(5))
            sentence = say(
                "Nodes of these kinds are none of ours: {shown}. Say in a mapping what they are.", shown=shown
            )
            found.append(Remark("unknown_kind_of_node", sentence))
        return found

    def _node_rows(self, header: list[str]) -> Iterator[RawRow]:
        at = {name: i for i, name in enumerate(header)}
        for node in self._graph.nodes():
            known = self._known.get(node.id)
            own = {"id": node.id, "label": node.label or node.id, "kind": known.kind if known else "leaders"}
            cells, faults = _cells(at, node.attributes | own, node.bad)
            if known is None:
                faults.append(Fault(WHOLE_ROW, _NO_ID))
            elif known.number != node.number and known.content != _content(node):
                faults.append(Fault(WHOLE_ROW, _twice(node)))
            yield node.number, node.number, cells, tuple(faults)

    def _edge_rows(self, header: list[str]) -> Iterator[RawRow]:
        at = {name: i for i, name in enumerate(header)}
        for edge in self._graph.edges():
            relation, turned = self._relation(edge)
            start, end = (edge.target, edge.source) if turned else (edge.source, edge.target)
            own = {"source": start, "target": end, "relation": relation, "label": edge.label}
            own |= {"source_label": self._label(start), "target_label": self._label(end)}
            cells, faults = _cells(at, edge.attributes | own, edge.bad)
            missing = next((end for end in (edge.source, edge.target) if end not in self._known), None)
            if missing is not None:
                faults.append(Fault(WHOLE_ROW, _loose(missing)))
            yield edge.number, edge.number, cells, tuple(faults)

    def _label(self, identifier: str) -> str:
        known = self._known.get(identifier)
        return known.label if known else ""

    def _relation(self, edge: Edge) -> tuple[str, bool]:
        """Which of our relationships an edge is, and whether it has to be turned round for it."""
        first, second = (self._known.get(end) for end in (edge.source, edge.target))
        if first is None or second is None:
            return "collaborations", False  # it will be refused; some table has to be told so
        possible = RELATIONS.get((first.kind, second.kind), ())
        for word in (edge.kind, edge.attributes.get("kind", ""), edge.attributes.get("type", "")):
            if told := next((name for name in possible if name in relations_of_word(word)), ""):
                return told, False
        if found := RELATIONS.get((first.kind, second.kind)):
            return found[0], False
        found = RELATIONS.get((second.kind, first.kind), ("",))
        return found[0], bool(found[0])


def _cells(at: dict[str, int], values: dict[str, str], bad: dict[str, BadValue]) -> tuple[list[str], list[Fault]]:
    cells = [""] * len(at)
    for name, value in values.items():
        cells[at[name]] = value
    return cells, [Fault(at[name], problem) for name, problem in bad.items()]


def _kind_word(node: Node) -> str:
    """The word that says what a node is: the first that means one of our kinds, else the first there is."""
    folded = {name.casefold(): value.strip() for name, value in node.attributes.items()}
    words = [word for word in (node.kind, *(folded.get(name, "") for name in KIND_ATTRIBUTES)) if word]
    if node.kind:
        return node.kind
    return next((word for word in words if kind_of_word(word)), words[0] if words else "")


def _content(node: Node) -> int:
    return hash((node.label, tuple(sorted(node.attributes.items()))))


_NO_ID = BadValue("missing_id", say("The node has no id."), say("Give every node an id of its own."))


def _twice(node: Node) -> BadValue:
    sentence = say("The node {id!r} stands in the file before, with other data.", id=node.id[:60])
    return BadValue("conflicting_duplicate", sentence, say("Keep one of them, or give each an id of its own."))


def _loose(end: str) -> BadValue:
    sentence = f"The edge has an end {end[:60]!r} that is no node of the file." if end else "The edge has no end."
    return BadValue("unknown_node", sentence, say("Add the node, or remove the edge."))

"""GEXF 1.1 to 1.3, as Gephi, graphology and networkx write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ingest.sources.files import InputFile
from ingest.sources.graph_tables import Edge, GraphSource, Node
from ingest.sources.graph_xml import drop, elements, local, root_of, typed
from ingest.sources.raw import Remark
from netofnets.language import say
from netofnets.schema.text import BadValue

__all__ = ["GexfReader"]

_ON_NODES = ("start", "end")
_ON_EDGES = ("weight", "type", "kind", "start", "end")


class GexfReader:
    """GEXF files."""

    name = say("a GEXF file")
    suffixes = (".gexf",)

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """XML that begins with ``gexf``, or is named so."""
        return root_of(head) == "gexf" or (file.path.suffix.lower() in self.suffixes and b"<" in head[:64])

    def open(self, file: InputFile) -> GraphSource:
        """Read the file once for its nodes, attributes and faults."""
        return GraphSource(file, _Gexf(file))


class _Declared(NamedTuple):
    title: str
    type: str
    default: str | None


class _Gexf:
    """The nodes and edges of one GEXF file."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._undeclared: set[str] = set()

    def nodes(self) -> Iterator[Node]:
        """The nodes, those inside others too."""
        number = 0
        for element, declared in self._each("node"):
            number += 1
            values, bad = self._values(element, declared["node"], _ON_NODES)
            yield Node(number, element.get("id", "").strip(), element.get("label", "").strip(), values, bad)

    def edges(self) -> Iterator[Edge]:
        """The edges."""
        number = 0
        for element, declared in self._each("edge"):
            number += 1
            values, bad = self._values(element, declared["edge"], _ON_EDGES)
            source, target = element.get("source", "").strip(), element.get("target", "").strip()
            yield Edge(number, source, target, element.get("label", "").strip(), values, bad)

    def remarks(self) -> list[Remark]:
        """Attributes that were used without being declared."""
        if not self._undeclared:
            return []
        shown = ", ".join(sorted(self._undeclared)[:5])
        sentence = say(
            "Attributes are used that the file does not declare ({shown}); they were read as text.", shown=shown
        )
        return [Remark("undeclared_attribute", sentence)]

    def close(self) -> None:
        """Nothing is held open between readings."""

    def _each(self, wanted: str) -> Iterator[tuple[Element, dict[str, dict[str, _Declared]]]]:
        declared: dict[str, dict[str, _Declared]] = {"node": {}, "edge": {}}
        inside = 0  # how many nodes are open: a node may hold others
        for event, element, around in elements(self._file, "gexf"):
            tag = local(element.tag)
            if event == "start":
                inside += tag == "node"
            elif tag == "attributes":
                _declare(element, declared.setdefault(element.get("class", "node").strip(), {}))
                drop(element, around)
            elif tag in ("node", "edge"):
                inside -= tag == "node"
                if tag == wanted:
                    yield element, declared
                drop(element, around)
            elif tag in ("nodes", "edges") and not inside:
                drop(element, around)

    def _values(
        self, element: Element, declared: dict[str, _Declared], on_element: tuple[str, ...]
    ) -> tuple[dict[str, str], dict[str, BadValue]]:
        values: dict[str, str] = {d.title: d.default for d in declared.values() if d.default is not None}
        bad: dict[str, BadValue] = {}
        values.update({name: stated.strip() for name in on_element if (stated := element.get(name))})
        for group in element:
            if local(group.tag) != "attvalues":
                continue
            for item in group:
                name = (item.get("for") or item.get("id") or "").strip()
                attribute = declared.get(name)
                if attribute is None:
                    self._undeclared.add(name)
                    attribute = _Declared(name, "string", None)
                value = typed(item.get("value", ""), attribute.type)
                if isinstance(value, BadValue):
                    values.pop(attribute.title, None)
                    bad[attribute.title] = value
                else:
                    values[attribute.title] = value
        return values, bad


def _declare(element: Element, declared: dict[str, _Declared]) -> None:
    for attribute in element:
        if local(attribute.tag) != "attribute" or not (identifier := attribute.get("id", "").strip()):
            continue
        title = attribute.get("title", identifier).strip() or identifier
        kind = attribute.get("type", "string").strip().lower()
        default = next((child.text or "" for child in attribute if local(child.tag) == "default"), None)
        read = typed(default, kind) if default is not None else None
        declared[identifier] = _Declared(title, kind, read if isinstance(read, str) else None)

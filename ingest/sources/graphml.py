"""GraphML, plain and as yEd, Gephi, igraph and networkx write it."""

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

__all__ = ["GraphmlReader"]

_LABELS = ("label", "name", "title")
_NODE_LABEL = "{http://www.yworks.com/xml/graphml}NodeLabel"
_EDGE_LABEL = "{http://www.yworks.com/xml/graphml}EdgeLabel"


class GraphmlReader:
    """GraphML files."""

    name = say("a GraphML file")
    suffixes = (".graphml",)

    def recognises(self, file: InputFile, head: bytes) -> bool:
        """XML that begins with ``graphml``, or is named so."""
        return root_of(head) == "graphml" or (file.path.suffix.lower() in self.suffixes and b"<" in head[:64])

    def open(self, file: InputFile) -> GraphSource:
        """Read the file once for its nodes, attributes and faults."""
        return GraphSource(file, _Graphml(file))


class _Key(NamedTuple):
    name: str
    type: str
    default: str | None


class _Graphml:
    """The nodes and edges of one GraphML file."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._undeclared: set[str] = set()
        self._passed_over: set[str] = set()

    def nodes(self) -> Iterator[Node]:
        """The nodes, those inside others too."""
        number = 0
        for element, keys in self._each("node"):
            number += 1
            values, bad = self._values(element, keys["node"])
            label = next((values[n] for name in _LABELS for n in values if n.casefold() == name and values[n]), "")
            label = label or (element.findtext(f".//{_NODE_LABEL}") or "").strip()
            yield Node(number, element.get("id", "").strip(), label, values, bad)

    def edges(self) -> Iterator[Edge]:
        """The edges."""
        number = 0
        for element, keys in self._each("edge"):
            number += 1
            values, bad = self._values(element, keys["edge"])
            label = values.get("label", "") or (element.findtext(f".//{_EDGE_LABEL}") or "").strip()
            source, target = element.get("source", "").strip(), element.get("target", "").strip()
            yield Edge(number, source, target, label, values, bad)

    def remarks(self) -> list[Remark]:
        """Attributes that were used without being declared, and elements that are no part of a plain graph."""
        found = []
        if self._undeclared:
            shown = ", ".join(sorted(self._undeclared)[:5])
            sentence = say("Attributes are used that no <key> declares ({shown}); they were read as text.", shown=shown)
            found.append(Remark("undeclared_attribute", sentence))
        if self._passed_over:
            sentence = say("Elements were passed over: {names}.", names=", ".join(sorted(self._passed_over)))
            found.append(Remark("element_passed_over", sentence))
        return found

    def close(self) -> None:
        """Nothing is held open between readings."""

    def _each(self, wanted: str) -> Iterator[tuple[Element, dict[str, dict[str, _Key]]]]:
        """The complete elements of one sort with the keys that are declared; everything else is let go at once."""
        keys: dict[str, dict[str, _Key]] = {"node": {}, "edge": {}}
        inside = 0  # how many nodes are open: a node may hold a graph of its own
        for event, element, around in elements(self._file, "graphml"):
            tag = local(element.tag)
            if event == "start":
                inside += tag == "node"
            elif tag == "key":
                _declare(element, keys)
            elif tag in ("node", "edge"):
                inside -= tag == "node"
                if tag == wanted:
                    yield element, keys
                drop(element, around)
            elif tag == "hyperedge":
                self._passed_over.add(tag)
                drop(element, around)
            elif tag == "graph" and not inside:
                drop(element, around)

    def _values(self, element: Element, keys: dict[str, _Key]) -> tuple[dict[str, str], dict[str, BadValue]]:
        values: dict[str, str] = {key.name: key.default for key in keys.values() if key.default is not None}
        bad: dict[str, BadValue] = {}
        for data in element:
            if local(data.tag) != "data":
                continue
            name = data.get("key", "").strip()
            key = keys.get(name)
            if key is None:
                if len(data) or not name:  # a drawing, not a value
                    continue
                self._undeclared.add(name)
                key = _Key(name, "string", None)
            value = typed(data.text or "", key.type)
            if isinstance(value, BadValue):
                values.pop(key.name, None)
                bad[key.name] = value
            elif not len(data):
                values[key.name] = value
        return values, bad


def _declare(element: Element, keys: dict[str, dict[str, _Key]]) -> None:
    identifier, what = element.get("id", "").strip(), element.get("for", "all").strip()
    if element.get("yfiles.type") or not identifier:
        return
    name = element.get("attr.name", identifier).strip() or identifier
    default = next((child.text or "" for child in element if local(child.tag) == "default"), None)
    kind = element.get("attr.type", "string").strip().lower()
    read = typed(default, kind) if default is not None else None
    key = _Key(name, kind, read if isinstance(read, str) else None)
    for sort in keys:
        if what in ("all", sort):
            keys[sort][identifier] = key

"""Kumu: workbooks with the sheets Elements and Connections, blueprints and project backups in JSON, as a graph.

Connections name elements by label, or by id where elements have one. What only a connection names is an element too,
as in Kumu itself, unless the file gives ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sources.derived import DerivedSource
from ingest.sources.graph_tables import EDGES, NODES, Edge, GraphSource, Node
from ingest.sources.raw import WHOLE_ROW, RawTable, Remark
from ingest.sources.reader import Source, Written
from netofnets.schema.text import BadValue

__all__ = ["with_kumu"]

_LABEL, _ID = ("label", "name"), ("id", "_id")
_TYPE = ("type", "element type")
_ENDS = ("from", "to")


def with_kumu(plain: Source) -> Source:
    """The source with its graph, when its tables are those of Kumu; else as it is."""
    titles = {title.casefold(): title for title in plain.titles.visible}
    if not {"elements", "connections"} <= titles.keys():
        return plain
    kumu = _Kumu(plain, titles["elements"], titles["connections"])
    tables = {NODES: lambda how: kumu.table(NODES, how), EDGES: lambda how: kumu.table(EDGES, how)}
    return DerivedSource(plain, tables, "graph")


class _Kumu:
    """The graph in two tables of Kumu."""

    def __init__(self, plain: Source, elements: str, connections: str) -> None:
        self._plain = plain
        self._elements, self._connections = elements, connections
        self._by_label: dict[str, str] = {}
        self._ids: set[str] = set()
        self._gives_ids = False
        self._graph: GraphSource | None = None

    def table(self, title: str, written: Written) -> RawTable:
        """One table of the graph, which is made when it is first asked for: whoever maps the sheets needs none."""
        self._graph = self._graph or GraphSource(self._plain.file, self)
        return self._graph.table(title, written)

    def nodes(self) -> Iterator[Node]:
        """The elements, then what only connections name."""
        number = 0
        named: set[str] = set()
        for number, values, bad in self._records(self._elements):
            label, given = _first(values, _LABEL), _first(values, _ID)
            identifier = given or label
            self._gives_ids = self._gives_ids or bool(given)
            self._ids.add(identifier)
            self._by_label.setdefault(label.casefold(), identifier)
            named.add(label.casefold())
            yield Node(number, identifier, label, _more(values, _first(values, _TYPE)), bad)
        if self._gives_ids:
            return
        for _, values, _ in self._records(self._connections):
            for label in (values.get("from", "").strip(), values.get("to", "").strip()):
                if label and label.casefold() not in named:
                    number += 1
                    named.add(label.casefold())
                    self._ids.add(label)
                    self._by_label.setdefault(label.casefold(), label)
                    yield Node(number, label, label)

    def edges(self) -> Iterator[Edge]:
        """The connections."""
        for number, values, bad in self._records(self._connections):
            start, end = (self._end(values.get(name, "").strip()) for name in ("from", "to"))
            kind = values.get("type") or values.get("connection type") or ""
            yield Edge(number, start, end, values.get("label", ""), _more(values, kind), bad)

    def remarks(self) -> list[Remark]:
        """Nothing is passed over."""
        return []

    def close(self) -> None:
        """The plain source is closed by whoever opened it."""

    def _end(self, text: str) -> str:
        return text if text in self._ids else self._by_label.get(text.casefold(), text)

    def _records(self, title: str) -> Iterator[tuple[int, dict[str, str], dict[str, BadValue]]]:
        """Number, values by header in lower case, and what is wrong with them."""
        raw = self._plain.table(title, Written())
        header = [name.strip().casefold().removeprefix("attributes.") for name in raw.header]
        for number, _, cells, faults in raw.rows:
            values = {name: cell for name, cell in zip(header, cells, strict=False) if cell and name}
            bad = {header[f.column]: f.bad for f in faults if f.column != WHOLE_ROW and not f.fits}
            if values or bad:
                yield number, values, bad


def _more(values: dict[str, str], kind: str) -> dict[str, str]:
    """What is neither id nor end nor label."""
    own = (*_LABEL, *_ID, *_TYPE, *_ENDS, "connection type")
    return {name: value for name, value in values.items() if name not in own} | ({"type": kind} if kind else {})


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    return next((values[name].strip() for name in names if values.get(name, "").strip()), "")

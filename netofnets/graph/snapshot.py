"""The Snapshot: every node and relationship as sorted columns and integer arrays, immutable, one audience's view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import NotFound
from netofnets.graph.arrow_files import in_one
from netofnets.graph.cells import Cells
from netofnets.graph.marks import declining, no_longer
from netofnets.graph.source_ids import source_ids
from netofnets.graph.twomode import TwoMode
from netofnets.schema.arrow import CLAIMS, MARKS, READINGS, arrow_schema
from netofnets.schema.dates import next_day
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS, relationship_kind
from netofnets.schema.purposes import SUGGESTIONS
from netofnets.schema.records import Decision

__all__ = ["Edges", "IntArray", "Snapshot", "edges_of", "holding", "nodes_of"]

IntArray = npt.NDArray[np.int32]
_AT_HAND = 20_000  # nodes of a kind whose names are held as lists: 150 bytes each


@dataclass(frozen=True, slots=True)
class Edges:
    """Relationships of one kind, sorted by (source, target, id).

    ``source`` and ``target`` are positions in the node tables of the kind's two ends; ``table`` has ``id`` and the
    properties, row by row the same relationships.
    """

    source: IntArray
    target: IntArray
    table: pa.Table

    def __len__(self) -> int:
        return len(self.source)


class Snapshot:
    """Nodes, edges and claims of one edition.

    ``nodes[kind]`` is a table sorted by ``id``; ``edges[kind]`` are :class:`Edges`; ``claims`` is sorted by (kind,
    entity, source). A node's position is its row. ``decisions`` are in the order of their log, their subjects
    canonical ids. ``readings`` says when the sources of these claims were read (:data:`READINGS`), ``marks`` what
    people said of themselves that answers have to respect (:data:`MARKS`).
    """

    def __init__(
        self,
        nodes: Mapping[str, pa.Table],
        edges: Mapping[str, Edges],
        claims: pa.Table,
        decisions: Sequence[Decision] = (),
        readings: pa.Table | None = None,
        marks: pa.Table | None = None,
    ) -> None:
        self.nodes = dict(nodes)
        self.edges = dict(edges)
        self.claims = claims
        self.decisions = tuple(decisions)
        self.readings = READINGS.empty_table() if readings is None else readings
        self.marks = MARKS.empty_table() if marks is None else marks
        self._incidence: dict[str, TwoMode] = {}

    @classmethod
    def build(
        cls,
        tables: Mapping[str, pa.Table],
        claims: pa.Table | None = None,
        decisions: Sequence[Decision] = (),
        readings: pa.Table | None = None,
        marks: pa.Table | None = None,
    ) -> Snapshot:
        """Snapshot of entity tables as a store scans them (missing kinds are empty, rows in any order).

        Relationships whose ends are not both among the nodes are left out.
        """
        nodes = {k.name: nodes_of(tables.get(k.name), k.name) for k in NODE_KINDS}
        edges = {k.name: edges_of(tables.get(k.name), k.name, nodes) for k in RELATIONSHIP_KINDS}
        stated = CLAIMS.empty_table() if claims is None else claims
        return cls(nodes, edges, _in_order(stated), decisions, readings, marks)

    def count(self, kind: str) -> int:
        """How many nodes or relationships of a kind there are."""
        return len(self.edges[kind]) if kind in self.edges else self.nodes[kind].num_rows

    def ids(self, kind: str) -> pa.Array:
        """The ids of a node kind, sorted; the index is the position."""
        return in_one(self.nodes[kind]["id"])

    def position(self, kind: str, node_id: str) -> int:
        """Row of a node; :class:`NotFound` when this edition has no such node."""
        if kind in self._labels:
            ids = self._labels[kind][0]
            at = bisect_left(ids, node_id)
            at = at if at < len(ids) and ids[at] == node_id else -1
        else:
            at = self.cells(kind).find("id", node_id)
        if at < 0:
            raise NotFound(f"there is no {BY_NAME[kind].help.split(':')[0].lower()} with id {node_id!r}")
        return at

    def value(self, kind: str, position: int, name: str) -> object:
        """One property of one node, as a Python value."""
        return self.cells(kind).column(name)(position)

    def cells(self, kind: str) -> Cells:
        """The properties of the nodes or relationships of a kind, to look up one by one."""
        if kind not in self._cells:
            self._cells[kind] = Cells(self.edges[kind].table if kind in self.edges else self.nodes[kind])
        return self._cells[kind]

    def names(self, kind: str) -> pa.Array:
        """The names of a node kind, by position."""
        return in_one(self.nodes[kind]["name"])

    def labels(self, kind: str) -> tuple[list[str], list[str]]:
        """Ids and names (empty where there is none) of a node kind as lists: what is looked up one by one."""
        if kind not in self._labels:
            self._labels[kind] = self.ids(kind).to_pylist(), [name or "" for name in self.names(kind).to_pylist()]
        return self._labels[kind]

    def label(self, kind: str, position: int) -> tuple[str, str]:
        """Id and name (empty where there is none) of one node. Of few they are at hand as lists; many stay in files."""
        if kind in self._labels or self.count(kind) <= _AT_HAND:
            return tuple(column[position] for column in self.labels(kind))  # type: ignore[return-value]
        cells = self.cells(kind)
        return cells.column("id")(position), cells.column("name")(position) or ""

    def incidence(self, kind: str) -> TwoMode:
        """Which sources are tied to which targets: each pair once, however many spells; built on first use."""
        if kind not in self._incidence:
            declared = relationship_kind(kind)
            edges = self.edges[kind]
            shape = (self.count(declared.source), self.count(declared.target))
            self._incidence[kind] = TwoMode.from_pairs(edges.source, edges.target, shape)
        return self._incidence[kind]

    def at(self, day: str) -> Snapshot:
        """The same nodes, with the relationships that hold on ``day`` (ISO): begun, as far as known, and not ended.

        What the person concerned disputes does not hold, whatever a source says of it.
        """
        certain = self.edges
        if self.marks.num_rows:
            certain = {n: _certain(edges, self.marks) for n, edges in self.edges.items()}
        present = {n: _kept(edges, holding(edges.table, day)) if _dated(n) else edges for n, edges in certain.items()}
        if all(edges is self.edges[name] for name, edges in present.items()):
            return self
        return self.with_edges({**self.edges, **present})

    def with_edges(self, edges: Mapping[str, Edges]) -> Snapshot:
        """The same nodes, claims, decisions and marks, with other relationships."""
        return Snapshot(self.nodes, edges, self.claims, self.decisions, self.readings, self.marks)

    def declining(self, purpose: str) -> npt.NDArray[np.bool_]:
        """By position, which leaders declined a purpose of :mod:`netofnets.schema.purposes`, as far as it is told."""
        return declining(self.marks, self.ids("leaders"), purpose)

    def unwilling(self) -> npt.NDArray[np.bool_]:
        """By position, which leaders are not to be suggested to anybody, nor named as somebody in between."""
        said_no = pc.fill_null(pc.equal(self.nodes["leaders"]["connect"], False), False)
        return np.asarray(said_no.to_numpy(), dtype=bool) | self.declining(SUGGESTIONS)

    def decided(self, topic: str) -> tuple[Decision, ...]:
        """What was decided on a topic, in the order of the log."""
        return tuple(one for one in self.decisions if one.topic == topic)

    def turned(self, day: str) -> str:
        """The last day up to ``day`` on which a relationship began or was over; empty when there is none.

        Between two such days nothing changes: ``at(day)`` and ``at(turned(day))`` are the same.
        """
        last = ""
        for name in filter(_dated, self.edges):
            table = self.edges[name].table
            ends = [next_day(e) for e in pc.unique(table["end"]).drop_null().to_pylist() if e < day]
            last = max([last, *ends, *(s for s in pc.unique(table["start"]).to_pylist() if s and s <= day)])
        return last

    def next_turn(self, day: str) -> str:
        """The first day after ``day`` on which a relationship begins or is over; empty when there is none."""
        later: list[str] = []
        for name in filter(_dated, self.edges):
            table = self.edges[name].table
            later += [next_day(e) for e in pc.unique(table["end"]).drop_null().to_pylist() if e >= day]
            later += [s for s in pc.unique(table["start"]).to_pylist() if s and s > day]
        return min(later, default="")

    def source_ids(self, kind: str) -> pa.Table:
        """By position: ``source`` and ``source_id`` of the first claim, ``also``: ``source:id`` of the rest."""
        if kind not in self._source_ids:
            self._source_ids[kind] = source_ids(self.claims, kind, self.ids(kind))
        return self._source_ids[kind]

    @cached_property
    def _source_ids(self) -> dict[str, pa.Table]:
        return {}

    @cached_property
    def _cells(self) -> dict[str, Cells]:
        return {}

    @cached_property
    def _labels(self) -> dict[str, tuple[list[str], list[str]]]:
        return {}


def _dated(kind: str) -> bool:
    """Whether relationships of a kind have a first and a last day."""
    return {"start", "end"} <= {p.name for p in relationship_kind(kind).properties}


def _certain(edges: Edges, marks: pa.Table) -> Edges:
    return _kept(edges, pc.invert(no_longer(edges.table, marks)))


def holding(table: pa.Table, day: str) -> pa.ChunkedArray:
    """Which rows with ``start`` and ``end`` hold on a day: begun, as far as known, and not over."""
    begun = pc.less_equal(pc.fill_null(table["start"], ""), day)
    return pc.and_(begun, pc.greater_equal(pc.fill_null(table["end"], "9999"), day))


def _kept(edges: Edges, wanted: pa.ChunkedArray) -> Edges:
    holds = np.asarray(wanted.to_numpy(), dtype=bool)
    if holds.all():
        return edges
    return Edges(edges.source[holds], edges.target[holds], _plain(edges.table.filter(pa.array(holds))))


def _in_order(claims: pa.Table) -> pa.Table:
    """Claims in their order, one column after the other: they are over half of all facts, and are not held thrice."""
    order = pc.sort_indices(claims, [(c, "ascending") for c in ("kind", "entity", "source", "local_id", "values")])
    return pa.table([in_one(column.take(order)) for column in claims.columns], schema=claims.schema.remove_metadata())


def nodes_of(table: pa.Table | None, kind: str) -> pa.Table:
    """The nodes of a kind by id, of a table as a store scans it."""
    rows = _typed(table, kind)
    ids = in_one(rows["id"])
    in_order = len(ids) < 2 or pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py()  # as stores scan them
    return _plain(rows if in_order else rows.sort_by([("id", "ascending")]))


def _typed(table: pa.Table | None, kind: str) -> pa.Table:
    schema = arrow_schema(kind)
    if table is None or table.num_rows == 0:
        return schema.empty_table()
    return table.select(schema.names).cast(schema)


def edges_of(table: pa.Table | None, kind: str, nodes: Mapping[str, pa.Table]) -> Edges:
    """The relationships of a kind whose ends are both among the nodes, of a table as a store scans it."""
    declared = relationship_kind(kind)
    rows = _typed(table, kind)
    source = pc.index_in(in_one(rows["from_id"]), value_set=in_one(nodes[declared.source]["id"]))
    target = pc.index_in(in_one(rows["to_id"]), value_set=in_one(nodes[declared.target]["id"]))
    if source.null_count or target.null_count:
        both = pc.and_(source.is_valid(), target.is_valid())
        rows, source, target = rows.filter(both), source.filter(both), target.filter(both)
    s, t = (np.asarray(a.to_numpy(zero_copy_only=False), dtype=np.int32) for a in (source, target))
    order = _order(s, t, rows["id"])
    kept = _plain(rows.drop_columns(["from_id", "to_id"]).take(pa.array(order)))
    return Edges(s[order], t[order], kept)


def _order(source: IntArray, target: IntArray, ids: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Rows by source, target and id. Only rows of the same pair need their ids compared, and such rows are few."""
    pair = source.astype(np.int64) * (int(target.max(initial=0)) + 1) + target
    order = np.argsort(pair, kind="stable")
    equal = np.flatnonzero(np.diff(pair[order]) == 0)
    if len(equal):
        at = np.union1d(equal, equal + 1)
        rows = order[at]
        names = np.asarray(ids.take(pa.array(rows)).to_pylist(), dtype=np.str_)
        order[at] = rows[np.lexsort((names, pair[rows]))]
    return order


def _plain(table: pa.Table) -> pa.Table:
    """One chunk a column, no offsets into larger buffers: equal facts give equal bytes."""
    return pa.table([in_one(c) for c in table.combine_chunks().columns], schema=table.schema.remove_metadata())

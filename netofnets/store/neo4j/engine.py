"""The joins as Cypher on the server of the store, and communities and betweenness by Graph Data Science where it is.

What is counted is an edition: cut down for an audience and a day. The server stores neither, so the edition's positions
are sent with each statement; nothing is written, and no name and no id leaves this process.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import numpy as np
import pyarrow as pa
from neo4j import READ_ACCESS, Driver

from netofnets.errors import EngineError
from netofnets.settings import Settings
from netofnets.store.neo4j.connection import connect, translated

__all__ = ["Neo4jEngine"]

_ROWS = 20_000  # of a statement that takes its rows in parts
_PAIR = ("first", "second")
_JOINED = (*_PAIR, "leader")

_SHARED: LiteralString = """
UNWIND $rows AS own
UNWIND range(0, size(own) - 2) AS i
UNWIND range(i + 1, size(own) - 1) AS j
RETURN own[i] AS first, own[j] AS second, count(*) AS shared
"""

_INSIDE: LiteralString = """
UNWIND $rows AS own
WITH own[0] AS leader, own[1] AS own
UNWIND range(0, size(own) - 2) AS i
UNWIND range(i + 1, size(own) - 1) AS j
RETURN own[i] AS first, own[j] AS second, leader, true AS both
"""

# A tie once for each two networks that it joins, from either end.
_ENDS: LiteralString = """
UNWIND $ties AS tie
WITH tie, $networks[tie[0]] AS own, $networks[tie[1]] AS theirs
UNWIND [n IN own WHERE NOT n IN theirs] AS near
UNWIND [n IN theirs WHERE NOT n IN own] AS far
WITH tie, CASE WHEN near < far THEN near ELSE far END AS first, CASE WHEN near < far THEN far ELSE near END AS second
UNWIND [[tie[0], tie[1]], [tie[1], tie[0]]] AS ends
WITH first, second, ends[0] AS leader, ends[1] AS other, tie[2] AS weight
"""

_PARTNERS: LiteralString = (
    _ENDS + "RETURN first, second, leader, sum(weight) AS carried, count(*) AS partners ORDER BY first, second, leader"
)

# A sum of floats hangs on its order: what is added up is sorted first.
_HANGING: LiteralString = (
    _ENDS
    + """
WITH first, second, leader, $partners[toString(first) + ' ' + toString(second) + ' ' + toString(other)] AS theirs
ORDER BY theirs
WITH first, second, leader, collect(theirs) AS theirs
RETURN first, second, leader, reduce(sum = 0.0, n IN theirs | sum + 1.0 / n) AS hanging
ORDER BY first, second, leader
"""
)

_SPREAD: LiteralString = """
UNWIND $rows AS own
UNWIND range(0, size(own[1]) - 1) AS i
WITH own[0] AS row, $labels[own[1][i]] AS label, own[1][i] AS column, own[2][i] AS weight
ORDER BY row, label, column
WITH row, label, reduce(sum = 0.0, one IN collect(weight) | sum + one) AS weight
ORDER BY row, label
WITH row, collect([label, weight]) AS groups
RETURN row, reduce(sum = 0.0, one IN groups | sum + one[1]) AS strength,
  reduce(sum = 0.0, one IN groups | CASE WHEN one[0] < 0 THEN sum ELSE sum + one[1] * one[1] END) AS squares
ORDER BY row
"""

_PROJECT: LiteralString = """
UNWIND $ties AS tie
WITH gds.graph.project($graph, tie[0], tie[1], {relationshipProperties: {weight: tie[2]}},
  {undirectedRelationshipTypes: ['*']}) AS made
RETURN made.nodeCount AS nodes
"""
_LEIDEN: LiteralString = """
CALL gds.leiden.stream($graph, {relationshipWeightProperty: 'weight', gamma: $resolution, randomSeed: $seed,
  concurrency: 1}) YIELD nodeId, communityId
RETURN nodeId AS node, communityId AS label ORDER BY node
"""
_BETWEENNESS: LiteralString = (
    "CALL gds.betweenness.stream($graph) YIELD nodeId, score RETURN nodeId AS node, score ORDER BY node"
)


class Neo4jEngine:
    """See :class:`netofnets.analysis.engine.Engine`; ``betweenness`` is what Graph Data Science has besides."""

    name = "neo4j"

    def __init__(self, url: str, driver: Driver, database: str) -> None:
        self.url, self._driver, self._database = url, driver, database

    @classmethod
    def open(cls, settings: Settings) -> Neo4jEngine:
        """Connect to the server of the store."""
        database = settings["neo4j_database"]
        return cls(settings.store, connect(settings.store, settings, database), database)

    def shared(self, memberships: pa.Table) -> pa.Table:
        """Pairs of networks with members in common, a part of the leaders at a time: counts add up."""
        own = [networks for _, networks in _by_row(memberships) if len(networks) > 1]
        kinds = {"first": pa.int64(), "second": pa.int64(), "shared": pa.int64()}
        parts = [_table(self._asked(_SHARED, rows=rows), kinds) for rows in _parts(own)]
        counted = pa.concat_tables(parts).group_by(list(_PAIR)).aggregate([("shared", "sum")])
        return _sorted(counted.rename_columns({"shared_sum": "shared"}).select(list(kinds)), _PAIR)

    def joined(self, memberships: pa.Table, ties: pa.Table, related: pa.Table) -> pa.Table:
        """Who joins which pairs. Partners are counted first and handed back: Cypher makes no map that is looked up."""
        keys = dict.fromkeys(_JOINED, pa.int64())
        own = _by_row(memberships)
        wide = [[leader, networks] for leader, networks in own if len(networks) > 1]
        inside = [_table(self._asked(_INSIDE, rows=rows), {**keys, "both": pa.bool_()}) for rows in _parts(wide)]
        given = {"ties": _rows(ties), "networks": _listed(own, ties)}
        counted = self._asked(_PARTNERS, **given)
        partners = {f"{row[0]} {row[1]} {row[2]}": row[4] for row in counted}
        hanging = self._asked(_HANGING, **given, partners=partners)
        across = _table(counted, {**keys, "carried": pa.int64(), "partners": pa.int64()}).append_column(
            "hanging", pa.array([row[3] for row in hanging], pa.float64())
        )
        found = pa.concat_tables(inside).join(across, list(_JOINED), join_type="full outer")
        kin = related.rename_columns(list(_PAIR)) if related.num_rows else related
        found = found.join(kin, list(_PAIR), join_type="left anti") if related.num_rows else found
        filled = {"both": False, "carried": 0, "partners": 0, "hanging": 0.0}
        columns = {name: found[name].fill_null(value) for name, value in filled.items()}
        return _sorted(pa.table({**{name: found[name] for name in _JOINED}, **columns}), _JOINED)

    def spread(self, weights: pa.Table, labels: pa.Table) -> pa.Table:
        """Weights by group, and their squares, a part of the rows at a time."""
        kinds = {"row": pa.int64(), "strength": pa.float64(), "squares": pa.float64()}
        of = np.full(_most(weights["column"], labels["node"]), -1, dtype=np.int64)
        of[labels["node"].to_numpy()] = labels["label"].to_numpy()
        parts = _parts([[row, columns, own] for row, columns, own in _by_row(weights)])
        found = [_table(self._asked(_SPREAD, rows=rows, labels=of.tolist()), kinds) for rows in parts]
        return pa.concat_tables(found).combine_chunks()

    def labels(self, ties: pa.Table, resolution: float, seed: int) -> pa.Table:
        """Leiden of Graph Data Science, on one thread: on several, a seed does not settle its answer."""
        with self._projected(ties) as graph:
            found = self._asked(_LEIDEN, graph=graph, resolution=resolution, seed=seed)
        return _table(found, {"node": pa.int64(), "label": pa.int64()})

    def betweenness(self, ties: pa.Table) -> pa.Table:
        """``node`` and ``score``: shortest paths between all others that pass there, ties unweighted, exact."""
        with self._projected(ties) as graph:
            found = self._asked(_BETWEENNESS, graph=graph)
        return _table(found, {"node": pa.int64(), "score": pa.float64()})

    def close(self) -> None:
        """Close the connection."""
        self._driver.close()

    @contextmanager
    def _projected(self, ties: pa.Table) -> Iterator[str]:
        """The ties as an undirected graph in the server's memory, for as long as it is needed."""
        graph = f"netofnets-{uuid.uuid4().hex}"
        if not self._asked("SHOW PROCEDURES YIELD name WHERE name = 'gds.leiden.stream' RETURN name"):
            raise EngineError(
                f"{self.url} has no Graph Data Science, which finds communities and betweenness there; install the "
                "plugin, or use engine local"
            )
        self._asked(_PROJECT, graph=graph, ties=_rows(ties))
        try:
            yield graph
        finally:
            self._asked("CALL gds.graph.drop($graph) YIELD graphName RETURN graphName", graph=graph)

    def _asked(self, statement: LiteralString, **parameters: Any) -> list[list[Any]]:
        with (
            translated(self.url),
            self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session,
        ):
            return [list(record) for record in session.run(statement, parameters)]


def _rows(table: pa.Table) -> list[list[Any]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def _by_row(table: pa.Table) -> list[list[Any]]:
    """``[row, columns, ...]`` for each row, columns (and what else there is of them) in order."""
    ordered = _sorted(table, ("row", "column"))
    rows = ordered["row"].to_numpy()
    begins = np.flatnonzero(np.diff(rows, prepend=-1))
    ends = np.append(begins, len(rows))[1:]
    others = [column.to_pylist() for column in ordered.drop_columns(["row"]).columns]
    return [
        [int(rows[a]), *(other[a:b] for other in others)] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)
    ]


def _listed(own: Sequence[Sequence[Any]], ties: pa.Table) -> list[list[int]]:
    """The networks of each leader, by position."""
    listed: list[list[int]] = [[] for _ in range(max(_most(ties["row"], ties["column"]), own[-1][0] + 1 if own else 0))]
    for leader, networks in own:
        listed[leader] = networks
    return listed


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A statement's worth of rows at a time; at least one part, so that there is always an answer."""
    return (rows[at : at + _ROWS] for at in range(0, max(len(rows), 1), _ROWS))


def _table(rows: Sequence[Sequence[Any]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    return pa.table({name: pa.array(list(c), kind) for (name, kind), c in zip(kinds.items(), columns, strict=True)})


def _sorted(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    return table.sort_by([(key, "ascending") for key in keys]).combine_chunks()


def _most(*columns: pa.ChunkedArray) -> int:
    return max(int(column.to_numpy().max(initial=-1)) for column in columns) + 1

"""The joins as Cypher on the server of the store, and communities and betweenness by Graph Data Science where it is.

What is counted is an edition: cut down for an audience and a day. The server stores neither, so the edition's positions
are sent with each statement; nothing is written, and no name and no id leaves this process.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import Any, LiteralString

import numpy as np
import pyarrow as pa
from neo4j import READ_ACCESS, Driver

from netofnets.errors import EngineError
from netofnets.settings import Settings
from netofnets.store.neo4j.connection import asking, connect

__all__ = ["Neo4jEngine"]

_ROWS = 20_000  # of one statement: the server's memory holds what it groups
_PEOPLE = 10_000  # of one that is given their partners as well
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

# ``$networks`` and ``$ties`` ([partner, weight]) are lists by person. A tie counts once for each two networks that it
# joins; whoever is at its other end has so many partners in these as are in the near one and not in the far one. A sum
# of floats hangs on its order: what is added up is sorted first.
_ACROSS: LiteralString = """
UNWIND $rows AS leader
UNWIND $ties[leader] AS tie
WITH leader, tie[0] AS other, tie[1] AS weight
UNWIND [n IN $networks[leader] WHERE NOT n IN $networks[other]] AS near
UNWIND [n IN $networks[other] WHERE NOT n IN $networks[leader]] AS far
WITH leader, weight,
  CASE WHEN near < far THEN near ELSE far END AS first, CASE WHEN near < far THEN far ELSE near END AS second,
  size([x IN $ties[other] WHERE near IN $networks[x[0]] AND NOT far IN $networks[x[0]]]) AS theirs
ORDER BY theirs
WITH first, second, leader, sum(weight) AS carried, collect(theirs) AS theirs
RETURN first, second, leader, carried, size(theirs) AS partners,
  reduce(sum = 0.0, n IN theirs | sum + 1.0 / n) AS hanging
"""

_SPREAD: LiteralString = """
UNWIND $rows AS own
UNWIND range(0, size(own[1]) - 1) AS i
WITH own[0] AS row, own[1][i] AS column, own[2][i] AS weight, own[3][i] AS label
ORDER BY row, label, column
WITH row, label, reduce(sum = 0.0, one IN collect(weight) | sum + one) AS weight
ORDER BY row, label
WITH row, collect([label, weight]) AS groups
RETURN row, reduce(sum = 0.0, one IN groups | sum + one[1]) AS strength,
  reduce(sum = 0.0, one IN groups | CASE WHEN one[0] < 0 THEN sum ELSE sum + one[1] * one[1] END) AS squares
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
        kinds: dict[str, pa.DataType] = dict.fromkeys((*_PAIR, "shared"), pa.int64())
        counted = self._in_parts(_SHARED, own, kinds).group_by(list(_PAIR)).aggregate([("shared", "sum")])
        return _sorted(counted.rename_columns({"shared_sum": "shared"}).select(list(kinds)), _PAIR)

    def joined(self, memberships: pa.Table, ties: pa.Table, related: pa.Table) -> pa.Table:
        """Who joins which pairs, a part of the leaders at a time, each with whom they and their partners work with."""
        keys = dict.fromkeys(_JOINED, pa.int64())
        wide = [row for row in _by_row(memberships) if len(row[1]) > 1]
        inside = self._in_parts(_INSIDE, wide, {**keys, "both": pa.bool_()})
        counts = {"carried": pa.int64(), "partners": pa.int64(), "hanging": pa.float64()}
        across = self._across(memberships, ties, {**keys, **counts})
        found = inside.join(across, list(_JOINED), join_type="full outer")
        if related.num_rows:
            found = found.join(related.rename_columns(list(_PAIR)), list(_PAIR), join_type="left anti")
        filled = {"both": False, "carried": 0, "partners": 0, "hanging": 0.0}
        columns = {name: found[name].fill_null(value) for name, value in filled.items()}
        return _sorted(pa.table({**{name: found[name] for name in _JOINED}, **columns}), _JOINED)

    def spread(self, weights: pa.Table, labels: pa.Table) -> pa.Table:
        """Weights by group, and their squares, a part of the rows at a time."""
        of = np.full(_most(weights["column"], labels["node"]), -1, dtype=np.int64)
        of[labels["node"].to_numpy()] = labels["label"].to_numpy()
        given = weights.append_column("label", pa.array(of[weights["column"].to_numpy()]))
        kinds = {"row": pa.int64(), "strength": pa.float64(), "squares": pa.float64()}
        return _sorted(self._in_parts(_SPREAD, _by_row(given), kinds), ("row",))

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

    def _across(self, memberships: pa.Table, ties: pa.Table, kinds: Mapping[str, pa.DataType]) -> pa.Table:
        people = _most(memberships["row"], ties["row"], ties["column"])
        networks = _listed(((row, columns) for row, columns in _by_row(memberships)), people)
        turned = ties.rename_columns(["column", "row", "weight"]).select(ties.column_names)
        both = _by_row(pa.concat_tables([ties, turned]))
        partners = _listed(((row, list(map(list, zip(*of, strict=True)))) for row, *of in both), people)
        found = []
        for at in range(0, max(people, 1), _PEOPLE):
            leaders = range(at, min(at + _PEOPLE, people))
            near = {tie[0] for leader in leaders for tie in partners[leader]}.union(leaders)
            around = {tie[0] for other in near for tie in partners[other]} | near
            given = {"networks": _only(networks, around), "ties": _only(partners, near)}
            found.append(_table(self._asked(_ACROSS, rows=list(leaders), **given), kinds))
        return pa.concat_tables(found)

    def _in_parts(
        self, statement: LiteralString, rows: Sequence[Sequence[Any]], kinds: Mapping[str, pa.DataType]
    ) -> pa.Table:
        """The answers for all rows, a statement's worth at a time; one at least, so that there always is an answer."""
        parts = (rows[at : at + _ROWS] for at in range(0, max(len(rows), 1), _ROWS))
        return pa.concat_tables([_table(self._asked(statement, rows=part), kinds) for part in parts])

    def _asked(self, statement: LiteralString, **parameters: Any) -> list[list[Any]]:
        with (
            asking(self._driver, self.url),
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


def _listed(rows: Iterable[tuple[int, list[Any]]], people: int) -> list[list[Any]]:
    """What is told of each person, by position; nothing of those who are not among the rows."""
    told: list[list[Any]] = [[] for _ in range(people)]
    for person, of in rows:
        told[person] = of
    return told


def _only(told: list[list[Any]], wanted: Set[int]) -> list[list[Any]]:
    """The same list by position, with what is told of others left out."""
    return [of if person in wanted else [] for person, of in enumerate(told)]


def _table(rows: Sequence[Sequence[Any]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    return pa.table({name: pa.array(list(c), kind) for (name, kind), c in zip(kinds.items(), columns, strict=True)})


def _sorted(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    return table.sort_by([(key, "ascending") for key in keys]).combine_chunks()


def _most(*columns: pa.ChunkedArray) -> int:
    return max(int(column.to_numpy().max(initial=-1)) for column in columns) + 1

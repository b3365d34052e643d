"""What an analysis found, as nodes and relationships beside the facts: communities, blocks, overlaps, and their run.

All of it carries ``nn_analysis``, the id of its run, by which it is told from what others keep under the same labels;
a fact is never read from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import pyarrow as pa

from netofnets.errors import StoreError
from netofnets.schema.kinds import BY_NAME, node_kind
from netofnets.store.base import FoundThings, FoundTies
from netofnets.store.literal import spelled

__all__ = ["Findings", "clear", "put"]

_ROWS = 10_000
_NODES = 20  # of things at a time: thousands of ties hang on one
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}\Z")
_ALWAYS = (("Community", "NetworkBlock"), ("OVERLAPS_WITH",))  # also where this run has none
_RUN = "FOUND"

Write = Callable[[LiteralString, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Findings:
    """Things and ties to be written; labels and types are words of ours, never of a user."""

    things: Sequence[FoundThings] = field(default=())
    ties: Sequence[FoundTies] = field(default=())


def clear(write: Write, found: Findings, prefix: LiteralString) -> None:
    """Remove what earlier runs found, some thousands at a time."""
    labels = {*_ALWAYS[0], *(things.label for things in found.things)}
    for label in sorted(labels):
        text = f"MATCH (x:{_label(label, prefix)}) WHERE x.nn_analysis IS NOT NULL WITH x LIMIT $rows"
        while write(f"{text} DETACH DELETE x RETURN count(*)", {"rows": _NODES}):
            pass
    # Ties between things went with them; those between networks are left.
    for tie in sorted({*_ALWAYS[1], *(ties.type for ties in found.ties if ties.end in BY_NAME)}):
        text = f"MATCH ()-[x:{_type(tie, prefix)}]->() WHERE x.nn_analysis IS NOT NULL WITH x LIMIT $rows"
        while write(f"{text} DELETE x RETURN count(*)", {"rows": _ROWS}):
            pass


def put(write: Write, found: Findings, run: str, prefix: LiteralString) -> None:
    """Write everything that the run with this id found."""
    analysis = f"MATCH (r:{prefix}AnalysisRun {{id: $run}}) WHERE r.content_hash IS NOT NULL"
    for things in found.things:
        thing = f"(x:{_label(things.label, prefix)} {{id: row.id, nn_analysis: $run}})"
        text = f"{analysis} UNWIND $rows AS row MERGE {thing} SET x += row.p MERGE (r)-[:{_type(_RUN, prefix)}]->(x)"
        for rows in _rows(things.table, ("id",), run):
            write(f"{text} RETURN count(x)", {"rows": rows, "run": run})
    for ties in found.ties:
        ends = f"MATCH {_end('a', ties.start, 'from_id', prefix)} MATCH {_end('b', ties.end, 'to_id', prefix)}"
        tie = f"(a)-[x:{_type(ties.type, prefix)} {{nn_analysis: $run}}]->(b)"
        text = f"UNWIND $rows AS row {ends} MERGE {tie}"
        for rows in _rows(ties.table, ("from_id", "to_id"), run):
            write(f"{text} SET x += row.p RETURN count(x)", {"rows": rows, "run": run})


def _rows(table: pa.Table, ids: tuple[str, ...], run: str) -> Iterator[list[dict[str, Any]]]:
    for batch in table.to_batches(max_chunksize=_ROWS):
        yield [
            {**{name: row.pop(name) for name in ids}, "p": {**_checked(row), "nn_analysis": run}}
            for row in batch.to_pylist()
        ]


def _checked(row: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in row:
        _word(name)
    return row


def _end(variable: LiteralString, name: str, column: LiteralString, prefix: LiteralString) -> LiteralString:
    """The pattern of an end: a node of a kind of ours, or a thing that this run found."""
    if name in BY_NAME:
        return f"({variable}:{prefix}{node_kind(name).label} {{id: row.{column}}})"
    return f"({variable}:{_label(name, prefix)} {{id: row.{column}, nn_analysis: $run}})"


def _label(name: str, prefix: LiteralString) -> LiteralString:
    return prefix + _word(name)


def _type(name: str, prefix: LiteralString) -> LiteralString:
    return f"{prefix.upper()}_{_word(name)}" if prefix else _word(name)


def _word(name: str) -> LiteralString:
    if not _WORD.match(name):
        raise StoreError(f"what was found cannot be called {name!r}: use letters, digits and _")
    return spelled(name)

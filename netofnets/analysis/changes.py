"""A snapshot with one thing changed: somebody steps back, two people meet, two networks become one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Edges, IntArray, Snapshot
from netofnets.schema.kinds import RELATIONSHIP_KINDS

__all__ = ["Change", "Join", "Meet", "Without", "changed"]


@dataclass(frozen=True, slots=True)
class Without:
    """A leader (position) steps back from everything."""

    leader: int


@dataclass(frozen=True, slots=True)
class Meet:
    """Two leaders (positions) begin to work with each other."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Join:
    """Two networks (positions) become one: the first, with the members, parts and partners of both."""

    first: int
    second: int


Change = Without | Meet | Join


def changed(snapshot: Snapshot, change: Change) -> Snapshot:
    """The snapshot after ``change``; positions stay, whoever stepped back and a network that is gone have no ties.

    :class:`SettingsError` for one person who meets, or one network that joins, itself.
    """
    if isinstance(change, Without):
        return _with(snapshot, lambda kind, s, t: _untied(kind, s, t, change.leader))
    if change.first == change.second:
        raise SettingsError("name two: nobody meets, and no network joins, itself")
    if isinstance(change, Meet):
        return _met(snapshot, change)
    return _with(snapshot, lambda kind, s, t: _joined(kind, s, t, change))


_Ends = Callable[[str, IntArray, IntArray], tuple[IntArray, IntArray]]


def _with(snapshot: Snapshot, ends: _Ends) -> Snapshot:
    """The snapshot with other ends; an end of -1 takes the relationship away."""
    edges = {}
    for name, own in snapshot.edges.items():
        source, target = ends(name, own.source, own.target)
        edges[name] = own if source is own.source and target is own.target else _sorted(source, target, own.table)
    return snapshot.with_edges(edges)


def _untied(kind: str, source: IntArray, target: IntArray, leader: int) -> tuple[IntArray, IntArray]:
    declared = _ENDS[kind]
    gone = np.zeros(len(source), dtype=bool)
    if declared[0] == "leaders":
        gone |= source == leader
    if declared[1] == "leaders":
        gone |= target == leader
    return (np.where(gone, -1, source).astype(np.int32), target) if gone.any() else (source, target)


def _joined(kind: str, source: IntArray, target: IntArray, change: Join) -> tuple[IntArray, IntArray]:
    declared = _ENDS[kind]
    if declared[0] == "networks":
        source = np.where(source == change.second, change.first, source).astype(np.int32)
    if declared[1] == "networks":
        target = np.where(target == change.second, change.first, target).astype(np.int32)
    if declared == ("networks", "networks"):
        source = np.where(source == target, -1, source).astype(np.int32)  # no part of itself
    return source, target


def _met(snapshot: Snapshot, change: Meet) -> Snapshot:
    own = snapshot.edges["collaborations"]
    row = dict.fromkeys(own.table.column_names) | {"id": "what-if"}
    table = pa.concat_tables([own.table, pa.Table.from_pylist([row], schema=own.table.schema)])
    source = np.append(own.source, np.int32(change.first)).astype(np.int32)
    target = np.append(own.target, np.int32(change.second)).astype(np.int32)
    return snapshot.with_edges({**snapshot.edges, "collaborations": _sorted(source, target, table)})


def _sorted(source: IntArray, target: IntArray, table: pa.Table) -> Edges:
    order = np.lexsort((target, source))
    order = order[source[order] >= 0]
    return Edges(source[order], target[order], table.take(pa.array(order)).combine_chunks())


_ENDS = {kind.name: (kind.source, kind.target) for kind in RELATIONSHIP_KINDS}

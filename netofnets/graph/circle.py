"""The circle of somebody who looks: the people of their own networks, as facts, each as far as that person allows.

No analysis is made of it and nothing is counted: what a page says of somebody in the circle is what a row says of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.confided import withhold_confided
from netofnets.graph.cut import (
    Levels,
    drop_loose_ends,
    drop_orphans,
    plain_interests,
    visible_leaders,
    without_sensitive,
)
from netofnets.graph.marks import for_circle, words_for
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import RelationshipKind, Visibility
from netofnets.schema.policy import Standing, Who, standing

__all__ = ["Circle", "circle_of", "read_levels", "rows_about"]

_Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Circle:
    """The facts, and by leader what ``who`` is to them and which networks (ids) make it so."""

    facts: Snapshot
    standings: dict[str, Standing]
    through: dict[str, tuple[str, ...]]


def circle_of(everybody: Snapshot, present: Snapshot, levels: Levels, who: Who) -> Circle:
    """The people who are in a network of ``who`` today, and what ``who`` may see of them.

    ``everybody`` is the snapshot of organizers with its claims, ``present`` the same with what holds today. A sensitive
    network that is none of theirs is left out, and whatever only its roster says; so is whoever blocks them.
    """
    through = {leader: networks for leader, networks in _through(present, who).items() if leader not in who.unseen}
    people = np.searchsorted(np.asarray(everybody.labels("leaders")[0]), sorted(through)).astype(np.int64)
    kept, claims = rows_about(everybody, people)
    ids = kept["leaders"]["id"].to_pylist()
    standings = {i: standing(who, i, frozenset(through[i])) for i in ids}
    theirs = sorted(who.networks)
    kept["leaders"] = visible_leaders(kept["leaders"], levels, [standings[i] for i in ids])
    trusted = [i for i, one in standings.items() if one is Standing.ORGANIZER]
    for_circle(kept, everybody.marks, trusted, who.record)
    drop_loose_ends(kept)
    withhold_confided(kept, claims, open_to=theirs)
    kept["networks"] = without_sensitive(kept["networks"], theirs)
    drop_loose_ends(kept)
    drop_orphans(kept)
    drop_loose_ends(kept)
    kept["interests"] = plain_interests(kept["interests"], everybody.claims)
    seen = set(kept["leaders"]["id"].to_pylist())
    told = words_for(everybody.marks, kept, trusted)
    return Circle(
        Snapshot.build(kept, marks=told),
        {i: one for i, one in standings.items() if i in seen},
        {i: networks for i, networks in through.items() if i in seen},
    )


def read_levels(table: pa.Table) -> dict[tuple[str, str], Visibility]:
    """The choices that are published (:data:`netofnets.schema.arrow.LEVELS`)."""
    columns = (table[name].to_pylist() for name in ("leader", "field", "level"))
    return {(leader, field): Visibility(level) for leader, field, level in zip(*columns, strict=True)}


def _through(present: Snapshot, who: Who) -> dict[str, tuple[str, ...]]:
    """By leader the networks of ``who`` that the leader is in."""
    ids, _ = present.labels("networks")
    wanted = [at for at, network in enumerate(ids) if network in who.networks]
    memberships = present.incidence("memberships")
    found: dict[str, list[str]] = {}
    leaders, _ = present.labels("leaders")
    for network in wanted:
        for leader in memberships.actors_of(network).tolist():
            found.setdefault(leaders[leader], []).append(ids[network])
    return {leader: tuple(networks) for leader, networks in found.items()}


def rows_about(everybody: Snapshot, people: _Rows) -> tuple[dict[str, pa.Table], pa.Table]:
    """The rows about these people, and the claims behind them."""
    kept = {kind.name: everybody.nodes[kind.name] for kind in NODE_KINDS}
    kept["leaders"] = kept["leaders"].take(pa.array(people))
    for kind in RELATIONSHIP_KINDS:
        kept[kind.name] = _rows(everybody, kind, _among(everybody, kind, people))
    about = [kept["leaders"]["id"], *(kept[kind.name]["id"] for kind in RELATIONSHIP_KINDS if _of_leaders(kind))]
    ids = pa.concat_arrays([column.combine_chunks() for column in about])
    return kept, everybody.claims.filter(pc.is_in(everybody.claims["entity"], value_set=ids))


def _of_leaders(kind: RelationshipKind) -> bool:
    return "leaders" in (kind.source, kind.target)


def _among(everybody: Snapshot, kind: RelationshipKind, people: _Rows) -> _Rows:
    edges = everybody.edges[kind.name]
    held = np.ones(len(edges), dtype=bool)
    for end, at in ((kind.source, edges.source), (kind.target, edges.target)):
        if end == "leaders":
            held &= np.isin(at, people)
    return np.flatnonzero(held)


def _rows(everybody: Snapshot, kind: RelationshipKind, rows: _Rows) -> pa.Table:
    edges, schema = everybody.edges[kind.name], arrow_schema(kind.name)
    ends: Sequence[tuple[str, str, npt.NDArray[np.int32]]] = (
        ("from_id", kind.source, edges.source),
        ("to_id", kind.target, edges.target),
    )
    table = edges.table.take(pa.array(rows))
    for column, end, at in ends:
        table = table.append_column(column, everybody.ids(end).take(pa.array(at[rows])))
    return table.select(schema.names).cast(schema)

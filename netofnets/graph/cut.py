"""Cutting tables down to what somebody may see: people, their fields, and what hangs on nobody who is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.claims import claims_of
from netofnets.schema.kinds import LEADERS, RELATIONSHIP_KINDS
from netofnets.schema.model import Visibility
from netofnets.schema.policy import IMPORTED, Standing, may_see

__all__ = [
    "Levels",
    "Tables",
    "drop_loose_ends",
    "drop_orphans",
    "only",
    "plain_interests",
    "visible_leaders",
    "without_sensitive",
]

Tables = Mapping[str, pa.Table]

Levels = Mapping[tuple[str, str], Visibility]
"""(leader id, field) to the level that the person chose; field ``""`` is the whole person."""


def only(rows: pa.Table, wanted: pa.Array | pa.ChunkedArray) -> pa.Table:
    """The rows that are wanted; the table itself, not a copy, where all of them are."""
    return rows if pc.all(wanted, skip_nulls=False).as_py() else rows.filter(wanted)


def visible_leaders(leaders: pa.Table, levels: Levels, standings: Standing | Sequence[Standing]) -> pa.Table:
    """The leaders whom somebody sees who stands so to all or to each of them, without the fields not for them."""
    whole = {leader: level for (leader, field), level in levels.items() if not field}
    seen = _allowed(leaders["id"], standings, whole, {}, private=False)
    left = only(leaders, pa.array(seen, pa.bool_()))
    stands = standings if isinstance(standings, Standing) else list(compress(standings, seen))
    chosen: dict[str, dict[str, Visibility]] = {}
    for (leader, field), level in levels.items():
        if field:
            chosen.setdefault(field, {})[leader] = level
    for prop in LEADERS.properties:
        own = chosen.get(prop.name, {})
        if prop.private or own:
            shown = pa.array(_allowed(left["id"], stands, whole, own, private=prop.private), pa.bool_())
            column = pc.if_else(shown, left[prop.name], pa.scalar(None, left[prop.name].type))
            left = left.set_column(left.schema.get_field_index(prop.name), prop.name, column)
    return left


def _allowed(
    ids: pa.ChunkedArray,
    standings: Standing | Sequence[Standing],
    whole: Mapping[str, Visibility],
    own: Mapping[str, Visibility],
    *,
    private: bool,
) -> npt.NDArray[np.bool_]:
    """By leader, whether they are shown, or a field is of which some chose their ``own`` level.

    Those who chose nothing are treated alike, and are nearly all; the others are looked up.
    """
    if isinstance(standings, Standing):
        found = np.full(len(ids), may_see(standings, IMPORTED, private=private))
    else:
        usual = {one: may_see(one, IMPORTED, private=private) for one in set(standings)}
        found = np.fromiter((usual[one] for one in standings), bool, len(ids))
    chose = sorted({*whole, *own})
    places = pc.index_in(pa.array(chose, pa.string()), value_set=ids.combine_chunks()).to_pylist()
    for leader, at in zip(chose, places, strict=True):
        if at is not None:
            stands = standings if isinstance(standings, Standing) else standings[at]
            found[at] = may_see(stands, whole.get(leader, IMPORTED), own.get(leader), private=private)
    return found


def without_sensitive(networks: pa.Table, open_to: Sequence[str] = ()) -> pa.Table:
    """The networks that are not sensitive, or open to whoever looks."""
    sensitive = pc.fill_null(networks["sensitive"], False)
    theirs = pc.is_in(networks["id"], value_set=pa.array(open_to, pa.string()))
    return only(networks, pc.or_(pc.invert(sensitive), theirs))


def drop_loose_ends(kept: dict[str, pa.Table], since: Tables | None = None) -> None:
    """Leave out the relationships of which an end is missing, in place.

    ``since`` is what ``kept`` was when no tie was loose: between kinds of nodes that have lost nobody since, none is.
    """
    for kind in RELATIONSHIP_KINDS:
        rows = kept[kind.name]
        if since and all(kept[one].num_rows == since[one].num_rows for one in (kind.source, kind.target)):
            continue
        both = pc.and_(
            pc.is_in(rows["from_id"], value_set=kept[kind.source]["id"].combine_chunks()),
            pc.is_in(rows["to_id"], value_set=kept[kind.target]["id"].combine_chunks()),
        )
        kept[kind.name] = only(rows, both)


def drop_orphans(kept: dict[str, pa.Table], named: Collection[str] = ()) -> None:
    """Keep the interests, organizations and activities that something visible is tied to, credentials somebody holds.

    What is tied to nobody goes too: it would otherwise vanish the day that somebody hidden is tied to it, and tell so.
    ``named`` are interests (ids) that stay all the same.
    """
    held = pc.unique(kept["leader_credentials"]["to_id"])
    kept["credentials"] = _among(kept["credentials"], "id", held)
    kept["credential_issuers"] = _among(kept["credential_issuers"], "from_id", held)
    for kind in ("interests", "organizations", "activities"):
        tied = _tied(kind, kept)
        if kind == "interests":
            tied = pa.array(sorted(_with_kin(tied, kept).union(named)), pa.string())
        kept[kind] = _among(kept[kind], "id", tied)


def plain_interests(interests: pa.Table, claims: pa.Table) -> pa.Table:
    """Interests under the wording that all spellings share: whose spelling it was would tell of people."""
    own = claims_of(claims, "interests")
    told = zip(own["entity"].to_pylist(), own["local_id"].to_pylist(), strict=True)
    shared = dict(sorted(told, reverse=True))  # of several wordings the first by alphabet, in whatever order they come
    names = [
        shared.get(i) or n for i, n in zip(interests["id"].to_pylist(), interests["name"].to_pylist(), strict=True)
    ]
    schema = interests.schema
    plain = interests.set_column(schema.get_field_index("name"), "name", pa.array(names, pa.string()))
    empty = pa.array([None] * interests.num_rows, schema.field("aliases").type)  # pa.nulls leaves other bytes behind
    return plain.set_column(schema.get_field_index("aliases"), "aliases", empty)


def _among(rows: pa.Table, column: str, ids: pa.Array) -> pa.Table:
    return only(rows, pc.is_in(rows[column], value_set=ids))


def _tied(kind: str, kept: Tables) -> pa.Array:
    """Ids of a kind that a relationship to another kind ends at."""
    ends = [pa.array([], pa.string())]
    for relationship in RELATIONSHIP_KINDS:
        if relationship.source != relationship.target and kind in (relationship.source, relationship.target):
            ends.append(pc.unique(kept[relationship.name]["from_id" if relationship.source == kind else "to_id"]))
    return pa.concat_arrays(ends)


def _with_kin(tied: pa.Array, kept: Tables) -> set[str]:
    """Interests and those that are wider than or related to them, however far."""
    kin: dict[str, set[str]] = {}
    for name, both_ways in (("broader_interests", False), ("related_interests", True)):
        for one, other in zip(kept[name]["from_id"].to_pylist(), kept[name]["to_id"].to_pylist(), strict=True):
            kin.setdefault(one, set()).add(other)
            if both_ways:
                kin.setdefault(other, set()).add(one)
    waiting = tied.to_pylist()
    found = set(waiting)
    while waiting:
        fresh = kin.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found

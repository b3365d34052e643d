"""What only the roster of a sensitive network says of its members: nobody beyond the network is shown any of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.claims import claims_of
from netofnets.schema.kinds import LEADERS, RELATIONSHIP_KINDS
from netofnets.schema.merge import weighed
from netofnets.schema.model import Kind
from netofnets.schema.records import BY_PERSON, Value

__all__ = ["withhold_confided"]

_Telling = tuple[str, dict[str, Value]]  # source, and what it says

Listed = Collection[tuple[str, str]]
"""(leader, source): the source lists this leader in a sensitive network."""


def withhold_confided(kept: dict[str, pa.Table], claims: pa.Table, open_to: Sequence[str] = ()) -> None:
    """Derive the people and relationships of ``kept`` again without what was confided, in place.

    A source that lists somebody in a sensitive network may know the person from there only: an address, a school or an
    interest that nobody else states would point to it. Everybody keeps the name under which they chose to be shown.
    The sensitive networks in ``open_to`` are those of whoever looks, from whom they keep nothing.
    """
    listed = _listed(kept, claims, open_to)
    if not listed:
        return
    people = {leader for leader, _ in listed}
    ends = {leader: (leader,) for leader in kept["leaders"]["id"].to_pylist() if leader in people}
    told = _tellings("leaders", ends, listed, claims)
    rows = [_rewritten(LEADERS, row, told) or {"id": row["id"], "name": row["name"]} for row in _rows(kept["leaders"])]
    kept["leaders"] = pa.Table.from_pylist(rows, schema=kept["leaders"].schema)
    for kind in RELATIONSHIP_KINDS:
        if "leaders" in (kind.source, kind.target) and kept[kind.name].num_rows:
            _withhold_relationships(kind.name, kind, kept, listed, claims)


def _listed(kept: Mapping[str, pa.Table], claims: pa.Table, open_to: Sequence[str]) -> set[tuple[str, str]]:
    networks, memberships = kept["networks"], kept["memberships"]
    theirs = pc.is_in(networks["id"], value_set=pa.array(open_to, pa.string()))
    closed = pc.and_(pc.fill_null(networks["sensitive"], False), pc.invert(theirs))
    sensitive = networks.filter(closed)["id"].combine_chunks()
    known = memberships.filter(pc.is_in(memberships["to_id"], value_set=sensitive))  # nearly always none
    known = known.filter(pc.is_in(known["from_id"], value_set=kept["leaders"]["id"].combine_chunks()))
    member = dict(zip(known["id"].to_pylist(), known["from_id"].to_pylist(), strict=True))
    about = _about("memberships", member, claims)
    rows = ((member[row["entity"]], row["source"]) for row in about.to_pylist())
    return {(leader, source) for leader, source in rows if source != BY_PERSON}  # their own word they give to all


def _withhold_relationships(name: str, kind: Kind, kept: dict[str, pa.Table], listed: Listed, claims: pa.Table) -> None:
    people = {leader for leader, _ in listed}
    rows = _rows(kept[name])
    ends = {row["id"]: (row["from_id"], row["to_id"]) for row in rows if people & {row["from_id"], row["to_id"]}}
    told = _tellings(name, ends, listed, claims)
    again = [found for row in rows if (found := _rewritten(kind, row, told)) is not None]
    kept[name] = pa.Table.from_pylist(again, schema=kept[name].schema)


def _tellings(
    kind: str, ends: Mapping[str, tuple[str, ...]], listed: Listed, claims: pa.Table
) -> dict[str, list[_Telling] | None]:
    """By entity, what its claims say that were not confided; None where none was, so that it stands as it is.

    Where the claims of somebody listed are kept back from us, all of it counts as confided.
    """
    found: dict[str, list[_Telling] | None] = {}
    open_ones: dict[str, list[_Telling]] = {entity: [] for entity in ends}
    untold = set(ends)
    for row in _about(kind, ends, claims).sort_by([(c, "ascending") for c in ("source", "local_id")]).to_pylist():
        entity = row["entity"]
        untold.discard(entity)
        if any((end, row["source"]) in listed for end in ends[entity]):
            found[entity] = open_ones[entity]
        else:
            values = json.loads(row["values"])
            plain = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
            open_ones[entity].append((row["source"], plain))
    return found | {entity: [] for entity in untold if kind == "leaders"}


def _rewritten(kind: Kind, row: dict[str, Any], told: Mapping[str, list[_Telling] | None]) -> dict[str, Any] | None:
    """The row as the remaining claims make it, without what was kept back before; None when there are none."""
    remaining = told.get(row["id"])
    if remaining is None:
        return row
    if not remaining:
        return None
    ends = {name: row[name] for name in ("id", "from_id", "to_id") if name in row}
    return ends | {name: value for name, value in weighed(kind, remaining).items() if row[name] is not None}


def _about(kind: str, entities: Collection[str], claims: pa.Table) -> pa.Table:
    if not entities:
        return claims.slice(0, 0)
    own = claims_of(claims, kind)
    return own.filter(pc.is_in(own["entity"], value_set=pa.array(sorted(entities), pa.string())))


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows

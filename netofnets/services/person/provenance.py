"""Where facts come from: the claims of sources about one node or relationship."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from netofnets.schema.identifiers import record_id
from netofnets.services.index import EditionIndex

__all__ = ["Source", "StatedClaim", "canonical_leader", "claims_about", "records_of", "sources"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is stated. ``value`` is what this source says, in words."""

    source: str
    origin: str  # file:row
    first_run: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """One claim with its values decoded."""

    source: str
    local_id: str
    origin: str
    first_run: int
    values: dict[str, Any]


def claims_about(index: EditionIndex, kind: str, entity: str) -> tuple[StatedClaim, ...]:
    """The claims about a node or relationship, by source; none in an edition without claims."""
    table = index.snapshot.claims
    kinds, entities = table["kind"], table["entity"]
    rows = range(table.num_rows)
    low = bisect_left(rows, kind, key=lambda r: str(kinds[r].as_py()))
    high = bisect_right(rows, kind, lo=low, key=lambda r: str(kinds[r].as_py()))
    first = bisect_left(rows, entity, lo=low, hi=high, key=lambda r: str(entities[r].as_py()))
    last = bisect_right(rows, entity, lo=first, hi=high, key=lambda r: str(entities[r].as_py()))
    return tuple(
        StatedClaim(c["source"], c["local_id"], c["origin"], c["first_run"], json.loads(c["values"]))
        for c in table.slice(first, last - first).to_pylist()
    )


def sources(claims: tuple[StatedClaim, ...]) -> tuple[Source, ...]:
    """The claims without their values: who states this at all."""
    return tuple(Source(c.source, c.origin, c.first_run) for c in claims)


def records_of(claims: tuple[StatedClaim, ...], leader: str) -> tuple[str, ...]:
    """Ids of all records of a leader, the canonical one first, as far as they follow from source and local id."""
    derived = {record_id("leaders", c.source, c.local_id) for c in claims}
    return (leader, *sorted(derived - {leader}))


def canonical_leader(index: EditionIndex, record: str) -> str:
    """The id that a leader's record goes by now; the record itself when nothing is known of it."""
    if "records" not in index.memo:
        index.memo["records"] = _records(index)
    known: dict[str, str] = index.memo["records"]
    return known.get(record, record)


def _records(index: EditionIndex) -> dict[str, str]:
    """Records other than the canonical ones: only people with several claims can have any."""
    table = index.snapshot.claims
    kinds = table["kind"]
    rows = range(table.num_rows)
    low = bisect_left(rows, "leaders", key=lambda r: str(kinds[r].as_py()))
    high = bisect_right(rows, "leaders", lo=low, key=lambda r: str(kinds[r].as_py()))
    own = table.slice(low, high - low).select(["entity", "source", "local_id"])
    entities = own["entity"].to_pylist()
    found: dict[str, str] = {}
    for row, entity in enumerate(entities):
        if entity in entities[max(row - 1, 0) : row] or entity in entities[row + 1 : row + 2]:
            record = record_id("leaders", str(own["source"][row].as_py()), str(own["local_id"][row].as_py()))
            if record != entity:
                found[record] = entity
    return found

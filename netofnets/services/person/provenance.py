"""Where facts come from: the claims of sources about one node or relationship."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.cells import Cells
from netofnets.schema.identifiers import fold, record_id
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.merge import SEPARATOR
from netofnets.schema.model import Merge, Property
from netofnets.schema.proposals import in_article
from netofnets.schema.records import BY_PERSON, CORRECTING
from netofnets.services.index import EditionIndex
from netofnets.services.words import shown

__all__ = [
    "Source",
    "StatedClaim",
    "Told",
    "canonical_leader",
    "claims_about",
    "part_of",
    "records_of",
    "source",
    "told",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is stated. ``value`` is what this source says, in words.

    Days are those on which the source was read: first with this statement in it, and last of all; what a source no
    longer states is not kept, so the last day is that of its last reading. Empty where no reading is on record.
    """

    source: str
    origin: str  # file:row
    first_run: int
    value: str = ""
    file: str = ""
    row: int | None = None
    first_seen: str = ""
    last_seen: str = ""
    article: bool = False  # read in an article and accepted by somebody; else stated by a roster or another table


Told = tuple[tuple[Source, ...], tuple[Source, ...]]
"""Who states something, and who says otherwise."""


_CLAIM = ("source", "local_id", "origin", "first_run", "values")


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
    low, high = index.once(("claims of", kind), lambda: _rows_of_kind(table, kind))
    cells = index.once("claims", lambda: Cells(table))
    at = last = cells.find("entity", entity, low, high)
    read = cells.column("entity")
    while at >= 0 and last < high and read(last) == entity:  # a few sources each
        last += 1
    stated = (cells.row(row, _CLAIM) for row in range(at, last))
    return tuple(StatedClaim(**{**row, "values": json.loads(row["values"])}) for row in stated)


def _rows_of_kind(claims: pa.Table, kind: str) -> tuple[int, int]:
    """The first row of the claims about a kind, and that after the last."""
    kinds, rows = claims["kind"], range(claims.num_rows)
    low = bisect_left(rows, kind, key=lambda row: str(kinds[row]))
    return low, bisect_right(rows, kind, lo=low, key=lambda row: str(kinds[row]))


def source(index: EditionIndex, claim: StatedClaim, value: str = "") -> Source:
    """Where and when a claim was read, and what it says as ``value``."""
    if claim.source == BY_PERSON:  # its runs tell when anybody spoke, its origin when this one did
        day = claim.origin
        return Source(claim.source, "", claim.first_run, value, first_seen=day, last_seen=day)
    file, colon, row = claim.origin.rpartition(":")
    placed = bool(colon) and row.isdigit()
    days, last = _days(index)
    return Source(
        claim.source,
        claim.origin,
        claim.first_run,
        value,
        file if placed else claim.origin,
        int(row) if placed else None,
        days.get((claim.source, claim.first_run), ""),
        last.get(claim.source, ""),
        in_article(claim.origin),
    )


def told(index: EditionIndex, kind: str, entity: str, row: Mapping[str, Any]) -> Told:
    """Who states a relationship, and who says something else of it than ``row``, its values as they stand."""
    agree: list[Source] = []
    differ: list[Source] = []
    properties = kind_named(kind).properties
    for claim in claims_about(index, kind, entity):
        stated = ((p, _stated(claim, p.name)) for p in properties)
        others = [(p, said) for p, said in stated if said is not None and not part_of(p, said, row[p.name])]
        words = ", ".join(f"{p.name} {shown(said)}" for p, said in others)
        (differ if others else agree).append(source(index, claim, words))
    return tuple(agree), tuple(differ)


def part_of(prop: Property, said: Any, value: Any) -> bool:
    """Whether a source supports the value: the same but for case and accents, or one part of what was put together."""
    if isinstance(value, list):
        return isinstance(said, list | tuple) and set(said) <= set(value)
    if isinstance(value, str) and prop.merge is Merge.JOINED:
        return {fold(part) for part in str(said).split(SEPARATOR)} <= {fold(part) for part in value.split(SEPARATOR)}
    if isinstance(value, str):
        return fold(str(said)) == fold(value)
    return bool(said == value)


def _stated(claim: StatedClaim, name: str) -> Any:
    said = claim.values.get(name)
    return None if said in ([], "") else said


def _days(index: EditionIndex) -> tuple[dict[tuple[str, int], str], dict[str, str]]:
    """The day of each reading, and of the last one of each source."""

    def build() -> tuple[dict[tuple[str, int], str], dict[str, str]]:
        rows = index.record.readings.to_pylist()
        days = {(row["source"], row["run"]): row["day"] for row in rows}
        return days, {row["source"]: row["day"] for row in rows}

    return index.once("readings", build)


def records_of(claims: tuple[StatedClaim, ...], leader: str) -> tuple[str, ...]:
    """Ids of all records of a leader, the canonical one first, as far as they follow from source and local id."""
    derived = {record_id("leaders", c.source, c.local_id) for c in claims if c.source not in CORRECTING}
    return (leader, *sorted(derived - {leader}))


def canonical_leader(index: EditionIndex, record: str) -> str:
    """The id that a leader's record goes by now; the record itself when nothing is known of it."""
    known: dict[str, str] = index.once("records", lambda: _records(index))
    return known.get(record, record)


def _records(index: EditionIndex) -> dict[str, str]:
    """Records other than the canonical ones: only people with several claims can have any."""
    table = index.snapshot.claims
    kinds = table["kind"]
    rows = range(table.num_rows)
    low = bisect_left(rows, "leaders", key=lambda r: str(kinds[r].as_py()))
    high = bisect_right(rows, "leaders", lo=low, key=lambda r: str(kinds[r].as_py()))
    own = table.slice(low, high - low).select(["entity", "source", "local_id"])
    own = own.filter(pc.invert(pc.is_in(own["source"], value_set=pa.array(sorted(CORRECTING)))))
    entities = own["entity"].to_pylist()
    found: dict[str, str] = {}
    for row, entity in enumerate(entities):
        if entity in entities[max(row - 1, 0) : row] or entity in entities[row + 1 : row + 2]:
            record = record_id("leaders", str(own["source"][row].as_py()), str(own["local_id"][row].as_py()))
            if record != entity:
                found[record] = entity
    return found

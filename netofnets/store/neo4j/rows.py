"""Entities and claims as parameters of Cypher, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import NodeKind, PropertyType
from netofnets.schema.records import Claim, Entity, PastClaim, Value
from netofnets.store.claims import claim_from_text, claim_text, json_text, values_text
from netofnets.store.neo4j.statements import columns

__all__ = ["claim_rows", "claims_in", "entity_rows", "past_from", "past_row", "place_of", "with_dates"]

Row = list[Any]


def entity_rows(kind: str, entities: Iterable[Entity], run: int, *, fresh: bool = True) -> Iterator[Row]:
    """Rows for :func:`netofnets.store.neo4j.statements.put`: values in the order of its ``columns``, as JSON values.

    A property without a value is None, which removes it on an update. A claim that is new gets ``run`` as its first.
    Nothing has to be removed of things that are ``fresh``.
    """
    properties = BY_NAME[kind].properties
    names = [p.name for p in properties]
    lists = [p.name for p in properties if p.type is PropertyType.TEXTS]
    nothing = {f"nn_said_{name}": None for name in names}
    is_leader, is_node = kind == "leaders", isinstance(BY_NAME[kind], NodeKind)
    for entity in entities:
        claims = entity.claims
        values: Mapping[str, Any] = entity.values
        if lists and not values.keys().isdisjoint(lists):
            values = {**values, **{name: list(values[name]) for name in lists if name in values}}
        row: Row = [entity.id] if is_node else [entity.id, entity.from_id, entity.to_id]
        row += ([claim.source for claim in claims], [claim_text(claim, run) for claim in claims])
        row += map(list, zip(*(place_of(claim.origin) for claim in claims), strict=True))
        if is_leader:
            row.append(_other_emails(entity))
        row += map(values.get, names)
        row.append(_said(names, claims, nothing) if len(claims) > 1 or not fresh else None)
        yield row


def place_of(origin: str) -> tuple[str, int]:
    """File and row of ``roster.csv:17`` or ``book.xlsx/People:17``; row 0 where there is none."""
    file, _, row = origin.rpartition(":")
    return (file, int(row)) if file and row.isascii() and row.isdigit() and len(row) < 10 else (origin, 0)


def _said(names: Sequence[str], claims: Sequence[Claim], nothing: Mapping[str, None]) -> dict[str, list[str] | None]:
    """What each claim says of the properties about which not all say the same, as text; empty where it says nothing."""
    found: dict[str, list[str] | None] = {**nothing}
    for name in names:
        told = [claim.values.get(name) for claim in claims]
        if any(value != told[0] for value in told):
            found[f"nn_said_{name}"] = [_as_text(value) for value in told]
    return found


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _other_emails(entity: Entity) -> list[str] | None:
    """Casefolded addresses that the index over the entity's own does not find."""
    own = entity.values.get("email")
    stated = {email.casefold() for claim in entity.claims if isinstance(email := claim.values.get("email"), str)}
    return sorted(stated - {own}) or None


def with_dates(kind: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows as they are sent: ISO dates as dates of Neo4j, anything else in a date's place as it is."""
    dates = {p.name for p in BY_NAME[kind].properties if p.type is PropertyType.DATE}
    places = [place for place, name in enumerate(columns(kind)) if name in dates]
    return [_dated(places, row) for row in rows] if places else rows


def _dated(places: Iterable[int], row: Row) -> Row:
    sent = [*row]
    for place in places:
        sent[place] = _date(row[place])
    return sent


def _date(text: Any) -> Any:
    if not isinstance(text, str) or len(text) != 10 or text[4] != "-":
        return text
    try:
        value = date.fromisoformat(text)
    except ValueError:
        return text
    return value if value.isoformat() == text else text


def claims_in(kind: str, texts: Iterable[Sequence[str]]) -> Iterator[Claim]:
    """The claims in lists of ``nn_claims``."""
    return (claim_from_text(kind, text) for several in texts for text in several)


def past_row(one: PastClaim, run: int) -> dict[str, Any]:
    """The properties of the node that keeps a past claim: its address and dates to query, and the claim as text."""
    claim, until = one.claim, one.until or run - 1
    return {
        "id": json_text([claim.source, claim.kind, claim.key, until]),
        **{name: getattr(claim, name) for name in ("kind", "key", "source", "from_id", "to_id", "first_run")},
        "until": until,
        "stated": one.stated,
        "claim": claim_text(claim, 0),
    }


def past_from(kind: str, text: str, until: int, stated: bool) -> PastClaim:
    """The past claim again."""
    return PastClaim(claim_from_text(kind, text), until, stated)


def claim_rows(kind: str, entity: str, claims: Iterable[Claim]) -> Iterator[tuple[object, ...]]:
    """The claims on one entity as rows of the table of claims."""
    for claim in claims:
        values = values_text(claim.values)
        yield (kind, entity, claim.source, claim.local_id, values, claim.origin, claim.first_run)

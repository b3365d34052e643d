"""Claims and entities as rows of the tables, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import PropertyType
from netofnets.schema.records import Claim, Entity, PastClaim
from netofnets.store.claims import json_text, values_from_text, values_text
from netofnets.store.columns import columns_of

__all__ = ["CLAIM", "PAST", "claim_from_row", "claim_row", "entity_rows", "past_from_row", "past_row"]

Row = tuple[object, ...]
CLAIM = 'kind, key, source, "values", local_id, from_id, to_id, origin, first_run'
PAST = f"{CLAIM}, until, stated"


def claim_row(claim: Claim, entity: str, run: int) -> Row:
    """A claim in the order of :data:`netofnets.store.sqlite.statements.PUT_CLAIM`."""
    email = claim.values.get("email") if claim.kind == "leaders" else None
    return (
        claim.source,
        claim.kind,
        claim.key,
        entity,
        claim.local_id,
        claim.from_id or None,
        claim.to_id or None,
        values_text(claim.values),
        claim.origin,
        claim.first_run or run,
        email.casefold() if isinstance(email, str) else None,
    )


def claim_from_row(row: Sequence[str]) -> Claim:
    """A claim from the columns of :data:`CLAIM`."""
    kind, key, source, values, local_id, start, end, origin, first_run = row
    return Claim(kind, key, source, values_from_text(values), local_id, start or "", end or "", origin, int(first_run))


def past_row(one: PastClaim, run: int) -> Row:
    """A past claim in the order of :data:`netofnets.store.sqlite.statements.PUT_PAST`; ``run`` is the one after it."""
    claim = one.claim
    ends = (claim.from_id or None, claim.to_id or None)
    told = (claim.local_id, *ends, values_text(claim.values), claim.origin, claim.first_run)
    return (claim.source, claim.kind, claim.key, one.until or run - 1, int(one.stated), *told)


def past_from_row(row: Sequence[Any]) -> PastClaim:
    """A past claim from the columns of :data:`PAST`."""
    *claim, until, stated = row
    return PastClaim(claim_from_row(claim), until, bool(stated))


def entity_rows(kind: str, entities: Iterable[Entity]) -> Iterator[Row]:
    """Entities in the order of :func:`netofnets.store.columns.columns_of`; lists of texts become JSON."""
    declared = BY_NAME[kind]
    names = [p.name for p in declared.properties]
    lists = [p.name for p in declared.properties if p.type is PropertyType.TEXTS]
    is_node = len(columns_of(kind)) == len(names) + 1
    for entity in entities:
        values = entity.values
        if lists and not values.keys().isdisjoint(lists):
            values = {**values, **{name: json_text(values[name]) for name in lists if name in values}}
        ends = () if is_node else (entity.from_id, entity.to_id)
        yield (entity.id, *ends, *map(values.get, names))

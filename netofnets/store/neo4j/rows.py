"""Entities and claims as parameters of Cypher, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import PropertyType
from netofnets.schema.records import Claim, Entity
from netofnets.store.claims import claim_from_text, claim_text, values_text

__all__ = ["claim_rows", "claims_in", "entity_rows", "with_dates"]

Row = dict[str, Any]


def entity_rows(kind: str, entities: Iterable[Entity], run: int, *, complete: bool) -> Iterator[Row]:
    """Rows for :func:`netofnets.store.neo4j.statements.put`, as JSON values.

    ``complete`` rows name every property of the kind, those without a value too, so that an update removes them;
    results that were written back stay. A claim that is new gets ``run`` as its first.
    """
    properties = BY_NAME[kind].properties
    blank: Row = {p.name: None for p in properties} | {"nn_other_emails": None} if complete else {}
    if complete and kind != "leaders":
        del blank["nn_other_emails"]
    lists = [p.name for p in properties if p.type is PropertyType.TEXTS]
    for entity in entities:
        claims = entity.claims
        p: Row = {**blank, **entity.values}
        for name in lists:
            if (texts := p.get(name)) is not None:
                p[name] = list(texts)
        p["nn_sources"] = [claims[0].source] if len(claims) == 1 else sorted({claim.source for claim in claims})
        p["nn_claims"] = [claim_text(claim, run) for claim in claims]
        if kind == "leaders" and (others := _other_emails(entity)):
            p["nn_other_emails"] = others
        row: Row = {"id": entity.id, "p": p}
        if entity.from_id:
            row["a"], row["b"] = entity.from_id, entity.to_id
        yield row


def _other_emails(entity: Entity) -> list[str]:
    """Casefolded addresses that the index over the entity's own does not find."""
    own = entity.values.get("email")
    stated = {email.casefold() for claim in entity.claims if isinstance(email := claim.values.get("email"), str)}
    return sorted(stated - {own})


def with_dates(kind: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows as they are sent: ISO dates as dates of Neo4j, anything else in a date's place as it is."""
    names = [p.name for p in BY_NAME[kind].properties if p.type is PropertyType.DATE]
    return [{**row, "p": {**row["p"], **_dates(names, row["p"])}} for row in rows] if names else rows


def _dates(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, date]:
    found: dict[str, date] = {}
    for name in names:
        text = values.get(name)
        if isinstance(text, str) and len(text) == 10 and text[4] == "-":
            try:
                value = date.fromisoformat(text)
            except ValueError:
                continue
            if value.isoformat() == text:
                found[name] = value
    return found


def claims_in(kind: str, texts: Iterable[Sequence[str]]) -> Iterator[Claim]:
    """The claims in lists of ``nn_claims``."""
    return (claim_from_text(kind, text) for several in texts for text in several)


def claim_rows(kind: str, entity: str, texts: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """The claims on one entity as rows of the table of claims."""
    for text in texts:
        claim = claim_from_text(kind, text)
        values = values_text(claim.values)
        yield (kind, entity, claim.source, claim.local_id, values, claim.origin, claim.first_run)

"""The whole file as it is kept: entities and claims row by row, whatever somebody has done to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import PropertyType
from netofnets.schema.records import Claim, PastClaim
from netofnets.store.book import Kept, LostPast, Unreadable
from netofnets.store.claims import CHECK
from netofnets.store.columns import columns_of
from netofnets.store.sqlite import statements
from netofnets.store.sqlite.rows import CLAIM, PAST, claim_from_row, past_from_row
from netofnets.store.sqlite.sql import Connection

__all__ = ["read_earlier", "read_kept", "read_past", "read_vocabulary"]

_LISTING = "SELECT DISTINCT source FROM claim WHERE kind = 'leaders'"
_CLAIMS = f"SELECT entity, {CLAIM} FROM claim"
About = dict[tuple[str, str], tuple[list[Claim], list[Unreadable]]]


def read_kept(database: Connection) -> Iterator[Kept]:
    """Every row of every kind with the claims about it, then the claims about what is not there."""
    about = _claims(database)
    for kind, declared in BY_NAME.items():
        for row in database.execute(statements.select_entities(declared)):
            values = dict[str, Any](zip(columns_of(kind), row, strict=True))
            name, start, end = (str(values.pop(column, "")) for column in ("id", "from_id", "to_id"))
            claims, damaged = about.pop((kind, name), ([], []))
            yield Kept(kind, name, _plain(kind, values), tuple(claims), start, end, tuple(damaged))
    for (kind, name), (claims, damaged) in about.items():
        yield Kept(kind, name, {}, tuple(claims), unreadable=tuple(damaged), stands=False)


def read_earlier(database: Connection) -> tuple[PastClaim, ...]:
    """What was stated before."""
    rows = database.execute(f"SELECT {PAST} FROM past_claim WHERE stated")
    try:
        return tuple(map(past_from_row, rows))
    except ValueError as error:
        raise StoreError(
            say("something that was said before is not as netofnets wrote it; {check}", check=CHECK)
        ) from error


def read_vocabulary(database: Connection) -> tuple[Claim, ...]:
    """The claims about interests of sources that list nobody."""
    text = f"SELECT {CLAIM} FROM claim WHERE kind = 'interests' AND source NOT IN ({_LISTING})"
    try:
        return tuple(map(claim_from_row, database.execute(text)))
    except ValueError as error:
        raise StoreError(say("a claim about an interest is not as netofnets wrote it; {check}", check=CHECK)) from error


def read_past(database: Connection) -> tuple[tuple[PastClaim, ...], tuple[LostPast, ...]]:
    """All past claims, and the addresses of those that cannot be read."""
    good: list[PastClaim] = []
    lost: list[LostPast] = []
    for row in database.execute(f"SELECT {PAST} FROM past_claim"):
        try:
            one = past_from_row(row)
        except ValueError:
            one = None
        if one is not None and isinstance(one.claim.values, dict):
            good.append(one)
        else:
            lost.append((*row[:3], row[-2]))
    return tuple(good), tuple(lost)


def _claims(database: Connection) -> About:
    about: About = {}
    for entity, *row in database.execute(_CLAIMS):
        kind, key, source = row[:3]
        claims, damaged = about.setdefault((kind, entity), ([], []))
        try:
            claim = claim_from_row(row)
        except ValueError:
            claim = None
        if claim is not None and isinstance(claim.values, dict):
            claims.append(claim)
        else:
            damaged.append(Unreadable((source,), (kind, key, source)))
    return about


def _plain(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values that are not null; one that cannot be read stays as it is, and so differs from any claim."""
    types = {prop.name: prop.type for prop in BY_NAME[kind].properties}
    return {name: _value(types[name], value) for name, value in values.items() if value is not None}


def _value(kind: PropertyType, value: object) -> object:
    if kind is PropertyType.YES_NO and value in (0, 1):
        return bool(value)
    if kind is PropertyType.TEXTS and isinstance(value, str):
        try:
            found = json.loads(value)
        except ValueError:
            return value
        return tuple(found) if isinstance(found, list) else value
    return value

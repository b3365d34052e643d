"""A graph for analysts in which people stand under pseudonyms: who is tied to what is kept, who it is is not.

Pseudonyms are made with a key that is thrown away, so nobody can tell from two files which of their people are one. The
shape of the graph stays, as it has to: whoever knows enough of somebody's ties may still find them. Those who stand out
most are told by :func:`netofnets.graph.uniqueness.standing_out`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import pyarrow as pa

from netofnets.graph.confided import withhold_confided
from netofnets.graph.cut import drop_loose_ends, drop_orphans, without_sensitive
from netofnets.graph.interchange import table_of
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.kinds import BY_NAME, RELATIONSHIP_KINDS
from netofnets.schema.model import PropertyType, RelationshipKind

__all__ = ["KEPT", "under_pseudonyms"]

KEPT = frozenset({"job", "grades", "experience", "region", "country", "time_zone", "languages"})
"""What is told of somebody, where enough others have the same."""

_PEOPLE = "leaders"
_FREE_TEXT = frozenset({"about", "url"})  # of a network, say: it may name somebody

_Renamed = Callable[[str], str]


def under_pseudonyms(snapshot: Snapshot, k: int, key: bytes | None = None) -> Snapshot:
    """``snapshot`` with each person's id and name replaced by a pseudonym, and without what points at few people.

    Gone are names, addresses, schools, texts and days; sensitive networks, and what only their rosters say; what fewer
    than ``k`` people are tied to, networks excepted; and each value of a person, or of a tie of theirs, that fewer than
    ``k`` share. Rows come in the order of the pseudonyms. ``key``: 32 bytes of chance, unless a test asks for the same.
    """
    kept = {kind: table_of(snapshot, kind) for kind in BY_NAME}
    withhold_confided(kept, snapshot.claims)
    kept["networks"] = without_sensitive(kept["networks"])
    drop_loose_ends(kept)
    for kind in RELATIONSHIP_KINDS:
        if kind.source == _PEOPLE and kind.target not in (_PEOPLE, "networks"):
            kept[kind.name] = _shared_by(kept[kind.name], k)
    drop_orphans(kept)
    drop_loose_ends(kept)
    renamed = _renaming(key or secrets.token_bytes(32))
    return Snapshot.build({name: _told(name, rows, k, renamed) for name, rows in kept.items()})


def _renaming(key: bytes) -> _Renamed:
    """From an id to one that only this key leads to: its first letter, then 80 bits in base 32."""

    def renamed(one: str) -> str:
        digest = hmac.new(key, one.encode(), hashlib.sha256).digest()
        return one[0] + b32encode(digest[:10]).decode().lower()

    return renamed


def _shared_by(ties: pa.Table, k: int) -> pa.Table:
    """The ties to what at least ``k`` people are tied to."""
    ends = ties["to_id"].to_pylist()
    people = Counter(end for _, end in set(zip(ties["from_id"].to_pylist(), ends, strict=True)))
    return ties.filter(pa.array([people[end] >= k for end in ends], pa.bool_()))


def _told(name: str, rows: pa.Table, k: int, renamed: _Renamed) -> pa.Table:
    """One kind as it is handed out."""
    declared = BY_NAME[name]
    ends = {"from_id": declared.source, "to_id": declared.target} if isinstance(declared, RelationshipKind) else {}
    people, theirs = name == _PEOPLE, _PEOPLE in ends.values()
    columns = {column: rows[column].to_pylist() for column in rows.column_names}
    for prop in declared.properties:
        days = theirs and prop.type is PropertyType.DATE
        if days or prop.name in _FREE_TEXT or (people and prop.name not in KEPT):
            columns[prop.name] = [None] * rows.num_rows
        elif people or theirs:
            columns[prop.name] = _common(columns[prop.name], k)
    for column in ("id", *(end for end, kind in ends.items() if kind == _PEOPLE)):
        if people or theirs:
            columns[column] = list(map(renamed, columns[column]))
    if people:
        columns["name"] = columns["id"]
    return pa.table(columns, schema=arrow_schema(name))


def _common(values: Sequence[Any], k: int) -> list[Any]:
    """The values that at least ``k`` of the rows have, None in the place of the others."""
    comparable: list[Hashable] = [tuple(value) if isinstance(value, list) else value for value in values]
    sizes = Counter(comparable)
    return [value if sizes[one] >= k else None for value, one in zip(values, comparable, strict=True)]

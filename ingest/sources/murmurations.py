"""Murmurations profiles: people and organizations that describe themselves in JSON under published schemas.

A profile says under ``linked_schemas`` which schemas it follows; ``people_schema`` makes it a person,
``organizations_schema`` an organization. Profiles refer to each other by the address under ``primary_url``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sources.derived import DerivedSource
from ingest.sources.raw import RawRow, RawTable
from ingest.sources.reader import Source, Written

__all__ = ["PROFILE_KEY", "with_murmurations"]

_SCHEMAS = {"people_schema": "leaders", "organizations_schema": "organizations"}
PROFILE_KEY = "linked_schemas"
"""Every profile has it, and hardly anything else."""

_URL = "primary_url"
_OBJECT, _PREDICATE = "relationships.object_url", "relationships.predicate_url"


def with_murmurations(plain: Source, header: list[str]) -> Source:
    """The source with its profiles and their relationships, when the objects are profiles; else as it is."""
    if plain.titles.visible != ("",) or not {PROFILE_KEY, "name"} <= set(header):
        return plain
    derived = {
        "profiles": lambda written: _profiles(plain, written),
        "relationships": lambda written: _relationships(plain, written),
    }
    return DerivedSource(plain, derived, "murmurations")


def _profiles(plain: Source, written: Written) -> RawTable:
    raw = plain.table("", written)
    schemas, address = raw.header.index(PROFILE_KEY), _index(raw, _URL)

    def rows() -> Iterator[RawRow]:
        for number, line, cells, faults in raw.rows:
            if cells:
                cells = [*cells, _kind(cells[schemas]), _plain(cells[address]) if address >= 0 else ""]
            yield number, line, cells, faults

    return RawTable(raw.file, "profiles", [*raw.header, "profile_kind", "profile_id"], rows(), 0, raw.remarks)


def _relationships(plain: Source, written: Written) -> RawTable:
    """One row for each relationship of each profile."""
    raw = plain.table("", written)
    schemas, address = raw.header.index(PROFILE_KEY), _index(raw, _URL)
    target, predicate = _index(raw, _OBJECT), _index(raw, _PREDICATE)

    def rows() -> Iterator[RawRow]:
        for number, line, cells, _ in raw.rows:
            if not cells or min(address, target, predicate) < 0:
                continue
            kind, own = _kind(cells[schemas]), _plain(cells[address])
            pairs = zip(cells[target].split("\n"), cells[predicate].split("\n"), strict=False)
            for other, how in pairs:
                if other and own:
                    yield number, line, [own, kind, how.rstrip("/").rpartition("/")[2], _plain(other)], ()

    return RawTable(raw.file, "relationships", ["profile_id", "profile_kind", "predicate", "other_id"], rows(), 0)


def _index(raw: RawTable, name: str) -> int:
    return raw.header.index(name) if name in raw.header else -1


def _kind(schemas: str) -> str:
    names = (schema.partition("-v")[0] for schema in schemas.split("\n"))
    return next((_SCHEMAS[name] for name in names if name in _SCHEMAS), "")


def _plain(address: str) -> str:
    """An address as profiles compare it: without scheme, ``www.`` and the last stroke."""
    text = address.strip().casefold()
    return text.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")

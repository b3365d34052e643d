"""What a table is when no mapping says so: our own headers, and names that can hardly mean anything else."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.mapping import Recipe, TableSpec
from ingest.meaning import meaning
from ingest.sources.raw import RawTable
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.columns import Shape, shapes
from netofnets.schema.text import escape_controls

__all__ = ["headers_of", "infer", "kind_of_name"]

_TABLES = {
    "people": "leaders",
    "persons": "leaders",
    "teachers": "leaders",
    "groups": "networks",
    "organisations": "organizations",
    "partners": "organizations",
    "tags": "interests",
    "topics": "interests",
    "events": "activities",
    "micro_credentials": "credentials",
    "badges": "credentials",
    "ties": "collaborations",
    "relations": "collaborations",
    "members": "roster",
    "rosters": "roster",
}

_COMMON = {
    "full_name": "name",
    "e_mail": "email",
    "mail": "email",
    "email_address": "email",
    "affiliation": "school",
    "institution": "school",
    "workplace": "school",
    "state": "place",
    "city": "place",
    "town": "place",
    "timezone": "time_zone",
    "website": "url",
    "bio": "about",
    "topics": "interests",
    "tags": "interests",
    "joined": "start",
    "start_date": "start",
    "since": "start",
    "end_date": "end",
    "until": "end",
    "left": "end",
    "organisation": "organization",
    "organisation_id": "organization_id",
    "person_id": "leader_id",
    "member_id": "leader_id",
    "micro_credentials": "credentials",
    "badges": "credentials",
}
_BY_SHAPE = {
    "roster": {"id": "leader_id", "network_name": "network", "group": "network"},
    "leaders": {"leader_id": "id", "person_id": "id", "member_id": "id"},
    "networks": {"network_id": "id", "network": "name", "parent_id": "part_of_id"},
    "organizations": {"organization_id": "id", "organisation_id": "id", "organization": "name"},
    "activities": {"activity_id": "id", "activity": "name"},
    "interests": {"interest": "name"},
    "credentials": {"credential_id": "id", "credential": "name", "issued_by": "issuer"},
    "collaborations": {
        "source": "leader_id",
        "from": "leader_id",
        "target": "other_leader_id",
        "to": "other_leader_id",
    },
}

# Files of other programs that are known by their headers alone, and their built-in mappings.
_KNOWN_HEADERS = {"sumapp": {"first name", "last name", "email", "segment"}}


def kind_of_name(name: str) -> str | None:
    """The table that a file or sheet name stands for: ``People 2024.csv`` is ``leaders``."""
    stem = PurePath(name).stem if "." in name else name
    word = re.sub(r"[^a-z]+", "_", stem.casefold()).strip("_")
    for candidate in (word, word.split("_")[0]):
        if candidate in shapes():
            return candidate
        if candidate in _TABLES:
            return _TABLES[candidate]
    return "roster" if word.startswith("roster") or word.endswith("roster") else None


def infer(table: RawTable) -> TableSpec:
    """A specification for ``table`` from its name and headers.

    :class:`InputError` ``unknown_table`` when neither tells, ``missing_column`` when what is needed is not there.
    """
    folded = {header.strip().casefold() for header in table.header}
    for name, headers in _KNOWN_HEADERS.items():
        if headers <= folded:
            return meaning(name).tables[0]
    named = kind_of_name(table.sheet or table.file)
    candidates = (
        [named] if named else [name for name in ("roster", "memberships", "collaborations") if _complete(name, table)]
    )
    if (
        named == "leaders"
        and _complete("roster", table)
        and {"network", "network_id"} & set(headers_of("roster", table))
    ):
        candidates = ["roster"]
    if not candidates or (
        named is None and candidates == ["roster"] and not {"network", "network_id"} & set(headers_of("roster", table))
    ):
        raise InputError(
            say(
                "{place}: neither the name nor the headers ({names}) say what this is. Name the file after a "
                "table (roster.csv, leaders.csv, memberships.csv ...), or say in a mapping file what the columns "
                "mean: `netofnets ingest --suggest FILE` writes one to correct, see docs/ingest.md",
                place=table.place,
                names=_shown(table),
            ),
            code="unknown_table",
            file=table.file,
        )
    return _spec(candidates[0], table)


def _spec(name: str, table: RawTable) -> TableSpec:
    declared, found = shapes()[name], headers_of(name, table)
    for needed in declared.needs:
        if not set(needed) & set(found):
            raise InputError(
                say(
                    "{place}: a {name} table needs the column {names}; this one has {names_2}. Rename the header "
                    "(`netofnets template {name}` shows all) or write a mapping file (docs/mapping.md)",
                    place=table.place,
                    name=name,
                    names=" or ".join(needed),
                    names_2=_shown(table),
                ),
                code="missing_column",
                file=table.file,
            )
    recipes = {column: Recipe("first_of", (header,)) for column, header in found.items()}
    return TableSpec(place=table.place, file=table.file, sheet=table.sheet, shape=declared, columns=recipes)


def _shown(table: RawTable) -> str:
    return escape_controls(", ".join(f"'{h[:40]}'" for h in table.header[:12] if h))


def _complete(name: str, table: RawTable) -> bool:
    found = set(headers_of(name, table))
    return all(set(needed) & found for needed in shapes()[name].needs)


def headers_of(name: str, table: RawTable) -> dict[str, str]:
    """Our columns that the headers give, in the order of the shape; our own names go before other names."""
    declared = shapes()[name]
    ours = {column.name for column in declared.columns}
    given: dict[str, str] = {}
    for header in table.header:
        word = re.sub(r"[^a-z0-9]+", "_", header.strip().casefold()).strip("_")
        if word in ours and _is_exact(declared, header, given):
            given[word] = header
    for header in table.header:
        word = re.sub(r"[^a-z0-9]+", "_", header.strip().casefold()).strip("_")
        meant = _BY_SHAPE.get(name, {}).get(word) or _COMMON.get(word)
        if word not in ours and meant in ours and meant not in given:
            given[meant] = header
    return given


def _is_exact(declared: Shape, header: str, given: dict[str, str]) -> bool:
    # Two headers of one name are left for Headers.find to refuse, by keeping the first.
    return header not in given.values()

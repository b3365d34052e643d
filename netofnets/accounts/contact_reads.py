"""Who was shown whose contact data, and when: noted in the audit, by ids and names of fields, never with a value."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from netofnets.accounts.audit import Audit
from netofnets.accounts.database import Database
from netofnets.accounts.model import AccountRole
from netofnets.language import say

__all__ = ["CONTACT", "WHAT", "ContactRead", "ContactReads"]

WHAT = "read contact data"
CONTACT = ("email",)
"""The fields of a person that are contact data (private in the schema)."""
_LISTED = 50
_GONE = say("somebody whose account is gone")


@dataclass(frozen=True, slots=True)
class ContactRead:
    """One look: when (UTC, to the minute), by whom in words, at which fields. ``networks`` are those they organize."""

    time: str
    role: str
    networks: tuple[str, ...]
    fields: tuple[str, ...]


class ContactReads:
    """The looks of one database of accounts."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def note(self, people: Collection[str], *, who: str, origin: str) -> None:
        """Note that somebody is shown the contact data of these people; in one transaction."""
        with self._database.writing() as opened:
            for person in sorted(people):
                self._audit.append(opened, WHAT, who=who, whom=person, origin=origin, result=" ".join(CONTACT))

    def of(self, records: Collection[str]) -> list[ContactRead]:
        """The last looks at a person who is kept under these ids, the latest first."""
        marks = ", ".join("?" for _ in records)
        query = (
            "SELECT audit.time, audit.result, accounts.role, accounts.scope FROM audit "
            f"LEFT JOIN accounts ON accounts.id = audit.who WHERE audit.what = ? AND audit.whom IN ({marks}) "
            "ORDER BY audit.number DESC LIMIT ?"
        )
        with self._database.reading() as opened:
            rows = opened.execute(query, (WHAT, *records, _LISTED)).fetchall()
        return [
            ContactRead(time[:16].replace("T", " "), _role(role), _organized(role, scope), tuple(fields.split()))
            for time, fields, role, scope in rows
        ]


def _role(role: str | None) -> str:
    return f"an {role}" if role in ("owner", "organizer") else f"a {role}" if role else _GONE


def _organized(role: str | None, scope: str | None) -> tuple[str, ...]:
    return tuple(json.loads(scope)) if scope and role == AccountRole.ORGANIZER else ()

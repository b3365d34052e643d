"""What was done, by whom, when and from where: append-only, each entry bound to the one before it.

Two things change what was written: an erasure takes the ids of a person out, and entries go after some years. The chain
says so in entries of its own, and can still be checked. An entry names accounts and records by their ids and holds no
value of any field. Whoever can write the file can write a whole chain anew; keep the last digest elsewhere
(``netofnets account audit`` prints it) and that shows, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import LiteralString

from netofnets.accounts.database import AUDIT_KEPT, AUDIT_STAYS, Database
from netofnets.errors import AccountError
from netofnets.store.sqlite.sql import Connection

__all__ = ["Audit", "Entry"]

_ERASED = "(erased)"  # in the place of an id
_REDACT, _SHORTEN = "redact entry", "shorten audit"
_LONGEST = 200  # characters of a part
_COLUMNS = "number, time, who, what, whom, origin, result, digest"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``who`` and ``whom`` are ids (empty: nobody known), ``origin`` is an address or ``command line``."""

    number: int
    time: str
    who: str
    what: str
    whom: str
    origin: str
    result: str
    digest: str


class Audit:
    """The log of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, what: str, *, who: str = "", whom: str = "", origin: str, result: str = "done") -> Entry:
        """Append an entry with the time of now, UTC."""
        with self._database.writing() as opened:
            return self.append(opened, what, who=who, whom=whom, origin=origin, result=result)

    def append(
        self, opened: Connection, what: str, *, who: str = "", whom: str = "", origin: str, result: str = "done"
    ) -> Entry:
        """Append an entry within a transaction: what it tells of and the entry are kept together, or neither is."""
        last = opened.execute("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        number, before = last or (0, "")
        time = datetime.fromtimestamp(self._database.now(), UTC).isoformat(timespec="seconds")
        if len(whom) > _LONGEST:
            whom = whom[: _LONGEST + 1].rpartition(" ")[0]  # whole ids: part of one could never be found again
        who, what, whom, origin, result = (_plain(part) for part in (who, what, whom, origin, result))
        entry = Entry(number + 1, time, who, what, whom, origin, result, "")
        entry = replace(entry, digest=_digest(before, entry))
        opened.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(entry))
        return entry

    def entries(self, last: int = 0) -> list[Entry]:
        """The entries in order; only the ``last`` so many when that is not 0."""
        with self._database.reading() as opened:
            rows = opened.execute(
                f"SELECT {_COLUMNS} FROM audit ORDER BY number DESC LIMIT ?", (last or -1,)
            ).fetchall()
        return [Entry(*row) for row in reversed(rows)]

    def check(self) -> str:
        """The digest of the last entry (empty: there is none) when every entry is bound to the one before it.

        An entry that lost an id to an erasure is bound by a later one, which holds the digest of what is left; where
        old entries were removed, a later one says up to which. Raises :class:`AccountError` that names the first entry
        that was changed, added between or taken away.
        """
        entries = self.entries()
        before, first = _start(entries)
        redacted = {one.whom: one.result for one in entries if one.what == _REDACT}
        for expected, entry in enumerate(entries, start=first):
            digest = redacted.get(str(entry.number)) if _ERASED in entry.whom.split() else entry.digest
            if entry.number != expected or digest != _digest(before, entry):
                raise AccountError(
                    f"the audit was changed at entry {expected}: from there on it proves nothing; compare with a backup"
                )
            before = entry.digest
        return before

    def redact(self, is_erased: Callable[[str], bool], *, origin: str) -> int:
        """Take ids out of all entries, and bind each of these by a new one; how many there were."""
        found = []
        with self._database.writing() as opened:
            before = ""
            for entry in (Entry(*row) for row in opened.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number")):
                words = [_ERASED if is_erased(word) else word for word in entry.whom.split()]
                if _ERASED in words and " ".join(words) != entry.whom:
                    kept = replace(entry, whom=" ".join(words))
                    found.append((kept, _digest(before, kept)))
                before = entry.digest
            with _unlocked(opened, *AUDIT_STAYS):
                rows = ((entry.whom, entry.number) for entry, _ in found)
                opened.executemany("UPDATE audit SET whom = ? WHERE number = ?", rows)
            for entry, digest in found:
                self.append(opened, _REDACT, whom=str(entry.number), origin=origin, result=digest)
        self._database.scrub()
        return len(found)

    def shorten(self, before: datetime, *, origin: str, do: bool = True) -> int:
        """Remove the entries from before a moment; a new one says up to which, with the digest of the last of them.

        How many there are; ``do`` false: they are counted. The last entry stays: it binds what follows.
        """
        moment = before.astimezone(UTC).isoformat(timespec="seconds")
        with self._database.writing() as opened:
            rows = opened.execute("SELECT number, digest, time FROM audit ORDER BY number").fetchall()[:-1]
            old = list(takewhile(lambda row: row[2] < moment, rows))
            if do and old:
                self.append(opened, _SHORTEN, whom=str(old[-1][0]), origin=origin, result=old[-1][1])
                with _unlocked(opened, *AUDIT_KEPT):
                    opened.execute("DELETE FROM audit WHERE number <= ?", (old[-1][0],))
        if do and old:
            self._database.scrub()
        return len(old)


@contextmanager
def _unlocked(opened: Connection, name: LiteralString, trigger: LiteralString) -> Iterator[None]:
    """Within the transaction, without what keeps a mistake of the program from changing entries."""
    opened.execute(f"DROP TRIGGER {name}")
    yield
    opened.execute(trigger)


def _plain(text: str) -> str:
    """One line of printable characters: what a stranger sends must not forge an entry."""
    return "".join(c if c.isprintable() else " " for c in text[:_LONGEST])


def _digest(before: str, entry: Entry) -> str:
    told = [before, entry.number, entry.time, entry.who, entry.what, entry.whom, entry.origin, entry.result]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()


def _start(entries: Sequence[Entry]) -> tuple[str, int]:
    """The digest before the first entry, and its number."""
    first = entries[0].number if entries else 1
    for one in reversed(entries):
        if one.what == _SHORTEN and one.whom == str(first - 1):
            return one.result, first
    return "", 1

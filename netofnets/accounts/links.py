"""Links that let one person in once: by mail to sign in, or as an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString

from netofnets.accounts.database import SKEW, Database
from netofnets.accounts.keys import Keys
from netofnets.accounts.model import Account
from netofnets.accounts.roll import ACCOUNT, account_from

__all__ = ["LONGEST", "MINUTES", "Invited", "Links", "Purpose"]

MINUTES = 30
"""How long a link to sign in works."""
LONGEST = 90
"""The most days for which an invitation may work."""
_WORKS = "ends > ? AND ends <= CASE purpose WHEN 'invitation' THEN ? ELSE ? END"


class Purpose(StrEnum):
    """What a link is for."""

    SIGN_IN = "mail"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that nobody has used: whose, and when it ends (seconds since 1970)."""

    account: Account
    ends: int


class Links:
    """The links of one database; only digests of their keys are kept."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    def make(self, account: Account, purpose: Purpose, *, days: int = 0) -> str:
        """The key of a new link; it works for :data:`MINUTES`, an invitation for ``days``.

        An older invitation of the same account stops working.
        """
        key, now = self._keys.token(), self._database.now()
        ends = now + (days * 24 * 3600 if purpose is Purpose.INVITATION else MINUTES * 60)
        with self._database.writing() as opened:
            opened.execute(f"DELETE FROM links WHERE NOT ({_WORKS})", _bounds(now))
            if purpose is Purpose.INVITATION:
                opened.execute("DELETE FROM links WHERE account = ? AND purpose = ?", (account.id, purpose))
            opened.execute("INSERT INTO links VALUES (?, ?, ?, ?)", (self._digest(key), account.id, purpose, ends))
        return key

    def look(self, key: str) -> Account | None:
        """Whom a link would let in; looking does not spend it, as the scanners of mail servers do."""
        with self._database.reading() as opened:
            row = opened.execute(
                self._wanted(f"{ACCOUNT}"), (self._digest(key), *_bounds(self._database.now()))
            ).fetchone()
        return account_from(row) if row else None

    def spend(self, key: str) -> tuple[Account, Purpose] | None:
        """Whom the link lets in, and what it was for; None when it was used before, is too old, or never was.

        Every other link that was sent to sign this account in stops working, too.
        """
        with self._database.writing() as opened:
            row = opened.execute(
                self._wanted(f"l.purpose, {ACCOUNT}"), (self._digest(key), *_bounds(self._database.now()))
            ).fetchone()
            if row is None:
                return None
            account, purpose = account_from(row[1:]), Purpose(row[0])
            opened.execute(
                "DELETE FROM links WHERE token = ? OR (account = ? AND purpose = ?)",
                (self._digest(key), account.id, Purpose.SIGN_IN),
            )
        return account, purpose

    def invited(self) -> tuple[Invited, ...]:
        """The invitations that are open, by address."""
        asked = (
            f"SELECT l.ends, {ACCOUNT} FROM links l JOIN accounts a ON a.id = l.account "
            f"WHERE l.purpose = ? AND {_WORKS} AND a.closed IS NULL ORDER BY a.address"
        )
        with self._database.reading() as opened:
            rows = opened.execute(asked, (Purpose.INVITATION, *_bounds(self._database.now()))).fetchall()
        return tuple(Invited(account_from(row[1:]), row[0]) for row in rows)

    def withdraw(self, account: Account) -> bool:
        """Let the invitation of an account work no longer; whether there was one."""
        with self._database.writing() as opened:
            gone = opened.execute(
                "DELETE FROM links WHERE account = ? AND purpose = ?", (account.id, Purpose.INVITATION)
            )
            return bool(gone.rowcount)

    def _wanted(self, columns: LiteralString) -> LiteralString:
        return (
            f"SELECT {columns} FROM links l JOIN accounts a ON a.id = l.account "
            f"WHERE l.token = ? AND {_WORKS} AND a.closed IS NULL"
        )

    def _digest(self, key: str) -> str:
        return self._keys.digest("link", key)


def _bounds(now: int) -> tuple[int, int, int]:
    """When a link that works ends: later than now, and no later than one that was made now."""
    return now, now + LONGEST * 24 * 3600 + SKEW, now + MINUTES * 60 + SKEW

"""Sessions on our side: a browser holds a random id, and what that id is worth is decided here at every request."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.accounts.database import ABSOLUTE, IDLE, SKEW, Database
from netofnets.accounts.keys import Keys
from netofnets.accounts.model import Account
from netofnets.accounts.roll import ACCOUNT, account_from

__all__ = ["ABSOLUTE", "IDLE", "Session", "Sessions"]

_FRESH = 30 * 60  # seconds after signing in within which a password may be set
_NOTED = 60  # seconds between two notes of when a session was seen: a page is not to cost a write
_PURPOSE = "session"
_OPEN = "started > ? AND seen > ? AND seen <= ?"


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in."""

    account: Account
    started: int
    fresh: bool  # signed in a short while ago
    way: str  # mail | password | invitation | the name of a provider


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    def start(self, account: Account, way: str, *, instead_of: str = "") -> str:
        """A new session's token. ``instead_of``, what the browser held before, is worth nothing from now on."""
        token, now = self._keys.token(), self._database.now()
        with self._database.writing() as opened:
            opened.execute("DELETE FROM sessions WHERE token = ?", (self._digest(instead_of),))
            opened.execute(f"DELETE FROM sessions WHERE NOT ({_OPEN})", _bounds(now))
            opened.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (self._digest(token), account.id, now, now, way)
            )
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token; None when there is none, it has ended, or its account was closed."""
        if not token:
            return None
        digest, now = self._digest(token), self._database.now()
        with self._database.reading() as opened:
            row = opened.execute(
                f"SELECT s.started, s.seen, s.way, {ACCOUNT} FROM sessions s JOIN accounts a ON a.id = s.account "
                "WHERE s.token = ? AND a.closed IS NULL",
                (digest,),
            ).fetchone()
        if row is None or not _is_open(row[0], row[1], now):
            return None
        if now - row[1] >= _NOTED:
            with self._database.writing() as opened:
                opened.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, digest))
        return Session(account_from(row[3:]), row[0], now - row[0] < _FRESH, row[2])

    def end(self, token: str) -> None:
        """End one session."""
        with self._database.writing() as opened:
            opened.execute("DELETE FROM sessions WHERE token = ?", (self._digest(token),))

    def end_all(self, account: Account, *, but: str = "") -> int:
        """End every session of an account, except that of the token ``but``; how many there were."""
        with self._database.writing() as opened:
            return opened.execute(
                "DELETE FROM sessions WHERE account = ? AND token != ?", (account.id, self._digest(but))
            ).rowcount

    def count(self, account: Account) -> int:
        """How many sessions of an account are open."""
        now = self._database.now()
        with self._database.reading() as opened:
            (found,) = opened.execute(
                f"SELECT count(*) FROM sessions WHERE account = ? AND {_OPEN}", (account.id, *_bounds(now))
            ).fetchone()
        return int(found)

    def _digest(self, token: str) -> str:
        return self._keys.digest(_PURPOSE, token)


def _bounds(now: int) -> tuple[int, int, int]:
    """The values of what tells an open session (a session is seen when it starts, and later)."""
    return now - ABSOLUTE, now - IDLE, now + SKEW


def _is_open(started: int, seen: int, now: int) -> bool:
    earliest, idle, latest = _bounds(now)
    return started > earliest and idle < seen <= latest

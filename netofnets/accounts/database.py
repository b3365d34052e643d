"""The file that accounts are kept in: private, of the right version, never published and never in the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

from netofnets.errors import StoreError, StoreTooNew, StoreUnavailable
from netofnets.store.literal import spelled
from netofnets.store.sqlite.connection import connection
from netofnets.store.sqlite.sql import Connection

__all__ = [
    "AUDIT_KEPT",
    "ABSOLUTE",
    "AUDIT_STAYS",
    "FILE",
    "FORGOTTEN",
    "IDLE",
    "SKEW",
    "Clock",
    "Database",
    "seconds",
    "system_clock",
]

FILE = "accounts.sqlite"
"""Its name in the home."""

Clock = Callable[[], datetime]

_APPLICATION = 0x4E6F4E41  # "NoNA"
_VERSION = 3
_SINCE_2 = (
    """CREATE TABLE bindings (
        issuer TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        made INTEGER NOT NULL, PRIMARY KEY (issuer, subject), UNIQUE (account, issuer)
    ) STRICT""",
    "CREATE TABLE begun (token TEXT PRIMARY KEY, back TEXT NOT NULL, ends INTEGER NOT NULL) STRICT",
)
_OF_ACCOUNT = "account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE"
_SINCE_3 = (
    f"CREATE TABLE acceptances ({_OF_ACCOUNT}, version TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (account, version)) STRICT",
    f"CREATE TABLE blocks ({_OF_ACCOUNT}, record TEXT NOT NULL, blocked TEXT NOT NULL, since INTEGER NOT NULL,"
    " PRIMARY KEY (account, blocked)) STRICT",
    f"CREATE TABLE reports (number INTEGER PRIMARY KEY, leader TEXT NOT NULL, {_OF_ACCOUNT}, reason TEXT NOT NULL,"
    " at INTEGER NOT NULL, settled INTEGER) STRICT",
)
_ABORT = "ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
AUDIT_STAYS = ("audit_stays", f"CREATE TRIGGER audit_stays BEFORE UPDATE {_ABORT}")
AUDIT_KEPT = ("audit_kept", f"CREATE TRIGGER audit_kept BEFORE DELETE {_ABORT}")
IDLE, ABSOLUTE = 12 * 3600, 7 * 24 * 3600
"""Seconds after the last request, and after signing in, at which a session ends."""
FORGOTTEN = 24 * 3600
"""Seconds after the last try at which tries are forgotten."""
SKEW = 5 * 60
"""Seconds by which what was kept may be ahead of the clock. What is further ahead was made before the clock was turned
back, and nobody knows how old it is: it is worth nothing."""
# What, its table, and when a row has ended, in seconds before now.
_ENDED: tuple[tuple[str, LiteralString, LiteralString, tuple[int, ...]], ...] = (
    ("sessions that have ended", "sessions", "started <= ? OR seen <= ? OR seen > ?", (ABSOLUTE, IDLE, -SKEW)),
    ("links that no longer work", "links", "ends <= ?", (0,)),
    ("old tries", "tries", "last < ?", (FORGOTTEN,)),
)
_SCHEMA = (
    """CREATE TABLE accounts (
        id TEXT PRIMARY KEY, address TEXT NOT NULL UNIQUE, role TEXT NOT NULL, scope TEXT NOT NULL,
        password TEXT, created INTEGER NOT NULL, closed INTEGER
    ) STRICT""",
    """CREATE TABLE sessions (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        started INTEGER NOT NULL, seen INTEGER NOT NULL, way TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE links (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
        purpose TEXT NOT NULL, ends INTEGER NOT NULL
    ) STRICT""",
    "CREATE TABLE tries (whose TEXT PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL) STRICT",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, whom TEXT NOT NULL,
        origin TEXT NOT NULL, result TEXT NOT NULL, digest TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sessions_of ON sessions (account)",
    "CREATE INDEX links_of ON links (account)",
    # The chain tells of a change; these keep a mistake of the program from making one.
    AUDIT_STAYS[1],
    AUDIT_KEPT[1],
    *_SINCE_2,
    *_SINCE_3,
)
_SINCE = {1: (*_SINCE_2, *_SINCE_3), 2: _SINCE_3}
"""What brings a file of an older format up to date."""


def system_clock() -> datetime:
    """The time of the machine, UTC."""
    return datetime.now(UTC)


def seconds(moment: datetime) -> int:
    """A time as it is kept: whole seconds since 1970."""
    return int(moment.timestamp())


class Database:
    """Accounts with all that belongs to them, and the audit, in one SQLite file that only its owner can read.

    Each task opens the file for itself, so several processes and threads share it, and what one of them ends (a
    session, an account) is ended for all.
    """

    def __init__(self, path: Path, clock: Clock = system_clock) -> None:
        self.path = path
        self.clock = clock
        _prepare(path)

    def now(self) -> int:
        """The time by this database's clock, in whole seconds since 1970."""
        return seconds(self.clock())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with connection(self.path) as opened:
            yield opened

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[Connection]:
        """A connection within a transaction: all that is written in the block is kept, or nothing when it raises.

        Not ``lasting``: a power cut may lose it, and it does not wait for the disk.
        """
        with connection(self.path) as opened:
            if not lasting:
                opened.execute("PRAGMA synchronous = NORMAL")
            opened.execute("PRAGMA secure_delete = ON")  # what was removed is not to be found in the file
            opened.execute("BEGIN IMMEDIATE")
            yield opened
            opened.execute("COMMIT")

    def expired(self, *, do: bool = True) -> dict[str, int]:
        """Remove sessions that have ended, links that no longer work and old tries; how many of each.

        ``do`` false: they are counted. Links that were used are gone already.
        """
        now, counts = self.now(), {}
        with self.writing() as opened:
            for what, table, where, ends in _ENDED:
                values = tuple(now - seconds for seconds in ends)
                counts[what] = int(opened.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0])
                if do:
                    opened.execute(f"DELETE FROM {table} WHERE {where}", values)
        if do:
            self.scrub()
        return counts

    def scrub(self) -> None:
        """Leave no byte of what was removed in the files either, as far as nobody reads at this moment."""
        with connection(self.path) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot make {path} private: {error.strerror}; check the rights on its folder"
        ) from error
    with connection(path) as opened:
        if _is_current(opened, path):
            return
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("BEGIN IMMEDIATE")
        if not _is_current(opened, path):
            (version,) = opened.execute("PRAGMA user_version").fetchone()
            for statement in _SINCE.get(version, _SCHEMA):
                opened.execute(statement)
            opened.execute(f"PRAGMA application_id = {spelled(_APPLICATION)}")
            opened.execute(f"PRAGMA user_version = {spelled(_VERSION)}")
        opened.execute("COMMIT")


def _is_current(opened: Connection, path: Path) -> bool:
    (application,) = opened.execute("PRAGMA application_id").fetchone()
    (version,) = opened.execute("PRAGMA user_version").fetchone()
    (tables,) = opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and tables == 0:
        return False
    if application != _APPLICATION:
        raise StoreError(f"{path} is no database of accounts; move it away")
    if version > _VERSION:
        raise StoreTooNew(f"{path} was written by a newer netofnets (format {version}); update netofnets to open it")
    return bool(version == _VERSION)

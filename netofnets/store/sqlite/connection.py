"""Opening the file: private, durable, of the right version, and with errors that say what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

from netofnets.errors import StoreBusy, StoreError, StoreTooNew, StoreUnavailable
from netofnets.language import say
from netofnets.language.system import system_words
from netofnets.schema.kinds import BY_NAME
from netofnets.store.columns import columns_of
from netofnets.store.literal import spelled
from netofnets.store.sqlite import statements
from netofnets.store.sqlite.file import APPLICATION, VERSION
from netofnets.store.sqlite.index import INDEX, SqliteIndex
from netofnets.store.sqlite.sql import Connection

__all__ = ["VERSION", "connect", "connection", "prepare", "translated"]

_CORRUPT = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def prepare(path: Path) -> None:
    """Make the file if there is none, else bring it up to date; refuse what is not ours or is newer than we are."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            say(
                "cannot make {path}: {why}; name a file in a folder you can write",
                path=str(path),
                why=system_words(error),
            )
        ) from error
    with connection(path) as database:
        if _is_current(database, path):
            return
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN IMMEDIATE")
        if not _is_current(database, path):
            _migrate(database)
        database.execute("COMMIT")


def connect(path: Path, *, patience: float = 5.0) -> Connection:
    """A connection that commits by itself unless told to begin, and waits ``patience`` seconds for a lock."""
    # Autocommit mode: transactions are begun and ended in plain sight.
    database = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False, factory=Connection
    )
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -65536"):
        database.execute(f"PRAGMA {pragma}")
    return database


@contextmanager
def connection(path: Path, *, patience: float = 5.0) -> Iterator[Connection]:
    """A connection for one task, closed at its end; an open transaction is rolled back, errors are translated."""
    with translated(path):
        database = connect(path, patience=patience)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says into sentences of ours."""
    try:
        yield
    except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
        raise _translate(path, error) from error


def _translate(path: Path, error: Exception) -> StoreError:
    told = {"path": str(path), "error": str(error)}
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # only what the library itself reports has a code
    if primary in _CORRUPT:
        return StoreError(
            say("{path} is not a SQLite database, or is damaged; name another file or restore a copy", path=str(path))
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(say("{path} is being written by another process; try again in a moment", path=str(path)))
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StoreUnavailable(
            say("{path} cannot be written; nothing was changed. Check the rights on file and folder", path=str(path))
        )
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StoreError(say("{path}: {error}; nothing was changed. Make room on the disk and run it again", **told))
    if primary == sqlite3.SQLITE_CANTOPEN:
        return StoreUnavailable(
            say("cannot open {path}: {error}; check that it is a file in a folder that can be written", **told)
        )
    if isinstance(error, OverflowError | UnicodeEncodeError):
        return StoreError(say("a value cannot be stored ({error}); nothing was changed", error=str(error)))
    return StoreError(say("{path}: {error}; nothing was changed", **told))


def _is_current(database: Connection, path: Path) -> bool:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and tables == 0:
        return False
    if application != APPLICATION:
        raise StoreError(say("{path} is a database of another program; name another file", path=str(path)))
    if version > VERSION or any(_surplus(database, name) for name in BY_NAME):
        raise StoreTooNew(
            say(
                "{path} was written by a newer netofnets (format {version}); update netofnets to open it",
                path=str(path),
                version=version,
            )
        )
    there = version == VERSION and bool(_present(database, "comparable"))
    return there and not any(_missing(database, name) for name in BY_NAME)


def _migrate(database: Connection) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in statements.schema():
            database.execute(statement)
    if version == 1:
        database.execute(statements.DECISIONS)
    if not _present(database, "past_claim"):
        for statement in statements.PAST:
            database.execute(statement)
    if not _present(database, "tombstone"):
        database.execute(statements.TOMBSTONES)
    for log in statements.LOGS:
        if "run" not in _present(database, log):
            database.execute(f"ALTER TABLE {log} ADD COLUMN run INTEGER NOT NULL DEFAULT 0")
    if not _present(database, "comparable"):
        for statement in INDEX:
            database.execute(statement)
        SqliteIndex(database).rebuild()
    for name, kind in BY_NAME.items():
        if not _present(database, name):
            database.execute(statements.create_kind(kind))
        for column in _missing(database, name):
            database.execute(statements.add_column(kind, column))
    database.execute(f"PRAGMA application_id = {spelled(APPLICATION)}")
    database.execute(f"PRAGMA user_version = {spelled(VERSION)}")


def _present(database: Connection, table: str) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _missing(database: Connection, kind: str) -> list[LiteralString]:
    present = _present(database, kind)
    return [name for name in columns_of(kind) if name not in present]


def _surplus(database: Connection, kind: str) -> set[str]:
    return set(_present(database, kind)) - set(columns_of(kind))

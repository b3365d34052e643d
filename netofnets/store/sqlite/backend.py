"""The store in one SQLite file: a write-ahead log, one writer, readers that never wait."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from netofnets.errors import SettingsError, StoreBusy, StoreError
from netofnets.language import say
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import Kind, Visibility
from netofnets.schema.records import Claim, Decision, Judgement, Run, VisibilityChoice
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.store.base import Ability, Check, EraseReceipt, Facts, StoreStatus, Writer
from netofnets.store.book import Book
from netofnets.store.facts import Mapped
from netofnets.store.memory import MemoryStore
from netofnets.store.moments import begins
from netofnets.store.operations import append_choices, append_decisions, append_judgements, erase_person
from netofnets.store.sqlite import statements
from netofnets.store.sqlite.book import read_earlier, read_kept, read_past, read_vocabulary
from netofnets.store.sqlite.connection import connection, prepare
from netofnets.store.sqlite.index import SqliteIndex
from netofnets.store.sqlite.scan import read_claims, read_entities
from netofnets.store.sqlite.sql import Connection
from netofnets.store.sqlite.writer import (
    SqliteWriter,
    read_decisions,
    read_judgements,
    read_kept_since,
    read_tombstones,
)

__all__ = ["SqliteStore"]

_PATIENCE = 10.0  # seconds that an erasure waits for readers to let go of the log


class SqliteStore:
    """A :class:`netofnets.store.base.Store` in a file. Every task has its own connection, so threads may share it."""

    abilities: frozenset[Ability] = frozenset()

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:{path}"

    @classmethod
    def open(cls, url: str, *, reading: bool = False) -> SqliteStore | MemoryStore:
        """Open or make the file of ``sqlite:PATH``; only ``reading`` makes none, and has an empty store instead."""
        name = url.removeprefix("sqlite:")
        if not name or name == ":memory:":
            raise SettingsError(
                say("{url!r} names no file: write sqlite:PATH, or memory: for a store without one", url=url)
            )
        store = cls(Path(name).expanduser().absolute())
        if reading and not store.path.exists():
            return MemoryStore(store.url, "no file yet")
        prepare(store.path)
        return store

    def status(self) -> StoreStatus:
        """Counts and the last run."""
        with self._reading() as database:
            counts = {kind.name: _count(database, kind) for kind in BY_NAME.values()}
            return StoreStatus(
                self.url, _last_run(database), counts, _sources(database), f"SQLite {sqlite3.sqlite_version}"
            )

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with self._reading() as database:
            return _runs(database)

    def known_among(self, kind: str, ids: Iterable[str]) -> frozenset[str]:
        """Which of these ids mean a node of a kind."""
        wanted = json.dumps(sorted(set(ids)))
        with self._reading() as database:
            return frozenset(one for (one,) in database.execute(statements.known_among(kind), (wanted,)))

    @contextmanager
    def writer(self, source: str) -> Iterator[Writer]:
        """Take the lock and begin a run; see :class:`netofnets.store.base.Store`."""
        with connection(self.path, patience=1.0) as database:
            started = begins()
            run = _take_lease(database, source, started)
            try:
                yield SqliteWriter(database, source, run, started)
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append to the log of identity, in one run."""
        append_judgements(self, judgements)

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of identity, in its order."""
        with self._reading() as database:
            return read_judgements(database)

    def choices(self) -> tuple[VisibilityChoice, ...]:
        """The log of visibility, in its order."""
        with self._reading() as database:
            return _choices(database)

    def choose(self, choices: Iterable[VisibilityChoice]) -> tuple[VisibilityChoice, ...]:
        """Append to the log of visibility, in one run."""
        return append_choices(self, choices)

    def decide(self, decisions: Iterable[Decision], check: Check | None = None) -> None:
        """Append to the log of decisions, in one run."""
        append_decisions(self, decisions, check)

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        with self._reading() as database:
            return read_decisions(database, topic)

    def vocabulary(self) -> tuple[Claim, ...]:
        """Claims about interests of sources that list nobody."""
        with self._reading() as database:
            return read_vocabulary(database)

    def scan(self) -> Facts:
        """Everything, as of one moment: one read transaction."""
        return self._scan(None)

    def scan_aside(self, folder: Path) -> Facts:
        """The same, with tables of many rows in files below ``folder``, which stays until they are no longer needed."""
        return self._scan(folder)

    def _scan(self, aside: Path | None) -> Facts:
        with self._reading() as database:
            database.execute("PRAGMA cache_size = -2048")  # every page is read once
            tables = Mapped({name: read_entities(database, name, aside) for name in BY_NAME})
            claims = read_claims(database, aside)
            logs = _choices(database), read_judgements(database), _runs(database), read_decisions(database)
            return Facts(_last_run(database), tables, claims, *logs, read_earlier(database))

    def book(self) -> Book:
        """Everything as it is kept: one read transaction."""
        with self._reading() as database:
            kept = tuple(read_kept(database))
            logs = read_judgements(database), _choices(database), read_decisions(database), _runs(database)
            past, lost = read_past(database)
            since, is_right = read_kept_since(database), SqliteIndex(database).is_right()
            erased = read_tombstones(database)
            return Book(_last_run(database), kept, *logs, past, lost, since, is_right, tombstones=erased)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        with self._reading() as database:
            return read_tombstones(database)

    def erase(self, leader: str, marks: Marks | None = None) -> EraseReceipt:
        """Remove a person, then rewrite the file, so that free pages and the log hold no byte of theirs.

        When a reader keeps old pages, that is an error; erasing once more then clears them, and finds nobody.
        """
        try:
            return erase_person(self, leader, marks)
        finally:
            self.scrub()

    def close(self) -> None:
        """Nothing is open between tasks."""

    def scrub(self) -> None:
        """Rewrite the file and empty its log, so that no byte of what was removed is left."""
        with connection(self.path, patience=_PATIENCE) as database:
            database.execute("PRAGMA temp_store = FILE")  # a copy of the whole file, which may not fit in memory
            database.execute("VACUUM")
            end = time.monotonic() + _PATIENCE
            while database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > end:
                    raise StoreError(
                        say(
                            "the person is removed, but a reader keeps old pages in the log of the file; end other "
                            "programs that read it, and erase once more"
                        )
                    )
                time.sleep(0.1)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with connection(self.path) as database:
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")


def _take_lease(database: Connection, source: str, since: str) -> int:
    """Begin the run's transaction and return its number. The lease row is committed first: others can read it."""
    token = secrets.token_hex(8)
    try:
        database.execute("BEGIN IMMEDIATE")
        run = _last_run(database) + 1
        row = (run, source, since, os.getpid(), token)
        database.execute("REPLACE INTO lease (one, run, source, since, process, token) VALUES (1, ?, ?, ?, ?, ?)", row)
        database.execute("COMMIT")
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise StoreBusy(_who_writes(database)) from None
        raise
    holder = database.execute("SELECT token FROM lease").fetchone()
    if holder != (token,) or _last_run(database) + 1 != run:
        raise StoreBusy(_who_writes(database))  # another took the lock between our two transactions
    return run


def _who_writes(database: Connection) -> str:
    row = database.execute("SELECT run, source, since, process FROM lease").fetchone()
    if row is None:
        return "another writer is at work; try again when it is done"
    run, source, since, process = row
    return f"run {run} of {source!r} is being written since {since} by process {process}; try again when it is done"


def _last_run(database: Connection) -> int:
    return int(database.execute("SELECT coalesce(max(number), 0) FROM run").fetchone()[0])


def _count(database: Connection, kind: Kind) -> int:
    return int(database.execute(f"SELECT count(*) FROM {kind.name}").fetchone()[0])


def _runs(database: Connection) -> tuple[Run, ...]:
    rows = database.execute("SELECT number, source, status, started, finished, report FROM run ORDER BY number")
    return tuple(Run(*row) for row in rows)


def _choices(database: Connection) -> tuple[VisibilityChoice, ...]:
    rows = database.execute("SELECT record, level, who, why, field, at, run FROM visibility_choice ORDER BY number")
    return tuple(VisibilityChoice(record, Visibility(level), *rest) for record, level, *rest in rows)


def _sources(database: Connection) -> tuple[str, ...]:
    # One look into the index per source, not one per claim.
    rows = database.execute(
        """WITH RECURSIVE known (name) AS (
             SELECT min(source) FROM claim
             UNION ALL SELECT (SELECT min(source) FROM claim WHERE source > name) FROM known WHERE name IS NOT NULL)
           SELECT name FROM known WHERE name IS NOT NULL"""
    )
    return tuple(name for (name,) in rows)

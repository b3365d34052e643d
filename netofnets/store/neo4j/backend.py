"""The store on a Neo4j server: shared by many, one writer at a time, and asked with Cypher."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import pyarrow as pa
from neo4j import Driver
from neo4j.exceptions import DriverError, Neo4jError

from netofnets.errors import StoreUnavailable
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Claim, Decision, Judgement, Run, VisibilityChoice
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.settings import Settings
from netofnets.store import hands
from netofnets.store.base import (
    Ability,
    AnalysisRun,
    Check,
    EraseReceipt,
    Facts,
    FoundThings,
    FoundTies,
    QueryResult,
    StoreStatus,
    Writer,
)
from netofnets.store.book import Book
from netofnets.store.columns import claim_table, entity_table
from netofnets.store.erasure_key import kept_marks
from netofnets.store.neo4j import journal, preparing, query, results, statements, tally
from netofnets.store.neo4j.book import EARLIER, PAST, RUNS, kept_from, past_in, vocabulary
from netofnets.store.neo4j.connection import asking, connect
from netofnets.store.neo4j.drift import Drift
from netofnets.store.neo4j.findings import Findings
from netofnets.store.neo4j.lease import SECONDS, Lease, is_held, still_applied
from netofnets.store.neo4j.logs import read_choices, read_decisions, read_judgements, read_tombstones
from netofnets.store.neo4j.people import ALL, compared_as
from netofnets.store.neo4j.pulse import is_gone
from netofnets.store.neo4j.rows import past_from
from netofnets.store.neo4j.writer import Neo4jWriter, lost
from netofnets.store.operations import append_choices, append_decisions, append_judgements, erase_person

__all__ = ["Neo4jStore"]

T = TypeVar("T")
_PATIENCE = 120.0  # seconds that a reader waits for a large run to be applied


class Neo4jStore:
    """A :class:`netofnets.store.base.Store` in a Neo4j database."""

    abilities: frozenset[Ability] = frozenset(Ability)

    def __init__(
        self, url: str, driver: Driver, database: str, lease: float, prefix: LiteralString, hand_edits: str, home: Path
    ) -> None:
        self.url = url
        self._driver = driver
        self._database = database
        self._lease_seconds = lease
        self._prefix: LiteralString = prefix
        self._hand_edits, self._home = hand_edits, home
        self._prepared = False

    @classmethod
    def open(cls, url: str, settings: Settings, *, lease_seconds: float = SECONDS, reading: bool = False) -> Neo4jStore:
        """Connect, make or check the schema, and bring a run to its end whose writer died.

        ``reading``: check only; whatever database it is, nothing is written before somebody asks for a writer.
        """
        prefix = preparing.checked_prefix(settings["neo4j_label_prefix"])
        database, how = settings["neo4j_database"], hands.checked_how(settings["hand_edits"])
        store = cls(url, connect(url, settings, database), database, lease_seconds, prefix, how, settings.home)
        try:
            with asking(store._driver, url):
                preparing.check(store._ask(preparing.META), url, prefix) if reading else store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def status(self) -> StoreStatus:
        """Counts and the last run."""
        with self._asking():
            meta = self._meta()
            counts = {kind: int(self._ask(statements.count(kind, self._prefix))[0][0]) for kind in BY_NAME}
            server = self._driver.get_server_info()
            return StoreStatus(self.url, meta["run"], counts, tuple(meta["sources"]), server.agent)

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with self._asking():
            return tuple(Run(*row) for row in self._ask(RUNS))

    def known_among(self, kind: str, ids: Iterable[str]) -> frozenset[str]:
        """Which of these ids mean a node of a kind."""
        with self._asking():
            self._settled_run(time.monotonic() + _PATIENCE)
            return frozenset(row[0] for row in self._ask(statements.known_among(kind, self._prefix), ids=[*{*ids}]))

    @contextmanager
    def writer(self, source: str) -> Iterator[Writer]:
        """Take the lease and begin a run; see :class:`netofnets.store.base.Store`."""
        with self._leased(source) as lease:
            writer = Neo4jWriter(self._driver, self._database, lease, source, self._prefix)
            try:
                yield writer
            except (DriverError, Neo4jError) as error:
                if not is_gone(error) and not lease.gone.is_set():
                    raise
                lease.gone.set()
                state = writer.state_after(error)
                raise StoreUnavailable(lost(self.url, writer.run, source, state)) from error
            finally:
                writer.abandon()

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append to the log of identity, in one run."""
        append_judgements(self, judgements)

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of identity, in its order."""
        return self._settled(read_judgements)

    def choices(self) -> tuple[VisibilityChoice, ...]:
        """The log of visibility, in its order."""
        return self._settled(read_choices)

    def choose(self, choices: Iterable[VisibilityChoice]) -> tuple[VisibilityChoice, ...]:
        """Append to the log of visibility, in one run."""
        return append_choices(self, choices)

    def decide(self, decisions: Iterable[Decision], check: Check | None = None) -> None:
        """Append to the log of decisions, in one run."""
        append_decisions(self, decisions, check)

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        return self._settled(lambda driver, database: read_decisions(driver, database, topic))

    def vocabulary(self) -> tuple[Claim, ...]:
        """Claims about interests of sources that list nobody."""
        with self._asking():
            self._settled_run(time.monotonic() + _PATIENCE)
            return tuple(vocabulary(self._rows, self._prefix))

    def scan(self) -> Facts:
        """Everything, as of one run: read again when a run was finished meanwhile.

        What somebody edited in the graph itself is refused (:class:`StoreError`), mended or adopted, as the setting
        ``hand_edits`` says.
        """
        end = time.monotonic() + _PATIENCE
        settled = False
        with self._asking():
            while True:
                run = self._settled_run(end)
                facts, drift = self._read(run)
                meta = self._meta()
                if meta["run"] != run or meta["ready"] is not None:
                    continue
                drift.deleted(tally.gone(meta["claims"], run, facts.claims["source"].to_pylist()))
                if not drift.edited:
                    return facts
                if self._hand_edits == "refuse" or settled:
                    raise hands.refusal(self.url, drift.edited, drift.shown)
                hands.settle(self, self._hand_edits, kept_marks(self._home))
                settled = True

    def book(self) -> Book:
        """Everything as it is kept, as of one run; nothing is written, also where nothing has been yet."""
        end = time.monotonic() + _PATIENCE
        with self._asking():
            while True:
                run = self._settled_run(end)
                asked = ((kind, self._rows(statements.kept(kind, self._prefix))) for kind in BY_NAME)
                kept = tuple(one for kind, rows in asked for one in kept_from(kind, rows))
                at = self._driver, self._database
                logs = read_judgements(*at), read_choices(*at), read_decisions(*at)
                runs, past = tuple(Run(*row) for row in self._ask(RUNS)), past_in(self._rows(PAST))
                erased, meta = read_tombstones(self._driver, self._database), self._meta()
                gone = tally.gone(meta["claims"], run, (claim.source for one in kept for claim in one.claims))
                is_right = not meta.get("people") or compared_as(self._ask(ALL), kept)
                book = Book(run, kept, *logs, runs, *past, meta["kept_since"], is_right, gone=gone, tombstones=erased)
                if meta["run"] == run and meta["ready"] is None:
                    return book

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        return self._settled(read_tombstones)

    def erase(self, leader: str, marks: Marks | None = None) -> EraseReceipt:
        """Remove a person; the server's own files and logs are its administrator's."""
        return erase_person(self, leader, marks)

    def query(
        self, text: str, parameters: Mapping[str, object] | None = None, *, seconds: float = 10, rows: int = 1000
    ) -> QueryResult:
        """Run Cypher that only reads; see :class:`netofnets.store.base.AnswersCypher`."""
        with self._asking():
            return query.ask(self._driver, self._database, text, parameters or {}, seconds=seconds, rows=rows)

    def write_back(
        self,
        run: AnalysisRun,
        tables: Mapping[str, pa.Table],
        things: Sequence[FoundThings] = (),
        ties: Sequence[FoundTies] = (),
    ) -> int:
        """Put results onto nodes; see :class:`netofnets.store.base.WritesBack`."""
        with self._leased("(results)") as lease:
            found = Findings(things, ties)
            return results.write_back(self._driver, self._database, lease, run, tables, found, self._prefix)

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    @contextmanager
    def _leased(self, source: str) -> Iterator[Lease]:
        with self._asking() as gone:
            if not self._prepared:
                self._prepare(recover=False)  # the lease, once taken, does that
            lease = Lease.take(self._driver, self._database, source, self._lease_seconds, gone)
            try:
                with lease.kept():
                    journal.recover(self._driver, self._database, lease, self._prefix)
                    yield lease
            except (DriverError, Neo4jError) as error:
                if is_gone(error):
                    gone.set()
                raise
            finally:
                lease.release()

    def _asking(self) -> AbstractContextManager[threading.Event]:
        return asking(self._driver, self.url)

    def _prepare(self, *, recover: bool = True) -> None:
        found = self._ask(preparing.META)
        preparing.check(found, self.url, self._prefix)
        made = preparing.prepare(self._driver, self._database, self.url, self._prefix, found)
        if not made and recover and found[0]["journal"] and not is_held(found[0].data()):
            self._recover()
        self._prepared = True

    def _recover(self) -> None:
        with self._leased("(recovery)"):
            pass  # taking the lease brings left-over runs to their end

    def _settled(self, read: Callable[[Driver, str], T]) -> T:
        with self._asking():
            self._settled_run(time.monotonic() + _PATIENCE)
            return read(self._driver, self._database)

    def _settled_run(self, end: float) -> int:
        """The last run, once no other is being applied; a dead writer's run is finished here."""
        while (meta := self._meta())["ready"] is not None:
            if not is_held(meta):
                self._recover()
            elif time.monotonic() > end:
                raise still_applied(meta["ready"])
            else:
                time.sleep(0.2)
        return int(meta["run"])

    def _read(self, run: int) -> tuple[Facts, Drift]:
        tables: dict[str, pa.Table] = {}
        claims: list[tuple[object, ...]] = []
        judgements = read_judgements(self._driver, self._database)
        drift = Drift(Identity(judgements))
        for kind in BY_NAME:
            rows, about = drift.taken(kind, self._rows(statements.scan(kind, self._prefix)))
            tables[kind] = entity_table(kind, [] if drift.edited else rows)  # what was edited may be of any type
            claims += about
        choices = read_choices(self._driver, self._database)
        runs, decisions = tuple(Run(*r) for r in self._ask(RUNS)), read_decisions(self._driver, self._database)
        earlier = tuple(past_from(*row) for row in self._ask(EARLIER))
        return Facts(run, tables, claim_table(claims), choices, judgements, runs, decisions, earlier), drift

    def _rows(self, text: LiteralString) -> Iterator[list[Any]]:
        with self._driver.session(database=self._database) as session:
            yield from (record.values() for record in session.run(text))

    def _meta(self) -> dict[str, Any]:
        found = self._ask(preparing.META)
        return found[0].data() if found else dict(preparing.NOTHING)

    def _ask(self, text: LiteralString, **parameters: Any) -> list[Any]:
        return self._driver.execute_query(text, parameters, database_=self._database).records

"""What a store must do: two small protocols; reading and writing never share an object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

import pyarrow as pa

from netofnets.resolution.index import Index
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Decision, Entity, Judgement, PastClaim, Run, VisibilityChoice
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.store.book import Book
from netofnets.store.facts import Facts
from netofnets.store.found import AnalysisRun, FoundThings, FoundTies
from netofnets.store.receipts import EraseReceipt, QueryResult

__all__ = [
    "Ability",
    "AnalysisRun",
    "AnswersCypher",
    "Changes",
    "Check",
    "EraseReceipt",
    "Facts",
    "FoundThings",
    "FoundTies",
    "LedgerView",
    "QueryResult",
    "Scrubs",
    "Store",
    "StoreStatus",
    "TakesParts",
    "Writer",
    "WritesBack",
]


class Ability(StrEnum):
    """What one kind of store can and another cannot."""

    CYPHER = "cypher"
    FULL_TEXT = "full_text"
    SHARED = "shared"
    WRITE_BACK = "write_back"


@dataclass(slots=True)
class Changes:
    """What one run changes: computed by :mod:`netofnets.store.ledger`, carried out by a store, all or nothing."""

    judgements: list[Judgement] = field(default_factory=list)  # appended to the log of identity
    choices: list[VisibilityChoice] = field(default_factory=list)  # appended to the log of visibility
    decisions: list[Decision] = field(default_factory=list)  # appended to the log of decisions
    put: list[tuple[Claim, str]] = field(default_factory=list)  # a claim and the entity it is about
    drop: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, key, source)
    born: dict[str, list[Entity]] = field(default_factory=dict)  # kind -> entities that no claim held before
    changed: dict[str, list[Entity]] = field(
        default_factory=dict
    )  # kind -> entities that stood before, as they are now
    gone: dict[str, list[str]] = field(default_factory=dict)  # kind -> ids that no claim holds any more
    replaced: dict[str, list[str]] = field(default_factory=dict)  # kind -> ids that go before anything is put (repair)
    past: list[PastClaim] = field(default_factory=list)  # what the claims in put and drop said before
    # (kind, key, source, until) of past claims that go before any is put: damaged, or said anew without a file's name
    lost: list[tuple[str, str, str, int]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)  # of another store, taken over with their numbers (copy)
    kept_since: int | None = None  # of another store: from which run on it knows the past (copy)
    forgotten: tuple[str, ...] = ()  # records and proposals that logs and past claims are rid of too (erasure)
    tombstones: list[Tombstone] = field(default_factory=list)  # of whom the records were
    lifted: list[Tombstone] = field(default_factory=list)  # of somebody who may come back
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0  # claims of this source that it no longer states

    @property
    def empty(self) -> bool:
        """Whether nothing at all would be written."""
        entities = self.born or self.changed or self.gone or self.replaced
        claims = self.put or self.drop or self.past or self.lost
        erased = self.forgotten or self.tombstones or self.lifted
        return not (self.logs or self.runs or claims or entities or erased)

    @property
    def logs(self) -> int:
        """How many rows the logs grow by."""
        return len(self.judgements) + len(self.choices) + len(self.decisions)


# What stands on the topics concerned, and who is who now.
Check = Callable[[tuple[Decision, ...], Identity], None]


class LedgerView(Protocol):
    """What the ledger asks of a store to work out the changes of a run."""

    def claims_of(self, source: str) -> Iterator[Claim]:
        """All live claims of a source."""

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims, of every source, about these entities."""

    def claims_touching(self, records: Iterable[str]) -> Iterator[Claim]:
        """Relationship claims with one of these records at an end, and node claims with one of these keys."""

    def claims_with_email(self, emails: Iterable[str]) -> Iterator[Claim]:
        """Claims about leaders that state one of these addresses (already casefolded)."""

    def leaders(self) -> Iterator[Claim]:
        """All live claims about leaders, of every source."""

    def leaders_of(self, source: str) -> Iterator[Claim]:
        """All live claims about leaders of a source."""

    def people(self) -> Index:
        """Everybody whom any source lists, as newcomers are compared with: looked up by keys, not gone through."""

    def told(self, kind: str) -> Iterator[Claim]:
        """All live claims about a kind, of every source: for kinds of few nodes, and for erasing."""

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, in its order."""

    def judgements_about(self, records: Iterable[str]) -> tuple[Judgement, ...]:
        """All judgements that bear on who these records are, directly or through others, in the order of the log.

        There may be more among them; a store that can looks them up instead of reading the whole log.
        """

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""

    def past_of(self, source: str | None) -> Iterator[PastClaim]:
        """All that a source (None: any source) stated before and changed or withdrew, in no order."""

    def past_touching(self, records: Iterable[str]) -> Iterator[PastClaim]:
        """Past claims with one of these keys, or with one of these records at an end."""

    def kept_since(self) -> int:
        """The run from which on past claims are kept: 0, or the last before the store was brought up to that."""

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""


class Writer(LedgerView, Protocol):
    """One run of one source, under the store's lease. Leaving the context without :meth:`finish` changes nothing."""

    run: int

    def apply(self, changes: Changes) -> None:
        """Take the changes, once in a run. Nothing of them is to be seen before :meth:`finish`."""

    def finish(self, report: Mapping[str, object]) -> None:
        """Commit the run, with its counts; a report holds numbers, never anything about a person."""


@runtime_checkable
class TakesParts(Writer, Protocol):
    """A writer that takes the changes of a run in parts, and shows them to its own run at once."""

    def claims_between(self, source: str, kind: str, after: str, upto: str) -> Iterator[Claim]:
        """The live claims of a source of one kind with a key after ``after`` and up to ``upto`` (empty: no bound)."""

    def has_others(self, source: str) -> bool:
        """Whether any claim is another source's."""

    def take(self, changes: Changes) -> None:
        """Take a part of the changes of this run, instead of :meth:`apply`; as often as is needed."""


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What ``netofnets status`` prints about a store."""

    url: str
    run: int  # the last run that is done; 0 in an empty store
    counts: Mapping[str, int]  # kind -> entities
    sources: tuple[str, ...]
    detail: str = ""  # version of the server or file


@runtime_checkable
class WritesBack(Protocol):
    """A store with :attr:`Ability.WRITE_BACK`."""

    def write_back(
        self,
        run: AnalysisRun,
        tables: Mapping[str, pa.Table],
        things: Sequence[FoundThings] = (),
        ties: Sequence[FoundTies] = (),
    ) -> int:
        """Put results onto nodes, and what was found beside them; returns how many nodes have results now.

        ``tables`` has one table per node kind: ``id``, then result columns, which become ``nn_<column>``. What an
        earlier run wrote and this one does not is removed.
        """


@runtime_checkable
class AnswersCypher(Protocol):
    """A store with :attr:`Ability.CYPHER`."""

    def query(
        self, text: str, parameters: Mapping[str, object] | None = None, *, seconds: float = 10, rows: int = 1000
    ) -> QueryResult:
        """Run a raw query that only reads; :class:`QueryRefused` when it would write or runs over its limits."""


@runtime_checkable
class Scrubs(Protocol):
    """A store whose files hold bytes of what was removed until they are rewritten."""

    def scrub(self) -> None:
        """Leave no such byte; :class:`netofnets.errors.StoreError` when a reader keeps old pages."""


class Store(Protocol):
    """The book of record. Opening creates or migrates the schema; a store of a newer version is refused."""

    url: str
    abilities: frozenset[Ability]

    def status(self) -> StoreStatus:
        """Counts and the last run."""

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""

    def known_among(self, kind: str, ids: Iterable[str]) -> frozenset[str]:
        """Which of these ids mean a node of a kind: canonical ids, and ids of records that a judgement names.

        Looked up, not scanned for: the cost does not grow with the number of nodes.
        """

    def writer(self, source: str) -> AbstractContextManager[Writer]:
        """Take the lease and begin a run of ``source``; :class:`StoreBusy` when another writer is at work."""

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append to the log of identity and bring the entities concerned in line, in one run."""

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of identity, in its order; read without the rest of the store."""

    def choices(self) -> tuple[VisibilityChoice, ...]:
        """The log of visibility, in its order; read without the rest of the store."""

    def choose(self, choices: Iterable[VisibilityChoice]) -> tuple[VisibilityChoice, ...]:
        """Append to the log of visibility, for every record that the person has by then; returns what was appended."""

    def decide(self, decisions: Iterable[Decision], check: Check | None = None) -> None:
        """Append to the log of decisions, in one run.

        ``check`` is given the decisions on the same topics that stand so far, and who is who, while nobody else can
        add any, and raises when a new one does not fit; nothing is written then.
        """

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log; read without the rest of the store."""

    def vocabulary(self) -> tuple[Claim, ...]:
        """The claims about interests of sources that list nobody; read without the rest of the store."""

    def scan(self) -> Facts:
        """Everything, as of one moment; never half a run."""

    def book(self) -> Book:
        """Everything as it is kept, as of one moment; what is damaged is said to be, and stops nothing."""

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased, in order; read without the rest of the store."""

    def erase(self, leader: str, marks: Marks | None = None) -> EraseReceipt:
        """Remove a person, every record of theirs and every relationship; no byte is left in the store's files.

        With ``marks`` it leaves tombstones in the same run, so that the next load knows whom not to bring back.
        """

    def close(self) -> None:
        """Let go of files and connections."""

"""What a store must do: two small protocols; reading and writing never share an object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import pyarrow as pa

from netofnets.schema.records import Claim, Entity, Judgement, Run, VisibilityChoice

__all__ = ["Ability", "Changes", "EraseReceipt", "Facts", "LedgerView", "Store", "StoreStatus", "Writer"]


class Ability(StrEnum):
    """What one kind of store can and another cannot."""

    CYPHER = "cypher"
    FULL_TEXT = "full_text"
    SHARED = "shared"
    WRITE_BACK = "write_back"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in the book of record at one moment, as columns.

    ``tables`` has one table per kind: ``id``, for relationships ``from_id`` and ``to_id`` (canonical node ids), then the
    properties of the schema. ``claims`` has ``kind, entity, source, local_id, values (JSON), origin, first_run``.
    Rows come in any order.
    """

    run: int
    tables: Mapping[str, pa.Table]
    claims: pa.Table
    choices: tuple[VisibilityChoice, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    runs: tuple[Run, ...] = ()


@dataclass(slots=True)
class Changes:
    """What one run changes: computed by :mod:`netofnets.store.ledger`, carried out by a store, all or nothing."""

    judgements: list[Judgement] = field(default_factory=list)
    put: list[tuple[Claim, str]] = field(default_factory=list)  # a claim and the entity it is about
    drop: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, key, source)
    entities: dict[str, list[Entity]] = field(default_factory=dict)  # kind -> entities as they now stand
    gone: dict[str, list[str]] = field(default_factory=dict)  # kind -> ids that no claim holds any more
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0  # claims of this source that it no longer states

    @property
    def empty(self) -> bool:
        """Whether nothing at all would be written."""
        return not (self.judgements or self.put or self.drop or self.entities or self.gone)


class LedgerView(Protocol):
    """What the ledger asks of a store to work out the changes of a run."""

    def claims_of(self, source: str) -> Iterator[Claim]:
        """All live claims of a source."""

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims, of every source, about these entities."""

    def claims_touching(self, records: Iterable[str]) -> Iterator[Claim]:
        """Relationship claims whose from_id or to_id is one of these records, and node claims with one of these keys."""

    def claims_with_email(self, emails: Iterable[str]) -> Iterator[Claim]:
        """Claims about leaders that state one of these addresses (already casefolded)."""

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, in its order."""


class Writer(LedgerView, Protocol):
    """One run of one source, under the store's lease. Leaving the context without :meth:`finish` changes nothing."""

    run: int

    def apply(self, changes: Changes) -> None:
        """Write the changes. Nothing of them is to be seen before :meth:`finish`."""

    def finish(self, report: Mapping[str, object]) -> None:
        """Commit the run, with its counts."""


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What ``netofnets status`` prints about a store."""

    url: str
    run: int  # the last run that is done; 0 in an empty store
    counts: Mapping[str, int]  # kind -> entities
    sources: tuple[str, ...]
    detail: str = ""  # version of the server or file


@dataclass(frozen=True, slots=True)
class EraseReceipt:
    """What was removed for one person."""

    records: tuple[str, ...]
    claims: int
    relationships: int


class Store(Protocol):
    """The book of record. Opening creates or migrates the schema; a store of a newer version is refused."""

    url: str
    abilities: frozenset[Ability]

    def status(self) -> StoreStatus:
        """Counts and the last run."""

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""

    def writer(self, source: str) -> AbstractContextManager[Writer]:
        """Take the lease and begin a run of ``source``; :class:`StoreBusy` when another writer is at work."""

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append to the log of identity and bring the entities concerned in line, in one run."""

    def choose(self, choices: Iterable[VisibilityChoice]) -> None:
        """Append to the log of visibility."""

    def scan(self) -> Facts:
        """Everything, as of one moment; never half a run."""

    def erase(self, leader: str) -> EraseReceipt:
        """Remove a person, every record of theirs and every relationship; no byte is left in the store's files."""

    def close(self) -> None:
        """Let go of files and connections."""

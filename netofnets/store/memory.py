"""The store in memory: dictionaries; the reference that the other stores are held against."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from netofnets.errors import StoreBusy, StoreError
from netofnets.language import say
from netofnets.resolution.index import DictIndex
from netofnets.schema.identifiers import kind_of
from netofnets.schema.identity import Identity
from netofnets.schema.records import Claim, Decision, Judgement, PastClaim, Run, VisibilityChoice
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.store.base import Ability, Changes, Check, EraseReceipt, Facts, StoreStatus, Writer
from netofnets.store.book import Book, Kept
from netofnets.store.claims import json_text, values_from_text, values_text, vocabulary_in
from netofnets.store.columns import claim_table, entity_row, entity_table
from netofnets.store.memory_book import MemoryBook, forget, kept, refuse_what_no_file_can_hold, touches
from netofnets.store.moments import begins, ends
from netofnets.store.operations import append_choices, append_decisions, append_judgements, erase_person

__all__ = ["MemoryStore"]


class MemoryStore:
    """A :class:`netofnets.store.base.Store` that is gone with its process."""

    abilities: frozenset[Ability] = frozenset()

    def __init__(self, url: str = "memory:", detail: str = "in memory") -> None:
        self.url = url
        self._detail = detail
        self._book = MemoryBook()
        self._reading = threading.Lock()  # held for moments, around a scan and a commit
        self._lease = threading.Lock()  # held for a run
        self._holder = ""

    @classmethod
    def open(cls, url: str) -> MemoryStore:
        """A new, empty store; ``memory:`` takes no path."""
        if url != "memory:":
            raise StoreError(f"cannot open {url!r}: a store in memory has no name, write memory:")
        return cls()

    def status(self) -> StoreStatus:
        """Counts and the last run."""
        with self._reading:
            counts = {kind: len(entities) for kind, entities in self._book.entities.items()}
            sources = tuple(sorted({source for _, _, source in self._book.claims}))
            return StoreStatus(self.url, len(self._book.runs), counts, sources, self._detail)

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        return tuple(self._book.runs)

    def known_among(self, kind: str, ids: Iterable[str]) -> frozenset[str]:
        """Which of these ids mean a node of a kind."""
        with self._reading:
            judged = {one for j in self._book.judgements for one in (j.left, j.right) if kind_of(one) == kind}
            return frozenset(one for one in ids if one in self._book.entities[kind] or one in judged)

    @contextmanager
    def writer(self, source: str) -> Iterator[Writer]:
        """Take the lease and begin a run; see :class:`netofnets.store.base.Store`."""
        if not self._lease.acquire(blocking=False):
            raise StoreBusy(
                say("{url}: {holder} is being written; try again when it is done", url=self.url, holder=self._holder)
            )
        try:
            writer = _MemoryWriter(self._book, source, self._reading)
            self._holder = f"run {writer.run} of {source!r} (since {writer.started})"
            yield writer
        finally:
            self._lease.release()

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append to the log of identity, in one run."""
        append_judgements(self, judgements)

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of identity, in its order."""
        with self._reading:
            return tuple(self._book.judgements)

    def choices(self) -> tuple[VisibilityChoice, ...]:
        """The log of visibility, in its order."""
        with self._reading:
            return tuple(self._book.choices)

    def choose(self, choices: Iterable[VisibilityChoice]) -> tuple[VisibilityChoice, ...]:
        """Append to the log of visibility, in one run."""
        return append_choices(self, choices)

    def decide(self, decisions: Iterable[Decision], check: Check | None = None) -> None:
        """Append to the log of decisions, in one run."""
        append_decisions(self, decisions, check)

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        with self._reading:
            return tuple(one for one in self._book.decisions if one.topic == topic)

    def vocabulary(self) -> tuple[Claim, ...]:
        """Claims about interests of sources that list nobody."""
        return vocabulary_in(claim for claim, _ in list(self._book.claims.values()))

    def scan(self) -> Facts:
        """Everything, as of one moment."""
        with self._reading:
            book = self._book
            tables = {kind: entity_table(kind, entities.values()) for kind, entities in book.entities.items()}
            claims = claim_table(
                (c.kind, entity, c.source, c.local_id, values_text(c.values), c.origin, c.first_run)
                for c, entity in book.claims.values()
            )
            logs = tuple(book.choices), tuple(book.judgements), tuple(book.runs), tuple(book.decisions)
            earlier = tuple(one for one in book.past if one.stated)
            return Facts(len(book.runs), tables, claims, *logs, earlier)

    def book(self) -> Book:
        """Everything as it is kept."""
        with self._reading:
            book = self._book
            about: dict[tuple[str, str], list[Claim]] = {}
            for claim, entity in book.claims.values():
                about.setdefault((claim.kind, entity), []).append(claim)
            things = [
                kept(kind, row, about.pop((kind, name), []))
                for kind, entities in book.entities.items()
                for name, row in entities.items()
            ]
            things += [Kept(kind, name, {}, tuple(claims), stands=False) for (kind, name), claims in about.items()]
            logs = tuple(book.judgements), tuple(book.choices), tuple(book.decisions), tuple(book.runs)
            past, since, erased = tuple(book.past), book.kept_since, tuple(sorted(book.tombstones))
            return Book(len(book.runs), tuple(things), *logs, past, kept_since=since, tombstones=erased)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        with self._reading:
            return tuple(sorted(self._book.tombstones))

    def erase(self, leader: str, marks: Marks | None = None) -> EraseReceipt:
        """Remove a person."""
        return erase_person(self, leader, marks)

    def close(self) -> None:
        """Forget everything."""
        self._book = MemoryBook()


class _MemoryWriter:
    """One run: changes wait here until the run is finished."""

    def __init__(self, book: MemoryBook, source: str, reading: threading.Lock) -> None:
        self._book = book
        self._reading = reading
        self._changes: Changes | None = None
        self.run = len(book.runs) + 1
        self.source = source
        self.started = begins()

    def claims_of(self, source: str) -> Iterator[Claim]:
        """All live claims of a source."""
        return (claim for claim, _ in self._book.claims.values() if claim.source == source)

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims about these entities."""
        wanted = set(entities)
        return (c for c, entity in self._book.claims.values() if c.kind == kind and entity in wanted)

    def claims_touching(self, records: Iterable[str]) -> Iterator[Claim]:
        """Claims that stand on one of these records, or are about it."""
        wanted = set(records)
        return (c for c, _ in self._book.claims.values() if wanted & ({c.from_id, c.to_id} if c.from_id else {c.key}))

    def claims_with_email(self, emails: Iterable[str]) -> Iterator[Claim]:
        """Claims of leaders with one of these addresses."""
        wanted = set(emails)
        leaders = (c for c, _ in self._book.claims.values() if c.kind == "leaders")
        return (c for c in leaders if str(c.values.get("email", "")).casefold() in wanted)

    def leaders(self) -> Iterator[Claim]:
        """All live claims about leaders."""
        return (claim for claim, _ in self._book.claims.values() if claim.kind == "leaders")

    def leaders_of(self, source: str) -> Iterator[Claim]:
        """All live claims about leaders of a source."""
        return (claim for claim in self.leaders() if claim.source == source)

    def people(self) -> DictIndex:
        """The index of people to compare, made when it is asked for: this store keeps none."""
        return DictIndex(self.leaders(), Identity(self.judgements()))

    def judgements_about(self, records: Iterable[str]) -> tuple[Judgement, ...]:
        """The whole log."""
        return self.judgements()

    def told(self, kind: str) -> Iterator[Claim]:
        """All live claims about a kind."""
        return (claim for claim, _ in self._book.claims.values() if claim.kind == kind)

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, in its order."""
        return tuple(self._book.judgements)

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        return tuple(one for one in self._book.decisions if one.topic == topic)

    def past_of(self, source: str | None) -> Iterator[PastClaim]:
        """What a source, or any, stated before."""
        return (one for one in self._book.past if source in (None, one.claim.source))

    def past_touching(self, records: Iterable[str]) -> Iterator[PastClaim]:
        """Past claims about one of these records, or with one at an end."""
        wanted = set(records)
        return (one for one in self._book.past if touches(one.claim, wanted))

    def kept_since(self) -> int:
        """The run from which on past claims are kept."""
        return self._book.kept_since

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        return tuple(sorted(self._book.tombstones))

    def apply(self, changes: Changes) -> None:
        """Keep the changes until the run is finished."""
        if self._changes is not None:
            raise StoreError("a run takes its changes once; begin another run for more")
        for claim, _ in changes.put:
            refuse_what_no_file_can_hold(claim)
        self._changes = changes

    def finish(self, report: Mapping[str, object]) -> None:
        """Carry the changes out and number the run."""
        finished = ends(self.started)
        run = Run(self.run, self.source, "done", self.started, finished, json_text(report))
        with self._reading:
            if self._changes is not None:
                self._write(self._changes)
            self._book.runs.append(run)

    def _write(self, changes: Changes) -> None:
        book = self._book
        for claim_id in changes.drop:
            book.claims.pop(claim_id, None)
        for kind, ids in changes.replaced.items():
            for entity_id in ids:
                book.entities[kind].pop(entity_id, None)
        for claim, entity in changes.put:
            kept = replace(
                claim, first_run=claim.first_run or self.run, values=values_from_text(values_text(claim.values))
            )
            book.claims[claim.kind, claim.key, claim.source] = (kept, entity)
        for group in (changes.born, changes.changed):
            for kind, entities in group.items():
                book.entities[kind].update({entity.id: entity_row(entity) for entity in entities})
        for kind, ids in changes.gone.items():
            for entity_id in ids:
                del book.entities[kind][entity_id]
        book.runs += changes.runs
        if lost := set(changes.lost):
            book.past = [p for p in book.past if (p.claim.kind, p.claim.key, p.claim.source, p.until) not in lost]
        book.past += (replace(one, until=one.until or self.run - 1) for one in changes.past)
        book.kept_since = book.kept_since if changes.kept_since is None else changes.kept_since
        book.judgements += (replace(row, run=row.run or self.run) for row in changes.judgements)
        book.choices += (replace(row, run=row.run or self.run) for row in changes.choices)
        book.decisions += (replace(row, run=row.run or self.run) for row in changes.decisions)
        if changes.forgotten:
            forget(book, set(changes.forgotten))
        book.tombstones.difference_update(changes.lifted)
        book.tombstones.update(changes.tombstones)

"""Remove a person from the store, from everything published, from files that wait, and from accounts: step by step.

Each step may be taken again, so an erasure that was cut off is finished by the same command or by the next start of
``netofnets publish`` and ``netofnets serve``. What is recorded of it meanwhile are marks, see
:mod:`netofnets.schema.tombstones`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netofnets.accounts.gate import accounts_of
from netofnets.accounts.model import Account, AccountRole
from netofnets.desk.erasures import Erasure, open_erasures
from netofnets.desk.imports import forget_imports
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged, StoreError
from netofnets.graph.published import Published
from netofnets.graph.withheld import withhold
from netofnets.language import joined, said_by, say
from netofnets.language.system import system_words
from netofnets.publish import Publication, publish, withdraw
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility
from netofnets.schema.tombstones import RECORD, Marks
from netofnets.schema.topics import PROPOSAL
from netofnets.store.base import EraseReceipt, Scrubs, Store
from netofnets.store.erasure_key import marks_for
from netofnets.store.operations import ERASURE

__all__ = ["Erased", "erase", "erase_unconfirmed", "finish_erasures"]


_RUNNING = (AccountRole.OWNER, AccountRole.ORGANIZER)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed from the store, and the publication without the person."""

    receipt: EraseReceipt
    publication: Publication
    accounts_left: tuple[str, ...] = ()  # roles of accounts with the person's address that stay: organizers, owners


def erase(store: Store, home: Path, leader: str, parameters: Mapping[str, Any] | None = None) -> Erased:
    """Remove a person: every record, claim and relationship, then publish anew and delete what was published before.

    ``leader`` is the canonical id or the id of any record of the person; :class:`NotFound` when there is none. It
    cannot be undone, and tombstones are left. When a step fails, :class:`StoreError` says where the person is gone from
    and where not; when it is publishing, everything published is removed. Whoever is gone from the store already, by an
    erasure that was cut off, is looked for everywhere else, too.
    """
    return _erase(store, home, leader, marks_for(home, store.tombstones(), store.url), parameters)


def finish_erasures(store: Store, home: Path, parameters: Mapping[str, Any] | None = None) -> int:
    """Bring erasures that were cut off to their end; how many there were. Raises like :func:`erase`."""
    found = open_erasures(home)
    for job in found:
        marks = marks_for(home, store.tombstones(), store.url)
        if leader := _who(store, marks, job.mark):
            _erase(store, home, leader, marks, parameters, tombstones=job.tombstones)
        else:
            _scrub(store, job)
            _elsewhere(store, home, job, marks, parameters)
    return len(found)


def erase_unconfirmed(
    store: Store, home: Path, people: Iterable[str], parameters: Mapping[str, Any] | None = None
) -> Publication:
    """Erase people who did not ask for it: no tombstones are left, files that wait stay. Raises like :func:`erase`."""
    marks = marks_for(home, store.tombstones(), store.url)
    jobs = []
    for leader in people:
        job = Erasure.begin(home, marks.record(leader), tombstones=False)
        job.finish("files")
        receipt = store.erase(leader)
        _hide(home, receipt.records)
        job.records = [marks.record(one) for one in receipt.records]
        job.finish("store")
        jobs.append(job)
    published = _publish(store, home, parameters)
    for job in jobs:
        job.finish("published")
        _forget_accounts(store, job, marks)
        job.finish("accounts")
    if isinstance(published, Exception):
        raise _unpublished("", published) from published
    return published


def _erase(
    store: Store,
    home: Path,
    leader: str,
    marks: Marks,
    parameters: Mapping[str, Any] | None,
    *,
    tombstones: bool = True,
) -> Erased:
    job = Erasure.begin(home, marks.record(leader), tombstones=tombstones)
    everybody = _records(store, leader)
    forget_imports(home)
    job.finish("files")
    try:
        receipt = store.erase(leader, marks if tombstones else None)
    except NotFound:
        known = job.records or _marked(store, job.mark) or _has_account(home, job.mark, marks)
        if known or _published_before(store, home):
            job.finish("store")
            _elsewhere(store, home, job, marks, parameters)
        if known:
            gone = say("there is no leader {leader!r} in this store any more", leader=leader)
            raise NotFound(joined([gone, job.words()], ". ")) from None
        job.forget()
        raise
    except StoreError as error:
        if not store.known_among(LEADERS.name, everybody):  # removed, and the rest of the step failed
            _hide(home, everybody)
        raise type(error)(joined([said_by(error), job.words()], ". ")) from error
    _hide(home, receipt.records)
    job.records = [marks.record(one) for one in receipt.records]
    job.finish("store")
    return Erased(receipt, *_elsewhere(store, home, job, marks, parameters))


def _hide(home: Path, records: Collection[str]) -> None:
    """No page shows them while publishing takes its time. Where that cannot be written, publishing cannot either."""
    with suppress(OSError):
        withhold(home, records, Visibility.HIDDEN)


def _records(store: Store, leader: str) -> frozenset[str]:
    identity = Identity(store.judgements())
    return frozenset({leader, *identity.members(identity.canonical(leader))})


def _elsewhere(
    store: Store, home: Path, job: Erasure, marks: Marks, parameters: Mapping[str, Any] | None
) -> tuple[Publication, tuple[str, ...]]:
    """The steps after the store; when publishing fails, nothing stays published, and the rest is done all the same."""
    try:
        published = _publish(store, home, parameters)
    except StoreError as error:
        raise StoreError(joined([said_by(error), job.words()], ". ")) from error
    job.finish("published")
    accounts_left = _forget_accounts(store, job, marks)
    job.finish("accounts")
    if isinstance(published, Exception):
        raise _unpublished(job.words(), published) from published
    return published, accounts_left


def _publish(store: Store, home: Path, parameters: Mapping[str, Any] | None) -> Publication | Exception:
    try:
        return publish(store, home, parameters, keep_old=False)
    except Exception as error:
        try:
            withdraw(home)
        except OSError as left:
            told = say(
                "What was published before cannot be removed either ({file}: {why}), and may still show the person: "
                "remove the folder published in the home",
                file=str(left.filename),
                why=system_words(left),
            )
            raise StoreError(joined([said_by(error), told], ". ")) from error
        return error


def _unpublished(done: str, error: Exception) -> StoreError:
    told = say(
        "Publishing anew failed ({error}), so everything that was published before has been removed, and the map shows "
        "nothing until you run: netofnets publish",
        error=said_by(error),
    )
    return StoreError(joined([done, told]))


def _scrub(store: Store, job: Erasure) -> None:
    """The person is in the store no more; the bytes may be in its file still."""
    try:
        if isinstance(store, Scrubs):
            store.scrub()
    except StoreError as error:
        raise type(error)(joined([said_by(error), job.words()], ". ")) from error
    forget_imports(job.home)
    job.finish("files")
    job.finish("store")


def _marked(store: Store, mark: str) -> set[str]:
    """The marks of all records of the person one of whose records has this mark."""
    left = store.tombstones()
    people = {one.person for one in left if one.mark == mark}
    return {one.mark for one in left if one.person in people and one.kind == RECORD}


def _who(store: Store, marks: Marks, mark: str) -> str:
    """The id of the record with this mark, as long as the store holds it; empty: it does not."""
    with store.writer(ERASURE) as writer:
        for claim in writer.leaders():
            if marks.record(claim.key) == mark:
                return claim.key
        for past in writer.past_of(None):
            if past.claim.kind == LEADERS.name and marks.record(past.claim.key) == mark:
                return past.claim.key
        for row in writer.decisions(PROPOSAL):
            for record in row.subjects[1:]:
                if marks.record(record) == mark:
                    return record
    return ""


def _has_account(home: Path, mark: str, marks: Marks) -> bool:
    accounts = accounts_of(home)
    told = accounts.roll.listed() if accounts is not None else ()
    return any(marks.record(record) == mark for one in told for record in one.scope)


def _forget_accounts(store: Store, job: Erasure, marks: Marks) -> tuple[str, ...]:
    """Of a shared map: accounts of who is erased, by record or address, and the ids in the audit.

    Whoever runs the map is not shut out by it: the roles of accounts with such an address that stay.
    """
    accounts = accounts_of(job.home)
    if accounts is None:
        return ()
    people, left = {job.mark, *job.records}, store.tombstones()
    persons = {one.person for one in left if one.mark in people}
    known = people | {one.mark for one in left if one.person in persons}

    def is_erased(word: str) -> bool:
        return marks.record(word) in known

    def is_theirs(account: Account) -> bool:
        by_record = account.role is AccountRole.MEMBER and any(map(is_erased, account.scope))
        return by_record or (account.role not in _RUNNING and marks.address(account.address) in known)

    accounts.roll.forget(is_theirs, origin="erasure")
    accounts.reports.forget(is_erased)
    accounts.audit.redact(is_erased, origin="erasure")
    accounts.audit.note("erase", whom=job.mark, origin="erasure")
    return tuple(str(one.role) for one in accounts.roll.listed() if marks.address(one.address) in known)


def _published_before(store: Store, home: Path) -> bool:
    """Whether what is published is older than what the store holds, or cannot be read."""
    try:
        with Published.current(home) as current:
            return current.run != store.status().run
    except NotPublished:
        return False
    except SnapshotDamaged:
        return True

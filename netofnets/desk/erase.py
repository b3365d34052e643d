"""Remove a person from the store, from everything published, and from files that wait to be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netofnets.accounts.gate import accounts_of
from netofnets.desk.imports import forget_imports
from netofnets.errors import NotFound, NotPublished, SnapshotDamaged, StoreError
from netofnets.graph.published import Published
from netofnets.publish import Publication, publish, withdraw
from netofnets.store.base import EraseReceipt, Store

__all__ = ["Erased", "erase"]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed from the store, and the publication without the person."""

    receipt: EraseReceipt
    publication: Publication


def erase(store: Store, home: Path, leader: str, parameters: Mapping[str, Any] | None = None) -> Erased:
    """Remove a person: every record, claim and relationship, then publish anew and delete what was published before.

    ``leader`` is the canonical id or the id of any record of the person; :class:`NotFound` when there is none. It
    cannot be undone. When publishing fails, everything published is removed, and :class:`StoreError` says so. Whoever
    is gone from the store already, by an erasure that was cut off, is looked for in what is published, too. Files that
    wait to be loaded in the browser may name anybody, so all of them go; so does an account of the person's own record.
    """
    forget_imports(home)
    try:
        receipt = store.erase(leader)
    except NotFound:
        _forget_accounts(home, {leader}, "")
        if _published_before(store, home):
            _publish(store, home, leader, parameters)
        raise
    publication = _publish(store, home, leader, parameters)
    _forget_accounts(home, {leader, *receipt.records}, "done")
    return Erased(receipt, publication)


def _forget_accounts(home: Path, records: set[str], done: str) -> None:
    """Of a shared map: the account of who is erased, and an entry in the audit, which keeps ids alone."""
    if (accounts := accounts_of(home)) is not None:
        forgotten = accounts.roll.forget_members(records, origin="erasure")
        if done or forgotten:
            accounts.audit.note("erase", whom=" ".join(sorted(records)), origin="erasure", result=done or "again")


def _published_before(store: Store, home: Path) -> bool:
    """Whether what is published is older than what the store holds, or cannot be read."""
    try:
        with Published.current(home) as current:
            return current.run != store.status().run
    except NotPublished:
        return False
    except SnapshotDamaged:
        return True


def _publish(store: Store, home: Path, leader: str, parameters: Mapping[str, Any] | None) -> Publication:
    try:
        return publish(store, home, parameters, keep_old=False)
    except Exception as error:
        withdraw(home)
        raise StoreError(
            f"{leader} is in the store no more. Publishing anew failed ({error}), so everything that was published "
            "before has been removed, and the map shows nothing until you run: netofnets publish"
        ) from error

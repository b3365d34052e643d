"""Checking, mending and copying a store, said once for every kind of store."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.errors import StoreError
from netofnets.schema.identity import Identity
from netofnets.store.audit import Audit, audit, expected
from netofnets.store.base import Changes, Store
from netofnets.store.operations import COPY, REPAIR

__all__ = ["Copied", "check", "copy", "repair"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy took over."""

    nodes_and_relationships: int
    claims: int
    logs: int
    runs: int
    past: int  # claims as they stood before a run changed or withdrew them


def check(store: Store) -> Audit:
    """Derive everything from claims again and compare; nothing is written."""
    return audit(store.book())


def repair(store: Store, *, deletions_stand: bool = False) -> Audit:
    """Put right what :func:`check` finds, in one run; what was found is returned. Nothing found: no run.

    What was deleted by hand, with its claims, cannot be put back from what is left: the run notes whose files are to be
    read once more, though they are the same; with ``deletions_stand`` it does not.
    """
    if not check(store).findings:
        return check(store)
    with store.writer(REPAIR) as writer:
        found = audit(store.book())  # under the lease: nobody else writes meanwhile
        writer.apply(found.repair)
        again = sorted({*found.load_again} - ({*found.deleted} if deletions_stand else set()))
        writer.finish({"findings": len(found.findings), "load_again": again})
    return found


def copy(source: Store, target: Store) -> Copied:
    """Copy everything into an empty store: claims, past ones, logs and runs, so that both publish the same bytes.

    :class:`StoreError` when the target holds anything, or the source has something to mend first.
    """
    book = source.book()
    wrong = audit(book).findings
    if wrong:
        raise StoreError(
            f"{source.url} is not as its claims make it ({len(wrong)} findings): see netofnets store check, then run "
            "netofnets store repair, and copy again"
        )
    if not book.run:
        raise StoreError(f"{source.url} is empty: there is nothing to copy")
    claims = [claim for kept in book.kept for claim in kept.claims]
    changes = Changes(list(book.judgements), list(book.choices), list(book.decisions), runs=list(book.runs))
    changes.past, changes.kept_since, changes.tombstones = list(book.past), book.kept_since, list(book.tombstones)
    for (kind, name), entity in expected(claims, Identity(book.judgements)).items():
        changes.born.setdefault(kind, []).append(entity)
        changes.put += [(claim, name) for claim in entity.claims]
    with target.writer(COPY) as writer:
        if writer.run != 1:
            raise StoreError(f"{target.url} holds something already; copy into an empty store")
        writer.run = book.run + 1
        writer.apply(changes)
        writer.finish({"copied": len(claims)})
    return Copied(len(book.kept), len(claims), changes.logs, len(book.runs), len(book.past))

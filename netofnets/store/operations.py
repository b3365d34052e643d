"""Judging, choosing, deciding and erasing, said once in terms of a run, for every store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from netofnets.schema.identifiers import kind_of
from netofnets.schema.identity import Identity
from netofnets.schema.records import Decision, Judgement, VisibilityChoice
from netofnets.schema.tombstones import Marks, Tombstone
from netofnets.store.base import Changes, Check, EraseReceipt, Store
from netofnets.store.erasure import plan_erasure
from netofnets.store.ledger import replan

__all__ = [
    "COPY",
    "DECISIONS",
    "ERASURE",
    "JUDGEMENTS",
    "REPAIR",
    "VISIBILITY",
    "append_choices",
    "append_decisions",
    "append_judgements",
    "bury",
    "erase_person",
    "is_source",
    "lift",
]

# Runs that are no source's: the names cannot be those of a source, which are never in brackets.
JUDGEMENTS, VISIBILITY, DECISIONS, ERASURE = "(judgements)", "(visibility)", "(decisions)", "(erasure)"
REPAIR, COPY = "(repair)", "(copy)"


def is_source(name: str) -> bool:
    """Whether a run's ``source`` names a source, rather than one of the store's own runs."""
    return name not in (JUDGEMENTS, VISIBILITY, DECISIONS, ERASURE, REPAIR, COPY)


def append_judgements(store: Store, judgements: Iterable[Judgement]) -> None:
    """Append to the log of identity and bring the entities concerned in line, in one run."""
    rows = tuple(judgements)
    if not rows:
        return
    with store.writer(JUDGEMENTS) as writer:
        writer.apply(replan(writer, rows))
        writer.finish({"judgements": len(rows)})


def append_choices(store: Store, choices: Iterable[VisibilityChoice]) -> tuple[VisibilityChoice, ...]:
    """Append to the log of visibility, in one run; a choice is kept on every record that the person has by then.

    So it stays with all of them when the records are told apart again, and a later choice replaces all of it. Returns
    what was appended.
    """
    given = list(choices)
    if not given:
        return ()
    with store.writer(VISIBILITY) as writer:
        identity = Identity(writer.judgements_about({choice.record for choice in given}))
        rows = [
            replace(choice, record=record)
            for choice in given
            for record in sorted(identity.members(identity.canonical(choice.record)))
        ]
        writer.apply(Changes(choices=rows))
        writer.finish({"choices": len(rows)})
    return tuple(rows)


def append_decisions(store: Store, decisions: Iterable[Decision], check: Check | None) -> None:
    """Append to the log of decisions, in one run; ``check`` sees what stands while the lease is held."""
    rows = list(decisions)
    if not rows:
        return
    with store.writer(DECISIONS) as writer:
        if check is not None:
            standing = [one for topic in sorted({row.topic for row in rows}) for one in writer.decisions(topic)]
            check(tuple(standing), Identity(writer.judgements()))
        writer.apply(Changes(decisions=rows))
        writer.finish({"decisions": len(rows)})


def bury(store: Store, tombstones: Iterable[Tombstone]) -> int:
    """Take over tombstones that another store has, in one run; how many are new here."""
    with store.writer(ERASURE) as writer:
        fresh = sorted({*tombstones} - {*writer.tombstones()})
        if fresh:
            writer.apply(Changes(tombstones=fresh))
            writer.finish({"tombstones": len(fresh)})
    return len(fresh)


def lift(store: Store, tombstones: Iterable[Tombstone]) -> int:
    """Take tombstones away, in one run: who is meant may be loaded again; how many there were."""
    with store.writer(ERASURE) as writer:
        there = sorted({*tombstones} & {*writer.tombstones()})
        if there:
            writer.apply(Changes(lifted=there))
            writer.finish({"lifted": len(there)})
    return len(there)


def erase_person(store: Store, leader: str, marks: Marks | None) -> EraseReceipt:
    """Remove a person in one run; what the store's files may still hold is the store's to clear afterwards."""
    with store.writer(ERASURE) as writer:
        changes = plan_erasure(writer, leader, marks)
        records = tuple(one for one in changes.forgotten if kind_of(one) == "leaders")
        past = sum(1 for _ in writer.past_touching(records))
        writer.apply(changes)
        relationships = sum(len(ids) for kind, ids in changes.gone.items() if kind != "leaders")
        writer.finish({"claims": len(changes.drop), "relationships": relationships, "past": past})
    quotes, left = len(changes.forgotten) - len(records), len(changes.tombstones)
    return EraseReceipt(records, len(changes.drop), relationships, quotes, past, left)

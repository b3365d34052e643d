"""What is open to be judged: the queue as the store has it now, before anything is published."""

from __future__ import annotations

from datetime import date

from netofnets.graph.edition import latest_levels, restrict
from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.questions import questions
from netofnets.schema.identity import Identity
from netofnets.services.review import ReviewQueue, queue_of
from netofnets.store.base import Store

__all__ = ["open_questions"]


def open_questions(store: Store, *, limit: int = 20) -> ReviewQueue:
    """Pairs of people who may be one, as an organizer may see them; reads the whole store, changes nothing."""
    facts = store.scan()
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    tables, claims = restrict(facts.tables, facts.claims, levels, "organizers")
    snapshot = Snapshot.build(tables, claims).at(date.today().isoformat())
    return queue_of(snapshot, questions(snapshot, facts.judgements), "", limit)

"""What is open to be judged: the queues as the store has them now, before anything is published."""

from __future__ import annotations

from datetime import date

from netofnets.graph.edition import latest_levels, restrict
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.resolution.questions import questions
from netofnets.schema.identity import Identity
from netofnets.schema.policy import Standing, may_see
from netofnets.schema.records import Decision
from netofnets.schema.topics import ANSWER, PROPOSAL
from netofnets.services.article_queue import ArticleQueue, article_queue
from netofnets.services.review import ReviewQueue, queue_of
from netofnets.services.viewer import Viewer
from netofnets.store.base import Store

__all__ = ["last_answer", "open_proposals", "open_questions"]


def open_questions(store: Store, *, limit: int = 20) -> ReviewQueue:
    """Pairs that may be one, as an organizer may see them; reads the whole store, changes nothing."""
    facts = store.scan()
    identity = Identity(facts.judgements)
    levels = latest_levels(facts.choices, {c.record: identity.canonical(c.record) for c in facts.choices})
    tables, claims = restrict(facts.tables, facts.claims, levels, "organizers")
    snapshot = Snapshot.build(tables, claims).at(date.today().isoformat())
    return queue_of(snapshot, questions(snapshot, facts.judgements), "", limit)


def open_proposals(
    store: Store, published: Published, viewer: Viewer, *, first: str = "", limit: int = 20
) -> ArticleQueue:
    """What articles propose and nobody has answered, without what names somebody hidden; reads the logs alone.

    Only where somebody is hidden from organizers the names are read from the whole store.
    """
    log = [*store.decisions(PROPOSAL), *store.decisions(ANSWER)]
    return article_queue(published, viewer, log, _hidden(store), first=first, limit=limit)


def last_answer(store: Store) -> Decision | None:
    """The last answer to a proposal, unless it was taken back or put off."""
    log = store.decisions(ANSWER)
    return log[-1] if log and log[-1].value != "open" else None


def _hidden(store: Store) -> dict[str, str]:
    """Ids of records and names of the people whom organizers do not see."""
    choices = store.choices()
    if not choices:
        return {}
    identity = Identity(store.judgements())
    levels = latest_levels(choices, {c.record: identity.canonical(c.record) for c in choices})
    ids = {one for (one, field), level in levels.items() if not field and not may_see(Standing.ORGANIZER, level)}
    if not ids:
        return {}
    leaders = store.scan().tables["leaders"]
    names = dict(zip(leaders["id"].to_pylist(), leaders["name"].to_pylist(), strict=True))
    return {record: names.get(one) or "" for one in ids for record in identity.members(one)}

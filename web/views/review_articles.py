"""The queue of what articles say, on the review page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.desk.answer import answer
from netofnets.desk.review import last_answer, open_proposals
from netofnets.errors import StoreError
from netofnets.language import said_by, say
from netofnets.schema.proposals import Answer
from netofnets.services.article_queue import article_queue
from web.actions import Order
from web.pages import Ask
from web.params import Choice, Param, Text
from web.stores import opened_store

__all__ = ["FIELDS", "answer_proposal", "articles", "take_back"]

_SHOWN = 10
FIELDS: tuple[Param, ...] = (
    Text("first", longest=40),
    Text("who", longest=120),
    Choice("answer", tuple(Answer)),
    Text("same_as", longest=40),
    Text("why", longest=500),
    Choice("what", ("articles",)),
)


def articles(ask: Ask) -> Mapping[str, Any]:
    """What waits, and the last answer, as the book of record has them now."""
    first, viewer = ask.values["first"], ask.viewer
    if not viewer.sees_people:
        return {"queue": article_queue(ask.published, viewer, (), {}), "last": None, "note": ""}
    try:
        with opened_store() as store:
            queue = open_proposals(store, ask.published, viewer, first=first, limit=_SHOWN)
            return {"queue": queue, "last": last_answer(store), "note": ""}
    except StoreError as error:
        queue = article_queue(ask.published, viewer, (), {})
        note = say("What waits cannot be read, and no answer be kept: {why}.", why=said_by(error))
        return {"queue": queue, "last": None, "note": note}


def answer_proposal(order: Order) -> str:
    """Accept, reject or put off a proposal."""
    asked = order.values
    said = Answer(asked["answer"])
    same_as = asked["same_as"] if said is Answer.ACCEPTED else ""
    [done] = answer(order.store, [asked["first"]], said, who=asked["who"], why=asked["why"], same_as=same_as)
    if said is Answer.ACCEPTED:
        return say("Accepted: {words}. It is on the map, with its quote, after the next publication.", words=done.words)
    if said is Answer.REJECTED:
        return say("Rejected: {words}. It is not proposed again.", words=done.words)
    return say("Put off: {words}. It stands at the end of the queue.", words=done.words)


def take_back(order: Order) -> str:
    """Open a proposal again; what was accepted of it is withdrawn."""
    asked = order.values
    [done] = answer(order.store, [asked["first"]], Answer.OPEN, who=asked["who"], why="Took the answer back.")
    return say("Taken back: {words}. It is open again.", words=done.words)

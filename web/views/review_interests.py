"""The queue of interests without a sure concept, on the review page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.desk.interests import apply_mapping, said_last, say_meaning, take_back_meaning
from netofnets.desk.open_interests import NOT_SHOWN, InterestQueue, open_interests
from netofnets.errors import StoreError
from netofnets.language import said_by, say, say_count
from web.actions import Order
from web.pages import Ask
from web.params import Choice, Param, Text
from web.stores import opened_store

__all__ = ["FIELDS", "answer_interest", "interests", "put_on_map", "take_back"]

_SHOWN = 10
FIELDS: tuple[Param, ...] = (
    Text("first", longest=40),
    Text("who", longest=120),
    Text("concept", longest=200),
    Text("another", longest=200),
    Choice("what", ("interests",)),
)


def interests(ask: Ask) -> Mapping[str, Any]:
    """What is open, as the book of record has it now, of interests that the publication shows."""
    first, viewer = ask.values["first"], ask.viewer
    if not viewer.sees_people:
        return {"queue": InterestQueue(NOT_SHOWN, (), 0, 0), "last": None, "note": ""}
    try:
        with opened_store() as store:
            queue = open_interests(store, ask.published, viewer, first=first, limit=_SHOWN)
            return {"queue": queue, "last": said_last(store), "note": ""}
    except StoreError as error:
        note = say("What is open cannot be read, and no answer be kept: {why}.", why=said_by(error))
        return {"queue": InterestQueue(say("Nothing can be asked here."), (), 0, 0), "last": None, "note": note}


def answer_interest(order: Order) -> str:
    """Say which concept an interest is; none when it is left as it is."""
    asked = order.values
    concept = asked["another"] or asked["concept"]
    row = say_meaning(order.store, asked["first"], concept, who=asked["who"], why="Looked at it on the review page.")
    if row.value:
        return say("It belongs to {concept}.", concept=row.value)
    return say("It stays as it is, outside the vocabulary.")


def take_back(order: Order) -> str:
    """Leave an interest undecided again."""
    take_back_meaning(order.store, order.values["first"], who=order.values["who"])
    return say("The answer is taken back; the interest is undecided again.")


def put_on_map(order: Order) -> str:
    """State what is sure on the map."""
    done = apply_mapping(order.store)
    return say_count(
        "{n:,} interest belongs to its concept now, on the map after the next publication.",
        "{n:,} interests belong to their concepts now, on the map after the next publication.",
        len(done),
    )

"""What people dispute of themselves: for organizers, who look into it and settle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.desk.own_word import settle_dispute
from netofnets.desk.republish import republish
from netofnets.errors import NotFound
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.own_word import words_of
from netofnets.schema.topics import OWN_WORD
from netofnets.services.person.doubts import doubts
from netofnets.store.base import Store
from web.actions import Action, Order
from web.pages import Ask, Page
from web.params import Choice, Text
from web.session import session
from web.stores import known_settings, opened_store

__all__ = ["DISPUTES", "SETTLE"]


def _disputes(ask: Ask) -> Mapping[str, Any]:
    with opened_store() as store:
        return {"found": _open(ask, store)}


def _open(ask: Ask | Order, store: Store) -> Any:
    words = words_of(store.decisions(OWN_WORD), Identity(store.judgements()).canonical)
    return doubts(ask.published, ask.viewer, words)


def _settle(order: Order) -> str:
    leader, what, end = (order.values[name] for name in ("leader", "what", "end"))
    told = next((d for d in _open(order, order.store) if (d.leader.id, d.what, d.end) == (leader, what, end)), None)
    if told is None:
        raise NotFound(say("nobody disputes this any more, or it is not yours to settle"))
    right, found = order.values["say"] == "right", session()
    who = f"an organizer ({found.account.id})" if found else "the organizer"
    settle_dispute(order.store, leader, what, end, right=right, who=who, why=order.values["why"])
    republish(known_settings())
    if right:
        return say("{name} is right: the fact stays kept back. Correct it in your roster, too.", name=told.leader.name)
    return say(
        "The fact stands, and is shown again; {name} reads so on My page and can dispute it once more.",
        name=told.leader.name,
    )


DISPUTES = Page("disputes", "/disputes", "disputes.html", _disputes, live=True, personal=True, of_today=True)

SETTLE = Action(
    "settle dispute",
    "/disputes",
    DISPUTES,
    (Text("leader", 40), Text("what", 40), Text("end", 40), Choice("say", ("right", "wrong")), Text("why", 200)),
    _settle,
)

"""The board of introductions: who was introduced to whom, how far it has come, and what to do next?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netofnets.desk.introduce import introduce
from netofnets.errors import StoreError
from netofnets.language import said_by, say
from netofnets.schema.topics import INTRODUCTION
from netofnets.services.introduced.board import introductions_board
from netofnets.services.introduced.pair import pair_of
from web.actions import Action, Order
from web.pages import Ask, Page
from web.params import Text
from web.stores import known_settings, opened_store

__all__ = ["BOARD", "INTRODUCE"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    log, note = None, ""
    if ask.viewer.sees_people and not ask.viewer.as_of_run:
        try:
            with opened_store() as store:
                log = store.decisions(INTRODUCTION)
        except StoreError as error:
            note = say("Shown is what was published; later steps may be missing, since {why}.", why=said_by(error))
    board = introductions_board(
        ask.published, ask.viewer, log, first=ask.values["first"], second=ask.values["second"], most=_most()
    )
    return {"board": board, "note": note}


def _introduce(order: Order) -> str:
    asked = order.values
    pair = pair_of(order.published, order.viewer, asked["first"], asked["second"])
    one, other, state = pair.first, pair.second, asked["state"]
    introduce(
        order.store,
        one.id,
        other.id,
        state,
        who=asked["who"],
        why=asked["why"],
        most=_most(),
        unwilling=pair.unwilling,
        named=pair.named,
    )
    return say("Recorded: {one} and {other}, {state}.", one=one.name, other=other.name, state=_STATES[state])


_STATES = {
    "suggested": say("suggested"),
    "asked": say("asked"),
    "accepted": say("accepted"),
    "declined": say("declined"),
    "met": say("met"),
    "dismissed": say("dismissed"),
}


def _most() -> int:
    return known_settings().integer("open_introductions")


_NAMES = (Text("first", longest=120), Text("second", longest=120), Text("who", longest=200))

BOARD = Page(
    "introductions_board", "/introductions/board", "introductions_board.html", _answer, params=_NAMES, live=True
)
INTRODUCE = Action(
    "introduce",
    "/introductions/board",
    BOARD,
    (*_NAMES, Text("state", longest=20), Text("why", longest=600)),
    _introduce,
    back=("who",),
)

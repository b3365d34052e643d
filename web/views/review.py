"""The queue: are these two one person?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from netofnets.desk.judge import judge
from netofnets.errors import StoreError
from netofnets.schema.records import Judgement, Verdict
from netofnets.services.review import review_queue
from web.actions import Action, Order
from web.pages import Ask, Page
from web.params import Choice, Text
from web.stores import opened_store

__all__ = ["ANSWER", "REVIEW", "TAKE_BACK"]

_SHOWN = 10
_SAID = {
    Verdict.SAME: "They are one person now, on the map after the next publication.",
    Verdict.DIFFERENT: "They are two people, and nobody is asked about them again.",
    Verdict.UNSURE: "They are put off and stand at the end of the queue.",
}


def _answer(ask: Ask) -> Mapping[str, Any]:
    log: tuple[Judgement, ...] = ()
    note = ""
    if ask.viewer.sees_people:
        try:
            with opened_store() as store:
                log = store.judgements()
        except StoreError as error:
            note = (
                f"Shown is what was published; some may have been answered since, and no answer can be kept: {error}."
            )
    first = ask.values["left"], ask.values["right"]
    queue = review_queue(ask.published, ask.viewer, log=log, first=first, limit=_SHOWN)
    return {"queue": queue, "last": _last(log), "note": note}


def _last(log: Sequence[Judgement]) -> Judgement | None:
    """The last answer of a person, unless it was taken back."""
    answers = [one for one in log if not one.who.startswith("rule:")]
    return answers[-1] if answers and answers[-1].verdict is not Verdict.UNSURE else None


def _judge(order: Order) -> str:
    asked = order.values
    verdict = Verdict(asked["verdict"])
    why = asked["why"] or "Compared the two records on the review page."
    judge(order.store, asked["left"], asked["right"], verdict, who=asked["who"], why=why)
    return _SAID[verdict]


def _take_back(order: Order) -> str:
    asked = order.values
    judge(order.store, asked["left"], asked["right"], Verdict.UNSURE, who=asked["who"], why="Took the answer back.")
    return "The answer is taken back; the question is open again."


_PAIR = (Text("left", longest=40), Text("right", longest=40))
_WHO = Text("who", longest=120)

REVIEW = Page("review", "/review", "review.html", _answer, params=(*_PAIR, _WHO), live=True)
ANSWER = Action(
    "answer",
    "/review",
    REVIEW,
    (*_PAIR, _WHO, Choice("verdict", ("unsure", "same", "different")), Text("why", longest=500)),
    _judge,
    back=("who",),
)
TAKE_BACK = Action("take back", "/review/undo", REVIEW, (*_PAIR, _WHO), _take_back, back=("left", "right", "who"))

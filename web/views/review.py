"""The queues: are these two one, is what an article says so, and what does an interest belong to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from netofnets.desk.judge import judge
from netofnets.errors import StoreError
from netofnets.language import said_by, say
from netofnets.schema.identifiers import kind_of
from netofnets.schema.records import Judgement, Verdict
from netofnets.services.review import review_queue
from web.actions import Action, Order
from web.pages import Ask, Page
from web.params import Choice, Text
from web.stores import opened_store
from web.views import review_articles, review_interests

__all__ = ["ANSWER", "QUEUE_ACTIONS", "REVIEW", "TAKE_BACK"]

_SHOWN = 10
_UNSURE = say("They are put off and stand at the end of the queue.")
_SAID = {
    ("leaders", Verdict.SAME): say("They are one person now, on the map after the next publication."),
    ("networks", Verdict.SAME): say("They are one network now, on the map after the next publication."),
    ("organizations", Verdict.SAME): say("They are one organization now, on the map after the next publication."),
    ("leaders", Verdict.DIFFERENT): say("They are two people, and nobody is asked about them again."),
    ("networks", Verdict.DIFFERENT): say("They are two networks, and nobody is asked about them again."),
    ("organizations", Verdict.DIFFERENT): say("They are two organizations, and nobody is asked about them again."),
}
# By kind: what the buttons say, and how the last answer is told.
_WORDS = {
    "leaders": {
        "one": say("One person"),
        "two": say("Two people"),
        "said_one": say("one person"),
        "said_two": say("two people"),
    },
    "networks": {
        "one": say("One network"),
        "two": say("Two networks"),
        "said_one": say("one network"),
        "said_two": say("two networks"),
    },
    "organizations": {
        "one": say("One organization"),
        "two": say("Two organizations"),
        "said_one": say("one organization"),
        "said_two": say("two organizations"),
    },
}
_QUEUES = {"articles": review_articles.articles, "interests": review_interests.interests}


def _answer(ask: Ask) -> Mapping[str, Any]:
    what = ask.values["what"]
    facts = _QUEUES[what](ask) if what in _QUEUES else _same(ask)
    return {"what": what, **facts}


def _same(ask: Ask) -> Mapping[str, Any]:
    log: tuple[Judgement, ...] = ()
    note = ""
    if ask.viewer.sees_people:
        try:
            with opened_store() as store:
                log = store.judgements()
        except StoreError as error:
            note = say(
                "Shown is what was published; some may have been answered since, and no answer can be kept: {why}.",
                why=said_by(error),
            )
    first = ask.values["left"], ask.values["right"]
    queue = review_queue(ask.published, ask.viewer, log=log, first=first, limit=_SHOWN)
    last = _last(log)
    last_kind = kind_of(last.left) if last else ""
    return {"queue": queue, "last": last, "last_kind": last_kind, "note": note, "words": _WORDS}


def _last(log: Sequence[Judgement]) -> Judgement | None:
    """The last answer of a person, unless it was taken back."""
    answers = [one for one in log if not one.who.startswith("rule:")]
    return answers[-1] if answers and answers[-1].verdict is not Verdict.UNSURE else None


def _judge(order: Order) -> str:
    asked = order.values
    verdict = Verdict(asked["verdict"])
    why = asked["why"] or "Compared the two records on the review page."
    judge(order.store, asked["left"], asked["right"], verdict, who=asked["who"], why=why)
    return _SAID.get((kind_of(asked["left"]), verdict), _UNSURE)


def _take_back(order: Order) -> str:
    asked = order.values
    judge(order.store, asked["left"], asked["right"], Verdict.UNSURE, who=asked["who"], why="Took the answer back.")
    return say("The answer is taken back; the question is open again.")


_PAIR = (Text("left", longest=40), Text("right", longest=40))
_WHO = Text("who", longest=120)
_WHAT = Choice("what", ("same", "articles", "interests"))
_FIRST = Text("first", longest=40)  # the proposal or interest that stands first

REVIEW = Page(
    "review", "/review", "review.html", _answer, params=(_WHAT, *_PAIR, _FIRST, _WHO), live=True, of_today=True
)
ANSWER = Action(
    "answer",
    "/review",
    REVIEW,
    (*_PAIR, _WHO, Choice("verdict", ("unsure", "same", "different")), Text("why", longest=500)),
    _judge,
    back=("who",),
)
TAKE_BACK = Action("take back", "/review/undo", REVIEW, (*_PAIR, _WHO), _take_back, back=("left", "right", "who"))
QUEUE_ACTIONS: tuple[Action, ...] = (
    Action(
        "answer proposal",
        "/review/articles",
        REVIEW,
        review_articles.FIELDS,
        review_articles.answer_proposal,
        ("what", "who"),
    ),
    Action(
        "take proposal back",
        "/review/articles/undo",
        REVIEW,
        review_articles.FIELDS,
        review_articles.take_back,
        ("what", "who", "first"),
    ),
    Action(
        "answer interest",
        "/review/interests",
        REVIEW,
        review_interests.FIELDS,
        review_interests.answer_interest,
        ("what", "who"),
    ),
    Action(
        "take interest back",
        "/review/interests/undo",
        REVIEW,
        review_interests.FIELDS,
        review_interests.take_back,
        ("what", "who", "first"),
    ),
    Action(
        "put interests on the map",
        "/review/interests/map",
        REVIEW,
        review_interests.FIELDS,
        review_interests.put_on_map,
        ("what", "who"),
    ),
)

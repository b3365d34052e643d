"""Gaps: which networks should meet, and who could begin?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from netofnets.desk.gap import settle_gap
from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.schema.topics import GAP
from netofnets.services.networks.gaps import gaps_report
from web.actions import Action, Order
from web.pages import Ask, Page
from web.paging import PAGE, page_of
from web.params import Text, Whole
from web.stores import opened_store

__all__ = ["GAPS", "SETTLE_GAP"]


def _answer(ask: Ask) -> Mapping[str, Any]:
    log, note = None, ""
    if ask.viewer.sees_people and not ask.viewer.as_of_run:
        try:
            with opened_store() as store:
                log = store.decisions(GAP)
        except StoreError as error:
            g.kept_by_nobody = True
            note = say("What was set aside since the last publication may be missing, since {error}.", error=error)
    report = gaps_report(ask.published, ask.viewer, log, network=ask.values["network"], **page_of(ask))
    return {"report": report, "note": note}


def _settle(order: Order) -> str:
    asked = order.values
    made = settle_gap(order.store, asked["first"], asked["second"], asked["state"], who=asked["who"], why=asked["why"])
    if made.value == "aside":
        return say("Recorded: set aside. Other pages leave it out from the next publication on.")
    return say("Recorded: taken up again. Other pages show it from the next publication on.")


GAPS = Page(
    "gaps",
    "/gaps",
    "gaps.html",
    _answer,
    params=(Text("network", longest=64), Whole("limit", 5, 200, 20), PAGE),
    of_store=True,
    alike=True,
    truncated=lambda facts: facts["report"].paged.pages > 1,
)
SETTLE_GAP = Action(
    "settle_gap",
    "/gaps",
    GAPS,
    (
        Text("network", longest=64),
        Text("first", longest=64),
        Text("second", longest=64),
        Text("state", longest=20),
        Text("who", longest=200),
        Text("why", longest=600),
    ),
    _settle,
    back=("network",),
)

"""Reports about a person's page: made by whoever has an account, read and settled by organizers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from netofnets.accounts.gate import Gate
from netofnets.accounts.model import Account
from netofnets.accounts.reports import LONGEST
from netofnets.errors import NotFound
from netofnets.language import say
from netofnets.services.person.circle import in_edition, is_known, name_shown, organizes
from netofnets.services.refs import path_of
from web.actions import Action, Order
from web.pages import Ask, Page
from web.params import Text
from web.session import client, gate_of, session
from web.views.circle import KNOWN
from web.views.leader import LEADER

__all__ = ["REPORTS", "REPORT_ACTIONS"]


def _page(ask: Ask) -> Mapping[str, Any]:
    return {"found": _open(ask)}


def _open(ask: Ask | Order) -> list[dict[str, Any]]:
    gate, _ = _here()
    kind = "leaders" if ask.viewer.sees_people else "circle"
    return [
        {
            "report": one,
            "name": name_shown(ask.published, ask.viewer, one.leader),
            "href": path_of(kind, one.leader),
            "day": datetime.fromtimestamp(one.at, UTC).date().isoformat(),
        }
        for one in gate.reports.open()
        if organizes(ask.published, ask.viewer, one.leader)
    ]


def _report(order: Order) -> str:
    gate, who = _here()
    leader = order.id
    if not (
        in_edition(order.published, order.viewer, "leaders", leader) or is_known(order.published, order.viewer, leader)
    ):
        raise NotFound(leader)
    gate.reports.make(who, leader, order.values["reason"], origin=client())
    return say("Thank you. Organizers read it; the person is not told who wrote it.")


def _settle(order: Order) -> str:
    gate, who = _here()
    number = next((o["report"].number for o in _open(order) if str(o["report"].number) == order.values["number"]), None)
    if number is None:
        raise NotFound(say("there is no such report any more"))
    gate.reports.settle(number, who=who, origin=client())
    return say("The report is settled.")


def _here() -> tuple[Gate, Account]:
    gate, found = gate_of(), session()
    assert gate is not None and found is not None  # web.rules lets nobody else come here
    return gate, found.account


REPORTS = Page("reports", "/reports", "reports.html", _page, live=True, personal=True, of_today=True)

_REASON = (Text("reason", LONGEST),)
REPORT_ACTIONS: tuple[Action, ...] = (
    Action("report", "/leaders/<id>/report", LEADER, _REASON, _report),
    Action("report in circle", "/circle/<id>/report", KNOWN, _REASON, _report),
    Action("settle report", "/reports", REPORTS, (Text("number", 12),), _settle),
)

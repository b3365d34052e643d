"""Invitations of leaders to their own page, for the organizers of their networks and for owners."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import g

from netofnets.accounts.gate import Gate
from netofnets.accounts.model import Account
from netofnets.language import say, say_count
from netofnets.services.person.circle import name_shown
from web.actions import Action, Order
from web.inviting import invitations, invite, may_invite, own_address, withdraw
from web.pages import Ask, Page
from web.params import Choice, Text
from web.session import client, gate_of, session

__all__ = ["INVITATIONS", "INVITE", "WITHDRAW", "inviting"]


def inviting(leader: str) -> Mapping[str, Any]:
    """What a page about a leader needs for the form that invites them; empty where the reader may not."""
    gate = gate_of()
    if gate is None or session() is None or not may_invite(g.published, g.viewer, leader):
        return {}
    return {"address": own_address(g.published, g.viewer, leader), "by_mail": gate.mailer is not None}


def _page(ask: Ask) -> Mapping[str, Any]:
    gate, _ = _here()
    found = [
        {"invitation": one, "until": datetime.fromtimestamp(one.ends, UTC).date().isoformat()}
        for one in invitations(gate, ask.published, ask.viewer)
    ]
    return {"found": found, "days": gate.invitation_days}


def _invite(order: Order) -> str:
    gate, who = _here()
    leader, by_mail = order.values["leader"], order.values["how"] == "mail"
    typed = order.values["address"]
    link = invite(gate, order.published, order.viewer, leader, typed, by_mail, who, client())
    name, days = name_shown(order.published, order.viewer, leader) or say("this person"), gate.invitation_days
    if by_mail:
        return say_count(
            "An invitation is on its way to {name}. It works once, within {n} day.",
            "An invitation is on its way to {name}. It works once, within {n} days.",
            days,
            name=name,
        )
    return say_count(
        "This works once, within {n} day. Give it to {name}, and to nobody else: {link}",
        "This works once, within {n} days. Give it to {name}, and to nobody else: {link}",
        days,
        name=name,
        link=link,
    )


def _withdraw(order: Order) -> str:
    gate, who = _here()
    name = withdraw(gate, order.published, order.viewer, order.values["account"], who, client())
    return say("The invitation of {name} works no longer.", name=name)


def _here() -> tuple[Gate, Account]:
    gate, found = gate_of(), session()
    assert gate is not None and found is not None  # web.rules lets nobody else come here
    return gate, found.account


INVITATIONS = Page("invitations", "/invitations", "invitations.html", _page, live=True, personal=True, of_today=True)

INVITE = Action(
    "invite",
    "/invitations",
    INVITATIONS,
    (Text("leader", 40), Text("address", 254), Choice("how", ("mail", "link"))),
    _invite,
)
WITHDRAW = Action("withdraw invitation", "/invitations/withdraw", INVITATIONS, (Text("account", 40),), _withdraw)

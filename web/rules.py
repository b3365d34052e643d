"""Who may ask for what: one rule for every route. A route without a rule is there for nobody."""

from __future__ import annotations

from enum import Enum

from flask import abort, g, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.services.viewer import Viewer
from web.logs import refused
from web.own_path import own_path
from web.session import gate_of

__all__ = ["RULES", "Rule", "allowed", "obey", "rule_of"]


class Rule(Enum):
    """Who a route is there for."""

    EVERYBODY = "everybody: what it shows is of the edition that the viewer reads"
    SEES_PEOPLE = "whoever sees everybody: an owner, or the organizer of a laptop"
    ORGANIZES = "an owner or the organizer of a laptop, and organizers of named networks"
    ORGANIZES_SIGNED_IN = "an owner, and organizers of named networks, with their accounts"
    SIGNED_IN = "whoever has signed in"
    MEMBER = "whoever has signed in and has a record of their own"


_PAGES = (
    "front", "me", "atlas", "bridges", "overlap", "gaps", "introductions", "search", "networks", "network", "leader",
    "communities", "comparison", "community", "leader_map", "networks_map", "lineage", "interest", "credential",
    "organizations", "organization", "convene", "what_if", "changes", "paths", "introductions_board", "review", "about",
    "interest_map", "paths_map", "tables", "table", "glossary", "api", "briefing", "network_briefing",
)  # fmt: skip
_DESK = ("import", "draft", "rows to correct", "kept mapping")
_FORMS = (
    "introduce", "name_community", "settle_gap",
    "answer", "take back", "answer proposal", "take proposal back", "answer interest",
    "take interest back", "put interests on the map", "give files", "try", "load", "correct", "publish", "publish all",
    "undo load", "discard", "forget mapping",
)  # fmt: skip

_MINE = (
    "mine", "my data as JSON", "my data as CSV", "my data as a roster", "send choose level", "send leave",
    "send say of a fact", "send tell", "send offer", "send decide purpose", "send block", "send answer introduction",
)  # fmt: skip

_LOOKED_AFTER = (
    "invitations", "send invite", "send withdraw invitation", "reports", "send settle report",
)  # fmt: skip

# A page's name stands for the page and its twin, "send " and a name for a form.
RULES: dict[str, Rule] = {
    **dict.fromkeys(_PAGES, Rule.EVERYBODY),
    **dict.fromkeys((*_DESK, *(f"send {name}" for name in _FORMS)), Rule.SEES_PEOPLE),
    **dict.fromkeys(("map as a file", "graph as a file", "table as a file"), Rule.SEES_PEOPLE),
    **dict.fromkeys(("static", "live", "ready"), Rule.EVERYBODY),
    "choose me": Rule.EVERYBODY,
    "choose language": Rule.EVERYBODY,
    "enter": Rule.EVERYBODY,
    "left": Rule.EVERYBODY,
    "terms": Rule.EVERYBODY,
    "accept terms": Rule.SIGNED_IN,
    "sign in": Rule.EVERYBODY,
    "sign in by mail": Rule.EVERYBODY,
    "sign in by password": Rule.EVERYBODY,
    "mail sent": Rule.EVERYBODY,
    "sign in link": Rule.EVERYBODY,
    "spend link": Rule.EVERYBODY,
    "sign in at provider": Rule.EVERYBODY,
    "return from provider": Rule.EVERYBODY,
    **dict.fromkeys(("account", "circle", "known", "claim", "claim record"), Rule.SIGNED_IN),
    **dict.fromkeys(_MINE, Rule.MEMBER),
    **dict.fromkeys(("disputes", "send settle dispute"), Rule.ORGANIZES),
    **dict.fromkeys(_LOOKED_AFTER, Rule.ORGANIZES_SIGNED_IN),
    **dict.fromkeys(("send report", "send report in circle"), Rule.SIGNED_IN),
    "set password": Rule.SIGNED_IN,
    "sign out": Rule.SIGNED_IN,
    "sign out everywhere": Rule.SIGNED_IN,
}


def rule_of(endpoint: str) -> Rule | None:
    """The rule of a route; None when nobody wrote one."""
    return RULES.get(endpoint.removesuffix(".json"))


def allowed(rule: Rule | None, viewer: Viewer, signed_in: bool) -> bool:
    """Whether a rule lets a viewer pass."""
    if rule is Rule.SEES_PEOPLE:
        return viewer.sees_people
    if rule in (Rule.ORGANIZES, Rule.ORGANIZES_SIGNED_IN):
        organizes = viewer.sees_people or bool(viewer.who.organizes)
        return organizes and (signed_in or rule is Rule.ORGANIZES)
    if rule is Rule.MEMBER:
        return signed_in and bool(viewer.who.record)
    return rule is Rule.EVERYBODY or (rule is Rule.SIGNED_IN and signed_in)


def obey() -> ResponseReturnValue | None:
    """Before a request: lead to signing in where that is what is missing; else say that there is no such page."""
    if request.endpoint is None:
        return None
    rule, signed_in = rule_of(request.endpoint), g.get("session") is not None
    if allowed(rule, g.viewer, signed_in):
        return None
    if (
        rule in (Rule.SIGNED_IN, Rule.MEMBER, Rule.ORGANIZES_SIGNED_IN)
        and not signed_in
        and gate_of()
        and request.method == "GET"
    ):
        return redirect("/sign-in?next=" + own_path(request.path), 303)
    if signed_in:
        refused("404 not for this role")
    return abort(404)

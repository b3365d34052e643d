"""Whether the program lives and can answer: for whatever watches over it. No person, no cookie, nothing of the map."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify

from netofnets.accounts.gate import Gate
from netofnets.errors import NetOfNetsError, NotPublished
from web.current import Current

__all__ = ["LIVE", "PROBES", "READY", "add_health"]

LIVE, READY = "/livez", "/readyz"
PROBES = ("live", "ready")
"""Their endpoints: nobody is looked up for them, and nothing is lent."""


def add_health(app: Flask) -> None:
    """Route the two questions: does it live, and can it answer."""
    app.add_url_rule(LIVE, PROBES[0], _live)
    app.add_url_rule(READY, PROBES[1], _ready)


def _live() -> Response:
    return jsonify(live=True)


def _ready() -> Response:
    """200 when a publication is open and whole and, on a shared map, the accounts can be read; else 503 and why."""
    current: Current = current_app.extensions["netofnets-current"]
    gate: Gate | None = current_app.extensions.get("netofnets-gate")
    missing = [why for why in (_unpublished(current), _no_accounts(gate)) if why]
    response = jsonify(ready=not missing, missing=missing, stands_in=bool(current.damage))
    response.status_code = 503 if missing else 200
    return response


def _unpublished(current: Current) -> str:
    try:
        current.give_back(current.borrow())
    except NotPublished:
        return "nothing is published yet"
    except (NetOfNetsError, OSError):
        return "what is published cannot be read"
    return ""


def _no_accounts(gate: Gate | None) -> str:
    try:
        return "" if gate is None or gate.roll.owners() else "no account may change anything"
    except (NetOfNetsError, OSError):
        return "the accounts cannot be read"

"""A shared map in tests: its settings, people in every role, and a client that a browser's cookies are planted in."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from netofnets.accounts.gate import Gate
from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from web.session import COOKIE

HOST = "map.school.example"
ORIGIN = f"https://{HOST}"
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}
PASSWORD = "four words in a row"
ELSEWHERE = (
    *("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)"),
    *("%2f%2fevil.example", "/%2fevil.example", "/%5cevil.example", "/\t/evil.example", "/\n/evil.example"),
    *("evil.example", "", "/x" * 2_000),
)

SCOPES = {"organizer": ("n" + "a" * 16,), "member": ("l" + "a" * 16,)}
ROLES = ("anonymous", "viewer", "member", "organizer", "owner")


class _AtHost(FlaskClient):
    """Opens paths by the public address of the map."""

    def open(self, *arguments: Any, **more: Any) -> TestResponse:
        return super().open(*arguments, **{"base_url": ORIGIN, **more})


def browser(app: Flask, client: str = "192.0.2.1") -> FlaskClient:
    """A browser at that client address that has the map open by its public address."""
    opened = _AtHost(app, app.response_class)
    opened.environ_base = {**opened.environ_base, "REMOTE_ADDR": client}
    return opened


def signed_in(app: Flask, gate: Gate, role: str) -> FlaskClient:
    """A browser in which somebody of that role has signed in; nobody for ``anonymous``."""
    opened = browser(app)
    if role != "anonymous":
        address = f"{role}@x.example"
        known = gate.roll.find(address) or gate.roll.add(
            address, AccountRole(role), SCOPES.get(role, ()), origin="test"
        )
        gate.terms.accept(known, current_terms().version, origin="test")
        opened.set_cookie(COOKIE, gate.sessions.start(known, "test"), domain=HOST, secure=True)
    return opened

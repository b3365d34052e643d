"""Who has signed in: the cookie of a shared map, the session behind it, and entries in the audit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Response, current_app, g, request

from netofnets.accounts.gate import Gate
from netofnets.accounts.model import Account, AccountRole
from netofnets.accounts.sessions import ABSOLUTE, Session
from netofnets.language import say
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer, signed_in
from web.client import client_address

__all__ = [
    "COOKIE",
    "ROLES",
    "SAME",
    "client",
    "gate_of",
    "know_session",
    "let_in",
    "let_out",
    "note",
    "session",
    "viewer_of",
]

COOKIE = "__Host-netofnets"  # browsers take it only with Secure, for the whole host, and for no other (RFC 6265bis)
ROLES = {
    AccountRole.OWNER: say("owner"),
    AccountRole.ORGANIZER: say("organizer"),
    AccountRole.MEMBER: say("member"),
    AccountRole.VIEWER: say("viewer"),
}
"""What each role is called."""
_IDS = re.compile(r"[a-z][a-z2-7]{16}")
SAME = {"path": "/", "secure": True, "httponly": True, "samesite": "Lax"}


def gate_of() -> Gate | None:
    """The gate of a shared map; None on a laptop."""
    found: Gate | None = current_app.extensions.get("netofnets-gate")
    return found


def session() -> Session | None:
    """Who has signed in and makes this request."""
    found: Session | None = g.get("session")
    return found


def know_session(gate: Gate) -> Viewer:
    """Find the session of this request; whoever has none is anonymous."""
    g.session = gate.sessions.find(request.cookies.get(COOKIE, ""))
    return viewer_of(g.session)


def viewer_of(found: Session | None) -> Viewer:
    """What a session lets its owner see: owners everybody, others what is for signed-in people and their own circle."""
    if found is None:
        return ANONYMOUS
    role, scope = found.account.role, found.account.scope
    if role is AccountRole.OWNER:
        return ORGANIZER
    return signed_in(
        frozenset(scope) if role is AccountRole.ORGANIZER else frozenset(),
        scope[0] if role is AccountRole.MEMBER else "",
    )


def client() -> str:
    """The address of the client of this request."""
    return client_address(request.environ, current_app.extensions["netofnets-proxies"])


def let_in(response: Response, gate: Gate, account: Account, way: str) -> None:
    """Begin a session; whatever id the browser held before opens nothing any more."""
    token = gate.sessions.start(account, way, instead_of=request.cookies.get(COOKIE, ""))
    gate.audit.note("sign in", who=account.id, origin=client(), result=way)
    response.set_cookie(COOKIE, token, max_age=ABSOLUTE, **SAME)  # type: ignore[arg-type]


def let_out(response: Response) -> None:
    """Take the cookie back, and whatever the browser may have kept of pages."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(COOKIE, **SAME)  # type: ignore[arg-type]


def note(what: str, node_id: str, values: Mapping[str, str], result: str) -> None:
    """On a shared map: note what somebody who has signed in did, on which records, and nothing that was typed."""
    gate, found = gate_of(), session()
    if gate is not None and found is not None:
        on = [one for one in (node_id, *values.values()) if _IDS.fullmatch(one)]
        gate.audit.note(what, who=found.account.id, whom=" ".join(on), origin=client(), result=result)

"""The page to sign in on, and what follows when somebody is let in, whatever the way."""

from __future__ import annotations

from flask import Response, redirect, render_template, request

from netofnets.accounts.gate import Gate
from netofnets.accounts.links import MINUTES
from netofnets.accounts.model import Account
from netofnets.accounts.passwords import LONGEST
from netofnets.errors import AccountError, ProviderAway, TooManyTries
from netofnets.language import capital, said_by, unstopped
from web.logs import refused
from web.own_path import own_path
from web.session import gate_of, let_in

__all__ = ["entered", "form", "needed_gate"]


def form(problem: AccountError | TooManyTries | None = None, *, back: str | None = None) -> Response:
    """The page to sign in on, with what was wrong and the address that was typed; ``back`` is the path to go on to."""
    asked = request.form if request.method == "POST" else request.args
    gate = needed_gate()
    facts = {"ways": gate.ways, "labels": [one.label for one in gate.providers], "minutes": MINUTES}
    facts |= {"longest": LONGEST, "next": own_path(asked.get("next", "/") if back is None else back)}
    told = unstopped(capital(said_by(problem))) if problem else ""
    typed = request.form.get("address", "")[:254]
    page = render_template("sign_in.html", here_is="sign in", problem=told, typed=typed, **facts)
    response = Response(page, mimetype="text/html")
    if isinstance(problem, TooManyTries):
        refused("429 too many tries to sign in")
        response.status_code = 429
        response.headers["Retry-After"] = str(problem.wait)
    elif problem is not None:
        response.status_code = 503 if isinstance(problem, ProviderAway) else 422
    return response


def entered(account: Account, way: str, *, back: str | None = None) -> Response:
    """Let somebody in and lead on: to ``back``, else to where the form says."""
    asked = request.form.get("next", "/") if back is None else back
    to = "/account" if way == "invitation" else own_path(asked)
    response: Response = redirect(to, 303)  # type: ignore[assignment]
    let_in(response, needed_gate(), account, way)
    return response


def needed_gate() -> Gate:
    """The gate of a shared map, where there is one for certain."""
    gate = gate_of()
    assert gate is not None  # the routes of signing in are there with a gate only
    return gate

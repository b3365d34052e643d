"""The terms: everybody may read them; whoever has a record is asked to accept them, and again when they change."""

from __future__ import annotations

from flask import Flask, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.errors import AccountError
from netofnets.language import capital, joined, said_by
from web.own_path import own_path
from web.session import client, gate_of, session

__all__ = ["add_terms", "ask"]

_WITHOUT = {"mine"}  # what is kept of oneself is to be seen, taken along and erased without agreeing to anything


def add_terms(app: Flask) -> None:
    """Add the page and its form, and ask before any other page is shown to a member."""
    app.add_url_rule("/terms", "terms", _page, methods=["GET"])
    app.add_url_rule("/terms", "accept terms", _accept, methods=["POST"])
    app.before_request(ask)


def ask() -> ResponseReturnValue | None:
    """Lead a member who has not accepted the terms of now to them; None for everybody else, and for what is no page."""
    gate, found = gate_of(), session()
    pages = current_app.extensions["netofnets-pages"]
    if gate is None or found is None or found.account.role is not AccountRole.MEMBER or request.method != "GET":
        return None
    if request.endpoint not in pages or request.endpoint in _WITHOUT or gate.terms.stands(found.account):
        return None
    return redirect("/terms?next=" + own_path(request.path), 303)


def _page(problem: str = "") -> Response:
    gate, found = gate_of(), session()
    accepted = gate.terms.of(found.account) if gate is not None and found is not None else ()
    facts = {"terms": current_terms(), "accepted": [one.version for one in accepted], "problem": problem}
    facts["next"] = own_path((request.form if request.method == "POST" else request.args).get("next", "/mine"))
    facts["asked"] = found is not None and found.account.role is AccountRole.MEMBER
    response = Response(render_template("terms.html", here_is="terms", **facts), mimetype="text/html")
    response.status_code = 422 if problem else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _accept() -> ResponseReturnValue:
    gate, found = gate_of(), session()
    assert gate is not None and found is not None  # web.rules lets nobody else come here
    try:
        gate.terms.accept(found.account, request.form.get("version", ""), origin=client())
    except AccountError as error:
        return _page(joined([capital(said_by(error)), ""], "."))
    return redirect(own_path(request.form.get("next", "/mine")), 303)

"""Claiming one's own record: whoever has shown that a mailbox is theirs, and whose record has that address."""

from __future__ import annotations

from flask import Flask, Response, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netofnets.accounts.model import AccountRole
from netofnets.accounts.terms import current_terms
from netofnets.errors import AccountError
from netofnets.language import capital, joined, said_by, say
from netofnets.services.person.claimable import claimable
from netofnets.services.refs import Ref
from web.session import client, gate_of, session

__all__ = ["add_claiming"]

_UNPROVEN = {"password", "new password", "invitation"}
"""Ways to sign in that do not show that the address is read by whoever signs in: a link may have been handed over."""


def add_claiming(app: Flask) -> None:
    """Add the page and its form."""
    app.add_url_rule("/claim", "claim", _page, methods=["GET"])
    app.add_url_rule("/claim", "claim record", _claim, methods=["POST"])


def _page(problem: str = "") -> ResponseReturnValue:
    found = session()
    assert found is not None  # web.rules lets nobody else come here
    record = _record()
    facts = {"account": found.account, "proven": found.way not in _UNPROVEN, "record": record, "problem": problem}
    facts["terms"] = current_terms()
    response = Response(render_template("claim.html", here_is="claim", **facts), mimetype="text/html")
    response.status_code = 422 if problem else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _claim() -> ResponseReturnValue:
    gate, found, record = gate_of(), session(), _record()
    assert gate is not None and found is not None
    if record is None or request.form.get("record") != record[0].id:
        return abort(404)
    try:
        if request.form.get("terms") != current_terms().version:
            why = say("read the terms and tick the box; nobody claims a record without accepting them")
            raise AccountError(why)
        claimed = gate.roll.claim(found.account, record[0].id, who=found.account.id, origin=client())
        gate.terms.accept(claimed, current_terms().version, origin=client())
    except AccountError as error:
        return _page(joined([capital(said_by(error)), ""], "."))
    return redirect("/mine", 303)


def _record() -> tuple[Ref, str] | None:
    """The record that this session may claim."""
    found = session()
    if found is None or found.account.role is not AccountRole.VIEWER or found.way in _UNPROVEN:
        return None
    return claimable(g.published, found.account.address)

"""Signing in to a shared map: by a link in a mail, an invitation, a password or at a provider; and out again.

The pages work without scripts and before anything is published. No answer tells whether an address is known.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netofnets.accounts.gate import Gate
from netofnets.accounts.links import MINUTES
from netofnets.accounts.model import Account, read_address
from netofnets.accounts.passwords import LONGEST, SHORTEST
from netofnets.errors import AccountError, TooManyTries
from netofnets.language import said_by, say
from web import openid
from web.own_path import own_path
from web.post import Post
from web.session import COOKIE, ROLES, client, let_in, let_out, session
from web.sign_in_page import entered, form, needed_gate

__all__ = ["ENDPOINTS", "add_signing_in"]

_WRONG = say("This address and this password do not go together. Nothing was changed.")
_GONE = say(
    "This link does not let anybody in: it was used before, is too old, or a newer one was sent. Ask for another below."
)

_ROUTES = (
    ("/sign-in", "sign in", "GET"),
    ("/sign-in/mail", "sign in by mail", "POST"),
    ("/sign-in/mail", "mail sent", "GET"),
    ("/sign-in/password", "sign in by password", "POST"),
    ("/sign-in/link", "sign in link", "GET"),
    ("/sign-in/link", "spend link", "POST"),
    ("/sign-out", "sign out", "POST"),
    ("/sign-out/everywhere", "sign out everywhere", "POST"),
    ("/account", "account", "GET"),
    ("/account/password", "set password", "POST"),
)

ENDPOINTS = frozenset(name for _, name, _ in _ROUTES) | openid.ENDPOINTS
"""The routes that need nothing published."""


def add_signing_in(app: Flask, gate: Gate) -> None:
    """Add the gate of a shared map and its pages to ``app``."""
    app.extensions["netofnets-gate"] = gate
    app.extensions["netofnets-post"] = Post(gate)
    views = {
        "sign in": form,
        "sign in by mail": _by_mail,
        "mail sent": lambda: render_template("mail_sent.html", here_is="sign in", minutes=MINUTES),
        "sign in by password": _by_password,
        "sign in link": _look,
        "spend link": _spend,
        "sign out": _out,
        "sign out everywhere": _out_everywhere,
        "account": lambda: _account(),
        "set password": _set_password,
    }
    for path, name, method in _ROUTES:
        app.add_url_rule(path, name, views[name], methods=[method])
    openid.add_openid(app)


def _by_mail() -> ResponseReturnValue:
    gate = needed_gate()
    try:
        address = _address()
        gate.tries.count("mail", address=address, client=client())
    except (AccountError, TooManyTries) as error:
        return form(error)
    if "mail" in gate.ways:
        post: Post = current_app.extensions["netofnets-post"]
        post.send_link(address, own_path(request.form.get("next", "/")))
    return redirect("/sign-in/mail", 303)


def _by_password() -> ResponseReturnValue:
    gate = needed_gate()
    try:
        address, found = _address(), None
        with gate.roll.turn():
            gate.tries.count("password", address=address, client=client())
            if "password" in gate.ways:
                found = gate.roll.with_password(address, request.form.get("password", ""))
            if found is None:
                gate.audit.note("sign in", origin=client(), result="refused")
    except (AccountError, TooManyTries) as error:
        return form(error)
    if found is None:
        return form(AccountError(_WRONG))
    gate.tries.succeeded("password", address=address, client=client())
    return entered(found, "password")


def _look() -> ResponseReturnValue:
    """A page with one button: what opens links to look for malice must not spend them."""
    key = request.args.get("key", "")
    account = needed_gate().links.look(key)
    if account is None:
        return form(AccountError(_GONE))
    back = own_path(request.args.get("next", "/"))
    return render_template("sign_in_link.html", here_is="sign in", whose=account, key=key, next=back)


def _spend() -> ResponseReturnValue:
    gate = needed_gate()
    found = gate.links.spend(request.form.get("key", ""))
    if found is None:
        gate.audit.note("sign in", origin=client(), result="refused link")
        return form(AccountError(_GONE))
    account, purpose = found
    return entered(account, purpose)


def _out() -> ResponseReturnValue:
    gate, response = needed_gate(), redirect("/", 303)
    gate.sessions.end(request.cookies.get(COOKIE, ""))
    gate.audit.note("sign out", who=_known().id, origin=client())
    let_out(response)  # type: ignore[arg-type]
    return response


def _out_everywhere() -> ResponseReturnValue:
    gate, response = needed_gate(), redirect("/", 303)
    gate.sessions.end_all(_known())
    gate.audit.note("sign out", who=_known().id, origin=client(), result="everywhere")
    let_out(response)  # type: ignore[arg-type]
    return response


def _account(problem: str = "") -> ResponseReturnValue:
    found = session()
    assert found is not None  # web.rules lets nobody else come here
    gate = needed_gate()
    facts = {"session": found, "sessions": gate.sessions.count(found.account), "ways": gate.ways}
    provider = gate.provider_by(found.way)
    facts["label"] = provider.label if provider else ""
    facts["role_words"] = ROLES
    limits = {"shortest": SHORTEST, "longest": LONGEST}
    page = render_template("account.html", here_is="account", problem=problem, **facts, **limits)
    return Response(page, 422 if problem else 200, mimetype="text/html")


def _set_password() -> ResponseReturnValue:
    gate, found = needed_gate(), session()
    assert found is not None
    if not found.fresh:
        return _account(say("You signed in more than half an hour ago. Sign out, sign in anew, and set it then."))
    first, again = (request.form.get(name, "") for name in ("password", "again"))
    try:
        if first != again:
            raise AccountError(say("the two are not the same; type the new password twice"))
        gate.roll.set_password(found.account, first, who=found.account.id, origin=client())
    except (AccountError, TooManyTries) as error:
        return _account(say("The password was not changed: {why}.", why=said_by(error)))
    response: Response = redirect("/account", 303)  # type: ignore[assignment]
    let_in(response, gate, found.account, "new password")
    return response


def _address() -> str:
    return read_address(request.form.get("address", ""))


def _known() -> Account:
    found = session()
    assert found is not None  # web.rules lets nobody else come here
    return found.account

"""Signing in at an OpenID provider: away to it, and back with a code that is redeemed here.

Leaving is a link, no form: browsers hold a form to the site that it was sent to, through every redirect that follows.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.accounts.begun import MINUTES, Attempt
from netofnets.accounts.gate import RETURN, way_by
from netofnets.accounts.model import Account
from netofnets.errors import SignInRefused, TooManyTries
from netofnets.language import say
from web.own_path import own_path
from web.session import SAME, client
from web.sign_in_page import entered, form, needed_gate

if TYPE_CHECKING:
    from netofnets.accounts.provider import Provider  # its libraries are loaded where the settings name one

__all__ = ["BEGUN", "ENDPOINTS", "add_openid"]

BEGUN = "__Host-netofnets-begun"
"""The cookie by which a sign-in comes back in the browser that it was begun in."""

_LEAVE, _RETURN = "sign in at provider", "return from provider"
ENDPOINTS = frozenset({_LEAVE, _RETURN})
_STRANGE = say(
    "This sign-in was not begun in this browser, is more than {minutes} minutes old, or came back before. Nobody was "
    "signed in; begin again below",
    minutes=MINUTES,
)
_log = logging.getLogger(__name__)


def add_openid(app: Flask) -> None:
    """Add both routes; where the settings name no provider there is no such page."""
    for path, name, view in (("/sign-in/oidc", _LEAVE, _leave), (RETURN, _RETURN, _return)):
        app.add_url_rule(path, name, view, methods=["GET"])
    app.add_url_rule("/sign-in/oidc/<int:number>", _LEAVE, methods=["GET"])
    app.add_url_rule("/sign-in/oidc/<int:number>/return", _RETURN, methods=["GET"])


def _leave(number: int = 1) -> ResponseReturnValue:
    gate, provider, back = needed_gate(), _provider(number), own_path(request.args.get("next", "/"))
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return form(back=back)  # another site does not begin this; whoever it sent here may
    try:
        gate.tries.count("oidc", client=client())
        attempt = gate.begun.start(back, number)
        address = provider.begin(attempt)
    except (SignInRefused, TooManyTries) as error:
        _tell(error)
        return form(error, back=back)
    response: Response = redirect(address, 303)  # type: ignore[assignment]
    response.set_cookie(BEGUN, attempt.token, max_age=MINUTES * 60, **SAME)  # type: ignore[arg-type]
    return response


def _return(number: int = 1) -> ResponseReturnValue:
    gate, provider = needed_gate(), _provider(number)
    attempt = gate.begun.finish(request.cookies.get(BEGUN, ""), request.args.get("state", ""), number)
    if attempt is None:
        gate.audit.note("sign in", origin=client(), result="refused oidc")
        return form(SignInRefused(_STRANGE, why="not begun here, too old, or come back before"))
    try:
        account = _known_there(provider, attempt)
    except (SignInRefused, TooManyTries) as error:
        _tell(error)
        gate.audit.note("sign in", origin=client(), result="refused oidc")
        response = form(error, back=attempt.back)
    else:
        gate.tries.succeeded("oidc", client=client())
        response = entered(account, way_by(number), back=attempt.back)
    response.delete_cookie(BEGUN, **SAME)  # type: ignore[arg-type]
    return response


def _known_there(provider: Provider, attempt: Attempt) -> Account:
    """The account of whoever comes back. A parameter that comes twice is none that the provider sent."""
    gate = needed_gate()
    answer = {name: values[0] for name, values in request.args.lists() if len(values) == 1}
    person = provider.finish(answer, attempt, gate.begun.now())
    return gate.bindings.account(person, origin=client(), others=[one.issuer for one in gate.providers])


def _provider(number: int) -> Provider:
    """The provider of that number; the first is at the address without one."""
    every = needed_gate().providers
    rule = request.url_rule
    numbered = rule is not None and "<int:number>" in rule.rule
    return every[number - 1] if 1 <= number <= len(every) and numbered is (number > 1) else abort(404)


def _tell(error: SignInRefused | TooManyTries) -> None:
    """Say in the log why, without a name, an address, a code or a token."""
    if isinstance(error, SignInRefused):
        _log.warning("signing in by oidc was refused: %s", error.why)

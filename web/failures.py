"""Error pages in words, as HTML or JSON, that never say more to one viewer than to another."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace

from flask import Flask, Response, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from netofnets.errors import (
    AnswerBusy,
    BeingPublished,
    DayNotReady,
    NotFound,
    NotPublished,
    SnapshotDamaged,
    StoreError,
)
from netofnets.services.viewer import Role
from web.day import NoSuchRun
from web.door import SpentLink
from web.downloads import NoSuchFile
from web.logs import refused
from web.rates import TooOften
from web.session import gate_of
from web.trace import trace

__all__ = ["add_failures", "not_noted"]

_log = logging.getLogger(__name__)

_WORDS: dict[int, tuple[str, str]] = {
    400: ("This address is not served here", "Open the map by the address that the program printed when it started."),
    403: ("This request came from another site", "Nothing was changed. Go to the front page and try from there."),
    404: (
        "There is no such page",
        "The address may be mistyped, the thing may have been removed, or it is not shown to you. Try a search.",
    ),
    405: ("This page can only be read", "Nothing was changed."),
    409: ("This is being worked on", "Nothing was changed. Wait until it is done, then try again."),
    413: ("That is too much at once", "Nothing was changed. Shorten what you send."),
    429: ("That was too often", "Nothing was changed. Wait a minute, then try again."),
    500: (
        "Something went wrong on our side",
        "Other pages still work; if it happens again, please tell whoever runs the map.",
    ),
    503: (
        "Nothing is published yet",
        "Its organizer gives rosters on the page Import, then reload this page. In a terminal: netofnets demo (made-up "
        "examples), or netofnets ingest FILE --source NAME and then netofnets publish.",
    ),
}

_NOTED = (400, 403, 413)  # what no page of ours asks for

_SPENT = (
    "This link does not let anybody in any more",
    "Each link works once, in one browser. Where the program runs, it has printed a new one: open that.",
)


def add_failures(app: Flask) -> None:
    """Handlers for everything that can go wrong in a request."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TooOften, _too_often)
    app.register_error_handler(SpentLink, lambda error: _page(403, *_SPENT))
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(NotPublished, _nothing_yet)
    app.register_error_handler(SnapshotDamaged, _damaged)
    app.register_error_handler(DayNotReady, _not_ready)
    app.register_error_handler(AnswerBusy, _busy)
    app.register_error_handler(BeingPublished, _being_made)
    app.register_error_handler(NoSuchRun, lambda error: _page(404, "There is no such run", _sentence(error)))
    app.register_error_handler(NoSuchFile, lambda error: _page(404, "There is no such file", _sentence(error)))
    app.register_error_handler(StoreError, _store_silent)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.code in _NOTED:
        refused(f"{error.code} {error.name}")
    return _page(error.code or 500)


def _too_often(error: TooOften) -> Response:
    refused("429 too often")
    wait = "a second" if error.wait == 1 else f"{error.wait} seconds"
    advice = f"Nothing was changed. Wait {wait}, then reload this page. Whoever signs in has a share of their own."
    response = _page(429, "Too many pages were asked for at once", advice if gate_of() else advice.partition(" Who")[0])
    response.headers["Retry-After"] = str(error.wait)
    return response


def _nothing_yet(error: NotPublished) -> ResponseReturnValue:
    """An organizer begins with a roster, in the browser; everybody else has to wait."""
    if g.viewer.role is Role.ORGANIZER and request.path == "/":
        return redirect("/import", 303)
    return _page(503)


def _damaged(error: SnapshotDamaged) -> Response:
    _log.error("%s", error)
    advice = "In a terminal, run: netofnets publish. Then reload this page."
    return _page(503, "What is published cannot be read", advice)


def _not_ready(error: DayNotReady) -> Response:
    g.viewer = replace(g.viewer, as_of="", as_of_run=0)  # the error page itself is of the map that is there
    return _page(503, "The map of that time is not ready", f"{_sentence(error)} Then serve that home.")


def not_noted(error: Exception) -> Response:
    """The page in place of one with contact data, when it cannot be noted who looks at it."""
    _log.error("what shows contact data was not given, since it could not be noted: %s", error)
    return _page(
        503, "This cannot be shown now", "Who looks at contact data is noted, and that failed. Try again soon."
    )


def _store_silent(error: StoreError) -> Response:
    _log.warning("%s", error)
    return _page(503, "The store cannot be read", "A past run is answered from the store. The program's log says why.")


def _busy(_: AnswerBusy) -> Response:
    advice = (
        "Such answers take seconds, so one is worked out at a time. Reload this page in a moment; others are there."
    )
    response = _page(503, "Another long answer is being worked out", advice)
    response.headers["Retry-After"] = "5"
    return response


def _being_made(_: BeingPublished) -> Response:
    advice = "What it shows has just changed. Reload it in a moment; other pages are there."
    response = _page(503, "This page is being made anew", advice)
    response.headers["Retry-After"] = "10"
    return response


def _unexpected(error: Exception) -> Response:
    number = secrets.token_hex(4)
    _log.error("failure %s at %s %s\n%s", number, request.method, request.url_rule, trace(error))
    return _page(500, advice=f"{_WORDS[500][1]} Its number in the log is {number}.")


def _sentence(error: Exception) -> str:
    said = str(error)
    return said[:1].upper() + said[1:] + "."


def _page(code: int, title: str = "", advice: str = "") -> Response:
    """The page for a status; a hidden thing and a missing one give the same bytes."""
    g.pop("page", None)  # it has no twin: what was asked for is not shown
    known = _WORDS.get(code, ("This did not work", "Go to the front page and try from there."))
    words = (title or known[0], advice or known[1])
    if request.path.endswith(".json"):
        response = jsonify(error=words[0], advice=words[1])
    else:
        page = render_template("error.html", code=code, title=words[0], advice=words[1])
        response = Response(page, mimetype="text/html")
    response.status_code = code
    response.headers["Cache-Control"] = "no-store"
    return response

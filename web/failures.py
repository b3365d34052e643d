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
from netofnets.language import capital, joined, said_by, say, say_count
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
    400: (
        say("This address is not served here"),
        say("Open the map by the address that the program printed when it started."),
    ),
    403: (
        say("This request came from another site"),
        say("Nothing was changed. Go to the front page and try from there."),
    ),
    404: (
        say("There is no such page"),
        say("The address may be mistyped, the thing may have been removed, or it is not shown to you. Try a search."),
    ),
    405: (say("This page can only be read"), say("Nothing was changed.")),
    409: (say("This is being worked on"), say("Nothing was changed. Wait until it is done, then try again.")),
    413: (say("That is too much at once"), say("Nothing was changed. Shorten what you send.")),
    429: (say("That was too often"), say("Nothing was changed. Wait a minute, then try again.")),
    500: (
        say("Something went wrong on our side"),
        say("Other pages still work; if it happens again, please tell whoever runs the map."),
    ),
    503: (
        say("Nothing is published yet"),
        say(
            "Its organizer gives rosters on the page Import, then reload this page. In a terminal: netofnets demo "
            "(made-up examples), or netofnets ingest FILE --source NAME and then netofnets publish."
        ),
    ),
}
_ELSE = say("This did not work"), say("Go to the front page and try from there.")

_NOTED = (400, 403, 413)  # what no page of ours asks for

_SPENT = (
    say("This link does not let anybody in any more"),
    say("Each link works once, in one browser. Where the program runs, it has printed a new one: open that."),
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
    app.register_error_handler(NoSuchRun, lambda error: _page(404, say("There is no such run"), _sentence(error)))
    app.register_error_handler(NoSuchFile, lambda error: _page(404, say("There is no such file"), _sentence(error)))
    app.register_error_handler(StoreError, _store_silent)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.code in _NOTED:
        refused(f"{error.code} {error.name}")
    return _page(error.code or 500)


def _too_often(error: TooOften) -> Response:
    refused("429 too often")
    advice = say_count(
        "Nothing was changed. Wait a second, then reload this page.",
        "Nothing was changed. Wait {n} seconds, then reload this page.",
        error.wait,
    )
    if gate_of():
        advice = joined([advice, say("Whoever signs in has a share of their own.")])
    response = _page(429, say("Too many pages were asked for at once"), advice)
    response.headers["Retry-After"] = str(error.wait)
    return response


def _nothing_yet(error: NotPublished) -> ResponseReturnValue:
    """An organizer begins with a roster, in the browser; everybody else has to wait."""
    if g.viewer.role is Role.ORGANIZER and request.path == "/":
        return redirect("/import", 303)
    return _page(503)


def _damaged(error: SnapshotDamaged) -> Response:
    _log.error("%s", error)
    advice = say("In a terminal, run: netofnets publish. Then reload this page.")
    return _page(503, say("What is published cannot be read"), advice)


def _not_ready(error: DayNotReady) -> Response:
    g.viewer = replace(g.viewer, as_of="", as_of_run=0)  # the error page itself is of the map that is there
    advice = joined([_sentence(error), say("Then serve that home.")])
    return _page(503, say("The map of that time is not ready"), advice)


def not_noted(error: Exception) -> Response:
    """The page in place of one with contact data, when it cannot be noted who looks at it."""
    _log.error("what shows contact data was not given, since it could not be noted: %s", error)
    advice = say("Who looks at contact data is noted, and that failed. Try again soon.")
    return _page(503, say("This cannot be shown now"), advice)


def _store_silent(error: StoreError) -> Response:
    _log.warning("%s", error)
    advice = say("A past run is answered from the store. The program's log says why.")
    return _page(503, say("The store cannot be read"), advice)


def _busy(_: AnswerBusy) -> Response:
    advice = say(
        "Such answers take seconds, so one is worked out at a time. Reload this page in a moment; others are there."
    )
    response = _page(503, say("Another long answer is being worked out"), advice)
    response.headers["Retry-After"] = "5"
    return response


def _being_made(_: BeingPublished) -> Response:
    advice = say("What it shows has just changed. Reload it in a moment; other pages are there.")
    response = _page(503, say("This page is being made anew"), advice)
    response.headers["Retry-After"] = "10"
    return response


def _unexpected(error: Exception) -> Response:
    number = secrets.token_hex(4)
    _log.error("failure %s at %s %s\n%s", number, request.method, request.url_rule, trace(error))
    return _page(500, advice=joined([_WORDS[500][1], say("Its number in the log is {number}.", number=number)]))


def _sentence(error: Exception) -> str:
    return joined([capital(said_by(error)), ""], ".")


def _page(code: int, title: str = "", advice: str = "") -> Response:
    """The page for a status; a hidden thing and a missing one give the same bytes."""
    g.pop("page", None)  # it has no twin: what was asked for is not shown
    known = _WORDS.get(code, _ELSE)
    words = (title or known[0], advice or known[1])
    if request.path.endswith(".json"):
        response = jsonify(error=words[0], advice=words[1])
    else:
        page = render_template("error.html", code=code, title=words[0], advice=words[1])
        response = Response(page, mimetype="text/html")
    response.status_code = code
    response.headers["Cache-Control"] = "no-store"
    return response

"""In which of the languages of the interface somebody reads: as they chose, else as their browser asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from netofnets.language.languages import ENGLISH, LANGUAGES, Tongue, tongue
from netofnets.language.messages import told
from web.own_path import own_path
from web.session import gate_of

__all__ = ["PATH", "add_language", "all_in_language", "in_language", "reads", "speaks"]

PATH = "/language"
_COOKIE = "netofnets-language"
_A_YEAR = 365 * 24 * 3600  # seconds


def add_language(app: Flask) -> None:
    """Let every request know its language, every answer name it, and take the form that chooses one."""
    app.before_request(_know)
    app.after_request(_named)
    app.add_url_rule(PATH, "choose language", _choose, methods=["POST"])


def reads() -> Tongue:
    """The language of whoever reads this page; English outside of a request."""
    try:  # past the proxy once: a page asks a thousand times
        found: Tongue = g._get_current_object().language
    except (AttributeError, RuntimeError):
        return tongue(ENGLISH)
    return found


def in_language(text: str) -> str:
    """The text in the reader's language; what is no message is a name or somebody's words, and stays as it is."""
    return told(text, reads())


def all_in_language(value: Any) -> Any:
    """Plain data with every message in it in the reader's language."""
    if isinstance(value, dict):
        return {key: all_in_language(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [all_in_language(inner) for inner in value]
    return in_language(value) if isinstance(value, str) else value


def speaks() -> None:
    """This answer is in the reader's language, though it is no page."""
    g.speaks = True


def _know() -> None:
    chosen = request.cookies.get(_COOKIE, "")
    g.language = tongue(chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or ENGLISH)


def _named(response: Response) -> Response:
    if (response.mimetype == "text/html" or g.get("speaks")) and "language" in g:
        response.headers["Content-Language"] = reads().code
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _choose() -> ResponseReturnValue:
    """Keep a language and go back to the page where it was chosen; an unknown one is forgotten like none.

    Which page that was the browser says: pages that fail, or are not there for a reader, must not repeat their address.
    """
    response: Response = redirect(own_path(_came_from()), 303)  # type: ignore[assignment]
    chosen = request.form.get("language", "")
    same = {"path": "/", "httponly": True, "samesite": "Lax", "secure": request.is_secure or gate_of() is not None}
    if chosen in LANGUAGES:
        response.set_cookie(_COOKIE, chosen, max_age=_A_YEAR, **same)  # type: ignore[arg-type]
    else:
        response.delete_cookie(_COOKIE, **same)  # type: ignore[arg-type]
    return response


def _came_from() -> str:
    return urlsplit(request.referrer or "/")._replace(scheme="", netloc="").geturl()

"""The way in on a laptop: a link that works once makes the browser that opens it the organizer's."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping

from flask import Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer
from netofnets.settings import Settings
from web.viewer import LINK, is_loopback, named_viewer

__all__ = ["ENTRANCE", "Door", "SpentLink", "add_door", "viewer_for"]

ENTRANCE = "/enter"
_WEEK = 7 * 24 * 3600  # seconds that a browser keeps its mark; the program forgets it when it ends
_BYTES = 32  # of a link's key and of a browser's mark: nobody guesses 256 bits


class SpentLink(Forbidden):
    """A link that was used before, or that this program never made."""


class Door:
    """Who was let in since the program started; nothing of it is written down.

    Being on the same machine is no proof: a second user of it, or whatever a proxy hands on, is there as well. Whoever
    can read what the program printed is the one who started it.
    """

    def __init__(self, *, anywhere: bool = False) -> None:
        self.anywhere = anywhere  # else from this machine only
        self.tell: Callable[[str], None] = lambda _: None  # how a new link reaches whoever started the program
        self._lock = threading.Lock()
        self._key = ""
        self._marks: set[str] = set()

    def invite(self) -> str:
        """The path of a new link; one that nobody has used stops working."""
        with self._lock:
            self._key = secrets.token_urlsafe(_BYTES)
            return f"{ENTRANCE}?key={self._key}"

    def enter(self, key: str) -> str:
        """Spend the key of a link and return the mark that the browser keeps; raises :class:`SpentLink`."""
        with self._lock:
            if not (self._key and secrets.compare_digest(key.encode(), self._key.encode())):
                spent = not self._key
            else:
                self._key = ""
                mark = secrets.token_urlsafe(_BYTES)
                self._marks.add(mark)
                return mark
        if spent:  # one new link waits at most, however often strangers knock
            self.tell(self.invite())
        raise SpentLink

    def admitted(self, mark: str) -> bool:
        """Whether this program gave a browser that mark."""
        with self._lock:
            return mark in self._marks

    def knows(self, cookies: Mapping[str, str], host: str) -> bool:
        """Whether what a browser sends has a mark of this program's."""
        return self.admitted(cookies.get(_cookie(host), ""))


def add_door(app: Flask, settings: Settings) -> Door | None:
    """The door of ``app``; None where the settings say who looks, or where strangers can reach the map.

    With the setting viewer at ``link`` there is one wherever the map is served: the port of a container, say.
    """
    apart = not settings["trusted_hosts"].strip() and is_loopback(settings["host"])
    if settings["viewer"] != LINK and (settings["viewer"] or not apart):
        return None
    door = Door(anywhere=settings["viewer"] == LINK)
    app.extensions["netofnets-door"] = door
    app.add_url_rule(ENTRANCE, "enter", _enter)
    return door


def viewer_for(settings: Settings, door: Door | None) -> Viewer:
    """Who makes this request: whom the settings name, the organizer who was let in, else somebody unknown."""
    if settings["viewer"] not in ("", LINK):
        return named_viewer(settings["viewer"])
    if door is None or not (door.anywhere or is_loopback(request.remote_addr or "")):
        return ANONYMOUS
    return ORGANIZER if door.knows(request.cookies, request.host) else ANONYMOUS


def _enter() -> ResponseReturnValue:
    door: Door = current_app.extensions["netofnets-door"]
    response: Response = redirect("/", 303)  # type: ignore[assignment]
    mark = door.enter(request.args.get("key", ""))
    # Lax, so that a link in a mail to the organizer's own map works; what changes something asks for the origin too.
    response.set_cookie(_cookie(request.host), mark, max_age=_WEEK, httponly=True, samesite="Lax")
    return response


def _cookie(host: str) -> str:
    """Browsers keep cookies by host, not by port: two maps on one machine must not take each other's."""
    return "netofnets-" + host.rpartition(":")[2]

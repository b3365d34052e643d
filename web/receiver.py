"""How much of a request is taken from the wire: little from anybody, files from organizers, nothing beyond that."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from werkzeug.http import parse_cookie

from netofnets.accounts.gate import Gate
from netofnets.errors import NetOfNetsError
from web.desk_forms import DeskForm
from web.door import Door
from web.security import LONGEST_BODY
from web.session import COOKIE, viewer_of
from web.viewer import LINK, named_viewer

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["limit_bodies"]

Longest = Callable[[str, Mapping[str, str]], int]

_PATIENCE = (
    4  # times as much as may be sent is still read from an organizer, and thrown away, so that a page can say so
)

_LINGERING = 5  # seconds for the rest of a request that was refused


def limit_bodies(server: Any, app: Flask) -> None:
    """Let a waitress server take long bodies for the forms of the desk, from organizers alone."""
    longest = _longest(app)

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        def __init__(self, adj: Any) -> None:
            super().__init__(adj)
            self.begun = time.monotonic()
            self.may_be_long = False

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.content_length <= LONGEST_BODY and not self.chunked:
                return
            most = longest(str(self.path), self.headers)
            if most <= LONGEST_BODY:
                return
            self.may_be_long = True
            patience = most * _PATIENCE
            self.adj: Any = _Limited(self.adj, patience)
            if most < self.content_length < patience:
                self.body_rcv = _Thrown(self.content_length)

    class Channel(_Lingering):
        parser_class = Parser

    server.channel_class = Channel


class _Lingering(HTTPChannel):  # type: ignore[misc]
    """A connection that, having refused a request, reads on what is still being sent, and throws it away.

    A socket that is closed over unread bytes is reset, and the other side (nginx says 502) may never read the refusal;
    "lingering close" of nginx and Apache is the same.
    """

    refused = False
    leaves: float | None = None  # when the last has been said: how long the other side has for the end of its own

    def service(self) -> None:
        self.refused = bool(self.requests[0].error)
        super().service()

    def readable(self) -> bool:
        return self.leaves is not None or bool(super().readable())

    def handle_read(self) -> None:
        if self.leaves is None:
            super().handle_read()
        else:
            with suppress(OSError):
                self.recv(self.adj.recv_bytes)  # which closes when the other side has come to its end

    def handle_close(self) -> None:
        if self.refused and self.leaves is None and self.connected:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                self.leaves, self.will_close = time.monotonic() + _LINGERING, False
                return
        super().handle_close()


def _longest(app: Flask) -> Longest:
    forms = [f for f in app.extensions["netofnets-actions"].values() if isinstance(f, DeskForm)]
    settings = app.extensions["netofnets-settings"]
    door: Door | None = app.extensions.get("netofnets-door")
    gate: Gate | None = app.extensions.get("netofnets-gate")

    def is_organizer(headers: Mapping[str, str]) -> bool:
        """Like the application will judge; where a browser stands is judged there alone."""
        cookies = parse_cookie(headers.get("COOKIE", ""))
        if gate is not None:
            with suppress(NetOfNetsError):  # accounts that cannot be read now let nobody in, and stop no server
                return viewer_of(gate.sessions.find(cookies.get(COOKIE, ""))).sees_people
            return False
        if settings["viewer"] not in ("", LINK):
            return named_viewer(settings["viewer"]).sees_people
        return door is not None and door.knows(cookies, headers.get("HOST", ""))

    def longest(path: str, headers: Mapping[str, str]) -> int:
        if not path.startswith("/import") or not is_organizer(headers):
            return LONGEST_BODY
        return max((form.longest for form in forms if _fits(form.path, path)), default=LONGEST_BODY)

    return longest


def _fits(rule: str, path: str) -> bool:
    parts, given = rule.split("/"), path.split("/")
    return len(parts) == len(given) and all(a in ("<id>", b) for a, b in zip(parts, given, strict=True))


class _Limited:
    """The adjustments of a server, with a limit of its own for one request."""

    def __init__(self, adjustments: Any, most: int) -> None:
        self._adjustments = adjustments
        self.max_request_body_size = most

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adjustments, name)


class _Thrown:
    """Takes a body from the wire and keeps none of it; the application sees how long it was, and says so."""

    error = None

    def __init__(self, length: int) -> None:
        self._left = length
        self.completed = False

    def received(self, data: bytes) -> int:
        """How many of these bytes belong to the body."""
        taken = min(len(data), self._left)
        self._left -= taken
        self.completed = not self._left
        return taken

    def __len__(self) -> int:
        return 0

    def getfile(self) -> io.BytesIO:
        """Nothing."""
        return io.BytesIO()

    getbuf = getfile

"""Indexes are made before anybody asks for a page: at the start, and when something new is published."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from netofnets.errors import NetOfNetsError
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer, signed_in
from netofnets.services.warm import warm
from netofnets.settings import Settings
from web.current import Current, Mark
from web.security import trusted_hosts

__all__ = ["FIRST", "Warming"]

_log = logging.getLogger(__name__)

FIRST = ("front", "bridges", "search", "atlas", "overlap", "gaps", "introductions", "communities", "networks")
"""The pages that are asked for first: the front page, and those that every page leads to."""


class Warming:
    """Makes what pages look up in the publication that is current; once for each."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._current: Current = app.extensions["netofnets-current"]
        self._viewers = _readers(app.extensions["netofnets-settings"])
        self._made: Mark | None = None
        self._working: threading.Thread | None = None

    def now(self) -> None:
        """Make it, and wait for it; what cannot be read is told to whoever asks for a page."""
        if self._made is None:
            for name in self._app.jinja_env.list_templates(extensions=["html"]):
                self._app.jinja_env.get_template(name)  # compiled once, and kept
        try:
            self._made = self._current.mark()
            published = self._current.borrow()
        except NetOfNetsError:
            return
        try:
            for viewer in self._viewers:
                warm(published, viewer)
        except (NetOfNetsError, OSError) as error:  # erased or damaged meanwhile
            _log.info("indexes are left to those who ask: %s", error)
        finally:
            self._current.give_back(published)
        self._answer()

    def _answer(self) -> None:
        """What strangers, or whoever looks at everything, ask for first is answered, and so kept for all processes."""
        host = trusted_hosts(self._app.extensions["netofnets-settings"])[0]
        client = self._app.test_client(use_cookies=False)
        for name in FIRST:
            address = self._app.extensions["netofnets-pages"][name].address("", {})
            answer = client.get(address, base_url=f"https://{host}", headers={"Accept-Encoding": "br"})
            answer.close()  # one that is refused, or fails, is left to whoever asks: they are told why

    def look(self) -> None:
        """Begin to make it in the background, when something else is published than what it was made for."""
        if self._working is not None and self._working.is_alive():
            return
        try:
            if self._current.mark() == self._made:
                return
        except NetOfNetsError:
            return
        self._working = threading.Thread(target=self.now, name="indexes", daemon=True)
        self._working.start()


def _readers(settings: Settings) -> tuple[Viewer, ...]:
    """For whom there are pages: organizers' edition is left alone where nobody is let into it."""
    everybody = (ANONYMOUS,) if settings["viewer"] == "anonymous" else (ORGANIZER, ANONYMOUS)
    return (*everybody, signed_in()) if settings["mode"] == "shared" else everybody

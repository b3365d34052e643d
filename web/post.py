"""Letters with links, written apart from the request that asked for one: it takes no longer for a known address."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from urllib.parse import quote

from netofnets.accounts.gate import Gate
from netofnets.accounts.links import Purpose
from netofnets.accounts.mail import sign_in_letter
from netofnets.errors import NetOfNetsError

__all__ = ["Post"]

_WAITING = 100  # letters; more than a school's morning, fewer than what fills memory
_log = logging.getLogger(__name__)


class Post:
    """One writer of letters."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._writer = ThreadPoolExecutor(1, "netofnets-post")
        self._room = BoundedSemaphore(_WAITING)

    def send_link(self, address: str, back: str) -> None:
        """Send a link to sign in if there is an account of ``address``; ``back`` is the path to go on to."""
        if self._room.acquire(blocking=False):
            self._writer.submit(self._write, address, back)
        else:
            _log.error("too many letters are waiting for the mail server; one was not written")

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._writer.shutdown()

    def _write(self, address: str, back: str) -> None:
        gate = self._gate
        try:
            account = gate.roll.find(address)
            if account is not None and gate.mailer is not None:
                link = gate.link(gate.links.make(account, Purpose.SIGN_IN))
                link += f"&next={quote(back, safe='')}" if back != "/" else ""
                gate.mailer.send(account.address, *sign_in_letter(link, gate.host))
        except NetOfNetsError as error:
            _log.error("%s", error)  # names the server, never the address
        finally:
            self._room.release()

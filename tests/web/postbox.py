"""A real mail server that keeps what it is given."""

from __future__ import annotations

import asyncio
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from functools import partial

from aiosmtpd.smtp import SMTP

__all__ = ["Postbox", "postbox"]


class Postbox:
    """What a mail server on ``port`` has taken."""

    def __init__(self) -> None:
        self.port = 0
        self.letters: queue.Queue[tuple[list[str], Message]] = queue.Queue()

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.letters.put((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 taken"

    def link(self, origin: str) -> str:
        """The link in the next letter, which begins with ``origin``."""
        _, letter = self.letters.get(timeout=60)
        found = re.search(rf"{re.escape(origin)}/sign-in/link\S+", letter.get_payload(decode=True).decode())
        assert found, letter
        return found[0]


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A mail server on a free port of this machine."""
    box, loop = Postbox(), asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(partial(SMTP, box, loop=loop), "127.0.0.1", 0))
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield box
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.run_until_complete(server.wait_closed())
    loop.close()

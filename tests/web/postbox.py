"""A real mail server that keeps what it is given."""

from __future__ import annotations

import asyncio
import queue
import re
import threading
from collections.abc import Callable, Iterator
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
    """A mail server on a free port of this machine, in a thread of its own: Playwright has a loop in this one."""
    box, ready = Postbox(), threading.Event()
    ends: list[Callable[[], object]] = []

    async def serve() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(partial(SMTP, box, loop=loop), "127.0.0.1", 0)
        box.port = server.sockets[0].getsockname()[1]
        ends.append(lambda: loop.call_soon_threadsafe(ended.set))
        ready.set()
        await ended.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    assert ready.wait(60)
    yield box
    ends[0]()
    thread.join()

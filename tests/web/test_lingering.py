"""A connection whose request was refused: it is listened to for a while, so that the refusal is read, and no longer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import waitress

from netofnets.settings import load_settings
from web import receiver, serving
from web.app import create_app
from web.security import LONGEST_BODY

LONG = 2 * LONGEST_BODY
HEAD = f"POST /me HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {LONG}\r\n\r\n".encode()


@dataclass
class Clock:
    """Stands at a time until a test sets it."""

    now: float = 100.0

    def monotonic(self) -> float:
        """The time, as :func:`time.monotonic` gives it."""
        return self.now


@dataclass
class Refused:
    """A server, a client that sends too much to it and has been told so, and the clock that the server looks at."""

    server: Any
    client: socket.socket
    clock: Clock

    def turn(self) -> None:
        """Once around the loop of the server, as :func:`web.serving.run` goes."""
        serving._turn(self.server, 0.05)
        serving._drop_drips(self.server)

    def until(self, reached: Callable[[], object]) -> None:
        """Turn until something is so; a failure where it never is."""
        for _ in range(2000):
            if reached():
                return
            self.turn()
        raise AssertionError("it never came to that")

    @property
    def channels(self) -> list[Any]:
        """The connections that the server holds."""
        return list(self.server.active_channels.values())


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Refused]:
    clock = Clock()
    monkeypatch.setattr(serving, "time", clock)
    monkeypatch.setattr(receiver, "time", clock)
    app = create_app(load_settings(environ={}, home=str(tmp_path), viewer="anonymous"))
    server: Any = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=1, max_request_body_size=LONGEST_BODY, asyncore_use_poll=True
    )
    receiver.limit_bodies(server, app)
    with socket.create_connection(("127.0.0.1", server.effective_port)) as client:
        client.sendall(HEAD + b"x" * 1000)
        found = Refused(server, client, clock)
        found.until(lambda: any(one.leaves is not None for one in found.channels))
        yield found
    server.task_dispatcher.shutdown(timeout=1)
    server.close()


def told(client: socket.socket) -> bytes:
    """All that the server says before it has said its last."""
    said = b""
    while part := client.recv(4096):
        said += part
    return said


def test_it_is_read_on_for_its_time_and_then_closed_whatever_is_still_sent(refused):
    assert told(refused.client).startswith(b"HTTP/1.1 413")
    (channel,) = refused.channels
    assert channel.leaves == 100.0 + receiver._LINGERING
    refused.clock.now = channel.leaves - 0.1
    refused.client.sendall(b"x" * 1000)  # nobody resets the connection, so the refusal can be read
    for _ in range(5):
        refused.turn()
    assert refused.channels == [channel]
    refused.clock.now = channel.leaves + 0.1
    refused.until(lambda: not refused.channels)
    assert not channel.connected


def test_who_comes_to_the_end_of_their_own_is_let_go_at_once(refused):
    refused.client.shutdown(socket.SHUT_WR)
    refused.until(lambda: not refused.channels)
    assert refused.clock.now == 100.0 and told(refused.client).startswith(b"HTTP/1.1 413")

"""The server: which connections it holds and for how long, and an end that lets requests under way come to theirs."""

from __future__ import annotations

import gc
import mmap
import os
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import waitress
from waitress import wasyncore

from netofnets.graph.memory import give_back
from web.receiver import limit_bodies
from web.security import LONGEST_BODY
from web.warming import Warming

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["run"]

_THREADS = 8
_CONNECTIONS = 1000
_IDLE = 30  # seconds without a byte after which a connection is closed
_SLOWEST = 60  # seconds for the head of a request, or for a short body: longer means somebody who drips
_GRACE = 10  # seconds for requests under way when the server ends
_BETWEEN, _MUCH = 2.0, 32 * 1024 * 1024  # seconds between two looks at memory, and bytes more that are worth one
_YOUNG = 20_000  # objects after which Python looks for what nobody holds: about those of one page, not of a line of it
_TICK = 1.0  # seconds after which the loop looks around, when nothing comes


def run(app: Flask, listener: socket.socket, parent: int, warming: Warming) -> None:
    """Serve until SIGTERM or Ctrl-C, or until the process ``parent`` ends (its number; 0: this one is on its own).

    Then nobody new is let in at once, and requests under way are answered whole, for ten seconds at most. A second
    Ctrl-C ends everything.
    """
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        ident=None,
        max_request_body_size=LONGEST_BODY,
        max_request_header_size=32 * 1024,
        # A workshop's browsers keep many connections open; those that send nothing must not keep others out.
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE,
        cleanup_interval=5,
        asyncore_use_poll=True,  # select() takes no more than 1,024
        clear_untrusted_proxy_headers=False,  # web.client judges whom to believe, and believes nobody by itself
    )
    limit_bodies(server, app)
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    ending, room = _End(server), _Room()
    try:
        while not ending.asked and os.getppid() == (parent or os.getppid()):  # no process outlives the first one
            _turn(server, _TICK)
            _drop_drips(server)
            warming.look()
            room.look()
        _finish(server)
    finally:
        server.task_dispatcher.shutdown(timeout=1)
        server.close()
        if (post := app.extensions.get("netofnets-post")) is not None:
            post.close()
        app.extensions["netofnets-current"].close()
        if ending.asked:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending, and told again must not look like a crash


class _End:
    """Whether the server was asked to end."""

    def __init__(self, server: Any) -> None:
        self.asked = False
        self._server = server
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._ask)

    def _ask(self, *_: object) -> None:
        if self.asked:
            return  # told again while it ends: the loop may be gone already
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._server.pull_trigger()  # wakes the loop


class _Room:
    """What large answers took, and nobody holds any more, goes back to the system; else it stays with this process."""

    def __init__(self) -> None:
        self._held, self._latest = _held(), time.monotonic()

    def look(self) -> None:
        """Give back where much more is held than when that was done last, now and then."""
        now = time.monotonic()
        if now - self._latest < _BETWEEN or _held() < self._held + _MUCH:
            return
        give_back()
        self._held, self._latest = _held(), now


def _held() -> int:
    """Bytes of memory that are this process's own, and resident; 0 where the system does not say."""
    try:
        resident, shared = Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3]
    except OSError:
        return 0
    return (int(resident) - int(shared)) * mmap.PAGESIZE


def _turn(server: Any, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, use_poll=server.adj.asyncore_use_poll, map=server._map, count=1)


def _finish(server: Any) -> None:
    """Close the door, then let what is under way come to its end."""
    server.accepting = False
    server.del_channel(server._map)
    server.socket.close()
    latest = time.monotonic() + _GRACE
    while time.monotonic() < latest and any(_is_busy(one) for one in server.active_channels.values()):
        _turn(server, 0.1)


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.total_outbufs_len)


def _drop_drips(server: Any) -> None:
    """Close connections that have been sending one short request for too long, byte by byte, or were refused."""
    now = time.monotonic()
    for channel in server.active_channels.values():
        request = channel.request
        if request is not None and not request.may_be_long and now - request.begun > _SLOWEST:
            channel.will_close = True
        if channel.leaves is not None and now > channel.leaves:
            channel.will_close = True

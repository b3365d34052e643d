"""A proxy on loopback that spoils a connection in the eight ways which Toxiproxy names (its ``toxics``).

What is spoiled may be changed while connections are open, and holds for those as well.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

__all__ = ["CLEAN", "Proxy", "Toxic"]

AT_ONCE = 65_536  # bytes


@dataclass(frozen=True)
class Toxic:
    """What is done to bytes on their way, and to connections; by default nothing."""

    latency: float = 0  # seconds that every piece waits
    jitter: float = 0  # up to so many seconds more, or less
    bandwidth: float = 0  # bytes a second; 0: as fast as they come
    slow_close: float = 0  # seconds between the end of one side and that of the other
    timeout: bool = False  # nothing comes through any more, and no connection ends
    reset_peer: bool = False  # connections are broken off (RST)
    slicer: int = 0  # bytes of a piece, give or take a half; 0: as they come
    limit_data: int = -1  # bytes from the server after which connections end; no limit when negative
    once: bool = False  # all is well again after one connection was ended or broken off


CLEAN = Toxic()


class Proxy:
    """Passes on what comes to ``port`` to another port of this machine. Made by :meth:`before`."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._chance = random.Random(8)
        self.port = int(self._server.getsockname()[1])
        self.toxic = CLEAN
        self.passed, self.pieces = 0, 0  # bytes from the server since the toxic was set, and in how many pieces
        self.taken = 0  # connections so far
        self._armed: tuple[Callable[[bytes], bool], Toxic] | None = None

    @classmethod
    @contextmanager
    def before(cls, upstream: int) -> Iterator[Proxy]:
        """A proxy that runs until the end of the block."""
        proxy = cls(upstream)
        threading.Thread(target=proxy._accept, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.set(CLEAN)
            proxy._server.close()
            proxy._cut()

    def set(self, toxic: Toxic) -> None:
        """Spoil connections in this way from now on."""
        self.toxic, self.passed, self.pieces, self._armed = toxic, 0, 0, None
        if toxic.reset_peer:
            self._broken_off()

    def arm(self, trigger: Callable[[bytes], bool], toxic: Toxic) -> None:
        """Spoil them from the moment in which ``trigger`` holds of what a client sends, before it is passed on."""
        self._armed = trigger, toxic

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
                server = socket.create_connection(("127.0.0.1", self._upstream))
            except OSError:
                return
            self.taken += 1
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open |= {client, server}
            if self.toxic.reset_peer:
                self._broken_off()
            for ends in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while (data := source.recv(AT_ONCE)) and self._pass_on(data, target, answers):
                pass
        time.sleep(self.toxic.slow_close)
        for side in (source, target):
            self._close(side)

    def _pass_on(self, data: bytes, target: socket.socket, answers: bool) -> bool:
        """Send what came, as the toxic wants it; whether more may follow."""
        if not answers and self._armed and self._armed[0](data):
            self.set(self._armed[1])
        while data:
            toxic = self.toxic
            if toxic.timeout:
                time.sleep(0.02)  # until it is over; what came meanwhile is kept, as a network keeps it
                continue
            piece = data[: self._size(toxic) or len(data)]
            if answers and toxic.limit_data >= 0:
                piece = piece[: max(0, toxic.limit_data - self.passed)]
                if not piece:
                    self._happened(toxic)
                    return False
            time.sleep(self._wait(toxic, len(piece)))
            if answers:
                self.passed, self.pieces = self.passed + len(piece), self.pieces + 1
            target.sendall(piece)
            data = data[len(piece) :]
        return True

    def _size(self, toxic: Toxic) -> int:
        return self._chance.randint(toxic.slicer // 2, toxic.slicer * 3 // 2) if toxic.slicer else 0

    def _wait(self, toxic: Toxic, size: int) -> float:
        swing = self._chance.uniform(-toxic.jitter, toxic.jitter)
        return max(0.0, toxic.latency + swing) + (size / toxic.bandwidth if toxic.bandwidth else 0)

    def _happened(self, toxic: Toxic) -> None:
        if toxic.once:
            self.toxic = CLEAN

    def _broken_off(self) -> None:
        self._happened(self.toxic)
        self._cut()

    def _cut(self) -> None:
        """Break off all connections without a word."""
        sides = list(self._open)
        self._open.difference_update(sides)  # first: whoever is woken by the end of one must end no other
        for side in sides:
            with suppress(OSError):
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for side in sides:
            self._end(side, socket.SHUT_RD)

    def _close(self, side: socket.socket) -> None:
        if side in self._open:
            self._open.discard(side)
            self._end(side, socket.SHUT_RDWR)

    @staticmethod
    def _end(side: socket.socket, how: int) -> None:
        with suppress(OSError):
            side.shutdown(how)  # wakes whoever waits for its bytes; to the other end reading is nothing
        side.close()

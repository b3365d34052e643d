"""The proxy does what it is asked to, so that what is shown through it has been under that fault."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.toxics import CLEAN, Proxy, Toxic

SENT = bytes(range(256)) * 40  # 10,240 bytes


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Before a server that gives back what it is sent."""

    def echo(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while data := connection.recv(65_536):
                connection.sendall(data)

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=echo, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        with Proxy.before(server.getsockname()[1]) as proxy:
            yield proxy
        server.shutdown(socket.SHUT_RDWR)


def came_back(connection: socket.socket, patience: float = 60) -> bytes:
    """What comes back of what is sent, until all is there, the connection ends or patience does."""
    connection.settimeout(patience)
    connection.sendall(SENT)
    found = b""
    with suppress(TimeoutError):
        while len(found) < len(SENT) and (data := connection.recv(65_536)):
            found += data
    return found


def connect(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port))


def test_what_only_slows_loses_nothing(proxy: Proxy) -> None:
    for toxic, at_least in {
        CLEAN: 0.0,
        Toxic(latency=0.05, jitter=0.02): 0.06,  # there and back
        Toxic(bandwidth=100_000): 0.2,
        Toxic(slicer=2_000): 0.0,
        Toxic(slow_close=0.1): 0.0,
    }.items():
        proxy.set(toxic)
        with connect(proxy) as connection:
            begun = time.monotonic()
            assert came_back(connection) == SENT, toxic
            assert time.monotonic() - begun >= at_least, toxic
            assert proxy.pieces >= (4 if toxic.slicer else 1)
            if toxic.slow_close:
                connection.shutdown(socket.SHUT_WR)
                begun = time.monotonic()
                assert connection.recv(1) == b"" and time.monotonic() - begun >= toxic.slow_close


def test_what_ends_ends_where_it_should(proxy: Proxy) -> None:
    proxy.set(Toxic(limit_data=1_000))
    with connect(proxy) as connection:
        assert came_back(connection) == SENT[:1_000]
    with connect(proxy) as connection:
        assert came_back(connection) == b""
    proxy.set(Toxic(limit_data=1_000, once=True))
    with connect(proxy) as first, connect(proxy) as second:
        assert came_back(first) == SENT[:1_000]
        assert came_back(second) == SENT
    with connect(proxy) as connection:
        assert came_back(connection) == SENT
        proxy.set(Toxic(reset_peer=True, once=True))
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    proxy.set(Toxic(timeout=True))
    with connect(proxy) as connection:
        assert came_back(connection, patience=0.1) == b""
        proxy.set(CLEAN)
        connection.settimeout(60)
        assert connection.recv(1) == SENT[:1]


def test_a_fault_waits_for_what_a_client_says(proxy: Proxy) -> None:
    proxy.arm(lambda data: b"now" in data, Toxic(limit_data=0))
    with connect(proxy) as connection:
        assert came_back(connection) == SENT
        connection.sendall(b"now")
        assert connection.recv(3) == b""

"""Whether the server still answers while somebody waits for it: a frozen one keeps its connections and says nothing."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from neo4j import Driver, Session
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

__all__ = ["attempted", "is_gone", "watched"]

_EVERY = 3.0  # seconds between two looks
_SILENT = 12.0  # seconds without an answer after which a server counts as frozen; a collection of garbage takes less
_PATIENCE = 12.0  # seconds that a write is tried again, over a change of leaders or a restart
_PING = 3.0  # seconds that one look may take
_HELLO = bytes.fromhex("6060b017 00000005 00000004 00000000 00000000")  # Bolt, in version 5 or 4
_GONE = ("ServiceUnavailable", "SessionExpired", "ConnectionAcquisitionTimeoutError", "ReadServiceUnavailable")


def is_gone(error: BaseException) -> bool:
    """Whether an error of the driver says that the server is not there any more, or not to be heard."""
    return isinstance(error, IncompleteCommit) or type(error).__name__ in _GONE


@contextmanager
def watched(driver: Driver, *, encrypted: bool) -> Iterator[threading.Event]:
    """While inside, cut the connections to a server that answers nobody; the event says that it came to that.

    A query may take as long as it likes, so waiting for its answer has no limit: whether the server is alive is asked
    beside it, with the first bytes of a new connection, which no query keeps from being answered.
    """
    gone, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=_watch, args=(driver, encrypted, gone, done), daemon=True)
    thread.start()
    try:
        yield gone
    finally:
        done.set()
        thread.join()


def attempted(session: Session, gone: threading.Event, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Do ``work`` in a transaction, and again where the driver says that it may help, unless the server is gone.

    Like ``session.execute_write``, which cannot be told that there is nobody to try with any more.
    """
    end, pause = time.monotonic() + _PATIENCE, 0.2
    while True:
        try:
            with session.begin_transaction() as transaction:
                found = work(transaction, *arguments, **named)
                transaction.commit()
                return found
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable() or gone.is_set() or time.monotonic() > end:
                raise
        gone.wait(pause)
        pause = min(2 * pause, 2.0)


def _watch(driver: Driver, encrypted: bool, gone: threading.Event, done: threading.Event) -> None:
    heard: dict[Any, float] = {}
    while not done.wait(_EVERY):
        connections = _connections(driver)
        for address in connections:
            if _answers(address, encrypted):
                heard[address] = time.monotonic()
            elif time.monotonic() - heard.setdefault(address, time.monotonic() - _PING) > _SILENT:
                gone.set()
                for connection in list(connections[address]):
                    with suppress(Exception):
                        connection.kill()


def _connections(driver: Driver) -> dict[Any, Any]:
    """Connections by address. The driver has no word for breaking one that somebody waits on, so its pool is asked."""
    pool: Any = getattr(driver, "_pool", None)
    return dict(getattr(pool, "connections", {}))


def _answers(address: Any, encrypted: bool) -> bool:
    try:
        with socket.create_connection((address[0], address[1]), timeout=_PING) as plain:
            if not encrypted:
                return _said_hello(plain)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False  # nothing is told to it
            context.verify_mode = ssl.CERT_NONE
            with context.wrap_socket(plain) as secret:
                return _said_hello(secret)
    except OSError:
        return False


def _said_hello(connection: socket.socket) -> bool:
    connection.sendall(_HELLO)
    return bool(connection.recv(4))

"""Servers that cannot be reached, or not be used: told in one sentence, within five seconds."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest

from netofnets.errors import SettingsError, StoreAway, StoreUnavailable
from netofnets.settings import Settings, load_settings
from netofnets.store import open_store
from netofnets.store.patience import open_in_time
from tests.toxics import CLEAN, Proxy, Toxic

# Reaching the server


@contextmanager
def listener(answer: bytes | None) -> Iterator[int]:
    """A port that takes connections, and answers each with ``answer`` or not at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                taken.append(connection)
                if answer is not None:
                    connection.recv(64)
                    connection.sendall(answer)
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for connection in taken:
            connection.close()


def refusal(url: str, password: str = "something") -> str:
    start = time.monotonic()
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url, load_settings(environ={}, neo4j_password=password))
    assert time.monotonic() - start < 20  # three seconds are ours; without them the driver waits for a minute
    assert "\n" not in str(caught.value)
    assert password not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_cannot_be_used_is_told_within_five_seconds(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "no Neo4j answers" in refusal(f"{scheme}://127.0.0.1:{port}")
    with listener(None) as port:
        assert "no Neo4j answers" in refusal(f"{scheme}://127.0.0.1:{port}")
    with listener(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as port:
        assert "usually 7687, not 7474" in refusal(f"{scheme}://127.0.0.1:{port}")


def test_a_server_that_comes_late_is_waited_for_and_one_that_does_not_come_is_not(
    empty_neo4j: str, neo4j_settings: Settings
) -> None:
    told: list[str] = []
    with Proxy.before(urlsplit(empty_neo4j).port or 7687) as proxy:
        url, proxy.toxic = f"bolt://127.0.0.1:{proxy.port}", Toxic(reset_peer=True)

        def comes(said: str) -> None:
            told.append(said)
            proxy.toxic = CLEAN

        with closing(open_in_time(url, neo4j_settings, 600, comes)) as store:
            assert store.runs() == ()
        assert len(told) == 1 and "no Neo4j answers" in told[0] and "Trying again for" in told[0]
        proxy.toxic = Toxic(reset_peer=True)
        with pytest.raises(StoreAway):
            open_in_time(url, neo4j_settings, 0, told.append)
        assert len(told) == 1


def test_a_wrong_password_is_not_tried_again(neo4j_url: str) -> None:
    settings = load_settings(environ={}, neo4j_password="not-this-one")
    with pytest.raises(StoreUnavailable, match="NETOFNETS_NEO4J_PASSWORD"):
        open_in_time(neo4j_url, settings, 600, lambda said: pytest.fail(said))


def test_a_wrong_password_is_told(neo4j_url: str) -> None:
    assert "NETOFNETS_NEO4J_PASSWORD" in refusal(neo4j_url, "not-this-one")
    with pytest.raises(SettingsError, match="NETOFNETS_NEO4J_PASSWORD"):
        open_store(neo4j_url, load_settings(environ={}))


def test_an_old_server_is_told(neo4j_url: str, neo4j_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netofnets.store.neo4j.connection._OLDEST", (99, 0))
    with pytest.raises(StoreUnavailable, match="is no Neo4j 99.0 or newer"):
        open_store(neo4j_url, neo4j_settings)


def test_an_address_that_is_none_is_told() -> None:
    for url in ("neo4j://127.0.0.1:no-port", "bolt://127.0.0.1:99999999", "neo4j://no-such-host.invalid:7687"):
        refusal(url)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt+s", "postgres"])
def test_an_address_with_a_password_is_refused_without_repeating_it(scheme: str) -> None:
    with pytest.raises(SettingsError, match="host:7687/x: an address is printed.*NETOFNETS_NEO4J_PASSWORD") as refused:
        open_store(f"{scheme}://ana:p@ss:word@host:7687/x")
    assert "ana" not in str(refused.value) and "word@" not in str(refused.value)

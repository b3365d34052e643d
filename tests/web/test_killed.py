"""The server and a publication are killed with requests under way: what comes after is what was before, or the new."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.graph.published import Published, published_root
from netofnets.publish import publish
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.store.statements import a_roster, facts_of, load

COMMAND = [sys.executable, "-m", "netofnets.cli"]
PAGES = ("/networks.json", "/index.json", "/search.json?q=maths", "/atlas")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals differ there")


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    given = {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | {"PYTHONUNBUFFERED": "1"}
    command = [*COMMAND, "serve", "--port", "0", "--viewer", "organizer", "--home", str(home)]
    with subprocess.Popen(command, env=given, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:(\d+)", server.stdout.readline())
            assert address is not None
            yield server, int(address[1])
        finally:
            server.kill()


def ask(port: int, path: str) -> bytes:
    """The whole answer; an error when it is cut off."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        assert answer.status == 200
        return answer.read()


def stored(home: Path) -> Store:
    return open_store(f"sqlite:{home / 'netofnets.sqlite'}")


def test_killed_under_load_and_while_publishing_it_starts_again_and_nothing_is_lost(tmp_path: Path) -> None:
    accounts = open_accounts(tmp_path)
    accounts.roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    with closing(stored(tmp_path)) as store:
        load(store, "north", a_roster("north", 30))
        publish(store, tmp_path)
        with serving(tmp_path) as (server, port):
            before = {page: ask(port, page) for page in PAGES}
            load(store, "south", a_roster("south", 60))
            kept = facts_of(store)
            wrong = kill_under_load(tmp_path, server, port, before)
        assert wrong == [], "no answer was another one, or half of one"
        with serving(tmp_path) as (_, port):
            assert {page: ask(port, page) for page in PAGES} == before
            assert facts_of(store) == kept and [run.number for run in store.runs()] == [1, 2]
            assert [one.address for one in accounts.roll.listed()] == ["owner@x.example"] and accounts.audit.check()
            assert publish(store, tmp_path).run == 2
            assert b"Circle of south" in ask(port, "/networks.json"), "readers go on to the new one"
    assert list(published_root(tmp_path).glob(".writing-*")) == []
    with Published.current(tmp_path) as current:
        current.check()


def kill_under_load(
    home: Path, server: subprocess.Popen[str], port: int, expected: dict[str, bytes]
) -> list[tuple[str, bytes]]:
    """Kill server and publisher while four browsers ask; whole answers that are not what was expected."""
    wrong: list[tuple[str, bytes]] = []
    asked = threading.Semaphore(0)

    def browse(page: str) -> None:
        try:
            while True:
                answer = ask(port, page)
                if answer != expected[page]:
                    wrong.append((page, answer))
                asked.release()
        except (OSError, http.client.HTTPException):
            return  # it was killed

    browsers = [threading.Thread(target=browse, args=(page,)) for page in PAGES]
    for browser in browsers:
        browser.start()
    with subprocess.Popen([*COMMAND, "publish", "--home", str(home)], stdout=subprocess.DEVNULL) as publisher:
        while not list(published_root(home).glob(".writing-*/organizers/facts/*")):
            assert publisher.poll() is None
            asked.acquire(timeout=1)
        publisher.kill()
        server.kill()
    for browser in browsers:
        browser.join(60)
    assert not any(browser.is_alive() for browser in browsers)
    return wrong

"""Pages while somebody guesses passwords: 50 wrong tries a second through the real server behind nginx.

    python -m benchmarks.sign_in_storm [--home HOME] [--seconds 15] [--rounds 3] [--one-client]

Without ``--home`` the made-up example is loaded and published first. Quiet times and storms take turns; in both a
reader asks for pages one after the other. Every try comes from a client address and at an email address of its own,
which is the worst case: ``--one-client`` tries from one, which is soon told to wait. Prints the 95th percentile of what
the reader waits in each, and the middle one of their ratios; the goal is 3 at most.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import shutil
import socket
import ssl
import statistics
import tempfile
import threading
import time
from collections import Counter
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.pages import published_example
from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from tests.web.shared_server import Server, shared_server

TRIES = 50  # a second
PAGES = ("/", "/networks", "/atlas", "/communities", "/search?q=reading", "/about", "/overlap", "/gaps")
PASSWORD = "four words in a row"


class Asking:
    """A client that makes a connection of its own for each request, with one TLS context for all."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._context = ssl.create_default_context(cafile=str(server.certificate))

    def ask(self, lines: list[str], body: str = "", client: str = "127.0.0.2") -> int:
        """The status of what is answered to these lines, read to its end."""
        with (
            socket.create_connection(("127.0.0.1", self._server.port), 60, (client, 0)) as plain,
            self._context.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            more = [f"Content-Length: {len(body)}", "Connection: close", "", body]
            connection.sendall("\r\n".join([*lines, *more]).encode())
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            answer.read()
            return answer.status


def read_pages(server: Server, seconds: float) -> list[float]:
    """Seconds that a reader waited for each page, one after the other, 20 a second at most."""
    waits: list[float] = []
    asking = Asking(server)
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        start = time.perf_counter()
        path = PAGES[number % len(PAGES)]
        status = asking.ask([f"GET {path}{'&' if '?' in path else '?'}n={number} HTTP/1.1", "Host: localhost"])
        waits.append(time.perf_counter() - start)
        assert status == 200, (path, status)
        number += 1
        time.sleep(max(0.0, 0.05 - waits[-1]))
    return waits


def storm(server: Server, stop: Event, found: Any, one_client: bool) -> None:
    """Wrong tries, 50 a second, until told to stop; eight hands share the work, in a process of their own."""
    answers = Counter[int]()
    asking = Asking(server)

    def hand(which: int) -> None:
        number, due = which, time.monotonic()
        while not stop.is_set():
            client = "127.0.0.9" if one_client else f"127.{1 + number % 200}.{number // 200 % 250}.{1 + number % 250}"
            body = f"address=somebody{number}%40x.example&password=not+the+right+one"
            form = ["Content-Type: application/x-www-form-urlencoded"]
            own = ["Host: localhost", f"Origin: {server.origin}", "Sec-Fetch-Site: same-origin", *form]
            answers[asking.ask(["POST /sign-in/password HTTP/1.1", *own], body, client)] += 1
            number += hands
            due += hands / TRIES
            stop.wait(max(0.0, due - time.monotonic()))

    hands = 8
    threads = [threading.Thread(target=hand, args=(which,)) for which in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.put(answers)


def measured(server: Server, seconds: float, one_client: bool) -> tuple[float, float, Counter[int], float]:
    """The 95th percentile in a quiet time and in a storm, how tries were answered, and tries a second."""
    quiet = float(np.percentile(read_pages(server, seconds), 95))
    stop = multiprocessing.Event()
    found: multiprocessing.Queue[Counter[int]] = multiprocessing.Queue()
    process = multiprocessing.Process(target=storm, args=(server, stop, found, one_client))
    start = time.monotonic()
    process.start()
    loud = float(np.percentile(read_pages(server, seconds), 95))
    stop.set()
    answers = found.get()
    rate = sum(answers.values()) / (time.monotonic() - start)
    process.join()
    return quiet, loud, answers, rate


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path)
    arguments.add_argument("--seconds", type=float, default=15)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--one-client", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if given.home:
            shutil.copytree(given.home, home, ignore=shutil.ignore_patterns("accounts.sqlite*"))
        else:
            published_example(home)
        accounts = open_accounts(home)
        owner = accounts.roll.add("owner@x.example", AccountRole.OWNER, origin="benchmark")
        accounts.roll.set_password(owner, PASSWORD, origin="benchmark")
        nginx = Path(folder) / "nginx"
        nginx.mkdir()
        with shared_server(home, nginx, client_rate="0") as server:
            read_pages(server, 5)  # what is built once for a publication is no matter of this
            ratios = []
            for _ in range(given.rounds):
                quiet, loud, answers, rate = measured(server, given.seconds, given.one_client)
                ratios.append(loud / quiet)
                told = f"p95 quiet {1000 * quiet:.0f} ms, storm {1000 * loud:.0f} ms: {ratios[-1]:.2f}x"
                print(f"{told}; {rate:.0f} tries a second, answered {dict(answers)}", flush=True)
    print(f"middle of {given.rounds}: {statistics.median(ratios):.2f}x")


if __name__ == "__main__":
    main()

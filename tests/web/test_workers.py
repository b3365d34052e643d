"""Several processes serve one map: one that dies is started again, all end together, and what they count is common."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psutil
import pytest

from netofnets.errors import SettingsError
from netofnets.settings import load_settings
from web.workers import how_many

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process serves on this system")
COMMAND = [sys.executable, "-m", "netofnets.cli", "serve", "--port", "0", "--viewer", "organizer", "--workers", "2"]


@contextmanager
def serving(home) -> Iterator[tuple[psutil.Process, int]]:
    given = {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | {"PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen([*COMMAND, "--home", str(home)], env=given, stdout=pipe, stderr=pipe, text=True) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:(\d+)", server.stdout.readline())
            yield psutil.Process(server.pid), int(address[1])
        finally:
            for one in psutil.Process(server.pid).children() if server.poll() is None else []:
                one.kill()
            server.kill()


def ask(port: int) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", "/networks.json")
        answer = line.getresponse()
        answer.read()
        return answer.status


def children(server: psutil.Process, number: int, other_than: frozenset[int] = frozenset()) -> list[psutil.Process]:
    """The processes that serve, as soon as there are so many, none of ``other_than`` among them."""
    for _ in range(6000):
        found = [one for one in server.children() if one.pid not in other_than]
        if len(found) == number:
            return found
        assert psutil.wait_procs([server], timeout=0.01)[1], "the first process has ended"
    raise AssertionError(f"{number} processes never served")


def test_one_that_is_killed_is_replaced_and_the_other_answers_meanwhile(home) -> None:
    with serving(home) as (server, port):
        first, second = children(server, 2)
        assert [ask(port) for _ in range(4)] == [200] * 4
        first.kill()
        assert ask(port) == 200
        after = {one.pid for one in children(server, 2, frozenset({first.pid}))}
        assert second.pid in after and server.is_running()
        assert [ask(port) for _ in range(4)] == [200] * 4


def test_told_to_end_all_end(home) -> None:
    with serving(home) as (server, port):
        served = children(server, 2)
        assert ask(port) == 200
        server.send_signal(signal.SIGTERM)
        gone, alive = psutil.wait_procs([server, *served], timeout=60)
        assert not alive
        assert {one.returncode for one in gone if one.pid == server.pid} <= {0, None}


def test_none_outlives_a_first_process_that_was_killed(home) -> None:
    with serving(home) as (server, port):
        served = children(server, 2)
        assert ask(port) == 200
        server.kill()
        assert not psutil.wait_procs(served, timeout=60)[1]


def test_told_to_end_while_it_does_something_else_it_ends_all_in_order() -> None:
    """A library's thread may be given the signal; on a busy machine the first process is not back to waiting yet."""
    done = subprocess.run([sys.executable, "-c", _TOLD_WHILE_STARTING], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, b"both told\n")


_TOLD_WHILE_STARTING = """
import os, signal, threading
from web.workers import run_together
reached, told = os.pipe()
def serve():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    os.write(told, b"on")
    assert signal.sigtimedwait({signal.SIGTERM}, 60)
    os.write(told, b"it")
def started():
    assert os.read(reached, 2) + os.read(reached, 2) == b"onon"
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=threading.Event().wait, daemon=True).start()  # as a library does
run_together(2, serve, started)
if os.read(reached, 2) + os.read(reached, 2) == b"itit":
    print("both told")
"""


def test_what_they_count_and_say_is_common() -> None:
    done = subprocess.run([sys.executable, "-c", _FORKED], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["0.0 0.0", "1.0 1.0", "said in the other process", ""]


_FORKED = """
import os, sys
from web.rates import Buckets
from web.said import Said
buckets, said = Buckets(1.0, 2.0, lambda: 0.0), Said()
read, write = os.pipe()
if os.fork() == 0:
    print(buckets.take("a", 1.0), buckets.take("a", 1.0), flush=True)
    os.write(write, said.keep("said in the other process").encode())
    os._exit(0)
os.wait()
token = os.read(read, 100).decode()
print(buckets.take("a", 1.0), buckets.take("a", 1.0))
print(said.take(token))
print(said.take(token))
"""


@pytest.mark.parametrize(
    ("given", "alone", "number"),
    [
        ({}, True, 1),
        ({}, False, 1),
        ({"workers": "3"}, False, 3),
        ({"workers": "1", "mode": "shared"}, False, 1),
    ],
)
def test_how_many_there_are(given, alone, number) -> None:
    assert how_many(load_settings(environ={}, **given), alone=alone) == number


def test_on_a_shared_map_there_is_one_for_each_core_up_to_four(monkeypatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    assert how_many(load_settings(environ={}, mode="shared"), alone=False) == 4


@pytest.mark.parametrize(("told", "alone"), [("0", False), ("65", False), ("two", False), ("2", True)])
def test_what_cannot_be_is_refused_in_a_sentence(told, alone) -> None:
    with pytest.raises(SettingsError, match="workers|one process serves"):
        how_many(load_settings(environ={}, workers=told), alone=alone)

"""The command: a real server process, ports, and settings that it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from netofnets.errors import SettingsError
from web.cli import listen

ARGUMENTS = [sys.executable, "-c", "from netofnets.cli import main; main()", "serve"]


@pytest.fixture
def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | {"PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(home, environment, *more, end=signal.SIGINT):
    """A server process and the two addresses that it prints: the map's, and the organizer's link."""

    def interruptible():  # what a shell runs in the background ignores interrupts, and so do its children
        signal.signal(signal.SIGINT, signal.default_int_handler)

    command = [*ARGUMENTS, "--home", str(home), "--port", "0", *more]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=interruptible
    ) as server:
        serving.process = server
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline()).group()
            link = re.search(r"http://\S+", server.stdout.readline()).group()
            yield address, link
        finally:
            server.send_signal(end)
        assert server.wait(60) == 0
        assert server.stdout.read().endswith("Ended.\n")


signals = pytest.mark.skipif(os.name == "nt", reason="signals differ there")


@signals
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_what_is_published_and_prints_where(home, environment, end):
    with serving(home, environment, end=end) as (address, _):
        with urllib.request.urlopen(address + "/networks.json", timeout=30) as answer:
            assert answer.status == 200 and "Server" not in answer.headers


@signals
def test_only_the_browser_that_opened_the_link_is_the_organizer_whatever_a_proxy_says(home, environment):
    def sees_people(opener, **headers):
        with opener.open(urllib.request.Request(address + "/about", headers=headers), timeout=30) as answer:
            return "organizer" in answer.read().decode().split("site-footer")[1]

    with serving(home, environment) as (address, link):
        stranger, browser = (build_opener(HTTPCookieProcessor()) for _ in range(2))
        forged = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X-Real-Ip": "127.0.0.1"}
        assert not sees_people(stranger) and not sees_people(stranger, **forged)
        browser.open(link, timeout=30).close()
        assert sees_people(browser) and not sees_people(stranger)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            stranger.open(link, timeout=30)
        assert not sees_people(stranger)


@signals
def test_two_hundred_connections_that_say_nothing_keep_nobody_out(home, environment):
    with serving(home, environment) as (address, _), ExitStack() as held:
        port = int(address.rpartition(":")[2])
        for number in range(200):
            idle = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            if number % 2:  # half of them begin a request and never end it
                idle.sendall(b"GET /atlas HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Drip: ")
        with urllib.request.urlopen(address + "/networks.json", timeout=15) as answer:
            assert answer.status == 200


def test_an_open_address_without_trusted_hosts_is_refused(home, environment):
    command = [*ARGUMENTS, "--home", str(home), "--host", "0.0.0.0", "--port", "0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "trusted_hosts" in done.stderr and "Traceback" not in done.stderr


def test_a_taken_port_is_an_error_when_it_was_asked_for_and_else_the_next_one_is_used():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port}.*--port"):
            listen("127.0.0.1", port, explicit=True)
        with listen("127.0.0.1", port, explicit=False) as free:
            assert free.getsockname()[1] > port


@pytest.mark.parametrize("port", [-1, 65536])
def test_impossible_ports_are_refused(port):
    with pytest.raises(SettingsError, match="between 0 and 65535"):
        listen("127.0.0.1", port, explicit=True)


@signals
def test_a_request_under_way_is_answered_whole_when_the_server_is_told_to_end(home, environment):
    with serving(home, environment, end=signal.SIGTERM) as (address, link):
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.sendall(f"GET /atlas HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            first = slow.recv(1)  # it is being answered, and the rest does not fit into what the network holds
            serving.process.send_signal(signal.SIGTERM)
            _wait_until_refused(port)
            answer = first + b"".join(iter(lambda: slow.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200") and body.rstrip().endswith(b"</html>")


def _wait_until_refused(port):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=30).close()
        except (ConnectionRefusedError, ConnectionResetError):  # the second: it was closed while we waited for it
            return

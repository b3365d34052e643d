"""The command: a real server process, ports, and settings that it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from netofnets.errors import SettingsError
from web.cli import listen

ARGUMENTS = [sys.executable, "-c", "from netofnets.cli import main; main()", "serve"]


@pytest.fixture
def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | {"PYTHONUNBUFFERED": "1"}


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_it_serves_what_is_published_and_prints_where(home, environment):
    command = [*ARGUMENTS, "--home", str(home), "--port", "0"]

    def interruptible():  # what a shell runs in the background ignores interrupts, and so do its children
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, preexec_fn=interruptible
    ) as server:
        try:
            said = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", said).group()
            with urllib.request.urlopen(address + "networks.json", timeout=30) as answer:
                assert answer.status == 200 and "Server" not in answer.headers
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


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

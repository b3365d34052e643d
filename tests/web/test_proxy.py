"""Through the real server behind a real nginx: what is forged makes nobody anybody, and clients are told apart."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from netofnets.accounts.gate import open_accounts, open_gate
from netofnets.accounts.model import AccountRole
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED
from tests.web.addresses import leader
from tests.web.shared_server import SERVE, shared_server
from tests.web.signing import PASSWORD
from web.session import COOKIE

SECRET_PAGE = f"/leaders/{leader('east0')}"
FORGED = (
    "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-For: 203.0.113.9, 127.0.0.1",
    "Forwarded: for=127.0.0.1;host=localhost;proto=https",
    "X-Real-IP: 127.0.0.1",
    "X-Forwarded-Host: localhost",
    "X-Forwarded-User: owner@x.example",
    f"Cookie: {COOKIE}=forged",
    f"Cookie: {COOKIE}=; {COOKIE}=forged",
)


@pytest.fixture(scope="module")
def shared_home(home, tmp_path_factory):
    """What is published, with an owner, in a home of its own."""
    copied = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(home, copied)
    accounts = open_accounts(copied)
    owner = accounts.roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    accounts.roll.set_password(owner, PASSWORD, origin="test")
    return copied


@pytest.fixture(scope="module")
def server(shared_home, tmp_path_factory):
    with shared_server(shared_home, tmp_path_factory.mktemp("nginx")) as found:
        yield found


def origins(home):
    return [entry.origin for entry in open_accounts(home).audit.entries() if entry.what == "sign in"]


@pytest.mark.parametrize("behind", [False, True], ids=["nginx", "past nginx"])
def test_nothing_that_is_forged_makes_a_stranger_an_organizer(server, behind):
    assert server.ask("/about", behind=behind).status == 200
    for header in FORGED:
        assert server.ask(SECRET_PAGE, header, behind=behind).status == 404, header


@pytest.mark.parametrize("behind", [False, True], ids=["nginx", "past nginx"])
def test_other_and_second_host_names_are_refused(server, behind):
    for host in ("evil.example", "127.0.0.1", "localhost.evil.example", "localhost, evil.example"):
        assert server.ask("/about", host=host, behind=behind).status == 400, host
    assert server.ask("/about", "Host: evil.example", behind=behind).status == 400
    whole = server.ask("http://evil.example/about", behind=behind)  # the program takes the path of it, and no name
    assert whole.status == (200 if behind else 400) and "evil.example" not in whole.text


def test_an_owner_signs_in_and_the_true_client_is_in_the_audit(server, shared_home):
    body = "address=owner%40x.example&password=" + PASSWORD.replace(" ", "+")
    planted = f"Cookie: {COOKIE}=planted-by-somebody"
    for behind in (False, True):
        entered = server.send("/sign-in/password", body, "X-Forwarded-For: 203.0.113.9", planted, behind=behind)
        assert (entered.status, entered.headers["Location"]) == (303, "/")
        cookie = entered.headers["Set-Cookie"].partition(";")[0]
        assert "planted" not in cookie
        assert server.ask(SECRET_PAGE, f"Cookie: {cookie}").status == 200
        assert origins(shared_home)[-1] == "127.0.0.2"
    assert server.ask(SECRET_PAGE, planted).status == 404
    assert server.send("/sign-out", "", f"Cookie: {cookie}").status == 303
    assert server.ask(SECRET_PAGE, f"Cookie: {cookie}").status == 404


def test_a_roster_is_taken_from_an_owner_and_from_nobody_else(server, shared_home):
    accounts = open_gate(load_settings(environ={}, home=str(shared_home), **SHARED))
    mark = f"Cookie: {COOKIE}={accounts.sessions.start(accounts.roll.get('owner@x.example'), 'test')}"
    rows = "".join(f"Person {number:05d}\r\n" for number in range(8_000))  # more than anybody may send
    head = 'Content-Disposition: form-data; name="files"; filename="roster.csv"'
    body = f"--x\r\n{head}\r\nContent-Type: text/csv\r\n\r\nname\r\n{rows}\r\n--x--\r\n"
    lines = ["POST /import HTTP/1.1", "Host: localhost", f"Origin: {server.origin}", "Sec-Fetch-Site: same-origin"]
    lines.append("Content-Type: multipart/form-data; boundary=x")
    taken = server.raw([*lines, mark], body)
    assert (taken.status, taken.headers["Location"].rpartition("/")[0]) == (303, "/import")
    assert server.raw([*lines, f"Cookie: {COOKIE}=forged"], body).status in (404, 413)
    entry = accounts.audit.entries()[-1]
    assert (entry.what, entry.result, entry.origin) == ("give files", "done", "127.0.0.2")


def test_who_is_refused_may_send_to_the_end_and_reads_why(server):
    """A connection closed over unread bytes is reset, and a proxy answers 502 in place of what was said."""
    lines = ["POST /sign-in/password HTTP/1.1", "Host: localhost", "Content-Length: 4000000", "", ""]
    with socket.create_connection(("127.0.0.1", server.behind), 60) as client:
        client.sendall("\r\n".join(lines).encode())
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert (answer.status, answer.read() != b"") == (413, True)
        assert client.recv(1) == b""  # all has been said
        for _ in range(40):
            client.sendall(b"x" * 100_000)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1) == b""


def test_a_form_of_another_site_is_refused(server):
    lines = ["POST /sign-in/password HTTP/1.1", "Host: localhost", "Origin: https://evil.example"]
    assert server.raw(lines, "address=owner%40x.example").status == 403


def test_answers_carry_the_headers_of_a_shared_map(server):
    headers = server.ask("/sign-in").headers
    assert headers["Strict-Transport-Security"] and headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_shared_map_that_lacks_something_does_not_start_and_says_all_of_it(tmp_path):
    environ = {key: value for key, value in os.environ.items() if not key.startswith("NETOFNETS_")}
    environ |= {"NETOFNETS_MODE": "shared", "NETOFNETS_STORE": "neo4j://db.x.example:7687"}
    environ |= {"NETOFNETS_NEO4J_PASSWORD": "neo4j"}
    done = subprocess.run([*SERVE, "--home", str(tmp_path)], env=environ, capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    for word in ("secret", "public_url", "trusted_hosts", "sign_in", "owner", "without encryption", "of your own"):
        assert word in done.stderr


def test_the_command_asks_the_running_program_whether_it_is_ready(server):
    environ = {key: value for key, value in os.environ.items() if not key.startswith("NETOFNETS_")}

    def asked(port, **more):
        command = [sys.executable, "-m", "netofnets.cli", "ready", "--port", str(port)]
        return subprocess.run(command, env={**environ, **more}, capture_output=True, text=True)

    known = {"NETOFNETS_TRUSTED_HOSTS": "localhost"}
    assert asked(server.behind, **known).stdout == "ready\n"
    refused = asked(server.behind, NETOFNETS_TRUSTED_HOSTS="evil.example")
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
    assert asked(1, **known).returncode == 2
    for path in ("/livez", "/readyz"):
        assert server.ask(path).status == 200 and "Set-Cookie" not in server.ask(path).headers


def test_two_hundred_who_drip_keep_nobody_out(server):
    """Through the proxy and past it, each in the middle of a request that never ends."""
    with ExitStack() as held:
        for number in range(200):
            port = server.behind if number % 2 else server.port
            slow = held.enter_context(
                socket.create_connection(("127.0.0.1", port), 30, (f"127.0.0.{2 + number % 50}", 0))
            )
            if number % 2:
                slow.sendall(b"POST /sign-in/password HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\naddr")
        assert server.ask("/networks").status == 200
        assert server.ask("/networks", behind=True).status == 200


def test_an_upload_that_is_cut_off_leaves_nothing_behind(server, shared_home):
    accounts = open_gate(load_settings(environ={}, home=str(shared_home), **SHARED))
    mark = f"Cookie: {COOKIE}={accounts.sessions.start(accounts.roll.get('owner@x.example'), 'test')}"
    lines = [
        "POST /import HTTP/1.1",
        "Host: localhost",
        f"Origin: {server.origin}",
        "Sec-Fetch-Site: same-origin",
        mark,
    ]
    lines += ["Content-Type: multipart/form-data; boundary=x", "Content-Length: 500000", "", "--x\r\n"]
    before = sorted((shared_home / "imports").rglob("*"))
    with socket.create_connection(("127.0.0.1", server.behind), 30) as cut:
        cut.sendall("\r\n".join(lines).encode() + b"name,email\r\n" * 5000)
    assert server.ask("/networks").status == 200
    assert sorted((shared_home / "imports").rglob("*")) == before

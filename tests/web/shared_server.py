"""A shared map as it is deployed: ``netofnets serve`` in a process, behind the nginx that docs/deploy.md sets up."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.accounts.shared import SECRET
from tests.missing import missing
from tests.neo4j_server import free_port

__all__ = ["ROOT", "Answer", "Server", "shared_server"]

ROOT = Path(__file__).resolve().parents[2]
SERVE = [sys.executable, "-c", "from netofnets.cli import main; main()", "serve", "--port", "0"]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass(frozen=True)
class Server:
    """The ports of nginx (TLS) and of the program behind it, and the certificate of the first."""

    port: int
    behind: int
    certificate: Path

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    def raw(self, lines: list[str], body: str = "", *, client: str = "127.0.0.2", behind: bool = False) -> Answer:
        """What is answered to exactly these lines, sent from an address of this machine."""
        port = self.behind if behind else self.port
        with socket.create_connection(("127.0.0.1", port), 60, (client, 0)) as plain:
            connection = plain
            if not behind:
                context = ssl.create_default_context(cafile=str(self.certificate))
                connection = context.wrap_socket(plain, server_hostname="localhost")
            more = [f"Content-Length: {len(body)}", "Connection: close"]
            connection.sendall("\r\n".join([*lines, *more, "", body]).encode())
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            found = Answer(answer.status, answer.headers, answer.read().decode())
            connection.close()
            return found

    def ask(self, path: str, *headers: str, host: str = "localhost", behind: bool = False) -> Answer:
        """What is answered to a reader."""
        return self.raw([f"GET {path} HTTP/1.1", f"Host: {host}", *headers], behind=behind)

    def send(self, path: str, body: str, *headers: str, behind: bool = False) -> Answer:
        """What is answered to a form of the map's own page."""
        form = "Content-Type: application/x-www-form-urlencoded"
        own = ["Host: localhost", f"Origin: {self.origin}", "Sec-Fetch-Site: same-origin", form]
        return self.raw([f"POST {path} HTTP/1.1", *own, *headers], body, behind=behind)


@contextmanager
def shared_server(home: Path, folder: Path, **settings: str) -> Iterator[Server]:
    """The server of a published home, which has an owner; ``folder`` takes what nginx writes and ``serve.log``."""
    for program, package in (("nginx", "nginx-light"), ("openssl", "openssl")):
        if not _program(program):
            missing(f"no {program} (Debian: apt install {package})")
    certificate = _certificate(folder)
    front = free_port()
    given = {"home": str(home), "mode": "shared", "secret": SECRET, "public_url": f"https://localhost:{front}"}
    given |= {"trusted_hosts": "localhost", "sign_in": "password", "trusted_proxies": "127.0.0.1"}
    given |= {"account_rate": "0", "client_rate": "0", **settings}  # scripts ask faster than people
    environ = {key: value for key, value in os.environ.items() if not key.startswith("NETOFNETS_")}
    environ |= {f"NETOFNETS_{key.upper()}": value for key, value in given.items()} | {"PYTHONUNBUFFERED": "1"}
    log = (folder / "serve.log").open("w")
    with log, subprocess.Popen(SERVE, env=environ, stdout=subprocess.PIPE, stderr=log, text=True) as program:
        try:
            behind = int(re.search(r"http://127\.0\.0\.1:(\d+)", program.stdout.readline())[1])
            with _nginx(folder, front, behind, certificate):
                yield Server(front, behind, certificate)
        finally:
            program.terminate()
        assert program.wait(60) == 0, (folder / "serve.log").read_text()


@contextmanager
def _nginx(folder: Path, front: int, behind: int, certificate: Path) -> Iterator[None]:
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    server = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)[1]
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{front} ssl"),
        ("/etc/letsencrypt/live/map.school.example/fullchain.pem", str(certificate)),
        ("/etc/letsencrypt/live/map.school.example/privkey.pem", str(folder / "key.pem")),
        ("map.school.example", "localhost"),
        ("127.0.0.1:8765", f"127.0.0.1:{behind}"),
    ):
        assert old in server
        server = server.replace(old, new)
    temporary = "\n".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {folder / 'nginx.pid'}; error_log stderr notice;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{server} }}\n"
    )
    command = [_program("nginx"), "-p", str(folder), "-c", str(config)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as nginx:
        try:
            said = []
            for line in nginx.stderr:  # it says so when it listens
                said.append(line)
                if "start worker process" in line or "using the" in line:
                    break
            assert nginx.poll() is None, said
            threading.Thread(target=nginx.stderr.read, daemon=True).start()
            yield
        finally:
            nginx.terminate()


def _certificate(folder: Path) -> Path:
    made = folder / "certificate.pem"
    subprocess.run(
        [_program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(folder / "key.pem"), "-out", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


def _program(name: str) -> str:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin") or ""

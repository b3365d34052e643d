"""One Neo4j server process on a free loopback port, which a test may start, stop, kill and start again."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from neo4j import GraphDatabase

from tests.neo4j_server.artifacts import NoServer, fetch
from tests.neo4j_server.program import command

USER = "neo4j"
PASSWORD = "made-up-for-tests"
REHEARSED = (
    "CREATE CONSTRAINT one IF NOT EXISTS FOR (n:Thing) REQUIRE n.key IS UNIQUE",
    "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Thing) ON EACH [n.name]",
    "UNWIND range(1, 9) AS i MERGE (n:Thing {key: i}) ON CREATE SET n += {name: 'a'} MERGE (n)-[:NEXT]->(:Thing)",
    "MATCH (a:Thing)-[r:NEXT]->(b) WITH a, collect(b) AS b, count(*) AS n ORDER BY n RETURN a {.*}, b, n LIMIT 3",
    "CALL db.index.fulltext.queryNodes('words', 'a') YIELD node RETURN count(node)",
    "MATCH (n:Thing) OPTIONAL MATCH (n)-[r]-() RETURN labels(n), properties(n), type(r), elementId(n)",
    "SHOW INDEXES YIELD name",
    "SHOW PROCEDURES YIELD name",
    "MATCH (n) DETACH DELETE n",
)
FIRST_PORT = 20_000  # below are ports with a meaning
LONGEST_START = 300  # seconds; about 4 on an idle machine, minutes on one that is busy with other things


class Neo4jServer:
    """A server on ``home`` (kept over restarts) and ``port`` (a free one when none is given), with or without plugins.

    ``start()`` waits until it answers; ``stop()`` ends it properly; ``kill()`` is ``kill -9``. The process ends by
    itself when the test run does, since its standard input then ends.
    """

    def __init__(self, home: Path, port: int | None = None, *, plugins: bool = True) -> None:
        self.home = home
        self.port = port or free_port()
        self.plugins = plugins  # they take as long to start as the rest
        self.auth = (USER, PASSWORD)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for drivers and for ``netofnets --store``."""
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def start(self) -> Neo4jServer:
        """Start and wait until the server answers; raise NoServer with the last lines of its log when it does not."""
        assert self._process is None, "the server is running already"
        jars = fetch()
        return self._run(command(jars, rehearse), jars / "plugins")

    def _run(self, program: list[str], plugins: Path) -> Neo4jServer:
        fresh = not (self.home / "data").exists()
        self.home.mkdir(parents=True, exist_ok=True)
        if self.plugins and plugins.is_dir() and not (self.home / "plugins").exists():
            shutil.copytree(plugins, self.home / "plugins")
        log = self.home / "server.log"
        words = [*program, str(self.home), str(self.port)]
        with log.open("wb") as out:
            self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT)
        self._wait_until_ready(log)
        if fresh:
            self._set_first_password()
        return self

    def stop(self, patience: float = 60) -> None:
        """End the server properly and wait for it, so many seconds; do nothing when it does not run."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def kill(self) -> None:
        """End the server as a power cut would: no chance to write anything more."""
        assert self._process is not None, "the server is not running"
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process = None

    def _wait_until_ready(self, log: Path) -> None:
        assert self._process is not None
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            if b"ready\n" in log.read_bytes():
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise NoServer(f"the Neo4j test server did not start:\n{tail}")

    def _set_first_password(self) -> None:
        with GraphDatabase.driver(self.url, auth=(USER, "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=PASSWORD, database_="system"
            )


def rehearse(program: list[str]) -> None:
    """Start a server of this program, let it do what tests ask for, and end it properly."""
    with tempfile.TemporaryDirectory(prefix="netofnets-neo4j-", ignore_cleanup_errors=True) as home:
        server = Neo4jServer(Path(home), plugins=False)._run(program, Path(home))
        with GraphDatabase.driver(server.url, auth=server.auth) as driver:
            for statement in REHEARSED:
                driver.execute_query(statement)
        server.stop(LONGEST_START)


def free_port() -> int:
    """Return a loopback port that nobody listens on, and that the system gives to nobody who asks for any port.

    So it is still free when the server has started, and when it is started again after it was killed.
    """
    while True:
        port = FIRST_PORT + secrets.randbelow(first_given() - FIRST_PORT)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def first_given() -> int:
    """The first of the ports that the system gives to whoever asks for any."""
    try:
        return max(int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0]), FIRST_PORT + 1000)
    except OSError:
        return 32_768

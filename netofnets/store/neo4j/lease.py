"""Who may write: one holder at a time, for seconds that it keeps renewing, with a number that fences off the others."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from neo4j import Driver, Transaction
from neo4j.exceptions import DriverError, Neo4jError

from netofnets.errors import StoreBusy
from netofnets.language import say
from netofnets.store.moments import begins
from netofnets.store.neo4j.pulse import attempted

__all__ = ["RENEWING", "SECONDS", "Lease", "is_held", "still_applied"]

RENEWING = "renewing the lease"  # name of the thread
SECONDS = 30.0  # after which a holder that no longer renews counts as dead

# Setting a property takes the node's lock, so two who ask at once are answered one after the other.
_ASK = """MATCH (m:NetOfNetsMeta {id: 'book'}) SET m.asked = timestamp()
RETURN m.run AS run, m.holder AS holder, m.source AS source, m.since AS since, m.expires > timestamp() AS held"""
_TAKE = """MATCH (m:NetOfNetsMeta {id: 'book'})
SET m.fence = m.fence + 1, m.holder = $holder, m.source = $source, m.since = $since,
    m.expires = timestamp() + $milliseconds
RETURN m.fence"""
_RENEW = """MATCH (m:NetOfNetsMeta {id: 'book'}) WHERE m.fence = $fence
SET m.expires = timestamp() + $milliseconds RETURN m.fence"""
_RELEASE = "MATCH (m:NetOfNetsMeta {id: 'book'}) WHERE m.fence = $fence SET m.expires = 0"


class Lease:
    """A lease that was taken. Times are the server's, so the clocks of writers do not matter.

    ``gone`` is set when there is no server any more: then nothing is tried again, and nothing tidied up.
    """

    def __init__(
        self, driver: Driver, database: str, fence: int, since: str, seconds: float, gone: threading.Event
    ) -> None:
        self._driver = driver
        self._database = database
        self._milliseconds = int(seconds * 1000)
        self.fence = fence
        self.since = since
        self.gone = gone

    @classmethod
    def take(cls, driver: Driver, database: str, source: str, seconds: float, gone: threading.Event) -> Lease:
        """Take the lease, or raise :class:`StoreBusy` with the name of who has it."""
        since = begins()

        def attempt(transaction: Transaction) -> int:
            record = transaction.run(_ASK).single(strict=True)
            if is_held(record.data()):
                raise StoreBusy(
                    say(
                        "run {run} of {source!r} is being written since {since} by {holder}; try again when it is done",
                        run=record["run"] + 1,
                        source=record["source"],
                        since=record["since"],
                        holder=_shown(record["holder"]),
                    )
                )
            taken = transaction.run(_TAKE, holder=_self(), source=source, since=since, milliseconds=int(seconds * 1000))
            return int(taken.single(strict=True)[0])

        with driver.session(database=database) as session:
            return cls(driver, database, attempted(session, gone, attempt), since, seconds, gone)

    def check(self, transaction: Transaction) -> None:
        """Make a transaction fail unless the lease is still ours; every write transaction begins with this."""
        if transaction.run(_RENEW, fence=self.fence, milliseconds=self._milliseconds).single() is None:
            raise StoreBusy(
                say(
                    "another writer took the lease over, since this one did not renew it in time; this run changed "
                    "nothing more. Run it again"
                )
            )

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease in the background, so that long reading and planning does not lose it."""
        done = threading.Event()
        thread = threading.Thread(target=self._renew_until, args=(done,), name=RENEWING, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()  # before anybody closes the driver: a connection that it opened after that would stay open

    def release(self) -> None:
        """Let the next writer in at once. Where the server is gone, the lease ends by itself."""
        if self.gone.is_set():
            return
        with suppress(DriverError, Neo4jError):
            self._driver.execute_query(_RELEASE, fence=self.fence, database_=self._database)

    def _renew_until(self, done: threading.Event) -> None:
        while not done.wait(self._milliseconds / 3000):
            # Whether the lease was lost is found out, and said, by the next write. What fails is not tried again before
            # the next turn: so the end of a run never waits for a server that is gone.
            with (
                suppress(DriverError, Neo4jError),
                self._driver.session(database=self._database) as session,
                session.begin_transaction() as transaction,
            ):
                transaction.run(_RENEW, fence=self.fence, milliseconds=self._milliseconds).consume()
                transaction.commit()


def is_held(meta: dict[str, Any]) -> bool:
    """Whether somebody who is alive holds the lease, from ``held`` (not yet expired) and ``holder``."""
    if not meta["held"]:
        return False
    machine, process, _ = str(meta["holder"]).split(" ")
    if machine != _machine() or os.name != "posix" or int(process) == os.getpid():
        return True
    try:
        os.kill(int(process), 0)  # signal 0 only asks whether the process is there
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _self() -> str:
    return f"{_machine()} {os.getpid()} {secrets.token_hex(4)}"


def _machine() -> str:
    return socket.gethostname().replace(" ", "-")


def _shown(holder: str) -> str:
    machine, process, _ = holder.split(" ")
    return f"process {process} on {machine}"


def still_applied(run: object) -> StoreBusy:
    """The error for a run that its writer has not finished applying."""
    return StoreBusy(say("run {run} is still being applied; try again when it is done", run=run))

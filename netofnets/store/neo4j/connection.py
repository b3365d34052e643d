"""Reaching the server: within seconds, or with a sentence that says what to do."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    TransientError,
)

from netofnets.errors import SettingsError, StoreAway, StoreError, StoreUnavailable
from netofnets.language import say
from netofnets.settings import Settings
from netofnets.store.neo4j.pulse import is_gone, watched

__all__ = ["asking", "connect"]

# What the driver logs of a lost connection is told in our sentence; without a handler Python would print it besides.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_OLDEST = (5, 13)  # calls in scope, unique relationships and full-text lists all work from here on


def connect(url: str, settings: Settings, database: str | None) -> Driver:
    """A driver whose server has answered, let us in, and is a Neo4j that we can work with.

    ``database`` is asked a first question; None is the one that the server gives this user.
    """
    if not settings["neo4j_password"]:
        raise SettingsError(say("no password for Neo4j: set NETOFNETS_NEO4J_PASSWORD (and NETOFNETS_NEO4J_USER)"))
    with _translated(url):
        try:
            return _reached(url, settings, database)
        except ValueError as error:  # the driver's word for an address that is none
            raise StoreUnavailable(say("{url}: {error}; write neo4j://HOST:7687", url=url, error=str(error))) from error


def _reached(url: str, settings: Settings, database: str | None) -> Driver:
    driver = GraphDatabase.driver(
        url,
        auth=(settings["neo4j_user"], settings["neo4j_password"]),
        connection_timeout=2,
        connection_acquisition_timeout=3,  # also what ends a wait for a port that accepts and never answers
        max_transaction_retry_time=5,  # of single questions; writes of a run have their own patience (pulse.py)
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    try:
        driver.verify_connectivity()
        _check_version(driver, url, database)
    except BaseException:
        driver.close()
        raise
    return driver


@contextmanager
def asking(driver: Driver, url: str) -> Iterator[threading.Event]:
    """Whatever is asked of a server is asked inside: what the driver says becomes a sentence of ours, and a server that
    keeps its connections and answers nobody is one that does not answer (the event says so).
    """
    with _translated(url), watched(driver, encrypted="+s" in url.split(":")[0]) as gone:
        yield gone


@contextmanager
def _translated(url: str) -> Iterator[None]:
    try:
        yield
    except (DriverError, Neo4jError, OverflowError, UnicodeEncodeError) as error:
        raise _translate(url, error) from error


def _translate(url: str, error: Exception) -> StoreError:
    if isinstance(error, IncompleteCommit):
        return StoreError(
            say(
                "the connection to {url} was lost while a run was being committed; whether it was is not known. "
                "Run the same load again: what is there already is not written twice",
                url=url,
            )
        )
    if isinstance(error, AuthError):
        return StoreUnavailable(
            say(
                "{url} does not accept this user and password; set NETOFNETS_NEO4J_USER and NETOFNETS_NEO4J_PASSWORD",
                url=url,
            )
        )
    if is_gone(error):
        told = say(
            "no Neo4j answers at {url}; start the server, or name its Bolt port (usually 7687, not 7474)", url=url
        )
        return StoreAway(told)
    if isinstance(error, ConfigurationError):
        told = say(
            "{url}: {error}; write neo4j://HOST:7687, or neo4j+s:// where the server wants TLS",
            url=url,
            error=str(error),
        )
        return StoreUnavailable(told)
    if isinstance(error, OverflowError | UnicodeEncodeError):
        return StoreError(say("a value cannot be stored ({error}); nothing was changed", error=str(error)))
    if isinstance(error, ClientError) and error.code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreUnavailable(say("{url} has no database of that name; set NETOFNETS_NEO4J_DATABASE", url=url))
    if isinstance(error, TransientError):
        return StoreError(say("{url} was too busy: {error}; run it again", url=url, error=error.message))
    message = error.message if isinstance(error, Neo4jError) else str(error)
    return StoreError(say("{url} refused what was asked of it: {error}", url=url, error=message))


def _check_version(driver: Driver, url: str, database: str | None) -> None:
    oldest = ".".join(map(str, _OLDEST))
    agent = driver.get_server_info().agent
    name, _, version = agent.partition("/")
    numbers = version.replace("-", ".").split(".")[:2]
    if name != "Neo4j" or not all(number.isdigit() for number in numbers):
        told = say(
            "{url} is no Neo4j {oldest} or newer (it says that it is {agent!r}); name a Neo4j server",
            url=url,
            oldest=oldest,
            agent=agent,
        )
        raise StoreUnavailable(told)
    if tuple(int(number) for number in numbers) < _OLDEST:
        told = say(
            "{url} is no Neo4j {oldest} or newer (it is {version}); update the server",
            url=url,
            oldest=oldest,
            version=version,
        )
        raise StoreUnavailable(told)
    driver.execute_query("RETURN 1", database_=database)

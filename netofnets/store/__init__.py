"""The book of record, on SQLite, Neo4j or in memory, behind one protocol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netofnets.errors import SettingsError
from netofnets.language import say
from netofnets.store.restoring import settle_home

if TYPE_CHECKING:
    from netofnets.settings import Settings
    from netofnets.store.base import Store

__all__ = ["open_store", "refuse_credentials"]

_WHO = re.compile(r"([a-z0-9+.-]+://)[^/?#]*@", re.IGNORECASE)  # user:password@ before a host


def open_store(url: str, settings: Settings | None = None, *, reading: bool = False) -> Store:
    """Open ``sqlite:PATH``, ``neo4j://host:7687`` (also ``bolt://``, ``neo4j+s://`` ...) or ``memory:``.

    Neo4j's user and password come from ``settings`` (environment ``NETOFNETS_NEO4J_USER``, ``NETOFNETS_NEO4J_PASSWORD``
    or a settings file), never from the address. Each backend is imported only when it is asked for. With ``reading``
    nothing is made or written by opening: where there is no store yet, it is an empty one. A restore into the home of
    the settings that was cut off is brought to its end first.
    """
    refuse_credentials(url)
    if settings is not None:
        settle_home(settings.home)
    scheme = url.split(":", 1)[0]
    if scheme == "sqlite":
        from netofnets.store.sqlite.backend import SqliteStore

        return SqliteStore.open(url, reading=reading)
    if scheme == "memory":
        from netofnets.store.memory import MemoryStore

        return MemoryStore.open(url)
    if scheme.split("+")[0] in ("neo4j", "bolt"):
        from netofnets.settings import load_settings
        from netofnets.store.neo4j.backend import Neo4jStore

        return Neo4jStore.open(url, settings or load_settings(), reading=reading)
    raise SettingsError(say("cannot open {url!r}: use sqlite:PATH, neo4j://HOST:7687 or memory:", url=url))


def refuse_credentials(url: str) -> None:
    """Raise :class:`SettingsError`, without repeating them, when an address holds a user name or a password."""
    if (who := _WHO.match(url)) is not None:
        told = say(
            "{url}: an address is printed and logged, so it holds no user name and no password; set "
            "NETOFNETS_NEO4J_USER and NETOFNETS_NEO4J_PASSWORD",
            url=who[1] + url[who.end() :],
        )
        raise SettingsError(told)

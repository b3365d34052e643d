"""An existing graph as a source of tables: one Cypher question, its rows as texts, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, Query
from neo4j.exceptions import Neo4jError
from neo4j.graph import Node, Path, Relationship

from netofnets.errors import QueryRefused
from netofnets.settings import Settings
from netofnets.store.literal import read_only
from netofnets.store.neo4j.connection import asking, connect
from netofnets.store.neo4j.query import refusal, refuse_writing

__all__ = ["Answer", "Graph", "opened_graph"]

_FETCH = 2_000  # rows that wait in memory

Answer = tuple[tuple[str, ...], Iterator[list[str]]]


class Graph:
    """A database that is only read. Made by :func:`opened_graph`."""

    def __init__(self, driver: Any, url: str, database: str | None) -> None:
        self._driver = driver
        self._url = url
        self._database = database

    @contextmanager
    def answer(self, text: str, seconds: float) -> Iterator[Answer]:
        """Columns and rows of a question, in a read transaction that ends after ``seconds``.

        A cell is text: dates as ISO, truth values as yes and no, a list as one line for each item, nothing as an empty
        text. :class:`QueryRefused` when the question would write, is no Cypher, takes too long, or has a node, a
        relationship, a path or a map in a column.
        """
        options = {"database": self._database, "default_access_mode": READ_ACCESS, "fetch_size": _FETCH}
        with asking(self._driver, self._url), self._driver.session(**options) as session:
            try:
                refuse_writing(session, text)
                result = session.run(Query(read_only(text), timeout=seconds))
                columns = tuple(result.keys())
                yield columns, (_row(columns, record.values()) for record in result)
            except Neo4jError as error:
                raise refusal(error, seconds) from error


@contextmanager
def opened_graph(url: str, settings: Settings) -> Iterator[Graph]:
    """The graph at ``neo4j://HOST:7687[/database]``; without a database in the address, the user's home database.

    User and password are those of ``neo4j_source_user`` and ``neo4j_source_password``, else those of the store.
    """
    parts = urlsplit(url)
    server, database = f"{parts.scheme}://{parts.netloc}", parts.path.strip("/") or None
    user = settings["neo4j_source_user"] or settings["neo4j_user"]
    password = settings["neo4j_source_password"] or settings["neo4j_password"]
    driver = connect(server, settings.having(neo4j_user=user, neo4j_password=password), database)
    try:
        yield Graph(driver, server, database)
    finally:
        driver.close()


def _row(columns: Sequence[str], values: Sequence[Any]) -> list[str]:
    return [
        value if isinstance(value, str) else _text(column, value) for column, value in zip(columns, values, strict=True)
    ]


def _text(column: str, value: Any) -> str:
    if isinstance(value, list):
        if any(isinstance(item, list) for item in value):
            raise _unfit(column, "a list of lists", "return one list of texts")
        return "\n".join(filter(None, (_text(column, item) for item in value)))
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Node | Relationship | Path | dict):
        what = {Node: "a node", Path: "a path", dict: "a map"}.get(type(value), "a relationship")
        raise _unfit(column, what, f"return its properties, such as {column}.name AS name")
    if not hasattr(value, "to_native") or not hasattr(value, "iso_format"):
        raise _unfit(column, f"a {type(value).__name__}", "return texts, numbers, dates, yes/no or lists of these")
    return str(value.to_native().isoformat())


def _unfit(column: str, what: str, remedy: str) -> QueryRefused:
    return QueryRefused(f"column {column!r} holds {what}, which no cell can be; {remedy}")

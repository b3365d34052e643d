"""Raw Cypher from people: it reads, within a time and a number of rows, or it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from neo4j import READ_ACCESS, Driver, Query, Session
from neo4j.exceptions import ClientError, CypherSyntaxError, Neo4jError
from neo4j.graph import Node, Path, Relationship

from netofnets.errors import QueryRefused
from netofnets.store.base import QueryResult
from netofnets.store.literal import read_only

__all__ = ["ask", "refusal", "refuse_writing"]

_WRITES = "Neo.ClientError.Statement.AccessMode"
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_PREFIX = re.compile(r"\s*(EXPLAIN|PROFILE)\b", re.IGNORECASE)
_HARMFUL = ("LoadCSV", "TerminateTransactions")  # reads files and hosts of the server; stops other people's work

_QUIET = re.compile(
    r"(db\.(?!create|clear|prepare|reset|resample|cdc)|dbms\.(components|info|queryJmx)\b|apoc\.meta\.)"
)


def ask(
    driver: Driver, database: str, text: str, parameters: Mapping[str, object], *, seconds: float, rows: int
) -> QueryResult:
    """Run a query that only reads; :class:`QueryRefused` when it would write or runs over its limits.

    Three things keep it from writing: the plan is looked at first, the session is one for reading, and the server
    refuses writes in such a session.
    """
    with driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=min(rows + 1, 1000)) as session:
        try:
            refuse_writing(session, text)
            result = session.run(Query(read_only(text), timeout=seconds), dict(parameters))
            found = result.fetch(rows + 1)
        except Neo4jError as error:
            raise refusal(error, seconds) from error
        if len(found) > rows:
            raise QueryRefused(f"more than {rows} rows; add LIMIT to the query, or allow more")
        return QueryResult(tuple(result.keys()), tuple(tuple(map(_plain, record.values())) for record in found))


def refuse_writing(session: Session, text: str) -> None:
    """Look at the plan of a query; :class:`QueryRefused` when it does more than read the graph."""
    # The text is the person's own, at their own risk, and can do no more than read.
    plan = session.run("EXPLAIN " + read_only(_PREFIX.sub("", text, count=1))).consume()
    if plan.query_type != "r" or _operators(plan.plan) & set(_HARMFUL):
        raise QueryRefused("this query does more than read the graph; only reading is allowed here")
    if strange := sorted(name for name in _procedures(plan.plan) if not _QUIET.match(name)):
        raise QueryRefused(
            f"this query calls {', '.join(strange)}, which may fill the server's memory, write its disk or reach other "
            "machines; only procedures that tell of the graph (db.*) may be called here"
        )


def refusal(error: Neo4jError, seconds: float) -> Exception:
    """What the server said about a query, in a sentence where it is the query's fault; else the error itself."""
    if isinstance(error, CypherSyntaxError):
        return QueryRefused(f"not understood as Cypher: {error.message}")
    if error.code == _WRITES:
        return QueryRefused("this query would write; only reading is allowed here")
    if error.code is not None and error.code.startswith(_TIMED_OUT):
        return QueryRefused(f"stopped after {seconds:g} s; make the query narrower, or allow more time")
    if isinstance(error, ClientError):
        return QueryRefused(f"the server refuses this query: {error.message}")
    return error


def _operators(plan: Mapping[str, Any] | None) -> set[str]:
    if plan is None:
        return set()
    here = {str(plan["operatorType"]).split("@")[0]}
    return here.union(*(_operators(child) for child in plan.get("children", ())))


def _procedures(plan: Mapping[str, Any] | None) -> set[str]:
    """Names of the procedures that a plan calls."""
    if plan is None:
        return set()
    called = str(plan["operatorType"]).startswith("ProcedureCall")
    here = {str(plan.get("args", {}).get("Details", "?")).partition("(")[0].strip()} if called else set()
    return here.union(*(_procedures(child) for child in plan.get("children", ())))


def _plain(value: Any) -> object:
    """A value of the driver as a JSON value."""
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), **{k: _plain(v) for k, v in value.items()}}
    if isinstance(value, Relationship):
        return {"type": value.type, **{k: _plain(v) for k, v in value.items()}}
    if isinstance(value, Path):
        return {"nodes": [_plain(n) for n in value.nodes], "relationships": [_plain(r) for r in value.relationships]}
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)

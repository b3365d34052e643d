"""Results of analyses on the nodes themselves, so that Browser, Bloom and Cypher show communities and bridges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, LiteralString

import pyarrow as pa
from neo4j import Driver, Session, Transaction

from netofnets.errors import StoreError
from netofnets.schema.kinds import NODE_KINDS, node_kind
from netofnets.store.base import AnalysisRun
from netofnets.store.claims import json_text
from netofnets.store.neo4j.findings import Findings, clear, put
from netofnets.store.neo4j.lease import Lease
from netofnets.store.neo4j.pulse import attempted
from netofnets.store.neo4j.statements import removed_results, result_rows

__all__ = ["write_back"]

_COLUMN = re.compile(r"[a-z][a-z0-9_]*\Z")
_OWN = ("sources", "claims", "other_emails", "analysis")  # nn_ properties that are no results
_ROWS = 10_000
_BEGIN: LiteralString = """OPTIONAL MATCH (old:LABEL) WHERE old.content_hash IS NOT NULL AND old.columns IS NOT NULL
WITH collect(old) AS all
WITH all, reduce(names = [], old IN all | names + old.columns) AS before
FOREACH (old IN all | DETACH DELETE old)
CREATE (:LABEL {id: $id, name: $name, run: $run, content_hash: $content_hash, parameters: $parameters,
                version: $version, at: $at, columns: before + $columns, status: 'writing'})
RETURN before + $columns"""
_END: LiteralString = "MATCH (r:LABEL {id: $id}) SET r.status = 'done', r.columns = $columns, r.nodes = $nodes"


def write_back(
    driver: Driver,
    database: str,
    lease: Lease,
    run: AnalysisRun,
    tables: Mapping[str, pa.Table],
    found: Findings,
    prefix: LiteralString = "",
) -> int:
    """Put results onto nodes and remove older ones; returns how many nodes have results now.

    An ``(:AnalysisRun)`` says what they come from, and has what was found beside them. It is ``writing`` until the last
    node is done, so that results of two runs are never mistaken for one.
    """
    columns = sorted({_property(name) for table in tables.values() for name in table.column_names if name != "id"})
    with driver.session(database=database) as session:
        write = partial(_write, session, lease)
        names = _begin(session, lease, run, columns, prefix)
        clear(write, found, prefix)
        written = 0
        for kind, table in tables.items():
            written += _put(session, lease, kind, table, {**dict.fromkeys(names), "nn_analysis": run.id}, prefix)
        for node in NODE_KINDS:
            _remove(session, lease, run.id, node.name, names, prefix)
        put(write, found, run.id, prefix)
        _write(session, lease, _of(_END, prefix), {"id": run.id, "columns": columns, "nodes": written})
    return written


def _begin(session: Session, lease: Lease, run: AnalysisRun, columns: list[str], prefix: LiteralString) -> list[str]:
    values = {
        "id": run.id,
        "name": f"Analysis of run {run.run}",
        "run": run.run,
        "content_hash": run.content_hash,
        "parameters": json_text(run.parameters),
        "version": run.version,
        "at": run.at,
        "columns": columns,
    }
    return sorted(set(_write(session, lease, _of(_BEGIN, prefix), values)))


def _of(text: LiteralString, prefix: LiteralString) -> LiteralString:
    return text.replace("LABEL", f"{prefix}AnalysisRun")


def _put(
    session: Session, lease: Lease, kind: str, table: pa.Table, common: Mapping[str, str | None], prefix: LiteralString
) -> int:
    names = [_property(name) for name in table.column_names if name != "id"]
    statement = result_rows(node_kind(kind).name, prefix)
    written = 0
    for batch in table.to_batches(max_chunksize=_ROWS):
        columns = [batch.column(name).to_pylist() for name in batch.schema.names if name != "id"]
        ids = batch.column("id").to_pylist()
        rows = [
            {"id": of, "p": {**common, **dict(zip(names, values, strict=True))}}
            for of, *values in zip(ids, *columns, strict=True)
        ]
        written += _write(session, lease, statement, {"rows": rows})
    return written


def _remove(session: Session, lease: Lease, run: str, kind: str, names: list[str], prefix: LiteralString) -> None:
    """Take results of older runs off nodes that have none in this one."""
    nothing = {**dict.fromkeys(names), "nn_analysis": None}
    while _write(session, lease, removed_results(kind, prefix), {"run": run, "nothing": nothing, "rows": _ROWS}):
        pass


def _write(session: Session, lease: Lease, statement: LiteralString, values: dict[str, Any]) -> Any:
    def write(transaction: Transaction) -> Any:
        lease.check(transaction)
        record = transaction.run(statement, values).single()
        return None if record is None else record[0]

    return attempted(session, lease.gone, write)


def _property(column: str) -> str:
    if not _COLUMN.match(column) or column in _OWN:
        raise StoreError(f"a result cannot be called {column!r}: use lower-case letters, digits and _")
    return f"nn_{column}"

"""Changes as a sequence of steps: one statement with at most some thousands of rows each."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import chain
from typing import Any, LiteralString

from neo4j import Transaction

from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Decision, Judgement, VisibilityChoice
from netofnets.store.base import Changes
from netofnets.store.claims import json_text
from netofnets.store.neo4j import statements
from netofnets.store.neo4j.people import Table, decoded, encoded
from netofnets.store.neo4j.rows import entity_rows, past_row, with_dates
from netofnets.store.neo4j.statements import columns

__all__ = ["Logs", "Step", "carry_out", "packed", "people_steps", "steps_of", "unpacked"]

_ROWS = 10_000  # in one step
_WEIGHT = 8_000_000  # characters of claims in one step
_PAST_ROWS = 2_000  # in one step: these are larger

_APPEND: dict[str, LiteralString] = {
    "judgements": "UNWIND $rows AS row MERGE (x:NetOfNetsJudgement {number: row.number}) SET x = row",
    "choices": "UNWIND $rows AS row MERGE (x:NetOfNetsVisibilityChoice {number: row.number}) SET x = row",
    "decisions": "UNWIND $rows AS row MERGE (x:NetOfNetsDecision {number: row.number}) SET x = row",
    "runs": "UNWIND $rows AS row MERGE (x:NetOfNetsRun {number: row.number}) SET x = row",
    "past": "UNWIND $rows AS row MERGE (x:NetOfNetsPastClaim {id: row.id}) SET x = row",
    "people": "UNWIND $rows AS row MERGE (x:NetOfNetsPeople {id: row.id}) SET x = row",
    "people of": "UNWIND $rows AS row MATCH (x:NetOfNetsPeople {source: row}) DELETE x",
    "all people": "MATCH (x:NetOfNetsPeople) DELETE x",
    "people kept": "UNWIND $rows AS row MATCH (m:NetOfNetsMeta {id: 'book'}) SET m.people = row",
    "tombstones": """UNWIND $rows AS row MERGE (x:NetOfNetsTombstone {id: row[0] + '/' + row[2]})
SET x.mark = row[0], x.kind = row[1], x.person = row[2], x.key = row[3]""",
    "kept since": "UNWIND $rows AS row MATCH (m:NetOfNetsMeta {id: 'book'}) SET m.kept_since = row",
}
_FORGET = """UNWIND $rows AS record
OPTIONAL MATCH (j:NetOfNetsJudgement) WHERE j.left = record OR j.right = record DELETE j
WITH DISTINCT record OPTIONAL MATCH (c:NetOfNetsVisibilityChoice) WHERE c.record = record DELETE c
WITH DISTINCT record OPTIONAL MATCH (d:NetOfNetsDecision) WHERE record IN d.subjects DELETE d
WITH DISTINCT record OPTIONAL MATCH (p:NetOfNetsPastClaim) WHERE record IN [p.key, p.from_id, p.to_id] DELETE p"""
_LIFT: LiteralString = "UNWIND $rows AS row MATCH (x:NetOfNetsTombstone {id: row[0] + '/' + row[2]}) DELETE x"
_LOST = """UNWIND $rows AS row MATCH (p:NetOfNetsPastClaim)
WHERE [coalesce(p.kind, ''), coalesce(p.key, ''), coalesce(p.source, ''), coalesce(p.until, 0)] = row DELETE p"""


@dataclass(frozen=True, slots=True)
class Step:
    """``action`` on ``subject`` (a kind, or a log) with ``rows`` of JSON values."""

    action: str
    subject: str
    rows: list[Any]


@dataclass(frozen=True, slots=True)
class Logs:
    """How far the logs have got; their rows are numbered from there on."""

    judgements: int
    choices: int
    decisions: int


def steps_of(changes: Changes, run: int, logs: Logs) -> Iterator[Step]:
    """The steps of a run, in an order in which no relationship ever lacks an end."""
    for kind in reversed(BY_NAME):
        yield from _chunks("gone", kind, filter(None, changes.replaced.get(kind, ())))
        if "" in changes.replaced.get(kind, ()):
            yield Step("nameless", kind, [])
    for kind in BY_NAME:
        born, changed = changes.born.get(kind, ()), changes.changed.get(kind, ())
        standing = chain(entity_rows(kind, born, run), entity_rows(kind, changed, run, fresh=False))
        yield from _chunks("put", kind, standing)
    for kind in reversed(BY_NAME):
        yield from _chunks("gone", kind, changes.gone.get(kind, ()))
    yield from _chunks("append", "runs", map(asdict, changes.runs))
    grown: tuple[tuple[str, Sequence[Judgement | VisibilityChoice | Decision], int], ...] = (
        ("judgements", changes.judgements, logs.judgements),
        ("choices", changes.choices, logs.choices),
        ("decisions", changes.decisions, logs.decisions),
    )
    for log, rows, last in grown:
        yield from _chunks("append", log, (_log_row(number, row, run) for number, row in enumerate(rows, last + 1)))
    yield from _chunks("lost", "past", map(list, changes.lost))
    yield from _chunks("append", "past", (past_row(one, run) for one in changes.past))
    yield from _chunks("append", "kept since", () if changes.kept_since is None else [changes.kept_since])
    yield from _chunks("forget", "records", changes.forgotten)
    yield from _chunks("lift", "tombstones", map(list, map(astuple, changes.lifted)))
    yield from _chunks("append", "tombstones", map(list, map(astuple, changes.tombstones)))


def people_steps(tables: Mapping[str, Table] | None, *, anew: bool) -> Iterator[Step]:
    """Keep these tables of sources instead of those that there are of them; ``anew``: of all. None: keep no index."""
    if anew or tables is None:
        yield Step("append", "all people", [])
        yield Step("append", "people kept", [tables is not None])
    elif tables:
        yield Step("append", "people of", list(tables))
    for source, table in (tables or {}).items():
        yield from (Step("append", "people", [row]) for row in encoded(source, table))


def _log_row(number: int, row: Judgement | VisibilityChoice | Decision, run: int) -> dict[str, Any]:
    values = {n: list(v) if isinstance(v, tuple) else str(v) for n, v in asdict(row).items()}
    return {**values, "number": number, "run": row.run or run}


def carry_out(transaction: Transaction, step: Step, prefix: LiteralString = "") -> None:
    """Run a step's statement; ``prefix`` is that of labels and types."""
    transaction.run(_statement(step, prefix), rows=_sent(step))


def _sent(step: Step) -> Sequence[Any]:
    if step.subject == "people":
        return list(map(decoded, step.rows))
    return with_dates(step.subject, step.rows) if step.action == "put" else step.rows


def packed(step: Step) -> bytes:
    """A step as compressed JSON, for the journal."""
    return zlib.compress(json_text([step.action, step.subject, step.rows]).encode(), 1)


def unpacked(payload: bytes) -> Step:
    """The step again."""
    return Step(*json.loads(zlib.decompress(payload)))


def _statement(step: Step, prefix: LiteralString) -> LiteralString:
    if step.action == "put":
        return statements.put(step.subject, prefix)
    if step.action == "gone":
        return statements.gone(step.subject, prefix)
    if step.action == "nameless":
        return statements.nameless(step.subject, prefix)
    if step.action == "forget":
        return _FORGET
    if step.action == "lost":
        return _LOST
    if step.action == "lift":
        return _LIFT
    return _APPEND[step.subject]


def _chunks(action: str, subject: str, rows: Iterable[Any]) -> Iterator[Step]:
    chunk: list[Any] = []
    weight = 0
    claims = columns(subject).index("nn_claims") if action == "put" else 0
    for row in rows:
        chunk.append(row)
        weight += sum(map(len, row[claims])) if action == "put" else 0
        if len(chunk) >= (_PAST_ROWS if subject == "past" else _ROWS) or weight >= _WEIGHT:
            yield Step(action, subject, chunk)
            chunk, weight = [], 0
    if chunk:
        yield Step(action, subject, chunk)

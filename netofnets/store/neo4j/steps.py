"""Changes as a sequence of steps: one statement with at most some thousands of rows each."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, LiteralString

from neo4j import ManagedTransaction

from netofnets.schema.kinds import BY_NAME
from netofnets.schema.records import Judgement, VisibilityChoice
from netofnets.store.base import Changes
from netofnets.store.claims import json_text
from netofnets.store.neo4j import statements
from netofnets.store.neo4j.rows import entity_rows, with_dates
from netofnets.store.neo4j.statements import columns

__all__ = ["Logs", "Step", "carry_out", "packed", "steps_of", "unpacked"]

_ROWS = 10_000  # in one step
_WEIGHT = 8_000_000  # characters of claims in one step

_JUDGEMENTS = "UNWIND $rows AS row MERGE (x:NetOfNetsJudgement {number: row.number}) SET x = row"
_CHOICES = "UNWIND $rows AS row MERGE (x:NetOfNetsVisibilityChoice {number: row.number}) SET x = row"
_FORGET = """UNWIND $rows AS record
OPTIONAL MATCH (j:NetOfNetsJudgement) WHERE j.left = record OR j.right = record DELETE j
WITH record OPTIONAL MATCH (c:NetOfNetsVisibilityChoice) WHERE c.record = record DELETE c"""


@dataclass(frozen=True, slots=True)
class Step:
    """``action`` on ``subject`` (a kind, or a log) with ``rows`` of JSON values."""

    action: str
    subject: str
    rows: list[Any]


@dataclass(frozen=True, slots=True)
class Logs:
    """How far the two logs have got; their rows are numbered from there on."""

    judgements: int
    choices: int


def steps_of(changes: Changes, run: int, logs: Logs) -> Iterator[Step]:
    """The steps of a run, in an order in which no relationship ever lacks an end."""
    for kind in BY_NAME:
        standing = chain(changes.born.get(kind, ()), changes.changed.get(kind, ()))
        yield from _chunks("put", kind, entity_rows(kind, standing, run))
    for kind in reversed(BY_NAME):
        yield from _chunks("gone", kind, changes.gone.get(kind, ()))
    judgements = (_log_row(number, j) for number, j in enumerate(changes.judgements, logs.judgements + 1))
    choices = (_log_row(number, c) for number, c in enumerate(changes.choices, logs.choices + 1))
    yield from _chunks("append", "judgements", judgements)
    yield from _chunks("append", "choices", choices)
    yield from _chunks("forget", "records", changes.forgotten)


def _log_row(number: int, row: Judgement | VisibilityChoice) -> dict[str, Any]:
    return {"number": number, **{name: str(value) for name, value in asdict(row).items()}}


def carry_out(transaction: ManagedTransaction, step: Step) -> None:
    """Run a step's statement."""
    transaction.run(_statement(step), rows=with_dates(step.subject, step.rows) if step.action == "put" else step.rows)


def packed(step: Step) -> bytes:
    """A step as compressed JSON, for the journal."""
    return zlib.compress(json_text([step.action, step.subject, step.rows]).encode(), 1)


def unpacked(payload: bytes) -> Step:
    """The step again."""
    return Step(*json.loads(zlib.decompress(payload)))


def _statement(step: Step) -> LiteralString:
    if step.action == "put":
        return statements.put(step.subject)
    if step.action == "gone":
        return statements.gone(step.subject)
    if step.action == "forget":
        return _FORGET
    return _JUDGEMENTS if step.subject == "judgements" else _CHOICES


def _chunks(action: str, subject: str, rows: Iterable[Any]) -> Iterator[Step]:
    chunk: list[Any] = []
    weight = 0
    claims = columns(subject).index("nn_claims") if action == "put" else 0
    for row in rows:
        chunk.append(row)
        weight += sum(map(len, row[claims])) if action == "put" else 0
        if len(chunk) >= _ROWS or weight >= _WEIGHT:
            yield Step(action, subject, chunk)
            chunk, weight = [], 0
    if chunk:
        yield Step(action, subject, chunk)

"""The append-only logs on a Neo4j server, each in its order, and the marks of who was erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from neo4j import Driver

from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision, Judgement, Verdict, VisibilityChoice
from netofnets.schema.tombstones import Tombstone

__all__ = ["JUDGED_ABOUT", "judgement", "read_choices", "read_decisions", "read_judgements", "read_tombstones"]

_JUDGED = "j.left, j.right, j.verdict, j.who, j.why, j.model, j.at, coalesce(j.run, 0)"
# A row costs the driver more than what is in it, so that many are sent as one.
_JUDGEMENTS: LiteralString = (
    "MATCH (j:NetOfNetsJudgement) WITH j ORDER BY j.number "
    f"RETURN j.number / 1000 AS part, collect([{_JUDGED}]) ORDER BY part"
)
JUDGED_ABOUT: LiteralString = " UNION ALL ".join(
    f"UNWIND $ids AS id MATCH (j:NetOfNetsJudgement {{{end}: id}}) RETURN collect([j.number, {_JUDGED}]) AS found"
    for end in ("left", "right")
)
_CHOICES = """MATCH (c:NetOfNetsVisibilityChoice)
RETURN c.record, c.level, c.who, c.why, c.field, c.at, coalesce(c.run, 0) ORDER BY c.number"""
_DECISIONS = """MATCH (d:NetOfNetsDecision) WHERE $topic IS NULL OR d.topic = $topic
RETURN d.topic, d.subjects, d.value, d.who, d.why, d.at, coalesce(d.run, 0) ORDER BY d.number"""


def read_judgements(driver: Driver, database: str) -> tuple[Judgement, ...]:
    """The log of judgements, in its order."""
    records = driver.execute_query(_JUDGEMENTS, database_=database).records
    return tuple(judgement(row) for _, rows in records for row in rows)


def judgement(row: Iterable[Any]) -> Judgement:
    """One judgement, from the columns of the log."""
    left, right, verdict, *rest = row
    return Judgement(left, right, Verdict(verdict), *rest)


def read_choices(driver: Driver, database: str) -> tuple[VisibilityChoice, ...]:
    """The log of visibility, in its order."""
    records = driver.execute_query(_CHOICES, database_=database).records
    return tuple(VisibilityChoice(record, Visibility(level), *rest) for record, level, *rest in records)


def read_decisions(driver: Driver, database: str, topic: str | None = None) -> tuple[Decision, ...]:
    """The log of decisions, in its order: those on a topic, or all."""
    records = driver.execute_query(_DECISIONS, topic=topic, database_=database).records
    return tuple(Decision(name, tuple(subjects), *rest) for name, subjects, *rest in records)


def read_tombstones(driver: Driver, database: str) -> tuple[Tombstone, ...]:
    """The marks of everybody who was erased, in order."""
    text = "MATCH (x:NetOfNetsTombstone) RETURN x.mark, x.kind, x.person, x.key"
    return tuple(sorted(Tombstone(*row) for row in driver.execute_query(text, database_=database).records))

"""Runs too large for one transaction: written down first, then applied; nobody ever sees half of one.

The steps are stored as invisible chunks. Until the mark "ready" is committed, the run never happened: whoever comes
next removes the chunks. From then on it has happened: whoever comes next applies the chunks that are left. A chunk goes
in the transaction that applies it, so none is applied twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

from neo4j import Driver, Session, Transaction

from netofnets.store.neo4j import tally
from netofnets.store.neo4j.lease import Lease
from netofnets.store.neo4j.pulse import attempted
from netofnets.store.neo4j.steps import Step, carry_out, packed, unpacked

__all__ = ["Mark", "apply_at_once", "discard", "mark_ready", "recover", "roll_forward", "write_down"]

_WRITE = """MATCH (m:NetOfNetsMeta {id: 'book'}) SET m.journal = true
CREATE (:NetOfNetsChunk {number: $number, payload: $payload})"""
_READY = """MATCH (m:NetOfNetsMeta {id: 'book'})
SET m.ready = $run, m.ready_source = $source, m.ready_started = $started, m.ready_finished = $finished,
    m.ready_report = $report, m.ready_sources = $sources, m.ready_claims = $claims"""
_STATE = """MATCH (m:NetOfNetsMeta {id: 'book'}) WHERE m.journal
RETURN m.ready AS run, m.ready_source AS source, m.ready_started AS started, m.ready_finished AS finished,
       m.ready_report AS report, m.ready_sources AS sources, m.ready_claims AS claims"""
_NUMBERS = "MATCH (c:NetOfNetsChunk) RETURN c.number ORDER BY c.number"
_PAYLOAD = "MATCH (c:NetOfNetsChunk {number: $number}) RETURN c.payload"
_DELETE = "MATCH (c:NetOfNetsChunk {number: $number}) DELETE c"
_EMPTY = "MATCH (m:NetOfNetsMeta {id: 'book'}) SET m.journal = false"
_DONE = """MATCH (m:NetOfNetsMeta {id: 'book'})
CREATE (:NetOfNetsRun {number: $run, source: $source, status: 'done', started: $started, finished: $finished,
                       report: $report})
SET m.run = $run, m.sources = coalesce($sources, m.sources), m.claims = $claims, m.journal = false,
    m.ready = null, m.ready_source = null, m.ready_started = null, m.ready_finished = null, m.ready_report = null,
    m.ready_sources = null, m.ready_claims = null"""
# After an erasure: a source states the ends of its relationships, so nodes tell all sources that are left.
_SOURCES_LEFT = """MATCH (x) WHERE x.nn_sources IS NOT NULL UNWIND x.nn_sources AS source
RETURN collect(DISTINCT source)"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is recorded of a run when it is done. ``sources`` are all that then have claims; None: as before.

    ``claims`` is how many each has (:mod:`netofnets.store.neo4j.tally`); None: they are counted.
    """

    run: int
    source: str
    started: str
    finished: str
    report: str
    sources: list[str] | None
    claims: str | None = None


def apply_at_once(
    session: Session, lease: Lease, steps: Iterable[Step], mark: Mark, *, recount: bool, prefix: LiteralString = ""
) -> None:
    """Carry out a run in one transaction. ``prefix`` is that of labels and types, here and below."""

    def write(transaction: Transaction) -> None:
        lease.check(transaction)
        for step in steps:
            carry_out(transaction, step, prefix)
        _done(transaction, mark, recount=recount)

    attempted(session, lease.gone, write)


def write_down(session: Session, lease: Lease, steps: Iterable[Step]) -> None:
    """Store the steps of a run as chunks."""

    def write(transaction: Transaction, number: int, payload: bytes) -> None:
        lease.check(transaction)
        transaction.run(_WRITE, number=number, payload=payload)

    for number, step in enumerate(steps):
        attempted(session, lease.gone, write, number, packed(step))


def mark_ready(session: Session, lease: Lease, mark: Mark) -> None:
    """From here on the run has happened."""

    def write(transaction: Transaction) -> None:
        lease.check(transaction)
        transaction.run(_READY, asdict(mark))

    attempted(session, lease.gone, write)


def roll_forward(
    session: Session,
    lease: Lease,
    steps: Iterable[tuple[int, Step]],
    mark: Mark,
    *,
    recount: bool,
    prefix: LiteralString = "",
) -> None:
    """Apply the chunks that are left, each with its removal, then record the run."""

    def apply(transaction: Transaction, number: int, step: Step) -> None:
        lease.check(transaction)
        carry_out(transaction, step, prefix)
        transaction.run(_DELETE, number=number)

    def finish(transaction: Transaction) -> None:
        lease.check(transaction)
        _done(transaction, mark, recount=recount)

    for number, step in steps:
        attempted(session, lease.gone, apply, number, step)
    attempted(session, lease.gone, finish)


def discard(session: Session, lease: Lease) -> None:
    """Remove the chunks of a run that never happened, a few at a time: they are large."""

    def write(transaction: Transaction, numbers: Sequence[int]) -> None:
        lease.check(transaction)
        for number in numbers:
            transaction.run(_DELETE, number=number)
        if not numbers:
            transaction.run(_EMPTY)

    numbers = _numbers(session)
    for start in range(0, len(numbers), 20):
        attempted(session, lease.gone, write, numbers[start : start + 20])
    attempted(session, lease.gone, write, [])


def recover(driver: Driver, database: str, lease: Lease, prefix: LiteralString = "") -> None:
    """Bring to an end what a writer that died has left."""
    with driver.session(database=database) as session:
        state = session.run(_STATE).single()
        if state is None:
            return
        if state["run"] is None:
            discard(session, lease)
            return
        numbers = _numbers(session)
        steps = _stored(driver, database, numbers)
        roll_forward(session, lease, steps, Mark(**state.data()), recount=True, prefix=prefix)


def _numbers(session: Session) -> list[int]:
    return [int(record[0]) for record in session.run(_NUMBERS)]


def _stored(driver: Driver, database: str, numbers: Iterable[int]) -> Iterator[tuple[int, Step]]:
    for number in numbers:
        records = driver.execute_query(_PAYLOAD, number=number, database_=database).records
        yield number, unpacked(records[0][0])


def _done(transaction: Transaction, mark: Mark, *, recount: bool) -> None:
    values = asdict(mark)
    if recount:
        values["sources"] = sorted(transaction.run(_SOURCES_LEFT).single(strict=True)[0])
    if mark.claims is None:
        values["claims"] = tally.counted(transaction, mark.run)
    transaction.run(_DONE, values)

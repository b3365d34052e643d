"""One run on a Neo4j server, under the lease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, LiteralString

from neo4j import Driver, Record
from neo4j.exceptions import IncompleteCommit

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.resolution.index import DictIndex, Index, compared
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME, NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.records import Claim, Decision, Judgement, PastClaim
from netofnets.schema.tombstones import Tombstone
from netofnets.store.base import Changes
from netofnets.store.claims import json_text
from netofnets.store.moments import ends
from netofnets.store.neo4j import journal, statements, tally
from netofnets.store.neo4j.lease import Lease
from netofnets.store.neo4j.logs import JUDGED_ABOUT, judgement, read_decisions, read_judgements, read_tombstones
from netofnets.store.neo4j.people import ALL, OF_SOURCE, Neo4jIndex, tables_after
from netofnets.store.neo4j.rows import claims_in, past_from
from netofnets.store.neo4j.steps import Logs, Step, people_steps, steps_of
from netofnets.store.operations import COPY, REPAIR, is_source

__all__ = ["Neo4jWriter", "lost"]

_AT_ONCE = 20_000  # rows that go into one transaction; more are written down first
_CHUNK = 2_000  # ids in one question, whose answer is one list: reading a row costs the driver more than the row
_BOOK = """MATCH (m:NetOfNetsMeta {id: 'book'})
RETURN m.run AS run, m.sources AS sources, m.kept_since AS kept_since, m.claims AS claims,
       coalesce(m.people, false) AS people"""
_LAST = """OPTIONAL MATCH (j:NetOfNetsJudgement) WITH max(j.number) AS judgements
OPTIONAL MATCH (c:NetOfNetsVisibilityChoice) WITH judgements, max(c.number) AS choices
OPTIONAL MATCH (d:NetOfNetsDecision)
RETURN coalesce(judgements, 0), coalesce(choices, 0), coalesce(max(d.number), 0)"""
_FEW = 1_000  # records whose judgements are looked up; of more, reading the whole log is quicker
_HOW_MANY = "MATCH (p:NetOfNetsPeople) RETURN coalesce(sum(p.size), 0)"

_PAST = "RETURN p.kind, p.claim, p.until, p.stated"
_PAST_OF: LiteralString = f"MATCH (p:NetOfNetsPastClaim) WHERE $source IS NULL OR p.source = $source {_PAST}"
_PAST_TOUCHING: LiteralString = (
    f"MATCH (p:NetOfNetsPastClaim) WHERE any(end IN [p.key, p.from_id, p.to_id] WHERE end IN $records) {_PAST}"
)


class State(Enum):
    """What is in the graph when the server dies now: its ``value``, and what to do, in words."""

    NOTHING = say("nothing of it is in the graph, and nothing will be; load it again when the server runs")
    UNKNOWN = say(
        "it was being committed, so it is in the graph whole or not at all; load it again when the server runs: what "
        "is there already is not written twice"
    )
    WRITTEN = say(
        "all of it is written down on the server, and the next command that opens the store applies what is left; "
        "nothing need be loaded again"
    )


def lost(url: str, run: int, source: str, state: State) -> str:
    """The sentence for a server that went away during a run."""
    return say(
        "{url} does not answer any more, in the middle of run {run} of {source!r}: {told}",
        url=url,
        run=str(run),
        source=source,
        told=state.value,
    )


class Neo4jWriter:
    """A :class:`netofnets.store.base.Writer`."""

    def __init__(self, driver: Driver, database: str, lease: Lease, source: str, prefix: LiteralString = "") -> None:
        self._driver = driver
        self._database = database
        self._lease = lease
        self._prefix: LiteralString = prefix
        self._changes: Changes | None = None
        self._steps: list[Step] = []
        self._written_down = False
        self.state = State.NOTHING
        [book] = self._ask(_BOOK)
        self._sources: list[str] = book["sources"]
        self._empty = book["run"] == 0
        self._has_people: bool = book["people"]
        self._log: tuple[Judgement, ...] | None = None
        self._kept_since: int = book["kept_since"]
        self._tally = tally.kept(book["claims"], book["run"])
        self._there: dict[str, int] = {}  # claims of a source that was read whole
        self.run: int = book["run"] + 1
        self.source = source

    def claims_of(self, source: str) -> Iterator[Claim]:
        """All live claims of a source; nothing is read for one that the store does not know."""
        there = 0
        for kind in BY_NAME if source in self._sources else ():
            texts = self._stream(statements.of_source(kind, self._prefix), source=source)
            for claim in claims_in(kind, texts):
                if claim.source == source:
                    there += 1
                    yield claim
        self._there[source] = there

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims about these entities."""
        if self._empty:
            return
        for ids in _chunks(entities):
            for texts in self._stream(statements.about(kind, self._prefix), ids=ids):
                yield from claims_in(kind, texts)

    def claims_touching(self, records: Iterable[str]) -> Iterator[Claim]:
        """Claims that stand on one of these records, or are about it."""
        wanted = set(records)
        identity = Identity(self.judgements_about(wanted))
        roots = sorted({identity.canonical(record) for record in wanted})
        for kind in NODE_KINDS:
            yield from (claim for claim in self.claims_about(kind.name, roots) if claim.key in wanted)
        for relationship in RELATIONSHIP_KINDS:
            name = relationship.name
            leaving = claims_in(name, self._stream(statements.leaving(name, self._prefix), ids=roots))
            yield from (claim for claim in leaving if claim.from_id in wanted)
            arriving = claims_in(name, self._stream(statements.arriving(name, self._prefix), ids=roots))
            yield from (claim for claim in arriving if claim.to_id in wanted and claim.from_id not in wanted)

    def claims_with_email(self, emails: Iterable[str]) -> Iterator[Claim]:
        """Claims of leaders with one of these addresses."""
        if self._empty:
            return
        for wanted in _chunks(emails):
            texts = (record[1] for record in self._ask(statements.with_email(self._prefix), emails=wanted))
            for claim in claims_in("leaders", texts):
                if str(claim.values.get("email", "")).casefold() in wanted:
                    yield claim

    def leaders(self) -> Iterator[Claim]:
        """All live claims about leaders."""
        yield from (
            claims_in("leaders", self._stream(statements.told("leaders", self._prefix))) if not self._empty else ()
        )

    def told(self, kind: str) -> Iterator[Claim]:
        """All live claims about a kind."""
        if not self._empty:
            yield from claims_in(kind, self._stream(statements.told(kind, self._prefix)))

    def leaders_of(self, source: str) -> Iterator[Claim]:
        """All live claims about leaders of a source."""
        if source not in self._sources:
            return iter(())
        texts = self._stream(statements.of_source("leaders", self._prefix), source=source)
        return (claim for claim in claims_in("leaders", texts) if claim.source == source)

    def people(self) -> Index:
        """The index of people to compare; until the first load by this version, made of everybody."""
        if not self._has_people:
            return DictIndex(self.leaders(), Identity.of(self.judgements()))
        size = int(self._ask(_HOW_MANY)[0][0])
        return Neo4jIndex(size, lambda: self._ask(ALL), self._compared_about, self._entities)

    def _compared_about(self, entities: Iterable[str]) -> Iterator[tuple[str, list[Claim]]]:
        for ids in _chunks(entities):
            for found in self._stream(statements.people(self._prefix), ids=ids):
                for entity, texts in found:
                    yield entity, [claim for claim in claims_in("leaders", [texts]) if compared(claim)]

    def _entities(self, records: list[str]) -> set[str]:
        identity = Identity.of(self.judgements_about(records))
        return {identity.canonical(record) for record in records}

    def judgements_about(self, records: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that bear on these records; looked up when they are few, else the whole log."""
        asking, asked, found = set(records), set[str](), dict[int, Judgement]()
        while asking and self._log is None and len(asked) + len(asking) <= _FEW:
            for [rows] in self._ask(JUDGED_ABOUT, ids=sorted(asking)):
                found |= {number: judgement(row) for number, *row in rows}
            asked |= asking
            asking = {end for judgement in found.values() for end in (judgement.left, judgement.right)} - asked
        return self.judgements() if asking else tuple(found[number] for number in sorted(found))

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, in its order; nobody else adds to it in a run, so it is read once."""
        if self._log is None:
            self._log = read_judgements(self._driver, self._database)
        return self._log

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        return read_decisions(self._driver, self._database, topic)

    def past_of(self, source: str | None) -> Iterator[PastClaim]:
        """What a source stated before."""
        return (past_from(*record) for record in self._ask(_PAST_OF, source=source))

    def past_touching(self, records: Iterable[str]) -> Iterator[PastClaim]:
        """Past claims about one of these records, or with one at an end."""
        return (past_from(*record) for record in self._ask(_PAST_TOUCHING, records=sorted(set(records))))

    def kept_since(self) -> int:
        """The run from which on past claims are kept."""
        return self._kept_since

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        return read_tombstones(self._driver, self._database)

    def apply(self, changes: Changes) -> None:
        """Take the changes; a large run is written down now, where nobody sees it."""
        if self._changes is not None:
            raise StoreError("a run takes its changes once; begin another run for more")
        self._changes = changes
        logs = Logs(*self._ask(_LAST)[0].values()) if changes.logs else Logs(0, 0, 0)
        self._steps = [*steps_of(changes, self.run, logs), *self._people_steps(changes)]
        if sum(len(step.rows) for step in self._steps) > _AT_ONCE:
            self._written_down = True
            with self._driver.session(database=self._database) as session:
                journal.write_down(session, self._lease, self._steps)

    def _people_steps(self, changes: Changes) -> Iterator[Step]:
        """What brings the index of people in line. A repair leaves none; the next load makes it of everybody."""
        if self.source == REPAIR:
            return people_steps(None, anew=True)
        if self._has_people:
            kept = tables_after(changes, lambda source: self._ask(OF_SOURCE, source=source), everything=False)
            return people_steps(kept, anew=False)
        if self.source != COPY and not is_source(self.source):
            return iter(())
        gone = {(key, source) for kind, key, source in changes.drop if kind == "leaders"}
        before = {(claim.key, claim.source): claim for claim in self.leaders() if compared(claim)}
        after = before | {(claim.key, claim.source): claim for claim, _ in changes.put if compared(claim)}
        put = [(claim, "") for address, claim in after.items() if address not in gone]
        return people_steps(tables_after(Changes(put=put), lambda _: (), everything=True), anew=True)

    def finish(self, report: Mapping[str, object]) -> None:
        """Commit the run."""
        finished = ends(self._lease.since)
        afterwards = self._sources_afterwards(), self._claims_afterwards()
        mark = journal.Mark(self.run, self.source, self._lease.since, finished, json_text(report), *afterwards)
        recount = self.source in (REPAIR, COPY) or (self._changes is not None and bool(self._changes.forgotten))
        with self._driver.session(database=self._database) as session:
            if self._written_down:
                self.state = State.UNKNOWN
                journal.mark_ready(session, self._lease, mark)
                self.state, self._written_down = State.WRITTEN, False
                steps = enumerate(self._steps)
                journal.roll_forward(session, self._lease, steps, mark, recount=recount, prefix=self._prefix)
            else:
                self.state = State.UNKNOWN
                journal.apply_at_once(session, self._lease, self._steps, mark, recount=recount, prefix=self._prefix)

    def state_after(self, error: Exception) -> State:
        """What is in the graph after the server went away with ``error``: only a commit under way leaves a doubt."""
        surely_not = self.state is State.UNKNOWN and not isinstance(error, IncompleteCommit)
        return State.NOTHING if surely_not else self.state

    def abandon(self) -> None:
        """Remove what was written down and never finished."""
        if self._written_down and not self._lease.gone.is_set():
            with self._driver.session(database=self._database) as session:
                journal.discard(session, self._lease)

    def _sources_afterwards(self) -> list[str] | None:
        changes = self._changes
        if changes is None or not is_source(self.source):
            return None
        states = changes.created + changes.updated + changes.unchanged
        return sorted({*self._sources, self.source} if states else {*self._sources} - {self.source})

    def _claims_afterwards(self) -> str | None:
        """The tally after this run; None when what stands has to be counted. What was missing of others still is."""
        changes = self._changes or Changes()
        if self._tally is None or self.source in (REPAIR, COPY):
            return None
        claims = Counter(self._tally)
        claims[self.source] = self._there.get(self.source, claims[self.source]) + changes.created
        claims.subtract(source for _, _, source in changes.drop)
        return tally.written(self.run, claims)

    def _ask(self, query: LiteralString, **parameters: Any) -> list[Record]:
        return self._driver.execute_query(query, parameters, database_=self._database).records

    def _stream(self, query: LiteralString, **parameters: Any) -> Iterator[Any]:
        """The first column, record by record."""
        with self._driver.session(database=self._database) as session:
            for record in session.run(query, parameters):
                yield record[0]


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(ids)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk

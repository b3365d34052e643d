"""One run in one SQLite transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from itertools import islice

from netofnets.errors import StoreError
from netofnets.resolution.index import compared
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import BY_NAME, NODE_KINDS
from netofnets.schema.records import Claim, Decision, Judgement, PastClaim, Verdict
from netofnets.schema.tombstones import Tombstone
from netofnets.store.base import Changes
from netofnets.store.claims import json_text
from netofnets.store.moments import ends
from netofnets.store.operations import REPAIR
from netofnets.store.sqlite import statements
from netofnets.store.sqlite.index import SqliteIndex
from netofnets.store.sqlite.rows import CLAIM, PAST, claim_from_row, claim_row, entity_rows, past_from_row, past_row
from netofnets.store.sqlite.sql import Connection

__all__ = ["SqliteWriter", "read_decisions", "read_judgements", "read_kept_since", "read_tombstones"]

_CHUNK = 10_000  # ids in one question
_LOOKED_UP = 4  # records looked up for each judgement of the log, before it is cheaper to read all of it
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_JUDGED = 'j."left", j."right", verdict, who, why, model, at, j.run FROM'
_LOG = f"SELECT {_JUDGED} judgement j ORDER BY number"
# Everybody who hangs together with the wanted by verdicts of any kind; each verdict is found by its left end.
_LOG_ABOUT = f"""WITH RECURSIVE near (id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT j."right" FROM near CROSS JOIN judgement j ON j."left" = id
  UNION SELECT j."left" FROM near CROSS JOIN judgement j ON j."right" = id)
SELECT {_JUDGED} near CROSS JOIN judgement j ON j."left" = id ORDER BY number"""
# The order of a CROSS JOIN is kept: every wanted id is looked up, the claims are never gone through.
_WANTED = f"SELECT {CLAIM} FROM (SELECT value AS wanted FROM json_each(?)) CROSS JOIN claim"
_ABOUT = f"{_WANTED} ON kind = ? AND entity = wanted"
_WITH_EMAIL = f"{_WANTED} ON email = wanted"
_BETWEEN = f"SELECT {CLAIM} FROM claim WHERE source = ? AND kind = ? AND key > ? AND key <= ?"
_LAST = "\U0010ffff"  # after every key
_OTHERS = ("SELECT 1 FROM claim WHERE source < ? LIMIT 1", "SELECT 1 FROM claim WHERE source > ? LIMIT 1")
_FORGET_DECISIONS = "DELETE FROM decision WHERE EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?)"
_TOUCHING = " OR ".join(f"{end} IN (SELECT value FROM json_each(?1))" for end in ("key", "from_id", "to_id"))
_FROM, _TO = f"{_WANTED} ON from_id = wanted", f"{_WANTED} ON to_id = wanted"


class SqliteWriter:
    """A :class:`netofnets.store.base.Writer`; the transaction is begun and rolled back by the store."""

    def __init__(self, database: Connection, source: str, run: int, started: str) -> None:
        self._database = database
        self._applied = False
        self._log: tuple[Judgement, ...] | None = None
        self._looked_up = 0
        self.run = run
        self.source = source
        self.started = started

    def claims_of(self, source: str) -> Iterator[Claim]:
        """All live claims of a source."""
        rows = self._database.execute(f"SELECT {CLAIM} FROM claim WHERE source = ?", (source,))
        return map(claim_from_row, rows)

    def claims_between(self, source: str, kind: str, after: str, upto: str) -> Iterator[Claim]:
        """The live claims of a source of one kind, in a range of keys."""
        rows = self._database.execute(_BETWEEN, (source, kind, after, upto or _LAST))
        return map(claim_from_row, rows)

    def has_others(self, source: str) -> bool:
        """Whether any claim is another source's: one look into the index on either side."""
        return any(self._database.execute(statement, (source,)).fetchone() for statement in _OTHERS)

    def claims_about(self, kind: str, entities: Iterable[str]) -> Iterator[Claim]:
        """All live claims about these entities."""
        if self._database.execute("SELECT 1 FROM claim LIMIT 1").fetchone() is None:
            return
        for ids in _chunks(entities):
            yield from map(claim_from_row, self._database.execute(_ABOUT, (json.dumps(ids), kind)))

    def claims_touching(self, records: Iterable[str]) -> Iterator[Claim]:
        """Claims that stand on one of these records, or are about it."""
        wanted = set(records)
        identity = Identity.of(self.judgements_about(wanted))
        roots = {identity.canonical(record) for record in wanted}
        for kind in NODE_KINDS:
            yield from (claim for claim in self.claims_about(kind.name, roots) if claim.key in wanted)
        for ids in _chunks(wanted):
            yield from map(claim_from_row, self._database.execute(_FROM, (json.dumps(ids),)))
            arriving = map(claim_from_row, self._database.execute(_TO, (json.dumps(ids),)))
            yield from (claim for claim in arriving if claim.from_id not in wanted)

    def claims_with_email(self, emails: Iterable[str]) -> Iterator[Claim]:
        """Claims of leaders with one of these addresses."""
        for addresses in _chunks(emails):
            yield from map(claim_from_row, self._database.execute(_WITH_EMAIL, (json.dumps(addresses),)))

    def leaders(self) -> Iterator[Claim]:
        """All live claims about leaders."""
        return map(claim_from_row, self._database.execute(f"SELECT {CLAIM} FROM claim WHERE kind = 'leaders'"))

    def leaders_of(self, source: str) -> Iterator[Claim]:
        """All live claims about leaders of a source."""
        rows = self._database.execute(f"SELECT {CLAIM} FROM claim WHERE source = ? AND kind = 'leaders'", (source,))
        return map(claim_from_row, rows)

    def people(self) -> SqliteIndex:
        """The index of people to compare, which is kept in the file."""
        return SqliteIndex(self._database)

    def told(self, kind: str) -> Iterator[Claim]:
        """All live claims about a kind."""
        return map(claim_from_row, self._database.execute(f"SELECT {CLAIM} FROM claim WHERE kind = ?", (kind,)))

    def judgements(self) -> tuple[Judgement, ...]:
        """The log of judgements, in its order; nobody else adds to it in a run, so it is read once."""
        if self._log is None:
            self._log = read_judgements(self._database)
        return self._log

    def judgements_about(self, records: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that bear on these records; looked up as long as they are few in a run."""
        wanted = list(records)
        self._looked_up += len(wanted)
        [(length,)] = self._database.execute("SELECT coalesce(max(number), 0) FROM judgement")
        if self._log is not None or self._looked_up > length * _LOOKED_UP:
            return self.judgements()
        return read_judgements(self._database, wanted)

    def decisions(self, topic: str) -> tuple[Decision, ...]:
        """The decisions on a topic, in the order of their log."""
        return read_decisions(self._database, topic)

    def past_of(self, source: str | None) -> Iterator[PastClaim]:
        """What a source, or any, stated before."""
        of = "TRUE" if source is None else "source = ?"
        rows = self._database.execute(f"SELECT {PAST} FROM past_claim WHERE {of}", () if source is None else (source,))
        return map(past_from_row, rows)

    def past_touching(self, records: Iterable[str]) -> Iterator[PastClaim]:
        """Past claims about one of these records, or with one at an end."""
        wanted = json.dumps(sorted(set(records)))
        return map(past_from_row, self._database.execute(f"SELECT {PAST} FROM past_claim WHERE {_TOUCHING}", (wanted,)))

    def kept_since(self) -> int:
        """The run from which on past claims are kept."""
        return read_kept_since(self._database)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """The marks of everybody who was erased."""
        return read_tombstones(self._database)

    def apply(self, changes: Changes) -> None:
        """Write the changes into the open transaction."""
        if self._applied:
            raise StoreError("a run takes its changes once; begin another run for more")
        self.take(changes)

    def take(self, changes: Changes) -> None:
        """Write a part of the changes into the open transaction."""
        self._applied = True
        if changes.judgements or changes.forgotten:
            self._log = None
        self._write_claims(changes)
        self._write_index(changes)
        self._write_past(changes)
        self._write_entities(changes)
        self._write_logs(changes)

    def finish(self, report: Mapping[str, object]) -> None:
        """Commit the run."""
        finished = ends(self.started)
        self._database.execute(
            "INSERT INTO run (number, source, status, started, finished, report) VALUES (?, ?, 'done', ?, ?, ?)",
            (self.run, self.source, self.started, finished, json_text(report)),
        )
        self._database.execute("DELETE FROM lease")
        self._database.execute("COMMIT")

    def _write_claims(self, changes: Changes) -> None:
        drop = "DELETE FROM claim WHERE kind = ? AND key = ? AND source = ?"
        self._database.executemany(drop, changes.drop)
        for kind, ids in changes.replaced.items():
            self._database.executemany(statements.delete_entity(BY_NAME[kind]), ((entity,) for entity in ids))
        # In the order of the primary key: a first load then appends to the table instead of jumping about in it.
        ordered = sorted(changes.put, key=lambda pair: (pair[0].source, pair[0].kind, pair[0].key))
        rows = (claim_row(claim, entity, self.run) for claim, entity in ordered)
        self._database.executemany(statements.PUT_CLAIM, rows)

    def _write_index(self, changes: Changes) -> None:
        put = [(claim, entity) for claim, entity in changes.put if compared(claim)]
        drop = [(key, source) for kind, key, source in changes.drop if kind == "leaders"]
        if self.source == REPAIR:
            self.people().rebuild()
        elif put or drop:
            self.people().update(put, drop)

    def _write_past(self, changes: Changes) -> None:
        database = self._database
        lost = "DELETE FROM past_claim WHERE kind = ? AND key = ? AND source = ? AND until = ?"
        database.executemany(lost, changes.lost)
        database.executemany(statements.PUT_PAST, (past_row(one, self.run) for one in changes.past))
        if changes.kept_since is not None:
            database.execute("UPDATE past_since SET run = ?", (changes.kept_since,))

    def _write_entities(self, changes: Changes) -> None:
        for group in (changes.born, changes.changed):
            for kind, entities in group.items():
                self._database.executemany(statements.upsert_entity(BY_NAME[kind]), entity_rows(kind, entities))
        for kind, ids in changes.gone.items():
            self._database.executemany(statements.delete_entity(BY_NAME[kind]), ((entity,) for entity in ids))

    def _write_logs(self, changes: Changes) -> None:
        database = self._database
        database.executemany(
            "INSERT INTO run (number, source, status, started, finished, report) VALUES (?, ?, ?, ?, ?, ?)",
            map(astuple, changes.runs),
        )
        database.executemany(
            'INSERT INTO judgement ("left", "right", verdict, who, why, model, at, run) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (j.left, j.right, j.verdict.value, j.who, j.why, j.model, j.at, j.run or self.run)
                for j in changes.judgements
            ),
        )
        database.executemany(
            "INSERT INTO visibility_choice (record, level, who, why, field, at, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((c.record, c.level.value, c.who, c.why, c.field, c.at, c.run or self.run) for c in changes.choices),
        )
        database.executemany(
            "INSERT INTO decision (topic, subjects, value, who, why, at, run) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (d.topic, json_text(list(d.subjects)), d.value, d.who, d.why, d.at, d.run or self.run)
                for d in changes.decisions
            ),
        )
        if changes.forgotten:
            database.execute(f"DELETE FROM past_claim WHERE {_TOUCHING}", (json.dumps(changes.forgotten),))
        for record in changes.forgotten:
            database.execute('DELETE FROM judgement WHERE "left" = ?1 OR "right" = ?1', (record,))
            database.execute("DELETE FROM visibility_choice WHERE record = ?", (record,))
            database.execute(_FORGET_DECISIONS, (record,))
        gone = ((one.mark, one.person) for one in changes.lifted)
        database.executemany("DELETE FROM tombstone WHERE mark = ? AND person = ?", gone)
        database.executemany("REPLACE INTO tombstone VALUES (?, ?, ?, ?)", map(astuple, changes.tombstones))


def read_judgements(database: Connection, about: Sequence[str] | None = None) -> tuple[Judgement, ...]:
    """The log of judgements, in its order: those that bear on some records, or all."""
    rows = database.execute(_LOG) if about is None else database.execute(_LOG_ABOUT, (json.dumps(about),))
    return tuple(Judgement(left, right, _VERDICTS[verdict], *rest) for left, right, verdict, *rest in rows)


def read_decisions(database: Connection, topic: str | None = None) -> tuple[Decision, ...]:
    """The log of decisions, in its order: those on a topic, or all."""
    rows = database.execute(
        "SELECT topic, subjects, value, who, why, at, run FROM decision WHERE ?1 IS NULL OR topic = ?1 ORDER BY number",
        (topic,),
    )
    return tuple(Decision(name, tuple(json.loads(subjects)), *rest) for name, subjects, *rest in rows)


def read_kept_since(database: Connection) -> int:
    """The run from which on past claims are kept."""
    return int(database.execute("SELECT run FROM past_since").fetchone()[0])


def read_tombstones(database: Connection) -> tuple[Tombstone, ...]:
    """The marks of everybody who was erased, in order."""
    return tuple(sorted(Tombstone(*row) for row in database.execute("SELECT * FROM tombstone")))


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(ids)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk

"""The index of people to compare, kept in the file: derived from the claims about leaders, as they come and go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import LiteralString, TypeVar

from netofnets.resolution.index import Row, compared, entries_of, row_of
from netofnets.resolution.records import PARTS
from netofnets.schema.records import Claim
from netofnets.store.literal import spelled
from netofnets.store.sqlite.rows import CLAIM, claim_from_row
from netofnets.store.sqlite.sql import Connection

__all__ = ["INDEX", "SqliteIndex"]

T = TypeVar("T")

_PARTS: tuple[LiteralString, ...] = tuple(spelled(name) for name in PARTS)

INDEX: tuple[LiteralString, ...] = (
    f"""CREATE TABLE comparable (
  number INTEGER PRIMARY KEY, entity TEXT NOT NULL, key TEXT NOT NULL, source TEXT NOT NULL,
  {", ".join(f'"{name}" TEXT NOT NULL' for name in _PARTS)}
) STRICT""",
    "CREATE INDEX comparable_entity ON comparable (entity)",
    """CREATE TABLE block (
  key INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID""",
    'CREATE INDEX judgement_left ON judgement ("left")',
    'CREATE INDEX judgement_right ON judgement ("right")',
    "CREATE TABLE usual (value INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT",
)
"""Claims about leaders in comparable form, the keys that they can be looked up by, how many say each value; and
judgements by their ends."""

_AT_ONCE = 20_000  # rows that are worked out together
_COLUMNS: LiteralString = ", ".join(f'o."{name}"' for name in ("number", "entity", "key", "source", *_PARTS))
_WANTED = "SELECT DISTINCT {} FROM (SELECT value AS wanted FROM json_each(?))"
_BY_NUMBER = f"{_WANTED.format(_COLUMNS)} CROSS JOIN comparable o ON o.number = wanted"
_BY_ENTITY = f"{_WANTED.format(_COLUMNS)} CROSS JOIN comparable o ON o.entity = wanted"
_SIBLINGS = (
    f"{_WANTED.format(_COLUMNS)} CROSS JOIN comparable c ON c.number = wanted"
    " CROSS JOIN comparable o ON o.entity = c.entity"
)
_PUT = f"INSERT INTO comparable VALUES (?, ?, ?, ?, {', '.join('?' for _ in PARTS)})"
_COUNT = "INSERT INTO usual VALUES (?, ?) ON CONFLICT (value) DO UPDATE SET count = count + excluded.count"
_LEADERS = f"SELECT entity, {CLAIM} FROM claim WHERE kind = 'leaders'"


class SqliteIndex:
    """A :class:`netofnets.resolution.index.Index` on an open connection, which the caller commits."""

    def __init__(self, database: Connection) -> None:
        self._database = database

    def sharing(self, rooms: Mapping[int, int]) -> tuple[set[int], set[int]]:
        """The numbers of the rows with one of these keys, and the keys that more rows than their room have."""
        found: set[int] = set()
        common: set[int] = set()
        ask = self._database.execute
        for key, room in rooms.items():
            rows = ask("SELECT record FROM block WHERE key = ? LIMIT ?", (key, max(room, 0) + 1)).fetchall()
            if len(rows) > room:
                common.add(key)
            else:
                found.update(number for (number,) in rows)
        return found, common

    def with_siblings(self, numbers: Iterable[int]) -> Iterator[Row]:
        """These rows and all others of the same entities."""
        return self._rows(_SIBLINGS, numbers)

    def of_entities(self, entities: Iterable[str]) -> Iterator[Row]:
        """All rows of these entities."""
        return self._rows(_BY_ENTITY, entities)

    def counts(self, values: Iterable[int]) -> Mapping[int, int]:
        """How many rows say each of these values; those that none says are left out."""
        found = "SELECT o.value, o.count FROM json_each(?) w CROSS JOIN usual o ON o.value = w.value"
        return dict(self._database.execute(found, (json.dumps(list(values)),)))

    def first(self, rows: int) -> list[Row]:
        """The rows with the smallest numbers."""
        found = self._database.execute(f"SELECT {_COLUMNS} FROM comparable o ORDER BY number LIMIT ?", (rows,))
        return list(map(_row, found))

    def update(self, put: Iterable[tuple[Claim, str]], drop: Iterable[tuple[str, str]]) -> None:
        """Bring the index in line with claims about leaders that are put, and with (key, source) that are dropped."""
        gone = [row_of(Claim("leaders", key, source, {}), "").number for key, source in drop]
        for numbers in _chunks(gone):
            self._remove(list(self._rows(_BY_NUMBER, numbers)))
        for pairs in _chunks(put):
            new = {row.number: row for row in (row_of(claim, entity) for claim, entity in pairs)}
            old = {row.number: row for row in self._rows(_BY_NUMBER, new)}
            self._remove([row for row in old.values() if row != new[row.number]])
            self._add([row for row in new.values() if row != old.get(row.number)])

    def rebuild(self) -> None:
        """Make the index anew from the claims."""
        for table in ("comparable", "block", "usual"):
            self._database.execute(f"DELETE FROM {table}")
        for rows in _chunks(self._claimed()):
            self._add(rows)

    def is_right(self) -> bool:
        """Whether it is what the claims make it; made anew and compared, so only for a check of the whole store."""
        kept = self._database.execute(f"SELECT {_COLUMNS} FROM comparable o ORDER BY number")
        rows = sorted(self._claimed())
        if list(map(_row, kept)) != rows:
            return False
        entries = entries_of(rows) if rows else None
        pairs = list(zip(entries.keys.tolist(), entries.numbers.tolist(), strict=True)) if entries else []
        counts = dict(entries.counts) if entries else {}
        return pairs == self._database.execute("SELECT key, record FROM block ORDER BY key, record").fetchall() and (
            counts == dict(self._database.execute("SELECT value, count FROM usual"))
        )

    def _claimed(self) -> Iterator[Row]:
        for entity, *row in self._database.execute(_LEADERS):
            try:
                claim = claim_from_row(row)
            except ValueError:
                continue  # damaged: `netofnets store check` names it, and nobody is compared with it
            if isinstance(claim.values, dict) and compared(claim):
                yield row_of(claim, entity)

    def _rows(self, query: LiteralString, wanted: Iterable[int] | Iterable[str]) -> Iterator[Row]:
        for some in _chunks(wanted):
            yield from map(_row, self._database.execute(query, (json.dumps(some),)))

    def _add(self, rows: Sequence[Row]) -> None:
        if rows:
            entries = entries_of(rows)
            self._database.executemany(_PUT, ((*row[:4], *row.parts) for row in sorted(rows)))
            pairs = zip(entries.keys.tolist(), entries.numbers.tolist(), strict=True)
            self._database.executemany("INSERT INTO block VALUES (?, ?)", pairs)
            self._database.executemany(_COUNT, sorted(entries.counts.items()))

    def _remove(self, rows: Sequence[Row]) -> None:
        if rows:
            entries = entries_of(rows)
            self._database.executemany("DELETE FROM comparable WHERE number = ?", ((row.number,) for row in rows))
            pairs = zip(entries.keys.tolist(), entries.numbers.tolist(), strict=True)
            self._database.executemany("DELETE FROM block WHERE key = ? AND record = ?", pairs)
            self._database.executemany(_COUNT, ((value, -count) for value, count in entries.counts.items()))
            values = ((value,) for value in entries.counts)
            self._database.executemany("DELETE FROM usual WHERE value = ? AND count = 0", values)


def _row(row: Sequence[str]) -> Row:
    return Row(int(row[0]), row[1], row[2], row[3], tuple(row[4:]))


def _chunks(things: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(things)
    while chunk := list(islice(iterator, _AT_ONCE)):
        yield chunk

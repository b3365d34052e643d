"""The index of people to compare, kept beside the graph as packed numbers: a few nodes for each source, read whole.

For 100,000 people that is some 20 MB, read in a fraction of the time that their claims take; a node or an indexed
property for each of their 1.3 million keys would cost each load more than it gains.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final, LiteralString

import numpy as np

from netofnets.resolution.corpus import COUNTED
from netofnets.resolution.index import (
    EVERYBODY,
    Row,
    compared,
    entries_of,
    people_of_rows,
    row_number,
    row_of,
    value_number,
)
from netofnets.resolution.records import Ints
from netofnets.schema.records import CORRECTING, Claim
from netofnets.store.base import Changes
from netofnets.store.book import Kept
from netofnets.store.claims import json_text

__all__ = ["ALL", "OF_SOURCE", "Neo4jIndex", "Table", "compared_as", "decoded", "encoded", "tables_after"]

ALL: LiteralString = "MATCH (p:NetOfNetsPeople) RETURN p.source, p.records, p.numbers, p.said, p.keys, p.of"
OF_SOURCE: LiteralString = ALL.replace(") RETURN", " {source: $source}) RETURN")
"""What :func:`tables_of` reads."""

_RECORDS: Final = 5_000  # in one node; fewer than 65,536, so that two bytes point at them
_PACKED: Final[dict[str, np.dtype[Any]]] = {
    "numbers": np.dtype("<i8"),
    "said": np.dtype("<i8"),
    "keys": np.dtype("<i8"),
    "of": np.dtype("<u2"),
}

About = Callable[[Iterable[str]], Iterator[tuple[str, list[Claim]]]]
"""Entities of these ids, each with the claims about it that are compared."""


@dataclass(frozen=True)
class Table:
    """Records of one source: ``numbers`` (those of :class:`Row`) ascending, of shape (records,), and their ids;
    ``said`` of shape (records, columns that are counted) has numbers of values, 0 for nothing said; ``keys`` ascending,
    of shape (entries,), each ``of`` the record in that row."""

    records: list[str]
    numbers: Ints
    said: Ints
    keys: Ints
    of: Ints

    @classmethod
    def of_claims(cls, claims: Iterable[Claim]) -> Table:
        """The table of claims about leaders."""
        iterator, tables = iter(claims), [_EMPTY]
        while some := list(islice(iterator, _RECORDS)):
            tables.append(_table([row_of(claim, "") for claim in some]))
        return cls.joined(tables)

    @classmethod
    def joined(cls, tables: Sequence[Table]) -> Table:
        """All records of several tables that have none in common."""
        starts = np.cumsum([0, *(len(table.records) for table in tables)])
        records = [record for table in tables for record in table.records]
        numbers, said, keys = (np.concatenate([getattr(t, n) for t in tables]) for n in ("numbers", "said", "keys"))
        of = np.concatenate([table.of + start for table, start in zip(tables, starts, strict=False)])
        return cls(records, numbers, said, keys, of)._taken(np.argsort(numbers))

    def without(self, numbers: set[int]) -> Table:
        """The other records."""
        return self._taken(np.flatnonzero(~np.isin(self.numbers, np.array(sorted(numbers), dtype=np.int64))))

    def divided(self) -> Iterator[Table]:
        """In tables of the size of a node."""
        for start in range(0, len(self.records), _RECORDS):
            yield self._taken(np.arange(start, min(start + _RECORDS, len(self.records))))

    def _taken(self, rows: Ints) -> Table:
        """The records in these rows, in that order."""
        place = np.full(len(self.records), -1)
        place[rows] = np.arange(len(rows))
        of = place[self.of]
        keys, of = self.keys[of >= 0], of[of >= 0]
        order = np.lexsort((of, keys))
        records = [self.records[row] for row in rows.tolist()]
        return Table(records, self.numbers[rows], self.said[rows], keys[order], of[order])

    def __eq__(self, other: object) -> bool:
        columns = ("numbers", "said", "keys", "of")
        return (
            isinstance(other, Table)
            and self.records == other.records
            and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in columns)
        )

    __hash__ = None  # type: ignore[assignment]


def _nothing(*shape: int) -> Ints:
    return np.empty(shape, dtype=np.int64)


_EMPTY: Final = Table([], _nothing(0), _nothing(0, len(COUNTED)), _nothing(0), _nothing(0))


def _table(rows: Sequence[Row]) -> Table:
    rows = sorted(rows)
    people, entries = people_of_rows(rows), entries_of(rows)
    numbers = np.array([row.number for row in rows], dtype=np.int64)
    said = _nothing(len(rows), len(COUNTED))
    for at, name in enumerate(COUNTED):
        column = getattr(people, name)
        said[:, at] = np.array([*(value_number(name, text) for text in column.values), 0], np.int64)[column.codes]
    return Table([row.key for row in rows], numbers, said, entries.keys, np.searchsorted(numbers, entries.numbers))


def encoded(source: str, table: Table) -> Iterator[dict[str, Any]]:
    """The nodes that keep a table, as JSON values."""
    for at, part in enumerate(table.divided()):
        packed = {name: getattr(part, name).astype(kind).tobytes() for name, kind in _PACKED.items()}
        named = {"id": json_text([source, at]), "source": source, "records": "\n".join(part.records)}
        yield {**named, "size": len(part.records), **{n: b64encode(data).decode() for n, data in packed.items()}}


def decoded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Such a node as it is sent: with bytes."""
    return {name: b64decode(value) if name in _PACKED else value for name, value in row.items()}


def tables_of(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, Table]]:
    """Sources and tables of nodes, from rows of :data:`ALL`."""
    for source, records, *packed in rows:
        arrays = [
            np.frombuffer(data, kind).astype(np.int64) for data, kind in zip(packed, _PACKED.values(), strict=True)
        ]
        numbers, said, keys, of = arrays
        yield source, Table(records.split("\n"), numbers, said.reshape(-1, len(COUNTED)), keys, of)


def compared_as(rows: Iterable[Sequence[Any]], things: Iterable[Kept]) -> bool:
    """Whether the nodes that are kept are those that the claims on these things make."""
    kept, made = defaultdict[str, list[Table]](list), defaultdict[str, list[Claim]](list)
    try:
        for source, table in tables_of(rows):
            kept[source].append(table)
    except (TypeError, ValueError, AttributeError):
        return False  # somebody has edited them
    for claim in (claim for thing in things for claim in thing.claims if compared(claim)):
        made[claim.source].append(claim)
    wanted = {source: Table.of_claims(claims) for source, claims in made.items()}
    return wanted == {source: Table.joined(tables) for source, tables in kept.items()}


def tables_after(
    changes: Changes, read: Callable[[str], Iterable[Sequence[Any]]], *, everything: bool
) -> dict[str, Table]:
    """By source, the tables that a run leaves, where it changes them; ``read`` gives what is kept of a source.

    Of a claim that a run puts, only ``everything`` is new in a copy: a judgement moves claims, which say the same then.
    """
    told = {(one.claim.kind, one.claim.key, one.claim.source) for one in changes.past}
    put, gone = defaultdict[str, list[Claim]](list), defaultdict[str, set[int]](set)
    for claim in (claim for claim, _ in changes.put if compared(claim)):
        if everything or not claim.first_run or (claim.kind, claim.key, claim.source) in told:
            put[claim.source].append(claim)
            gone[claim.source].add(row_number(claim.key, claim.source))
    for kind, key, source in changes.drop:
        if kind == "leaders" and source not in CORRECTING:
            gone[source].add(row_number(key, source))
    found = {}
    for source, numbers in gone.items():
        before = Table.joined([_EMPTY, *(table for _, table in tables_of(read(source)))])
        found[source] = Table.joined([before.without(numbers), Table.of_claims(put[source])])
    return found


class Neo4jIndex:
    """A :class:`netofnets.resolution.index.Index` over what ``read`` gives when it is first needed; ``size`` is how
    many records there are, ``about`` reads entities, and ``entities`` says whom some records are about."""

    def __init__(
        self,
        size: int,
        read: Callable[[], Iterable[Sequence[Any]]],
        about: About,
        entities: Callable[[list[str]], set[str]],
    ) -> None:
        self._size, self._read, self._about, self._entities = size, read, about, entities

    @cached_property
    def _tables(self) -> list[Table]:
        return [table for _, table in tables_of(self._read())] if self._size else []

    def sharing(self, rooms: Mapping[int, int]) -> tuple[set[int], set[int]]:
        """See :class:`netofnets.resolution.index.Index`."""
        keys = np.array(sorted(rooms), dtype=np.int64)
        room = np.array([rooms[key] for key in keys.tolist()], dtype=np.int64)
        ends = [(np.searchsorted(t.keys, keys, "left"), np.searchsorted(t.keys, keys, "right")) for t in self._tables]
        common = sum((right - left for left, right in ends), np.zeros(len(keys), np.int64)) > room
        found: set[int] = set()
        for table, (left, right) in zip(self._tables, ends, strict=True):
            start, several = left[~common], (right - left)[~common]
            entries = np.repeat(start - np.cumsum(several) + several, several) + np.arange(several.sum())
            found.update(table.numbers[table.of[entries]].tolist())
        return found, set(keys[common].tolist())

    def with_siblings(self, numbers: Iterable[int]) -> Iterator[Row]:
        """See :class:`netofnets.resolution.index.Index`."""
        wanted = np.array(sorted(set(numbers)), dtype=np.int64)
        records = [t.records[at] for t in self._tables for at in np.flatnonzero(np.isin(t.numbers, wanted)).tolist()]
        return self.of_entities(self._entities(records))

    def of_entities(self, entities: Iterable[str]) -> Iterator[Row]:
        """See :class:`netofnets.resolution.index.Index`."""
        for entity, claims in self._about(entities):
            yield from (row_of(claim, entity) for claim in claims)

    def counts(self, values: Iterable[int]) -> Mapping[int, int]:
        """See :class:`netofnets.resolution.index.Index`."""
        wanted = np.array(sorted({*values} - {EVERYBODY}), dtype=np.int64)
        found = {EVERYBODY: self._size} if self._size else {}
        if not len(wanted):
            return found
        times = np.zeros(len(wanted), np.int64)
        anything = {value_number(name, ""): 0 for name in COUNTED}
        for table in self._tables:
            said = np.sort(table.said.ravel())
            times += np.searchsorted(said, wanted, "right") - np.searchsorted(said, wanted, "left")
            for name, several in zip(COUNTED, np.count_nonzero(table.said, axis=0).tolist(), strict=True):
                anything[value_number(name, "")] += several
        told = dict(zip(wanted.tolist(), times.tolist(), strict=True))
        told |= {value: count for value, count in anything.items() if value in told}
        return found | {value: count for value, count in told.items() if count}

    def first(self, rows: int) -> list[Row]:
        """See :class:`netofnets.resolution.index.Index`."""
        numbers = np.sort(np.concatenate([_nothing(0), *(table.numbers for table in self._tables)]))[:rows]
        chosen = set(numbers.tolist())
        return sorted(row for row in self.with_siblings(chosen) if row.number in chosen)

"""What a store keeps of the people in it, so that a newcomer is compared with few: rows, keys, how usual values are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from typing import NamedTuple, Protocol

import numpy as np

from netofnets.resolution.corpus import COUNTED
from netofnets.resolution.keys import keys_of
from netofnets.resolution.records import Ints, Parts, People, parts_of_claim, people_from
from netofnets.schema.identity import Identity
from netofnets.schema.records import CORRECTING, Claim

__all__ = [
    "EVERYBODY",
    "DictIndex",
    "Entries",
    "Index",
    "Row",
    "compared",
    "entries_of",
    "people_of_rows",
    "row_number",
    "row_of",
    "value_number",
]


class Row(NamedTuple):
    """A claim about a leader as it is compared; ``number`` follows from ``key`` and ``source`` alone."""

    number: int
    entity: str
    key: str
    source: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Entries:
    """What rows add to an index: pairs of a key and a number, in that order, and how often each value is said."""

    keys: Ints
    numbers: Ints
    counts: Mapping[int, int]


class Index(Protocol):
    """How a store is asked. Nothing here costs more the more people there are."""

    def sharing(self, rooms: Mapping[int, int]) -> tuple[set[int], set[int]]:
        """The numbers of the rows with one of these keys, and the keys that more rows than their room have."""

    def with_siblings(self, numbers: Iterable[int]) -> Iterator[Row]:
        """These rows and all others of the same entities."""

    def of_entities(self, entities: Iterable[str]) -> Iterator[Row]:
        """All rows of these entities."""

    def counts(self, values: Iterable[int]) -> Mapping[int, int]:
        """How many rows say each of these values (:func:`value_number`); those that none says are left out."""

    def first(self, rows: int) -> list[Row]:
        """The rows with the smallest numbers: as good as drawn, and always the same."""


def row_of(claim: Claim, entity: str) -> Row:
    """The row of a claim about a leader."""
    return Row(row_number(claim.key, claim.source), entity, claim.key, claim.source, parts_of_claim(claim))


def row_number(key: str, source: str) -> int:
    """The number of the row of a claim about a leader."""
    return _number(f"{key}\0{source}")


def compared(claim: Claim) -> bool:
    """Whether a claim is about a leader and says enough to tell people by: what was edited by hand is what differs."""
    return claim.kind == "leaders" and claim.source not in CORRECTING


def people_of_rows(rows: Sequence[Row]) -> People:
    """The rows as columns."""
    return people_from([row.entity for row in rows], [row.source for row in rows], [row.parts for row in rows])


def entries_of(rows: Sequence[Row]) -> Entries:
    """What these rows add to an index, and take away when they go."""
    people = people_of_rows(rows)
    number = np.array([row.number for row in rows], dtype=np.int64)
    keys = list(keys_of(people))
    numbers = np.concatenate([number[of.rows] for of in keys])
    told = np.concatenate([of.keys for of in keys])
    order = np.lexsort((numbers, told))
    counts = {EVERYBODY: len(rows)}
    for name in COUNTED:
        column = getattr(people, name)
        said = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values)).tolist()
        counts[value_number(name, "")] = sum(said)
        counts |= {value_number(name, text): count for text, count in zip(column.values, said, strict=True)}
    return Entries(told[order], numbers[order], {value: count for value, count in counts.items() if count})


@lru_cache(maxsize=65_536)
def value_number(column: str, text: str) -> int:
    """The number of a value of a column; of the empty text, that of saying anything in it."""
    return _number(f"{column}\0{text}")


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


EVERYBODY = value_number("", "")
"""The number under which all rows are counted."""


class DictIndex:
    """An :class:`Index` made of all claims about leaders when it is asked for: for stores that keep none."""

    def __init__(self, claims: Iterable[Claim], identity: Identity) -> None:
        rows = [row_of(claim, identity.canonical(claim.key)) for claim in claims if compared(claim)]
        self._rows = {row.number: row for row in rows}
        self._of_entity: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._of_entity[row.entity].append(row)
        entries = entries_of(rows) if rows else Entries(np.empty(0, np.int64), np.empty(0, np.int64), {})
        self._counts = entries.counts
        self._sharing: dict[int, list[int]] = defaultdict(list)
        for key, number in zip(entries.keys.tolist(), entries.numbers.tolist(), strict=True):
            self._sharing[key].append(number)

    def sharing(self, rooms: Mapping[int, int]) -> tuple[set[int], set[int]]:
        """See :class:`Index`."""
        found: set[int] = set()
        common: set[int] = set()
        for key, room in rooms.items():
            if len(numbers := self._sharing.get(key, [])) > room:
                common.add(key)
            else:
                found.update(numbers)
        return found, common

    def with_siblings(self, numbers: Iterable[int]) -> Iterator[Row]:
        """See :class:`Index`."""
        return self.of_entities({self._rows[number].entity for number in numbers})

    def of_entities(self, entities: Iterable[str]) -> Iterator[Row]:
        """See :class:`Index`."""
        return (row for entity in entities for row in self._of_entity.get(entity, []))

    def counts(self, values: Iterable[int]) -> Mapping[int, int]:
        """See :class:`Index`."""
        return Counter({value: count for value in values if (count := self._counts.get(value, 0))})

    def first(self, rows: int) -> list[Row]:
        """See :class:`Index`."""
        return nsmallest(rows, self._rows.values())

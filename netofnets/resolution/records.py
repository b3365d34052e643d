"""What is compared of people: records as a table, and their parts in comparable form as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.arrow_files import in_one
from netofnets.resolution.normalise import NameParts, is_role_mailbox, latin, parse_name, school_key
from netofnets.resolution.short_forms import family_of_names
from netofnets.schema.records import CORRECTING, Claim

__all__ = [
    "PARTS",
    "RECORDS",
    "STATED",
    "Coded",
    "Ints",
    "Parts",
    "People",
    "coded",
    "in_order",
    "listing",
    "parts_of",
    "parts_of_claim",
    "people_from",
    "people_of",
    "people_told",
]

Ints = npt.NDArray[np.int64]

RECORDS = pa.schema(
    [(name, pa.string()) for name in ("entity", "source", "name", "email", "school", "place", "region", "url")]
)
"""One row for each telling about a person: ``entity`` is whom it is about as far as is known, ``source`` who tells it.

Rows of one entity are one person already. A source lists a person once; rows without a source are free of that.
"""

STATED: tuple[str, ...] = tuple(RECORDS.names[2:])
"""The properties of leaders that are compared, in the order of the arguments of :func:`parts_of`."""


def listing(claims: pa.Table, kind: str) -> pa.Table:
    """Of a table of claims, those about a kind by sources that list: nobody is recognised by a correction."""
    correct = pc.is_in(claims["source"], value_set=pa.array(sorted(CORRECTING)))
    return claims.filter(pc.and_(pc.equal(claims["kind"], kind), pc.invert(correct)))


@dataclass(frozen=True)
class Coded:
    """A column as numbers: ``codes`` of shape (records,) point into ``values``; -1 where nothing is said."""

    codes: Ints
    values: list[str]


def coded(texts: Iterable[str]) -> Coded:
    """The column of ``texts``; the empty text is nothing said. Numbers follow the alphabet, not the order of rows."""
    listed = list(texts)
    values = sorted(set(listed) - {""})
    number = {value: i for i, value in enumerate(values)} | {"": -1}
    return Coded(np.fromiter((number[text] for text in listed), np.int64, len(listed)), values)


@dataclass(frozen=True)
class People:
    """Records in comparable form, row by row those of the table that they were made of."""

    entity: Coded
    source: Coded
    given: Coded
    given_key: Coded  # shared by short forms: only to look pairs up by
    family: Coded
    lone: Coded  # the family name, or the only word of a name that has one word
    second: Coded  # the word before the last: of two family names, the other one
    whole: Coded  # all words of the name, in the order of the alphabet
    generation: Coded  # jr, sr, ii ...
    email: Coded
    mailbox: Coded  # what stands before the @ of a personal address, where it says more than the name does
    school: Coded
    place: Coded
    region: Coded
    url: Coded

    def __len__(self) -> int:
        return len(self.entity.codes)


PARTS: tuple[str, ...] = tuple(field.name for field in fields(People)[2:])
"""What a telling about a person is taken apart into, in the order of :func:`parts_of`."""
Parts = tuple[str, ...]

_MAILBOX = 6  # letters and digits from which on a mailbox says something at another domain


def people_told(told: pa.Table, parts: pa.Table) -> People:
    """Claims (``entity``, ``source``) and, row by row, what they say in comparable form, in order."""
    entity, source = (_coded_column(told[name]) for name in ("entity", "source"))
    return in_order(People(entity, source, *map(_coded_column, parts.select(PARTS).columns)))[0]


def in_order(people: People) -> tuple[People, Ints]:
    """The records by entity, source and parts, and where each stood: the same in whatever order they came."""
    columns = [getattr(people, field.name) for field in fields(People)]
    order = np.lexsort([column.codes for column in reversed(columns)])
    return People(*(Coded(column.codes[order], column.values) for column in columns)), order


def _coded_column(column: pa.ChunkedArray) -> Coded:
    """The same as :func:`coded`, of an Arrow column: bytes of UTF-8 are in the order of the letters."""
    known = in_one(column).dictionary_encode()
    order = pc.array_sort_indices(known.dictionary).to_numpy()
    values = known.dictionary.take(pa.array(order)).to_pylist()
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.arange(len(values))
    if values and not values[0]:  # the empty text is nothing said, and stands first
        values, number = values[1:], number - 1
    return Coded(number[known.indices.to_numpy()], values)


def people_of(records: pa.Table) -> People:
    """Take the records apart. Names and schools are folded, turned round and freed of titles and kinds of schools."""
    column = {name: [cell or "" for cell in records[name].to_pylist()] for name in RECORDS.names}
    parts = map(parts_of, *(column[name] for name in STATED))
    return people_from(column["entity"], column["source"], parts)


def people_from(entities: Sequence[str], sources: Sequence[str], parts: Iterable[Parts]) -> People:
    """The records of these entities, told by these sources, that :func:`parts_of` has taken apart."""
    columns = list(zip(*parts, strict=True)) or [()] * len(PARTS)
    return People(coded(entities), coded(sources), *map(coded, columns))


def parts_of(name: str, email: str, school: str, place: str, region: str, url: str) -> Parts:
    """One telling in comparable form; the empty text is nothing said."""
    n = parse_name(name)
    words = (n.first, *n.other)
    address = _address(email) if email else ""
    return (
        n.first,
        family_of_names(n.first),
        _plain(n.last),
        _plain(n.last or n.first),
        _plain(n.other[-2]) if len(n.other) > 1 else "",
        " ".join(sorted(words)),
        n.generation,
        address,
        _mailbox(address, n) if address else "",
        school_key(school) if school else "",
        _folded(place) if place else "",
        _folded(region) if region else "",
        url,
    )


def parts_of_claim(claim: Claim) -> Parts:
    """What a claim about a leader says, in comparable form."""
    return parts_of(*(str(claim.values.get(name) or "") for name in STATED))


@lru_cache(maxsize=16_384)
def _plain(family: str) -> str:
    """A family name with German umlauts written in one way, whoever spelled them out."""
    return family.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("'", "").replace("\u2019", "")


_folded = lru_cache(maxsize=16_384)(latin)


def _address(email: str) -> str:
    return "" if is_role_mailbox(email) else email.casefold()


def _mailbox(email: str, name: NameParts) -> str:
    """Empty for a mailbox that is made of the name alone: whoever has the name may have it at any domain."""
    local = email.partition("@")[0].partition("+")[0]
    plain = "".join(c for c in local if c.isalnum())
    of_name = plain.isalpha() and any(len(word) > 2 and word in plain for word in (name.first, *name.other))
    return plain if len(plain) >= _MAILBOX and not of_name else ""

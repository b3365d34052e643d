"""Keys that records of one person tend to share, as numbers: the same in a table at hand and in a store's index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from netofnets.resolution.records import Coded, Ints, People

__all__ = ["KEYS", "NOTHING", "Key", "KeyOf", "hashes", "keys_of", "passing_hashes"]

Numbers = npt.NDArray[np.uint64]
Numbering = Callable[[Sequence[str]], Numbers]

NOTHING = 0
"""The key of a record that does not say all of what a key is made of."""


@dataclass(frozen=True, slots=True)
class Key:
    """A rule that people would try: records that agree in all ``parts`` are compared, unless more than ``most`` do."""

    parts: tuple[str, ...]
    most: int


_HERE = 60  # records that share a key which says where, or whose
_ANYWHERE = 12  # that share two parts of a name alone: only rare names say something without a place

KEYS: tuple[Key, ...] = (
    Key(("email",), _HERE),
    Key(("mailbox",), _HERE),
    Key(("url",), _HERE),
    Key(("whole",), _HERE),
    Key(("names", "given_key"), _HERE),
    Key(("family", "initial"), _ANYWHERE),
    Key(("given_key", "begins"), _ANYWHERE),
    Key(("given_key", "ends"), _ANYWHERE),
    Key(("initial", "begins", "near"), _HERE),
    Key(("given_key", "near"), _HERE),
    Key(("given_key", "school"), _HERE),
    Key(("lone", "school"), _HERE),
    Key(("lone", "place"), _HERE),
    Key(("begins", "building"), _HERE),
    Key(("building", "near", "initial"), _HERE),
    Key(("building", "near", "letter"), _HERE),
)
"""``names`` are both of two family names; ``begins``, ``ends``, ``near`` and ``building`` the first or last letters of
family name, town and school, ``initial`` and ``letter`` those of the given and the only name."""

_CUT = {"begins": ("family", 3), "ends": ("family", -3), "near": ("place", 4), "building": ("school", 6)}
_CUT |= {"initial": ("given", 1), "letter": ("lone", 1)}
_SAID_TWICE = "names"


@dataclass(frozen=True, slots=True)
class KeyOf:
    """A key of all records: the number ``keys[i]`` is that of the record in row ``rows[i]``."""

    rows: Ints
    keys: Ints
    most: int


def keys_of(people: People, number: Numbering | None = None) -> Iterator[KeyOf]:
    """The keys of all records, one rule after the other; a record has a number once, or twice by its two family names.

    A number mixes 64-bit digests of the parts: that two that differ get one is out of the question below 10^8 records.
    Without a ``number`` of texts (:func:`hashes`) they are the same in any table and in any process.
    """
    number, rows = number or hashes, np.arange(len(people))
    whole = ("email", "mailbox", "url", "whole", "given_key", "family", "lone", "school", "place")
    said = {name: _of_column(getattr(people, name), 0, number) for name in whole}
    said |= {name: _of_column(getattr(people, column), length, number) for name, (column, length) in _CUT.items()}
    second = _of_column(people.second, 0, number)
    second[second == said["family"]] = NOTHING
    for rule, key in enumerate(KEYS, 1):
        if key.parts[0] != _SAID_TWICE:
            yield _told(rows, _mixed(rule, [said[part] for part in key.parts]), key.most)
            continue
        others = [said[part] for part in key.parts[1:]]
        both = [_mixed(rule, [name, *others]) for name in (said["family"], second)]
        yield _told(np.tile(rows, 2), np.concatenate(both), key.most)


def hashes(texts: Sequence[str]) -> Numbers:
    """A number of 64 bits for each text, never that of nothing said."""
    digests = b"".join(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64) | np.uint64(1)


def passing_hashes(texts: Sequence[str]) -> Numbers:
    """The same, ten times as fast, for as long as this process lives: Python's own hash of a text."""
    return np.fromiter(map(hash, texts), np.int64, len(texts)).view(np.uint64) | np.uint64(1)


def _of_column(column: Coded, length: int, number: Numbering) -> Numbers:
    """The numbers of the values of all records, or of their first (when negative, last) letters."""
    if not length:
        return np.append(number(column.values), np.uint64(NOTHING))[column.codes]
    cut = [v[:length] if length > 0 else v[length:] for v in column.values]
    numbers = dict(zip(distinct := list(dict.fromkeys(cut)), number(distinct).tolist(), strict=True))
    return np.array([*(numbers[text] for text in cut), NOTHING], dtype=np.uint64)[column.codes]


def _mixed(rule: int, parts: Sequence[Numbers]) -> Numbers:
    mixed = np.full(len(parts[0]), rule, dtype=np.uint64)
    for part in parts:
        mixed = _stirred(mixed * np.uint64(0x9E3779B97F4A7C15) ^ part)
    mixed[np.any([part == NOTHING for part in parts], axis=0)] = NOTHING
    return mixed


def _stirred(x: Numbers) -> Numbers:
    """Every bit depends on every other (the finalizer of SplitMix64, Steele, Lea and Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _told(rows: Ints, mixed: Numbers, most: int) -> KeyOf:
    there = mixed != NOTHING
    return KeyOf(rows[there], mixed[there].view(np.int64), most)

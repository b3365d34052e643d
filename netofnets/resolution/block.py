"""Which pairs of records are worth comparing: those that share one of a few keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from netofnets.resolution.records import Ints, People

__all__ = ["LARGEST", "candidates"]

LARGEST = 60
"""Up to so many records that share a key are compared each with each; more are divided by place and region first."""

_HASH = np.int64(1_000_003)


def candidates(people: People, fresh: npt.NDArray[np.bool_] | None = None) -> tuple[Ints, Ints]:
    """Pairs of rows (left < right) that may be one person: of two entities, and not of one source.

    ``fresh`` marks the rows of which one must be in each pair; None: all. Every key is a rule that people would try:
    the same address, page or mailbox, family name and a given name that begins alike, given name and school ...
    """
    size = np.int64(max(len(people), 1))
    found = [np.empty(0, np.int64)]
    place, region = people.place.codes, people.region.codes
    for key in _keys(people):
        roles = len(key) // max(len(people), 1)  # a key of several roles names every record once for each
        if fresh is not None:
            key = _with_a_newcomer(key, np.tile(fresh, roles))
        for one, other in _pairs(key, (np.tile(place, roles), np.tile(region, roles))):
            left, right = np.minimum(one % size, other % size), np.maximum(one % size, other % size)
            keep = _comparable(people, left, right)
            if fresh is not None:
                keep &= fresh[left] | fresh[right]
            found.append(np.unique(left[keep] * size + right[keep]))
    pairs = np.unique(np.concatenate(found))
    return pairs // size, pairs % size


def _with_a_newcomer(key: Ints, fresh: npt.NDArray[np.bool_]) -> Ints:
    """The key where a record that is new shares it, else -1: a small load is not paired with everybody."""
    shared = np.zeros(int(key.max(initial=-1)) + 2, dtype=bool)
    shared[key[fresh & (key >= 0)]] = True
    return np.where(shared[key], key, -1)  # the last entry is that of -1, and never set


def _comparable(people: People, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    source, entity = people.source.codes, people.entity.codes
    apart = (source[left] != source[right]) | (source[left] < 0)
    return np.asarray(apart & (entity[left] != entity[right]), dtype=bool)


def _keys(people: People) -> Iterator[Ints]:
    """Keys of shape (records,) or a multiple of it, -1 where a record has none."""
    initial = _cut(people.given.values, people.given.codes, 1)
    begins, ends = (_cut(people.family.values, people.family.codes, n) for n in (3, -3))
    given, family, lone = people.given_key.codes, people.family.codes, people.lone.codes
    school, place = people.school.codes, people.place.codes
    yield people.email.codes
    yield people.mailbox.codes
    yield people.url.codes
    yield people.whole.codes
    yield _both(family, initial)
    yield _both(family, given)
    yield _both(given, begins)
    yield _both(given, ends)
    yield _both(given, school)
    yield _both(lone, school)
    yield _both(lone, place)
    yield _both(lone, people.region.codes)
    yield _both(school, place)
    near, building = _cut(people.place.values, place, 4), _cut(people.school.values, school, 6)
    yield _both(begins, near)
    yield _both(given, near)
    yield _both(begins, building)
    yield _both(building, near)
    second = _in_values(people.second.values, people.second.codes, people.family.values)
    yield _both(np.concatenate([family, second]), np.tile(given, 2))


def _cut(values: list[str], codes: Ints, length: int) -> Ints:
    """Numbers of the first (or, when negative, last) letters of the values."""
    cut = [value[:length] if length > 0 else value[length:] for value in values]
    number = {text: i for i, text in enumerate(sorted(set(cut)))}
    return _through(np.array([number[text] for text in cut], dtype=np.int64), codes)


def _in_values(values: list[str], codes: Ints, others: list[str]) -> Ints:
    """Codes translated to those of ``others``; -1 for values that are not among them."""
    number = {text: i for i, text in enumerate(others)}
    return _through(np.array([number.get(text, -1) for text in values], dtype=np.int64), codes)


def _through(translation: Ints, codes: Ints) -> Ints:
    return np.append(translation, -1)[codes]


def _both(first: Ints, second: Ints) -> Ints:
    combined = np.where((first < 0) | (second < 0), -1, first * _HASH + second)
    _, numbered = np.unique(combined, return_inverse=True)
    return np.where(combined < 0, -1, numbered)


def _pairs(key: Ints, finer: tuple[Ints, ...]) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of rows that share a key, group sizes of one kind at a time; large groups are divided by ``finer``."""
    rows = np.flatnonzero(key >= 0)
    rows = rows[np.argsort(key[rows], kind="stable")]
    starts = np.flatnonzero(np.append(True, np.diff(key[rows]) != 0)) if len(rows) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(rows)))
    for size in np.unique(sizes[(sizes > 1) & (sizes <= LARGEST)]):
        members = rows[starts[sizes == size][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        yield members[:, first].ravel(), members[:, second].ravel()
    if finer and (sizes > LARGEST).any():
        large = np.zeros(len(key), dtype=bool)
        large[rows[np.repeat(sizes > LARGEST, sizes)]] = True
        yield from _pairs(np.where(large, _both(key, finer[0]), -1), finer[1:])

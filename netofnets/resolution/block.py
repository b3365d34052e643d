"""Which pairs of records are worth comparing: those that share one of a few keys."""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np
import numpy.typing as npt

from netofnets.resolution.keys import KeyOf, hashes, keys_of, passing_hashes
from netofnets.resolution.records import Ints, People

__all__ = ["candidates", "distinct"]

Flags = npt.NDArray[np.bool_]


def candidates(people: People, fresh: Flags | None = None, common: Set[int] = frozenset()) -> tuple[Ints, Ints]:
    """Pairs of rows (left < right) that may be one person: of two entities, and not of one source.

    ``fresh`` marks the rows of which one must be in each pair; None: all. ``common`` are keys that more records share
    than are compared, as is known from elsewhere: the records at hand need not be all.
    """
    size = np.int64(max(len(people), 1))
    found = [np.empty(0, np.int64)]
    passed_over = np.array(sorted(common), dtype=np.int64)
    for key in keys_of(people, hashes if common else passing_hashes):
        for one, other in _pairs(key, people.source.codes, fresh, passed_over):
            left, right = np.minimum(one, other), np.maximum(one, other)
            keep = _comparable(people, left, right)
            if fresh is not None:
                keep &= fresh[left] | fresh[right]
            found.append(left[keep] * size + right[keep])
    pairs = distinct(np.concatenate(found))
    return pairs // size, pairs % size


def distinct(numbers: Ints) -> Ints:
    """The numbers, each once, ascending; by sorting, which is several times faster here than NumPy's hashing."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _comparable(people: People, left: Ints, right: Ints) -> Flags:
    source, entity = people.source.codes, people.entity.codes
    apart = (source[left] != source[right]) | (source[left] < 0)
    return np.asarray(apart & (entity[left] != entity[right]), dtype=bool)


def _pairs(key: KeyOf, source: Ints, fresh: Flags | None, passed_over: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of rows that share a key, group sizes of one kind at a time; without groups of one source."""
    order = np.argsort(key.keys, kind="stable")
    rows, keys = key.rows[order], key.keys[order]
    if not len(keys):
        return
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(starts, len(rows)))
    wanted = (sizes > 1) & (sizes <= key.most)
    least, most = (of.reduceat(source[rows], starts) for of in (np.minimum, np.maximum))
    wanted &= (least < most) | (least < 0)
    if fresh is not None:
        wanted &= np.logical_or.reduceat(fresh[rows], starts)
    if len(passed_over):
        wanted &= ~np.isin(keys[starts], passed_over)
    for size in np.flatnonzero(np.bincount(sizes[wanted], minlength=1)).tolist():
        members = rows[starts[wanted & (sizes == size)][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        yield members[:, first].ravel(), members[:, second].ravel()

"""Why two networks should meet, in words that recount the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import say
from netofnets.language.columns import (
    Sentences,
    after,
    either,
    joined_each,
    listed_each,
    of_each,
    said_of,
    say_count_each,
    say_each,
)

__all__ = ["Pairs", "gap_reasons"]

Ints = npt.NDArray[np.int64]

_NAMED = 3  # interests named in a sentence
_AT_ONCE = 50_000  # pairs whose sentences are put together at a time


class Pairs(Protocol):
    """Pairs of networks; arrays of one shape."""

    @property
    def first(self) -> npt.NDArray[np.int64]:
        """Positions of networks."""

    @property
    def second(self) -> npt.NDArray[np.int64]:
        """Positions of the other networks."""

    @property
    def shared(self) -> npt.NDArray[np.int64]:
        """How many people are in both."""

    @property
    def by_size(self) -> npt.NDArray[np.float64]:
        """How many would be if membership in the one told nothing of the other."""


def gap_reasons(snapshot: Snapshot, found: Pairs, typical: TwoMode) -> Sentences:
    """A sentence for each pair; ``typical`` says which interests are typical of which network."""
    names, interests, partners = (
        of_each([str(name) for name in snapshot.names(kind).to_pylist()])
        for kind in ("networks", "interests", "organizations")
    )
    sizes = snapshot.incidence("memberships").group_sizes
    held, supported = _ranked(typical, typical.group_sizes), _ranked(snapshot.incidence("partnerships"))
    told = []
    for at in np.array_split(np.arange(len(found.first)), len(found.first) // _AT_ONCE + 1):
        first, second = found.first[at], found.second[at]
        parts = [
            say_each(
                "{a} and {b} both work on {interests}.",
                a=names.take(first),
                b=names.take(second),
                interests=_listed(held.common(first, second), interests),
            ),
            _members(sizes[first], sizes[second], found.shared[at], found.by_size[at]),
            _supported(supported.common(first, second), partners),
        ]
        told.append(joined_each(parts))
    return after(told)


def _members(first: Ints, second: Ints, shared: Ints, by_size: npt.NDArray[np.float64]) -> Sentences:
    return say_each(
        "They have {first:,} and {second:,} members, and {in_both}; by their sizes alone {about} would be.",
        first=first,
        second=second,
        in_both=_in_both(shared),
        about=_about(by_size),
    )


def _supported(common: _Common, partners: Sentences) -> Sentences:
    told = say_count_each(
        "{partners} supports both already.",
        "{partners} support both already.",
        common.count,
        partners=_listed(common, partners),
    )
    return told.where(common.count > 0)


def _in_both(shared: Ints) -> Sentences:
    counted = say_count_each("{n:,} person is in both", "{n:,} people are in both", shared)
    return either(shared > 0, counted, said_of(say("nobody is in both"), len(shared)))


def _about(expected: npt.NDArray[np.float64]) -> Sentences:
    few = [said_of(text, len(expected)) for text in (say("about one"), say("hardly anybody"))]
    counted = say_each("about {expected:,.0f}", expected=expected)
    return either(expected >= 1.5, counted, either(expected >= 0.5, *few))


def _listed(common: _Common, names: Sentences) -> Sentences:
    shown = [names.take(column) for column in common.first.T]
    more = common.count - _NAMED
    shown.append(say_count_each("{n:,} more", "{n:,} more", more).where(more > 0))
    return listed_each(shown)


@dataclass(frozen=True)
class _Common:
    """Per pair how many groups both are in, and the first of those: shape (pairs, 3), -1 where there are fewer."""

    count: Ints
    first: Ints


@dataclass(frozen=True)
class _Ranked:
    """Groups in the order in which they are named: of each actor by place in that order, and which it is by place."""

    ties: sp.csr_array
    group: Ints

    def common(self, one: Ints, other: Ints) -> _Common:
        """What the actors of each pair have in common."""
        both = sp.csr_array(self.ties[one].multiply(self.ties[other]))
        both.sort_indices()
        count = np.diff(both.indptr).astype(np.int64)
        at = both.indptr[:-1, None] + np.arange(_NAMED)
        there = np.arange(_NAMED) < count[:, None]
        first = np.full(at.shape, -1, dtype=np.int64)
        first[there] = self.group[both.indices[at[there]]]
        return _Common(count, first)


def _ranked(ties: TwoMode, holders: Ints | None = None) -> _Ranked:
    """In the order of how many hold them, else of their positions."""
    groups = ties.csr.shape[1]
    group = np.arange(groups) if holders is None else np.lexsort((np.arange(groups), holders))
    place = np.empty(groups, dtype=np.int64)
    place[group] = np.arange(groups)
    shape = (np.ones(ties.csr.nnz, dtype=np.int8), place[ties.csr.indices], ties.csr.indptr)
    ranked = sp.csr_array(shape, shape=ties.csr.shape)
    ranked.sort_indices()
    return _Ranked(ranked, group)

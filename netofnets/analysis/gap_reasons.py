"""Why two networks should meet, in words that recount the gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, listed, say, say_count

__all__ = ["Pairs", "gap_reasons"]

_NAMED = 3  # interests named in a sentence


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


def gap_reasons(snapshot: Snapshot, found: Pairs, typical: TwoMode) -> list[str | None]:
    """A sentence for each pair; ``typical`` says which interests are typical of which network."""
    networks = [str(name) for name in snapshot.names("networks").to_pylist()]
    interests = [str(name) for name in snapshot.names("interests").to_pylist()]
    partners = [str(name) for name in snapshot.names("organizations").to_pylist()]
    held, supported = _groups(typical), _groups(snapshot.incidence("partnerships"))
    holders = typical.group_sizes.tolist()
    sizes = snapshot.incidence("memberships").group_sizes.tolist()
    told: list[str | None] = []
    columns = (found.first, found.second, found.shared, found.by_size)
    for a, b, shared, by_size in zip(*(column.tolist() for column in columns), strict=True):
        rarest = sorted(held[a] & held[b], key=lambda i: (holders[i], i))
        support = [partners[p] for p in sorted(supported[a] & supported[b])]
        work = _listed([interests[i] for i in rarest])
        parts = [say("{a} and {b} both work on {interests}.", a=networks[a], b=networks[b], interests=work)]
        parts.append(_members(sizes[a], sizes[b], shared, by_size))
        if support:
            parts.append(_supported(support))
        told.append(joined(parts))
    return told


def _members(first: int, second: int, shared: int, by_size: float) -> str:
    return say(
        "They have {first:,} and {second:,} members, and {in_both}; by their sizes alone {about} would be.",
        first=first,
        second=second,
        in_both=_in_both(shared),
        about=_about(by_size),
    )


def _supported(partners: list[str]) -> str:
    return say_count(
        "{partners} supports both already.",
        "{partners} support both already.",
        len(partners),
        partners=_listed(partners),
    )


def _in_both(shared: int) -> str:
    if not shared:
        return say("nobody is in both")
    return say_count("{n:,} person is in both", "{n:,} people are in both", shared)


def _about(expected: float) -> str:
    if expected >= 1.5:
        return say("about {expected:,.0f}", expected=expected)
    return say("about one") if expected >= 0.5 else say("hardly anybody")


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(say_count("{n:,} more", "{n:,} more", len(names) - _NAMED))
    return listed(shown)


def _groups(ties: TwoMode) -> list[frozenset[int]]:
    """The groups of every actor; looking two of them up is faster than with arrays, for they are short."""
    flat, starts = ties.csr.indices.tolist(), ties.csr.indptr.tolist()
    return [frozenset(flat[start:end]) for start, end in zip(starts[:-1], starts[1:], strict=True)]

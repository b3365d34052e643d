"""Why somebody is called bridging: the two networks, and one sentence that is true when recomputed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from netofnets.analysis.crossings import Crossings
from netofnets.graph.snapshot import Snapshot
from netofnets.language import numeral
from netofnets.language.columns import Sentences, of_each, say_count_each

__all__ = ["Told", "reasons"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """Per leader: networks on both sides (-1: none), leaders who join the same two blocks, expectation, sentence."""

    first: Ints
    second: Ints
    others: Ints
    expected: Floats
    sentences: Sentences


def reasons(snapshot: Snapshot, found: Crossings, block_of: Ints, home: Ints, known: Ints) -> Told:
    """Explain each leader of ``known``: by a gap if they join one, from the home's block, as few others as possible."""
    chosen = _strongest(found, block_of, home, snapshot.count("leaders"))
    told = Told(
        first=np.full(len(known), -1, dtype=np.int64),
        second=np.full(len(known), -1, dtype=np.int64),
        others=np.zeros(len(known), dtype=np.int64),
        expected=np.zeros(len(known)),
        sentences=of_each([None] * len(known)),
    )
    rows = np.flatnonzero(chosen[known] >= 0)
    leader, at = known[rows], chosen[known[rows]]
    near, far = found.first[at], found.second[at]
    turned = (home[leader] >= 0) & (block_of[home[leader]] == far)
    near, far = np.where(turned, far, near), np.where(turned, near, far)
    told.first[rows] = _networks_by_block(snapshot, block_of, home, leader, near)
    told.second[rows] = _networks_by_block(snapshot, block_of, home, leader, far)
    told.others[rows], told.expected[rows] = found.found[at], found.expected[at]
    names = of_each(snapshot.names("networks").to_pylist())
    said = _sentences(names, told.first[rows], told.second[rows], told.others[rows], told.expected[rows])
    at = np.full(len(known), -1, dtype=np.int64)
    at[rows] = np.arange(len(rows))
    return replace(told, sentences=said.take(at))


def _strongest(found: Crossings, block_of: Ints, home: Ints, leaders: int) -> Ints:
    """Index of the crossing that explains each leader; -1 without one."""
    own = np.where(home >= 0, block_of[np.maximum(home, 0)] if len(block_of) else -1, -1)[found.leader]
    away = (found.first != own) & (found.second != own)
    order = np.lexsort((found.second, found.first, found.found, away, ~found.gap, found.leader))
    chosen = np.full(leaders, -1, dtype=np.int64)
    has, first = np.unique(found.leader[order], return_index=True)
    chosen[has] = order[first]
    return chosen


def _networks_by_block(snapshot: Snapshot, block_of: Ints, home: Ints, leader: Ints, block: Ints) -> Ints:
    """The network of each leader in a block they join: home if it is one, else the smallest."""
    memberships = snapshot.incidence("memberships")
    csr, sizes = memberships.csr, memberships.group_sizes
    member = np.repeat(np.arange(csr.shape[0], dtype=np.int64), np.diff(csr.indptr))
    keep = block_of[csr.indices] >= 0
    member, network = member[keep], csr.indices[keep].astype(np.int64)
    width = int(block_of.max(initial=-1)) + 1
    codes = member * width + block_of[network]
    order = np.lexsort((network, sizes[network], network != home[member], codes))
    return np.asarray(network[order][np.searchsorted(codes[order], leader * width + block)], dtype=np.int64)


def _sentences(names: Sentences, first: Ints, second: Ints, found: Ints, expected: Floats) -> Sentences:
    told = np.unique(expected, return_inverse=True)
    chance = of_each([numeral(f"{one:,.0f}" if one >= 9.5 else f"{one:.1f}") for one in told[0].tolist()])
    return say_count_each(
        "The only person in networks around both {first} and {second}; chance alone would give {chance}.",
        "One of {n:,} people in networks around both {first} and {second}; chance alone would give {chance}.",
        found,
        first=names.take(first),
        second=names.take(second),
        chance=chance.take(told[1]),
    )

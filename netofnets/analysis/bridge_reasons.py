"""Why somebody is called bridging: the two networks, and one sentence that is true when recomputed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.analysis.crossings import Crossings
from netofnets.graph.snapshot import Snapshot

__all__ = ["Told", "reasons"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """Per leader: networks on both sides (-1: none), leaders who join the same two blocks, expectation, sentence."""

    first: Ints
    second: Ints
    others: Ints
    expected: npt.NDArray[np.float64]
    sentences: list[str | None]


def reasons(snapshot: Snapshot, found: Crossings, block_of: Ints, home: Ints, known: Ints) -> Told:
    """Explain each leader of ``known`` by the crossing that fewest share; home's block first among equals."""
    chosen = _strongest(found, block_of, home, snapshot.count("leaders"))
    side = _networks_by_block(snapshot, block_of, home)
    told = Told(
        first=np.full(len(known), -1, dtype=np.int64),
        second=np.full(len(known), -1, dtype=np.int64),
        others=np.zeros(len(known), dtype=np.int64),
        expected=np.zeros(len(known)),
        sentences=[None] * len(known),
    )
    names = snapshot.names("networks")
    for row in np.flatnonzero(chosen[known] >= 0):
        leader, at = int(known[row]), int(chosen[known[row]])
        near, far = int(found.first[at]), int(found.second[at])
        if home[leader] >= 0 and block_of[home[leader]] == far:
            near, far = far, near
        first, second = side[leader, near], side[leader, far]
        told.first[row], told.second[row] = first, second
        told.others[row], told.expected[row] = found.found[at], found.expected[at]
        told.sentences[row] = _sentence(
            names[first].as_py(), names[second].as_py(), int(found.found[at]), float(found.expected[at])
        )
    return told


def _strongest(found: Crossings, block_of: Ints, home: Ints, leaders: int) -> Ints:
    """Index of the crossing that explains each leader; -1 without one."""
    own = np.where(home >= 0, block_of[np.maximum(home, 0)] if len(block_of) else -1, -1)[found.leader]
    away = (found.first != own) & (found.second != own)
    order = np.lexsort((found.second, found.first, found.found, ~found.gap, away, found.leader))
    chosen = np.full(leaders, -1, dtype=np.int64)
    has, first = np.unique(found.leader[order], return_index=True)
    chosen[has] = order[first]
    return chosen


def _networks_by_block(snapshot: Snapshot, block_of: Ints, home: Ints) -> dict[tuple[int, int], int]:
    """For each (leader, block) the leader's network there: home if it is one, else the smallest."""
    memberships = snapshot.incidence("memberships")
    csr, sizes = memberships.csr, memberships.group_sizes
    leader = np.repeat(np.arange(csr.shape[0]), np.diff(csr.indptr))
    keep = block_of[csr.indices] >= 0
    leader, network = leader[keep], csr.indices[keep].astype(np.int64)
    order = np.lexsort((network, sizes[network], network != home[leader], block_of[network], leader))
    picked: dict[tuple[int, int], int] = {}
    for person, at in zip(leader[order].tolist(), network[order].tolist(), strict=True):
        picked.setdefault((person, int(block_of[at])), at)
    return picked


def _sentence(first: str, second: str, found: int, expected: float) -> str:
    who = "The only person" if found == 1 else f"One of {found:,} people"
    chance = f"{expected:,.0f}" if expected >= 9.5 else f"{expected:.1f}"
    return f"{who} in networks around both {first} and {second}; chance alone would give {chance}."

"""What is different between two states of the graph: who joined, who left, which networks and people join anew."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Results
from netofnets.graph.history import membership_pairs
from netofnets.graph.snapshot import Snapshot

__all__ = ["COMPARED", "Differences", "differences"]

COMPARED = ("overlap", "connectors", "bridges")
"""The measures whose tables are compared; the last, or the last two, may be left out."""

Pairs = tuple[tuple[str, str], ...]
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What ``after`` has and ``before`` has not, and the other way round; ids, sorted. No pair is named twice.

    A person counts as come when in a network after and in none before. An overlap is a pair of networks that are no
    parts of one another: ``met`` share somebody now and shared nobody, ``validated`` are beyond chance now and were
    not.
    """

    joined: Pairs  # (leader, network)
    left: Pairs
    come: Ids  # leaders
    gone: Ids
    met: Pairs  # (network, network)
    parted: Pairs
    validated: Pairs
    no_longer_validated: Pairs
    connecting: Ids  # leaders who join networks
    no_longer_connecting: Ids
    bridging: Ids  # leaders who are called bridging
    no_longer_bridging: Ids

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not any(getattr(self, name) for name in self.__slots__)


def differences(before: Snapshot, after: Snapshot, was: Results, now: Results) -> Differences:
    """The differences of two snapshots; ``was`` and ``now`` are their tables of :data:`COMPARED`.

    Nodes are compared by id, so the snapshots may hold different ones. Without ``bridges`` in both, nothing is said of
    who is called bridging, without ``connectors`` nothing of who joins networks.
    """
    members = membership_pairs(before), membership_pairs(after)
    people = tuple({leader for leader, _ in pairs} for pairs in members)
    shared = tuple(_pairs(results["overlap"]) for results in (was, now))
    beyond = tuple(_pairs(_where(results["overlap"], "validated")) for results in (was, now))
    told = [name in was and name in now for name in ("connectors", "bridges")]
    joining = tuple(_ids(results["connectors"]) if told[0] else set() for results in (was, now))
    called = tuple(_ids(_where(results["bridges"], "bridging")) if told[1] else set() for results in (was, now))
    return Differences(
        *_ways(*members), *_ways(*people), *_ways(*shared), *_ways(*beyond), *_ways(*joining), *_ways(*called)
    )


def _ways(was: set, now: set) -> tuple[tuple, tuple]:  # type: ignore[type-arg]  # pairs or ids
    return tuple(sorted(now - was)), tuple(sorted(was - now))


def _where(table: pa.Table, column: str) -> pa.Table:
    return table.filter(pc.fill_null(table[column], False))


def _pairs(table: pa.Table) -> set[tuple[str, str]]:
    return set(zip(table["first"].to_pylist(), table["second"].to_pylist(), strict=True))


def _ids(table: pa.Table) -> set[str]:
    return set(table["leader"].to_pylist())

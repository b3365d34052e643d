"""What is different between two states of the graph: who joined, who left, which networks and people join anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.measure import Results
from netofnets.graph.history import membership_columns
from netofnets.graph.snapshot import Snapshot

__all__ = ["COMPARED", "Differences", "differences"]

COMPARED = ("overlap", "connectors", "bridges")
"""The measures whose tables are compared; the last, or the last two, may be left out."""

Pairs = tuple[tuple[str, str], ...]
Ids = tuple[str, ...]
Columns = tuple[pa.Array, ...]  # of ids, row by row

_NOBODY: Columns = (pa.array([], pa.string()),)


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
    members = membership_columns(before), membership_columns(after)
    shared = tuple(_pairs(results["overlap"]) for results in (was, now))
    beyond = tuple(_pairs(_where(results["overlap"], "validated")) for results in (was, now))
    told = [name in was and name in now for name in ("connectors", "bridges")]
    joining = tuple(_ids(results["connectors"]) if told[0] else _NOBODY for results in (was, now))
    called = tuple(_ids(_where(results["bridges"], "bridging")) if told[1] else _NOBODY for results in (was, now))
    return Differences(
        *_ways(*members),
        *_ways(*(columns[:1] for columns in members)),
        *_ways(*shared),
        *_ways(*beyond),
        *_ways(*joining),
        *_ways(*called),
    )


def _ways(was: Columns, now: Columns) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Rows of ids, or ids, that only ``now`` has, and those that only ``was`` has, each sorted and once."""
    split = len(was[0])
    codes, known = np.zeros(split + len(now[0]), dtype=np.int64), []
    for column in zip(was, now, strict=True):
        both = pa.concat_arrays(column).dictionary_encode()
        known.append(both.dictionary)
        codes = codes * len(both.dictionary) + both.indices.to_numpy()
    old, new = codes[:split], codes[split:]
    return _rows(_only(new, old), known), _rows(_only(old, new), known)


def _only(codes: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Codes that are not among the others, each once; NumPy's own way looks for what is unique among all first."""
    there = pc.is_in(pa.array(codes), value_set=pa.array(others)).to_numpy(zero_copy_only=False)
    return np.unique(codes[~there])


def _rows(codes: npt.NDArray[np.int64], known: Sequence[pa.Array]) -> tuple[Any, ...]:
    """What the codes stand for: ids of one column as they are, of two as pairs."""
    columns = []
    for ids in reversed(known):
        codes, at = np.divmod(codes, max(len(ids), 1))
        columns.append(ids.take(pa.array(at)).to_pylist())
    return tuple(sorted(columns[0] if len(columns) == 1 else zip(*columns[::-1], strict=True)))


def _where(table: pa.Table, column: str) -> pa.Table:
    return table.filter(pc.fill_null(table[column], False))


def _pairs(table: pa.Table) -> Columns:
    return table["first"].combine_chunks(), table["second"].combine_chunks()


def _ids(table: pa.Table) -> Columns:
    return (table["leader"].combine_chunks(),)

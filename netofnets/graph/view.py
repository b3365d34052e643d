"""What a computation is handed of a snapshot: what it declared to read and nothing else, and a digest of just that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import astuple
from hashlib import blake2b
from typing import Any, NoReturn, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.graph.snapshot import Edges, Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, relationship_kind
from netofnets.schema.records import Decision

__all__ = ["ENDS", "Digests", "Undeclared", "View", "feed_table", "shared"]

Made = TypeVar("Made")
_MADE: WeakKeyDictionary[Snapshot, dict[Callable[..., Any], Any]] = WeakKeyDictionary()

ENDS = "ends"
"""``memberships.ends``: who is tied to whom, by position; ``leaders.name`` is a column, as is ``memberships.role``.

``marks.PURPOSE`` are the leaders who declined a purpose, ``decisions.TOPIC`` what was decided on a topic. How many
nodes there are of a kind follows from anything that is read of it.
"""
_MARKS, _DECISIONS = "marks", "decisions"


class Undeclared(LookupError):
    """Something was read that was not declared: a mistake in the program, never in the data."""


class View(Snapshot):
    """A snapshot cut down to ``reads``; to read anything else raises :class:`Undeclared`.

    So whatever is computed from it follows from what was declared, whose digest :class:`Digests` gives.
    """

    def __init__(self, whole: Snapshot, reads: Collection[str]) -> None:
        self._whole = whole
        self._reads = frozenset(reads)
        self._counted = _counted(reads)
        self.nodes = _Declared({k.name: self._columns(whole.nodes[k.name], k.name) for k in NODE_KINDS if self._has(k)})
        self.edges = _Declared({k.name: self._edges(k.name) for k in RELATIONSHIP_KINDS if self._has(k)})

    def count(self, kind: str) -> int:
        """How many nodes or relationships of a kind there are, of which anything was declared."""
        return self._whole.count(kind) if kind in self._counted else _refuse(kind)

    def labels(self, kind: str) -> tuple[list[str], list[str]]:
        """Ids and names of a node kind as lists."""
        self._need(f"{kind}.id", f"{kind}.name")
        return self._whole.labels(kind)

    def incidence(self, kind: str) -> TwoMode:
        """Which sources are tied to which targets; built once for all views of a snapshot."""
        self._need(f"{kind}.{ENDS}")
        return self._whole.incidence(kind)

    def with_edges(self, edges: Any) -> View:
        """The same nodes with other relationships, and no more to be read."""
        return View(self._whole.with_edges({**self._whole.edges, **edges}), self._reads)

    def declining(self, purpose: str) -> npt.NDArray[np.bool_]:
        """By position, which leaders declined a purpose."""
        self._need(f"{_MARKS}.{purpose}")
        return self._whole.declining(purpose)

    def decided(self, topic: str) -> tuple[Decision, ...]:
        """What was decided on a topic, in the order of the log."""
        self._need(f"{_DECISIONS}.{topic}")
        return self._whole.decided(topic)

    def position(self, kind: str, node_id: str) -> int:
        """Row of a node; :class:`NotFound` when there is no such node."""
        self._need(f"{kind}.id")
        return self._whole.position(kind, node_id)

    def __getattr__(self, name: str) -> NoReturn:
        _refuse(name)  # claims, readings, and what else a snapshot has as a whole

    def _need(self, *names: str) -> None:
        for name in names:
            if name not in self._reads:
                _refuse(name)

    def _has(self, kind: Any) -> bool:
        return any(name.startswith(f"{kind.name}.") for name in self._reads)

    def _columns(self, table: pa.Table, kind: str) -> pa.Table:
        return table.select([name for name in table.column_names if f"{kind}.{name}" in self._reads])

    def _edges(self, kind: str) -> Edges:
        self._need(f"{kind}.{ENDS}")
        own = self._whole.edges[kind]
        return Edges(own.source, own.target, self._columns(own.table, kind))


def shared(snapshot: Snapshot, reads: Collection[str], make: Callable[[Snapshot], Made]) -> Made:
    """What ``make`` gives of a snapshot, made once for all views of it that declare ``reads``; it is handed no more."""
    whole = snapshot
    if isinstance(snapshot, View):
        snapshot._need(*reads)
        whole = snapshot._whole
    made = _MADE.setdefault(whole, {})
    if make not in made:
        made[make] = make(View(whole, reads))
    found: Made = made[make]
    return found


class Digests:
    """The digest of each thing that can be declared of one snapshot, worked out when first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[str, str] = {}

    def of(self, reads: Iterable[str]) -> list[tuple[str, str]]:
        """Each of ``reads`` with its digest, in order, and how many there are of each kind."""
        names = sorted(set(reads))
        counts = [(kind, str(self._snapshot.count(kind))) for kind in sorted(_counted(names))]
        return [*counts, *((name, self._of(name)) for name in names)]

    def _of(self, name: str) -> str:
        if name not in self._found:
            digest = blake2b(digest_size=32)
            _feed(digest, self._snapshot, *name.split(".", 1))
            self._found[name] = digest.hexdigest()
        return self._found[name]


class _Declared(dict[str, Any]):
    """Tables by kind; a kind that was not declared is refused."""

    def __missing__(self, kind: str) -> NoReturn:
        _refuse(kind)


class _Sink:
    """A file that keeps nothing but the digest of what is written to it."""

    closed = False

    def __init__(self, digest: Any) -> None:
        self.write = digest.update

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""


def _feed(digest: Any, snapshot: Snapshot, kind: str, what: str) -> None:
    if kind == _MARKS:
        digest.update(np.packbits(snapshot.declining(what)).tobytes())
        feed_table(digest, pa.table({"id": snapshot.ids("leaders").filter(pa.array(snapshot.declining(what)))}))
    elif kind == _DECISIONS:
        digest.update(repr([astuple(one) for one in snapshot.decided(what)]).encode())
    elif what == ENDS:
        for ends in (snapshot.edges[kind].source, snapshot.edges[kind].target):
            digest.update(np.ascontiguousarray(ends))
    else:
        table = snapshot.nodes[kind] if kind in snapshot.nodes else snapshot.edges[kind].table
        feed_table(digest, table.select([what]))


def feed_table(digest: Any, table: pa.Table) -> None:
    """Add the columns of a table to a digest, however its rows are divided into batches."""
    with pa.ipc.new_stream(pa.PythonFile(_Sink(digest), mode="w"), table.schema) as stream:
        stream.write_table(table.combine_chunks())


def _counted(reads: Iterable[str]) -> set[str]:
    """The kinds whose numbers follow from what is read: the ends of a relationship too."""
    found = {name.split(".", 1)[0] for name in reads} - {_MARKS, _DECISIONS}
    for kind in RELATIONSHIP_KINDS:
        if kind.name in found:
            found |= {relationship_kind(kind.name).source, relationship_kind(kind.name).target}
    return found


def _refuse(what: str) -> NoReturn:
    raise Undeclared(f"{what} is read, and was not declared to be; declare it in netofnets/analysis/reads.py")

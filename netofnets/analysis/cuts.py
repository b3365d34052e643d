"""On whom the connection of networks hangs: who, by leaving, would part the map of networks in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["Cut", "cuts", "joints"]

Span = tuple[int, int]  # places from the first to before the last

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Cut:
    """A leader without whom networks come apart: how many networks are in each part, the largest first.

    ``off`` are networks outside the largest part (at most 50 of them), ``stays`` is one inside it.
    """

    leader: int
    sizes: tuple[int, ...]
    off: tuple[int, ...]
    stays: int

    @property
    def cut_off(self) -> int:
        """Networks outside the largest part."""
        return sum(self.sizes[1:])


def cuts(belongs: sp.csr_array, direct: sp.csr_array, related: sp.csr_array) -> tuple[Cut, ...]:
    """Leaders whose leaving would part networks that hang together now; those who cut off most come first.

    ``belongs`` are memberships (leaders, networks), ``direct`` ties between leaders (symmetric), ``related`` networks
    of which one is part of the other (symmetric). Articulation points of the graph of all three (Tarjan 1972,
    doi:10.1137/0201010), in time linear in its ties. A network that has no other member is no part of its own.
    """
    leaders, networks = (int(n) for n in belongs.shape)
    graph = sp.csr_array(sp.block_array([[direct, belongs], [belongs.T, related]], format="csr"))
    tree = _Tree(graph, _branching(graph, leaders), leaders)
    members = np.bincount(belongs.indices, minlength=networks)
    found = []
    for leader in tree.joints():
        own = belongs.indices[belongs.indptr[leader] : belongs.indptr[leader + 1]]
        if cut := tree.cut(leader, {int(n) for n in own if members[n] == 1}):
            found.append(cut)
    return tuple(sorted(found, key=lambda c: (-c.cut_off, c.leader)))


def joints(graph: sp.csr_array) -> npt.NDArray[np.int64]:
    """Articulation points of a symmetric graph, in order: without one of them, what hangs together now comes apart."""
    tree = _Tree(graph, np.diff(graph.indptr) > 0, 0)
    order = np.array(tree.order, dtype=np.int64)
    low, parent = (np.array(known, dtype=np.int64)[order] for known in (tree.low, tree.parent))
    below = parent >= 0
    above = parent[below]
    hangs = above[low[below] >= np.array(tree.found, dtype=np.int64)[above]]  # the root counts, whatever hangs on it
    is_root = np.zeros(graph.shape[0], dtype=bool)
    is_root[order[~below]] = True
    several = np.bincount(above, minlength=graph.shape[0]) > 1
    return np.unique(hangs[~is_root[hangs] | several[hangs]])


def _branching(graph: sp.csr_array, leaders: int) -> npt.NDArray[np.bool_]:
    """Nodes that can matter: all networks, and leaders who hang on two things at least."""
    kept = np.diff(graph.indptr) > 1
    kept[leaders:] = True
    return kept


@dataclass(frozen=True, slots=True)
class _Part:
    """Networks that stay together: how many, and where they are in the order of discovery."""

    size: int
    first: int
    spans: list[Span]


class _Tree:
    """A depth-first tree of the nodes kept: order of discovery, parents, the earliest node each subtree reaches."""

    def __init__(self, graph: sp.csr_array, kept: npt.NDArray[np.bool_], leaders: int) -> None:
        self._leaders = leaders
        indptr, indices = graph.indptr.tolist(), graph.indices.tolist()
        use = kept.tolist()
        size = len(use)
        self.found = [-1] * size  # place in the order of discovery
        self.low = [0] * size
        self.parent = [-1] * size
        self.order: list[int] = []
        for root in (leaders + np.flatnonzero(kept[leaders:])).tolist():
            if self.found[root] < 0:
                self._explore(root, indptr, indices, use)
        # By place: the last node of the subtree, the root of the tree, and the networks before it.
        self.last = list(range(len(self.order)))
        self.root = [0] * len(self.order)
        self.before = [0]
        for place, node in enumerate(self.order):
            above = self.parent[node]
            self.root[place] = place if above < 0 else self.root[self.found[above]]
            self.before.append(self.before[-1] + (node >= leaders))
        for place in range(len(self.order) - 1, 0, -1):
            above = self.parent[self.order[place]]
            if above >= 0:
                at = self.found[above]
                self.last[at] = max(self.last[at], self.last[place])

    def _explore(self, root: int, indptr: list[int], indices: list[int], use: list[bool]) -> None:
        found, low, parent, order = self.found, self.low, self.parent, self.order
        nexts = {root: indptr[root]}
        found[root] = low[root] = len(order)
        order.append(root)
        node = root
        while node >= 0:
            at = nexts[node]
            if at == indptr[node + 1]:
                above = parent[node]
                if above >= 0 and low[node] < low[above]:
                    low[above] = low[node]
                node = above
                continue
            nexts[node] = at + 1
            other = indices[at]
            if not use[other]:
                continue
            if found[other] < 0:
                parent[other], nexts[other] = node, indptr[other]
                found[other] = low[other] = len(order)
                order.append(other)
                node = other
            elif other != parent[node] and found[other] < low[node]:
                low[node] = found[other]

    def joints(self) -> list[int]:
        """Leaders with a subtree that reaches nothing before them, in order of position."""
        found, low, parent = self.found, self.low, self.parent
        above = ((parent[node], node) for node in self.order)
        return sorted({top for top, node in above if 0 <= top < self._leaders and low[node] >= found[top]})

    def cut(self, leader: int, alone: set[int]) -> Cut | None:
        """What parts without ``leader``, who is the only member of the networks ``alone``; None if nothing does."""
        below = [self._part([span], alone) for span in self._hanging(leader)]
        rest = self._part(self._around(leader), alone)
        parts = sorted((p for p in (*below, rest) if p.size), key=lambda p: (-p.size, p.first))
        if len(parts) < 2:
            return None
        off = [n for part in parts[1:] for n in islice(self._networks(part.spans, alone), _LISTED)]
        stays = next(self._networks(parts[0].spans, alone))
        return Cut(leader, tuple(p.size for p in parts), tuple(sorted(off)[:_LISTED]), stays)

    def _hanging(self, leader: int) -> list[Span]:
        """The subtrees below a leader that hang on it alone."""
        place = self.found[leader]
        below, at = [], place + 1
        while at <= self.last[place]:
            if self.low[self.order[at]] >= place:
                below.append((at, self.last[at] + 1))
            at = self.last[at] + 1
        return below

    def _around(self, leader: int) -> list[Span]:
        """What is connected with a leader and does not hang on it."""
        root = self.root[self.found[leader]]
        spans, at = [], root
        for first, last in self._hanging(leader):
            spans.append((at, first))
            at = last
        return [*spans, (at, self.last[root] + 1)]

    def _part(self, spans: list[Span], alone: set[int]) -> _Part:
        size = sum(self.before[last] - self.before[first] for first, last in spans)
        places = (self.found[self._leaders + network] for network in alone)
        size -= sum(first <= place < last for place in places for first, last in spans)
        return _Part(size, spans[0][0], spans)

    def _networks(self, spans: list[Span], alone: set[int]) -> Iterator[int]:
        for first, last in spans:
            for place in range(first, last):
                network = self.order[place] - self._leaders
                if network >= 0 and network not in alone:
                    yield network

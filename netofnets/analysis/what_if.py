"""What would change between networks: how far they are, in how many pieces, and on whom they hang, before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components, shortest_path

from netofnets.analysis.changes import Change, Join, Meet, Without, changed
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.rolled_up import outward
from netofnets.analysis.ties import once, ties
from netofnets.graph.snapshot import Snapshot

__all__ = ["Consequences", "Hanging", "Moved", "Standing", "consequences", "standing"]

Ints = npt.NDArray[np.int64]

_NEAR = 25  # networks from which ways are followed: those that the change touches, the largest first
_PAIRS = 500  # pairs of networks looked into for whom they hang on
_MEMBERS = 400_000  # members of these pairs looked at, in all


@dataclass(frozen=True)
class Standing:
    """How networks stand to each other.

    ``ways`` counts, for each two networks of which neither is part of the other, the people in both and the direct ties
    between their members, shape (networks, networks), symmetric; ``near`` is 1 where there is a way, or kinship.
    ``piece`` numbers the pieces that hang together (-1: a network that nobody is in); ``only`` are the people, one or
    two, through whom all members shared with others go.
    """

    snapshot: Snapshot
    ways: sp.csr_array
    near: sp.csr_array
    piece: Ints
    only: list[tuple[int, ...] | None]  # None: no member is in another network; empty: there are more than two


@dataclass(frozen=True, slots=True)
class Moved:
    """Two networks that come to be another number of steps apart; None where nothing leads from one to the other."""

    first: int
    second: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Hanging:
    """Two networks and the people through whom all ways between them go: one, or two who work with each other.

    Empty: through no single person; None: there is no way.
    """

    first: int
    second: int
    before: tuple[int, ...] | None
    after: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that would change; networks and leaders by position, the largest networks first."""

    moved: tuple[Moved, ...]
    pieces_before: int
    pieces_after: int
    cut_off: tuple[int, ...]  # networks no longer in the largest piece
    brought_in: tuple[int, ...]  # networks newly in the largest piece
    emptied: tuple[int, ...]  # networks that nobody would be in
    hanging: tuple[Hanging, ...]
    only: tuple[tuple[int, tuple[int, ...] | None, tuple[int, ...] | None], ...]  # network, ``Standing.only`` twice
    networks: tuple[int, int]  # from how many networks ways were followed, and how many the change touches
    pairs: tuple[int, int]  # how many pairs were looked into for whom they hang on, and how many came into question


def standing(snapshot: Snapshot, counted: npt.NDArray[np.bool_] | None = None) -> Standing:
    """How the networks of a snapshot stand; ``counted`` are those that are somebody's circle (else found anew)."""
    memberships = snapshot.incidence("memberships")
    circle = circles(memberships) if counted is None else counted
    belongs = once(sp.csr_array(memberships.csr @ sp.diags_array(circle.astype(np.float64))))
    belongs.data[:] = circle[belongs.indices]
    belongs.eliminate_zeros()
    related = sp.csr_array(kin(snapshot).astype(np.float64))
    every = sp.csr_array(belongs.T @ belongs + belongs.T @ once(ties(snapshot)) @ belongs)
    every.setdiag(0)
    ways = sp.csr_array(every - every.multiply(related))
    ways.eliminate_zeros()
    ways.sort_indices()
    near = once(sp.csr_array(ways + related))
    there = memberships.group_sizes > 0
    piece = np.where(there, connected_components(near, directed=False)[1], -1).astype(np.int64)
    return Standing(snapshot, ways, near, piece, _only(snapshot))


def consequences(before: Standing, change: Change) -> Consequences:
    """What ``change`` would alter; equal to :func:`standing` of the changed snapshot, compared with ``before``."""
    memberships = before.snapshot.incidence("memberships")
    counted = circles(memberships)
    if isinstance(change, Join):
        counted[change.first] |= counted[change.second]
    after = standing(changed(before.snapshot, change), counted)
    sizes = memberships.group_sizes
    gone = change.second if isinstance(change, Join) else -1
    every = np.asarray([n for n in _touched(before.snapshot, change) if n != gone], dtype=np.int64)
    touched = every[np.lexsort((every, -sizes[every]))][:_NEAR]
    pairs = _pairs_changed(before, after, gone)
    looked_at = _affordable(pairs, sizes)
    inside = [_largest(state.piece) for state in (before, after)]
    leaves = np.flatnonzero(inside[0] & ~inside[1])
    enters = np.flatnonzero(inside[1] & ~inside[0])
    return Consequences(
        _moved(before, after, touched, gone),
        _pieces(before),
        _pieces(after),
        tuple(int(n) for n in leaves if n != gone and after.piece[n] >= 0),
        tuple(int(n) for n in enters if n != gone and before.piece[n] >= 0),
        tuple(np.flatnonzero((before.piece >= 0) & (after.piece < 0) & (np.arange(len(sizes)) != gone)).tolist()),
        _hangings(before, after, pairs[:looked_at]),
        tuple(
            (n, one, other)
            for n, (one, other) in enumerate(zip(before.only, after.only, strict=True))
            if one != other and n != gone and after.piece[n] >= 0
        ),
        (len(touched), len(every)),
        (looked_at, len(pairs)),
    )


def _touched(snapshot: Snapshot, change: Change) -> list[int]:
    """Networks of the people, or the networks, that a change is about."""
    memberships = snapshot.incidence("memberships")
    if isinstance(change, Without):
        people = [change.leader]
    elif isinstance(change, Meet):
        people = [change.first, change.second]
    else:
        return [change.first, change.second]
    return sorted({int(n) for p in people for n in memberships.groups_of(p)})


def _only(snapshot: Snapshot) -> list[tuple[int, ...] | None]:
    links = outward(snapshot).links
    sizes = links.group_sizes
    return [
        None if not size else tuple(links.actors_of(n).tolist()) if size <= 2 else ()
        for n, size in enumerate(sizes.tolist())
    ]


def _largest(piece: Ints) -> npt.NDArray[np.bool_]:
    """Which networks are in the largest piece (of equals the one that comes first), if it has two at least."""
    sizes = np.bincount(piece[piece >= 0], minlength=1)
    return np.asarray((piece == sizes.argmax()) & (sizes.max() > 1), dtype=bool)


def _pieces(state: Standing) -> int:
    return len(np.unique(state.piece[state.piece >= 0]))


def _moved(before: Standing, after: Standing, touched: Ints, gone: int) -> tuple[Moved, ...]:
    there = (before.piece >= 0) & (after.piece >= 0)
    if gone >= 0:
        there[gone] = False
    touched = touched[there[touched]]
    if not len(touched):
        return ()
    was, now = (
        shortest_path(state.near, directed=False, unweighted=True, indices=touched) for state in (before, after)
    )
    rows, columns = np.nonzero((was != now) & there)
    pairs = sorted({(min(a, b), max(a, b)) for a, b in zip(touched[rows].tolist(), columns.tolist(), strict=True)})
    place = {int(n): row for row, n in enumerate(touched)}
    found = []
    for a, b in pairs:
        row, column = (place[a], b) if a in place else (place[b], a)
        found.append(Moved(a, b, _steps(was[row, column]), _steps(now[row, column])))
    return tuple(sorted(found, key=lambda m: (-_shift(m), m.first, m.second)))


def _steps(distance: float) -> int | None:
    return int(distance) if np.isfinite(distance) else None


def _shift(moved: Moved) -> float:
    far = float("inf")
    ends = [far if d is None else float(d) for d in (moved.before, moved.after)]
    return far if far in ends else abs(ends[0] - ends[1])


def _pairs_changed(before: Standing, after: Standing, gone: int) -> list[tuple[int, int]]:
    """Pairs of networks with fewer or more ways than before."""
    different = sp.csr_array(after.ways - before.ways)
    different.eliminate_zeros()
    rows, columns = different.tocoo().coords
    wanted = (rows < columns) & (rows != gone) & (columns != gone)
    return sorted(zip(rows[wanted].tolist(), columns[wanted].tolist(), strict=True))


def _affordable(pairs: list[tuple[int, int]], sizes: Ints) -> int:
    """How many of the pairs, from the first on, are looked into; one at least."""
    members = np.cumsum([int(sizes[a] + sizes[b]) for a, b in pairs[:_PAIRS]])
    return min(len(members), max(1, int(np.searchsorted(members, _MEMBERS, side="right"))))


def _hangings(before: Standing, after: Standing, pairs: list[tuple[int, int]]) -> tuple[Hanging, ...]:
    """Those of the pairs that hang on somebody else now, or no longer on anybody."""
    direct = [ties(state.snapshot) for state in (before, after)]
    found = []
    for a, b in pairs:
        one, other = (_holders(state, tied, a, b) for state, tied in zip((before, after), direct, strict=True))
        same = set(one or ()) & set(other or ()) or (not one and not other)
        if one is not None and other is not None and not same:
            found.append(Hanging(a, b, one, other))
    return tuple(found)


def _holders(state: Standing, direct: sp.csr_array, first: int, second: int) -> tuple[int, ...] | None:
    """The people who have an end of every way between two networks, see :class:`Hanging`."""
    memberships = state.snapshot.incidence("memberships")
    one, other = memberships.actors_of(first), memberships.actors_of(second)
    shared = np.intersect1d(one, other)
    if len(shared) > 1:
        return ()  # nobody is at an end of both ways, whatever else there is
    ends = [frozenset((int(p),)) for p in shared]
    between = sp.csr_array(direct[one][:, other]).tocoo()
    ends += [frozenset((int(one[i]), int(other[j]))) for i, j in zip(*between.coords, strict=True)]
    return tuple(sorted(frozenset.intersection(*ends))) if ends else None

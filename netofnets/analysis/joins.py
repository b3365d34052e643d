"""The joins of memberships and direct ties, on sorted arrays: what an engine of another kind says in SQL or Cypher."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.errors import EngineError

__all__ = ["Joined", "joined", "pairs_across", "shared", "spread"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ROOM = 2**63


class Joined(NamedTuple):
    """Every (pair of networks, leader who joins it), sorted by pair and leader; arrays of shape (joinings,).

    ``both``: the leader is in both. ``carried``: weight of the direct ties between the two at whose end the leader is;
    ``partners``: how many these are. ``hanging``: sum of 1 / (partners that they have in this pair) over them, added up
    from those with the fewest on, so that every engine rounds alike.
    """

    first: Ints
    second: Ints
    leader: Ints
    both: npt.NDArray[np.bool_]
    carried: Ints
    partners: Ints
    hanging: Floats


def shared(belongs: sp.csr_array) -> tuple[Ints, Ints, Ints]:
    """Pairs of columns with rows in common: first, second (first < second) and how many; sorted."""
    counts = sp.csr_array(belongs.T @ belongs)
    upper = sp.csr_array(sp.triu(counts, k=1, format="csr"))
    upper.sort_indices()
    first = np.repeat(np.arange(upper.shape[0], dtype=np.int64), np.diff(upper.indptr))
    return first, upper.indices.astype(np.int64), np.rint(upper.data).astype(np.int64)


def spread(weights: sp.csr_array, labels: npt.NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Weight of each row, and the sum of the squares of its weights in each group of columns, shape (rows,).

    ``weights`` has sorted columns. Columns labelled -1 are in no group; their weight counts in the first alone. Weights
    are added up by column within a group, groups by label: a sum of floats is the same in this order only.
    """
    rows, columns = (int(n) for n in weights.shape)
    groups = max(int(labels.max(initial=-1)) + 2, 1)
    member = sp.csr_array((np.ones(columns), labels.astype(np.int64) + 1, np.arange(columns + 1)), (columns, groups))
    found = sp.csr_array(weights @ member)
    found.sort_indices()
    row = np.repeat(np.arange(rows), np.diff(found.indptr))
    squares = np.where(found.indices > 0, found.data * found.data, 0.0)
    return np.bincount(row, found.data, rows).astype(np.float64), np.bincount(row, squares, rows).astype(np.float64)


def joined(belongs: sp.csr_array, direct: sp.csr_array, related: sp.csr_array) -> Joined:
    """All joinings of networks by leaders; arguments as of :func:`netofnets.analysis.joining.joining`.

    :class:`~netofnets.errors.EngineError` where a leader and two networks no longer are one 64-bit number.
    """
    width, leaders = int(belongs.shape[1]), int(belongs.shape[0])
    if width * width * leaders >= _ROOM:
        raise EngineError(
            f"{leaders:,} people in {width:,} networks are too many for the joins of engine local; "
            "publish with an engine that has no such bound: netofnets publish --engine spark"
        )
    inside = _pairs_within(belongs)
    member, pair = inside[0], _code(*inside[1:], width)
    kept = ~_related(pair, related, width)
    keys = pair[kept] * leaders + member[kept]
    own, other, near, far, weight = pairs_across(belongs, direct)
    pair = _code(near, far, width)
    kept = ~_related(pair, related, width)
    ends = [pair[kept] * leaders + end[kept] for end in (own, other)]
    known, place = _distinct(np.concatenate([keys, *ends]))
    both = np.zeros(len(known), dtype=bool)
    both[place[: len(keys)]] = True
    # Every tie counts at either end; whoever is at the one has the other for a partner.
    at = place[len(keys) :]
    carried = np.rint(np.bincount(at, np.tile(weight[kept], 2), len(known))).astype(np.int64)
    partners = np.bincount(at, minlength=len(known)).astype(np.int64)
    theirs = partners[np.roll(at, len(ends[0]))]
    order = np.argsort(theirs, kind="stable")
    hanging = np.bincount(at[order], 1.0 / theirs[order], len(known)) if len(at) else np.zeros(len(known))
    pair, leader = known // max(leaders, 1), known % max(leaders, 1)
    width = max(width, 1)
    return Joined(pair // width, pair % width, leader, both, carried, partners, hanging.astype(np.float64))


def _pairs_within(belongs: sp.csr_array) -> tuple[Ints, Ints, Ints]:
    """(leader, network, later network) for every two networks of one leader."""
    rows = np.repeat(np.arange(belongs.shape[0], dtype=np.int64), np.diff(belongs.indptr))
    columns = belongs.indices.astype(np.int64)
    found: list[tuple[Ints, Ints, Ints]] = [(rows[:0], columns[:0], columns[:0])]
    for step in range(1, int(np.diff(belongs.indptr).max(initial=0))):
        same = rows[step:] == rows[:-step]
        found.append((rows[step:][same], columns[:-step][same], columns[step:][same]))
    leader, first, second = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return leader, first, second


def pairs_across(belongs: sp.csr_array, direct: sp.csr_array) -> tuple[Ints, Ints, Ints, Ints, Floats]:
    """(leader, other, network of the one, network of the other, weight) for every tie that joins two networks.

    A tie joins a network of the one end with a network of the other when neither is in both; it is listed once.
    """
    ties = sp.coo_array(sp.triu(direct))
    degrees = np.diff(belongs.indptr).astype(np.int64)
    each = degrees[ties.row] * degrees[ties.col]
    tie = np.repeat(np.arange(ties.nnz), each)
    step = np.arange(len(tie)) - np.repeat(np.cumsum(each) - each, each)
    own, other = ties.row[tie].astype(np.int64), ties.col[tie].astype(np.int64)
    near = belongs.indices[belongs.indptr[own] + step // degrees[other]].astype(np.int64)
    far = belongs.indices[belongs.indptr[other] + step % degrees[other]].astype(np.int64)
    width = int(belongs.shape[1])
    rows = np.repeat(np.arange(belongs.shape[0], dtype=np.int64), degrees)
    memberships = np.sort(rows * width + belongs.indices)
    kept = ~_among(own * width + far, memberships) & ~_among(other * width + near, memberships)
    return own[kept], other[kept], near[kept], far[kept], ties.data[tie][kept].astype(np.float64)


def _code(one: Ints, other: Ints, width: int) -> Ints:
    """A pair of networks as one number, whichever comes first."""
    return np.minimum(one, other) * width + np.maximum(one, other)


def _related(pair: Ints, related: sp.csr_array, width: int) -> npt.NDArray[np.bool_]:
    """Which pairs are a part and its whole."""
    kin = sp.coo_array(related)
    return _among(pair, np.sort(kin.row.astype(np.int64) * width + kin.col))


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """The sorted distinct values, and the place of each value among them."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    fresh = np.diff(ordered, prepend=-1) != 0
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.cumsum(fresh) - 1
    return ordered[fresh], place


def _among(values: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    """Which values are in the sorted array ``known``."""
    if len(known) == 0:
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[at] == values)

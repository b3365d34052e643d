"""Who joins which two networks, and how: by being in both, or by working across."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["Joining", "joining", "pairs_across"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Joining:
    """Every (pair of networks, leader who joins it), sorted by pair and leader; arrays of shape (joinings,).

    ``first`` < ``second`` are networks; ``both`` says whether the leader is in both, ``carried`` is the weight of the
    direct ties between the two at whose end the leader is. ``people`` and ``ties`` are of the pair: leaders in both,
    and the weight of all ties between members of the one and of the other.

    ``share`` is what hangs on the leader. Of a pair joined by people in both: 1 / people. Of a pair joined by ties:
    everybody who works across hangs in equal parts on their partners on the other side, and the leader's share is the
    mean of these parts over all who work across. Of a pair joined in both ways: the mean of the two. The shares of a
    pair add up to 1.
    """

    leader: Ints
    first: Ints
    second: Ints
    both: npt.NDArray[np.bool_]
    carried: Floats
    people: Ints
    ties: Floats
    share: Floats


def joining(belongs: sp.csr_array, direct: sp.csr_array, related: sp.csr_array) -> Joining:
    """All joinings of networks by leaders.

    ``belongs`` is 0/1 (leaders, networks); ``direct`` weights of ties (leaders, leaders), symmetric and without loops;
    ``related`` is 1 for two networks of which one is part of the other: they are no pair.
    """
    width, leaders = int(belongs.shape[1]), int(belongs.shape[0])
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
    theirs = np.roll(at, len(ends[0]))
    carried = np.bincount(at, np.tile(weight[kept], 2), len(known))
    partners = np.bincount(at, minlength=len(known))
    hanging = np.bincount(at, 1.0 / partners[theirs], len(known)) if len(at) else np.zeros(len(known))
    pair, leader = known // max(leaders, 1), known % max(leaders, 1)
    return _shared(leader, pair, width, both, carried.astype(np.float64), partners > 0, hanging.astype(np.float64))


def _shared(
    leader: Ints,
    pair: Ints,
    width: int,
    both: npt.NDArray[np.bool_],
    carried: Floats,
    across: npt.NDArray[np.bool_],
    hanging: Floats,
) -> Joining:
    """The totals of each pair, and each leader's share of them."""
    of = np.cumsum(np.diff(pair, prepend=-1) != 0) - 1  # pairs come sorted
    people = np.bincount(of[both], minlength=len(pair)).astype(np.int64)[of]
    workers = np.bincount(of[across], minlength=len(pair))[of]
    ties = np.bincount(of, carried, len(pair))[of] / 2.0
    ways = (people > 0).astype(np.float64) + (workers > 0)
    share = np.where(both, 1.0 / np.maximum(people, 1), 0.0) + hanging / np.maximum(workers, 1.0)
    return Joining(leader, pair // width, pair % width, both, carried, people, ties, share / np.maximum(ways, 1.0))


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

"""Moves that describe the ties better: a division settled by the block model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.blockmodel import Ends
from netofnets.analysis.description import Description
from netofnets.analysis.leiden import Labels, renumber

__all__ = ["settled"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SWEEPS = 12
_PRIOR = 0.3  # ties between two groups that are taken as seen already, in units of what chance gives
_WIDE = 48  # nodes tied to more groups than this are scored with a dense product
_AT_ONCE = 2_000_000  # terms of the scores that are held at a time
_PART = 1 / 3  # of the ties to the group with most, that somebody needs inside the own
_ROUNDS = 3
_FEW = 0.002  # share of nodes that move in a sweep below which the sweeps end


def settled(matrix: sp.csr_array, leaders: int, labels: Labels, seed: int) -> Labels:
    """The division after moving nodes to the groups in which their ties are likeliest, until hardly any moves.

    Degree-corrected block model (Karrer and Newman 2011, doi:10.1103/PhysRevE.83.016107) with sizes of groups as in
    the description length; a sweep moves about half of the nodes that gain, so that neighbours do not swap places.
    Groups may empty, none is made; of all sweeps the one with the shortest description counts. The same arguments give
    the same labels.
    """
    random = np.random.default_rng(seed)
    described, labels = Description.of(matrix, leaders), labels.copy()
    known = int((labels >= 0).sum())
    best_so_far, shortest = labels, described.length(labels)
    for _ in range(_SWEEPS if labels.max(initial=0) > 0 else 0):
        best, gain = _best_moves(matrix, described.ends, labels)
        moving = (gain > 1e-9) & (random.random(len(labels)) < 0.5)
        labels[moving] = best[moving]
        labels = renumber(labels)
        if (length := described.length(labels)) < shortest:
            best_so_far, shortest = labels.copy(), length
        if moving.sum() <= _FEW * known or labels.max() == 0:
            break
    return _at_home(matrix, leaders, renumber(best_so_far))


def _at_home(matrix: sp.csr_array, leaders: int, labels: Labels) -> Labels:
    """Everybody with hardly a tie inside the own group put where most of theirs go, networks only if they have none.

    To the block model people are alike who are tied to the same groups; a community is also held together by ties.
    """
    for _ in range(_ROUNDS if labels.max(initial=0) > 0 else 0):
        weight = _to_groups(matrix, labels, int(labels.max()) + 1)
        rows = np.repeat(np.arange(weight.shape[0]), np.diff(weight.indptr))
        inside, most = np.zeros(len(labels)), np.zeros(len(labels))
        np.maximum.at(most, rows, weight.data)
        own = weight.indices == labels[rows]
        inside[rows[own]] = weight.data[own]
        needed = np.where(np.arange(len(labels)) < leaders, _PART * most, 0.5)
        lost = np.flatnonzero((labels >= 0) & (inside < needed))
        if not len(lost):
            break
        labels[lost] = np.asarray(weight[lost].argmax(axis=1)).ravel()
        labels = renumber(labels)
    return labels


def _best_moves(matrix: sp.csr_array, ends: Ends, labels: Labels) -> tuple[Labels, Floats]:
    """For each node the group, among those it has ties to, where its ties are likeliest, and what moving gains."""
    groups = int(labels.max()) + 1
    weight = _to_groups(matrix, labels, groups)
    rows = np.repeat(np.arange(weight.shape[0]), np.diff(weight.indptr))
    known = labels[rows] >= 0
    pair = labels[rows[known]].astype(np.int64) * groups + weight.indices[known]
    between = np.bincount(pair, weight.data[known], groups * groups).astype(np.float64).reshape(groups, groups)
    chance = ends.chance(labels, groups)
    ratio = (between + _PRIOR * chance) / np.maximum((1.0 + _PRIOR) * chance, 1e-12)
    sizes = np.bincount(labels[labels >= 0], minlength=groups)
    costs = _costs(ends, labels, ratio)
    score = _likelihoods(weight, rows, np.log(np.maximum(ratio, 1e-12))) + np.log(np.maximum(sizes, 1))[weight.indices]
    score -= sum((own[rows] * cost[weight.indices] for own, cost in costs), start=np.zeros(len(rows)))
    own = weight.indices == labels[rows]
    score[own] = _staying(weight, rows, ends, labels, between, chance, sizes, costs)[rows[own]]
    return _maxima(weight, rows, score, own, labels)


def _to_groups(matrix: sp.csr_array, labels: Labels, groups: int) -> sp.csr_array:
    """Ties from each node to each group; the own group is listed even without a tie to it."""
    known = np.flatnonzero(labels >= 0)
    member = sp.csr_array((np.ones(len(known)), (known, labels[known])), shape=(len(labels), groups))
    weight = sp.csr_array(matrix @ member + member)
    weight.sort_indices()
    rows = np.repeat(np.arange(weight.shape[0]), np.diff(weight.indptr))
    weight.data[weight.indices == labels[rows]] -= 1.0
    return weight


def _costs(ends: Ends, labels: Labels, ratio: Floats) -> tuple[tuple[Floats, Floats], ...]:
    """For each kind of tie, its ends at every node and what one end more costs in every group."""
    known = np.flatnonzero(labels >= 0)
    person, network, tie = (
        np.bincount(labels[known], e[known], len(ratio)) for e in (ends.person, ends.network, ends.tie)
    )
    memberships, ties = max(float(person.sum()), 1.0), max(float(tie.sum()), 1.0)
    return (
        (ends.person, ratio @ network / memberships),
        (ends.network, ratio @ person / memberships),
        (ends.tie, ratio @ tie / ties),
    )


def _likelihoods(weight: sp.csr_array, rows: Ints, logs: Floats) -> Floats:
    """For every (node, group) stored in ``weight``: the sum over the node's ties of the logarithm for that group."""
    width = np.diff(weight.indptr)
    score = np.zeros(weight.nnz)
    every = np.flatnonzero(width[rows] <= _WIDE)
    parts = np.searchsorted(np.cumsum(width[rows[every]]), np.arange(_AT_ONCE, _AT_ONCE + weight.nnz * _WIDE, _AT_ONCE))
    for narrow in np.split(every, parts[parts < len(every)]):
        times = width[rows[narrow]]
        first = np.repeat(narrow, times)
        start = np.repeat(np.cumsum(times) - times, times)
        other = np.repeat(weight.indptr[rows[narrow]], times) + np.arange(len(first)) - start
        terms = weight.data[other] * logs[weight.indices[first], weight.indices[other]]
        score[narrow] = np.bincount(np.repeat(np.arange(len(narrow)), times), terms, len(narrow))
    for node in np.flatnonzero(width > _WIDE).tolist():
        part = slice(weight.indptr[node], weight.indptr[node + 1])
        own = weight.indices[part]
        score[part] = logs[np.ix_(own, own)] @ weight.data[part]
    return score


def _staying(
    weight: sp.csr_array,
    rows: Ints,
    ends: Ends,
    labels: Labels,
    between: Floats,
    chance: Floats,
    sizes: Ints,
    costs: tuple[tuple[Floats, Floats], ...],
) -> Floats:
    """Score of every node in its own group, as if it were just coming: its own ties do not speak for themselves."""
    here = np.maximum(labels, 0)
    home = here[rows]
    without = between[home, weight.indices] - weight.data * (1 + (weight.indices == home))
    left = np.maximum(without, 0.0) + _PRIOR * chance[home, weight.indices]
    ratio = left / np.maximum((1.0 + _PRIOR) * chance[home, weight.indices], 1e-12)
    score = np.bincount(rows, weight.data * np.log(np.maximum(ratio, 1e-12)), len(labels))
    score += np.log(np.maximum(sizes[here] - 1, 1e-9))
    return np.asarray(score - sum((own * cost[here] for own, cost in costs), start=np.zeros(len(labels))))


def _maxima(
    weight: sp.csr_array, rows: Ints, score: Floats, own: npt.NDArray[np.bool_], labels: Labels
) -> tuple[Labels, Floats]:
    """For each node the group with the highest score, the own one of equals, else the first; and what moving gains."""
    rounded = np.round(score, 9)
    has = np.flatnonzero(np.diff(weight.indptr))
    highest = np.full(len(labels), -np.inf)
    if len(has):
        highest[has] = np.maximum.reduceat(rounded, weight.indptr[has])
    first = np.flatnonzero(rounded == highest[rows])[::-1]
    best, gain, staying = labels.copy(), np.zeros(len(labels)), np.zeros(len(labels))
    staying[rows[own]] = score[own]
    at = np.full(len(labels), -1, dtype=np.int64)
    at[rows[first]] = first  # the first of a row is written last
    stays = own & (rounded == highest[rows])
    at[rows[stays]] = np.flatnonzero(stays)
    best[has] = weight.indices[at[has]]
    gain[has] = score[at[has]] - staying[has]
    gain[labels < 0] = 0.0  # a node without ties stays out
    return best, gain

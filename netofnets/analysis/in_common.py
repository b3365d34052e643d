"""What two networks have in common, how much of it chance would give, and the ties between their members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.chance import chance_of
from netofnets.analysis.ties import arcs, once
from netofnets.graph.arrow_files import in_one
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode

__all__ = ["Common", "apart_from", "features_in_common", "schools", "tie_pairs", "without_kin"]

ONE_PLACE = 500
"""The most networks whose members may have one workplace in common for it to be taken for a place."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Common:
    """Pairs of networks, ``first`` < ``second``, sorted; how much is found between them and how much is expected."""

    first: Ints
    second: Ints
    found: Floats
    expected: Floats
    pairs: int  # all pairs that could have been found: as many tests are made


def features_in_common(features: TwoMode) -> Common:
    """Pairs of networks with features in common (partners, interests ...); ``features`` is (networks, features).

    Expected: features dealt anew, each network keeping how many it has and each feature how many networks have it.
    """
    turned = TwoMode(sp.csr_array(features.csr.T.tocsr()))
    counts = sp.csr_array(sp.triu(features.csr @ features.csr.T, k=1, format="csr"))
    counts.sort_indices()
    first = np.repeat(np.arange(counts.shape[0], dtype=np.int64), np.diff(counts.indptr))
    second = counts.indices.astype(np.int64)
    null = chance_of(turned)
    expected = np.zeros(len(first))
    if len(first):
        expected = null.expected_shared()[null.network_class[first], null.network_class[second]]
    filled = int((features.degrees > 0).sum())
    return Common(first, second, np.rint(counts.data).astype(np.float64), expected, filled * (filled - 1) // 2)


def schools(snapshot: Snapshot) -> TwoMode:
    """Networks by schools at which a member of that network alone works; shape (networks, schools).

    A school is an organization that somebody is affiliated with, else the school's name as the roster writes it. People
    in several networks are left out: that they work at one school with themselves joins nothing. So is a school of
    members of more than :data:`ONE_PLACE` networks: "retired" or "n/a" is no place where people meet.
    """
    memberships = snapshot.incidence("memberships")
    alone = np.repeat(memberships.degrees == 1, memberships.degrees)
    leader = np.repeat(np.arange(memberships.csr.shape[0]), memberships.degrees)[alone]
    network = memberships.csr.indices[alone].astype(np.int64)
    belongs = sp.csr_array(
        (np.ones(len(leader)), (network, leader)), shape=(int(memberships.csr.shape[1]), int(memberships.csr.shape[0]))
    )
    found = sp.coo_array(belongs @ _workplaces(snapshot))
    place = np.bincount(found.col, minlength=found.shape[1]) <= ONE_PLACE
    order = np.lexsort((found.col, found.row))
    order = order[place[found.col[order]]]
    return TwoMode.from_pairs(found.row[order].astype(np.int32), found.col[order].astype(np.int32), found.shape)


def _workplaces(snapshot: Snapshot) -> sp.csr_array:
    """Leaders by workplaces, 0/1: affiliated organizations, and schools by name."""
    affiliated = snapshot.incidence("affiliations").csr
    names = pc.utf8_lower(pc.utf8_trim_whitespace(in_one(snapshot.nodes["leaders"]["school"])))
    by_name = names.dictionary_encode()
    rows = np.flatnonzero(pc.fill_null(pc.not_equal(names, ""), False).to_numpy(zero_copy_only=False))
    columns = by_name.indices.take(pa.array(rows)).to_numpy()
    named = sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(names), max(len(by_name.dictionary), 1)))
    without = sp.diags_array((np.diff(affiliated.indptr) == 0).astype(np.float64))
    return sp.csr_array(sp.hstack([affiliated, without @ named], format="csr"))


def tie_pairs(snapshot: Snapshot) -> Common:
    """Pairs of networks with direct ties between members of the one alone and members of the other alone.

    Counted are pairs of people, by direction. Expected: ties dealt anew, everybody keeping how many they begin and how
    many reach them (configuration model, Newman 2010): k_out x k_in / ties, summed over the people concerned.
    """
    memberships = snapshot.incidence("memberships")
    belongs = sp.csr_array(memberships.csr.astype(np.float64))
    directed = once(arcs(snapshot))
    ties = max(directed.nnz, 1)
    first, second, found = _ties_across(belongs, directed)
    out = np.asarray(directed.sum(axis=1), dtype=np.float64).ravel()
    into = np.asarray(directed.sum(axis=0), dtype=np.float64).ravel()
    begun = [_of_each_alone(belongs, weight, first, second) for weight in (out, into)]
    (out_first, out_second), (in_first, in_second) = begun
    expected = (out_first * in_second + out_second * in_first) / ties
    tied = np.bincount(belongs.indices, np.repeat(out + into, np.diff(belongs.indptr)), int(belongs.shape[1]))
    active = int((tied > 0).sum())
    return Common(first, second, found, expected, active * (active - 1) // 2)


def _ties_across(belongs: sp.csr_array, directed: sp.csr_array) -> tuple[Ints, Ints, Floats]:
    """Pairs of networks and the ties between them, those of people in both left out."""
    degrees = np.diff(belongs.indptr).astype(np.int64)
    ties = sp.coo_array(directed)
    each = degrees[ties.row] * degrees[ties.col]
    tie = np.repeat(np.arange(ties.nnz), each)
    step = np.arange(len(tie)) - np.repeat(np.cumsum(each) - each, each)
    own, other = ties.row[tie].astype(np.int64), ties.col[tie].astype(np.int64)
    near = belongs.indices[belongs.indptr[own] + step // np.maximum(degrees[other], 1)].astype(np.int64)
    far = belongs.indices[belongs.indptr[other] + step % np.maximum(degrees[other], 1)].astype(np.int64)
    width = int(belongs.shape[1])
    known = np.sort(np.repeat(np.arange(len(degrees), dtype=np.int64), degrees) * width + belongs.indices)
    apart = ~_among(own * width + far, known) & ~_among(other * width + near, known)
    code = np.minimum(near, far)[apart] * width + np.maximum(near, far)[apart]
    pair, count = np.unique(code, return_counts=True)
    return pair // width, pair % width, count.astype(np.float64)


def _of_each_alone(belongs: sp.csr_array, weight: Floats, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """The weight of the members of each network of a pair who are not in the other."""
    total = np.bincount(belongs.indices, np.repeat(weight, np.diff(belongs.indptr)), int(belongs.shape[1]))
    width = int(belongs.shape[1])
    shared = sp.csr_array(belongs.T @ sp.diags_array(weight) @ belongs)
    shared.sort_indices()
    row = np.repeat(np.arange(width, dtype=np.int64), np.diff(shared.indptr))
    codes, asked = row * width + shared.indices, first * width + second
    at = np.minimum(np.searchsorted(codes, asked), max(len(codes) - 1, 0))
    both = np.where(codes[at] == asked, shared.data[at], 0.0) if len(codes) else np.zeros(len(asked))
    return total[first] - both, total[second] - both


def without_kin(common: Common, related: sp.csr_array, wanted: npt.NDArray[np.bool_]) -> Common:
    """The pairs of ``wanted`` networks that are not a part and its whole."""
    kept = apart_from(related, wanted)(common.first, common.second)
    return Common(common.first[kept], common.second[kept], common.found[kept], common.expected[kept], common.pairs)


def apart_from(related: sp.csr_array, wanted: npt.NDArray[np.bool_]) -> Callable[[Ints, Ints], npt.NDArray[np.bool_]]:
    """Says of pairs, in either order, which are of ``wanted`` networks and not a part and its whole."""
    width = int(related.shape[0])
    kin = sp.coo_array(related)
    known = np.sort(kin.row.astype(np.int64) * width + kin.col)
    return lambda first, second: ~_among(first * width + second, known) & wanted[first] & wanted[second]


def _among(values: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    """Which values are in the sorted array ``known``."""
    if len(known) == 0:
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[at] == values)

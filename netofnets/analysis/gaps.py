"""Gaps: networks with much in common that hardly anybody joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.chance import at_most, benjamini_hochberg, chance_of
from netofnets.analysis.in_common import Common, features_in_common, tie_pairs, without_kin
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.tables import booleans, floats, integers, pick, sentences, table
from netofnets.analysis.typical import typical_interests
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, listed, say, say_count

__all__ = ["GAPS", "gaps"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NAMED = 3  # interests named in a sentence


@dataclass(frozen=True)
class _Pairs:
    """Candidates with what they have in common and what joins them; arrays of one shape."""

    first: Ints
    second: Ints
    interests: Ints
    partners: Ints
    likeness: Floats
    shared: Ints
    by_size: Floats  # people in both if membership in the one told nothing of the other
    expected: Floats  # people in both, everybody keeping their number of networks
    ties: Ints
    expected_ties: Floats


def gaps(snapshot: Snapshot, results: Results, *, alpha: float, each: int) -> pa.Table:
    """The table of :data:`GAPS`."""
    typical = typical_interests(snapshot, alpha)
    found = _candidates(snapshot, typical)
    score = _scores(found)
    kept = _strongest(found, score, each, snapshot.count("networks"))
    order = kept[np.lexsort((found.second[kept], found.first[kept], -score[kept]))]
    rank = np.searchsorted(-score[order], -score[order], side="left") + 1
    filled = int((snapshot.incidence("memberships").group_sizes > 0).sum())
    q = benjamini_hochberg(at_most(found.shared, found.expected), max(filled * (filled - 1) // 2, 1))
    ids = snapshot.ids("networks")
    return table(
        {
            "first": pick(ids, found.first[order]),
            "second": pick(ids, found.second[order]),
            "rank": integers(rank),
            "score": floats(score[order]),
            "interests": integers(found.interests[order]),
            "partners": integers(found.partners[order]),
            "shared": integers(found.shared[order]),
            "by_size": floats(found.by_size[order]),
            "expected": floats(found.expected[order]),
            "q": floats(q[order]),
            "fewer": booleans((q < alpha)[order]),
            "ties": integers(found.ties[order]),
            **sentences("reason", _reasons(snapshot, found, order, typical)),
        }
    )


def _candidates(snapshot: Snapshot, typical: TwoMode) -> _Pairs:
    """Pairs with a typical interest in common: only these can be told what to meet about."""
    memberships = snapshot.incidence("memberships")
    kept = circles(memberships) & (memberships.group_sizes > 0)
    common = without_kin(features_in_common(typical), kin(snapshot), kept)
    width = snapshot.count("networks")
    asked = common.first * width + common.second
    rarity = np.log1p(width / np.maximum(typical.group_sizes, 1))
    weighted = sp.csr_array(typical.csr @ sp.diags_array(rarity) @ typical.csr.T)
    partnerships = snapshot.incidence("partnerships").csr.astype(np.float64)
    shared = _values(sp.csr_array(memberships.csr.T @ memberships.csr), asked)
    sizes = memberships.group_sizes.astype(np.float64)
    people = max(int((memberships.degrees > 0).sum()), 1)
    null = chance_of(memberships)
    classes = null.network_class
    expected = np.zeros(len(asked))
    if len(asked):
        expected = null.expected_shared()[classes[common.first], classes[common.second]]
    ties = tie_pairs(snapshot)
    return _Pairs(
        common.first,
        common.second,
        common.found.astype(np.int64),
        _values(sp.csr_array(partnerships @ partnerships.T), asked).astype(np.int64),
        _values(weighted, asked),
        np.rint(shared).astype(np.int64),
        sizes[common.first] * sizes[common.second] / people,
        expected,
        _looked_up(ties, ties.found, asked, width).astype(np.int64),
        _looked_up(ties, ties.expected, asked, width),
    )


def _values(matrix: sp.csr_array, asked: Ints) -> Floats:
    """Entries of a symmetric matrix, by row x width + column; 0 where nothing is stored."""
    width = int(matrix.shape[0])
    matrix.sum_duplicates()
    matrix.sort_indices()
    codes = np.repeat(np.arange(width, dtype=np.int64), np.diff(matrix.indptr)) * width + matrix.indices
    return _found(codes, matrix.data.astype(np.float64), asked)


def _looked_up(common: Common, values: Floats, asked: Ints, width: int) -> Floats:
    return _found(common.first * width + common.second, values, asked)


def _found(codes: Ints, values: Floats, asked: Ints) -> Floats:
    if len(codes) == 0:
        return np.zeros(len(asked))
    at = np.minimum(np.searchsorted(codes, asked), len(codes) - 1)
    return np.where(codes[at] == asked, values[at], 0.0)


def _scores(found: _Pairs) -> Floats:
    """What they have in common x how little joins them x how sure it is that anything would."""
    due = found.by_size + found.expected_ties
    joined = np.minimum(np.divide(found.shared + found.ties, due, out=np.ones(len(due)), where=due > 0), 1.0)
    likeness = found.likeness + np.log1p(found.partners)
    score: Floats = np.round(likeness * (1.0 - joined) * -np.expm1(-found.by_size), 9)
    return score


def _strongest(found: _Pairs, score: Floats, each: int, networks: int) -> Ints:
    """Pairs that are among the ``each`` first of one of their networks."""
    some = np.flatnonzero(score > 0)
    rows = np.repeat(some[np.argsort(-score[some], kind="stable")], 2)  # the best first, once for either network
    network = np.where(np.arange(len(rows)) % 2, found.second[rows], found.first[rows])
    order = np.argsort(network.astype(np.min_scalar_type(networks)), kind="stable")  # small numbers are counted out
    starts = np.searchsorted(network[order], np.arange(networks), side="left")
    place = np.arange(len(order)) - starts[network[order]]
    return np.unique(rows[order[place < each]]).astype(np.int64)


def _reasons(snapshot: Snapshot, found: _Pairs, rows: Ints, typical: TwoMode) -> list[str | None]:
    networks = [str(name) for name in snapshot.names("networks").to_pylist()]
    interests = [str(name) for name in snapshot.names("interests").to_pylist()]
    partners = [str(name) for name in snapshot.names("organizations").to_pylist()]
    held, supported = _groups(typical), _groups(snapshot.incidence("partnerships"))
    holders = typical.group_sizes.tolist()
    sizes = snapshot.incidence("memberships").group_sizes.tolist()
    told: list[str | None] = []
    columns = (found.first, found.second, found.shared, found.by_size)
    for a, b, shared, by_size in zip(*(column[rows].tolist() for column in columns), strict=True):
        rarest = sorted(held[a] & held[b], key=lambda i: (holders[i], i))
        support = [partners[p] for p in sorted(supported[a] & supported[b])]
        work = _listed([interests[i] for i in rarest])
        parts = [say("{a} and {b} both work on {interests}.", a=networks[a], b=networks[b], interests=work)]
        parts.append(_members(sizes[a], sizes[b], shared, by_size))
        if support:
            parts.append(_supported(support))
        told.append(joined(parts))
    return told


def _members(first: int, second: int, shared: int, by_size: float) -> str:
    return say(
        "They have {first:,} and {second:,} members, and {in_both}; by their sizes alone {about} would be.",
        first=first,
        second=second,
        in_both=_in_both(shared),
        about=_about(by_size),
    )


def _supported(partners: list[str]) -> str:
    return say_count(
        "{partners} supports both already.",
        "{partners} support both already.",
        len(partners),
        partners=_listed(partners),
    )


def _groups(ties: TwoMode) -> list[frozenset[int]]:
    """The groups of every actor; looking two of them up is faster than with arrays, for they are short."""
    flat, starts = ties.csr.indices.tolist(), ties.csr.indptr.tolist()
    return [frozenset(flat[start:end]) for start, end in zip(starts[:-1], starts[1:], strict=True)]


def _in_both(shared: int) -> str:
    if not shared:
        return say("nobody is in both")
    return say_count("{n:,} person is in both", "{n:,} people are in both", shared)


def _about(expected: float) -> str:
    if expected >= 1.5:
        return say("about {expected:,.0f}", expected=expected)
    return say("about one") if expected >= 0.5 else say("hardly anybody")


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(say_count("{n:,} more", "{n:,} more", len(names) - _NAMED))
    return listed(shown)


GAPS = Measure(
    id="gaps",
    title=say("Gaps between networks"),
    question=say("Which networks have much in common, and hardly anybody who joins them?"),
    run=gaps,
    outputs=(
        Output(
            "first", say("Network, by id; the smaller id of the two. A part and its whole are no pair."), of="networks"
        ),
        Output("second", say("The other network."), of="networks"),
        Output("rank", say("1 is first, by score; equals share a rank.")),
        Output(
            "score",
            say(
                "likeness x (1 - joined) x (1 - exp(-by_size)). likeness: ln(1 + networks / networks with it) summed "
                "over the interests in common, plus ln(1 + partners in common). joined: (shared + ties) / (by_size + "
                "ties that chance would give), at most 1. The last factor is small where networks are so small that "
                "nobody would be in both anyway."
            ),
        ),
        Output("interests", say("Interests that are typical of both.")),
        Output("partners", say("Organizations that partner with both.")),
        Output("shared", say("People in both.")),
        Output(
            "by_size",
            say(
                "People who would be in both if being in the one told nothing of the other: product of the sizes / "
                "people."
            ),
        ),
        Output("expected", say("People in both if memberships were dealt anew, everybody keeping how many they have.")),
        Output(
            "q", say("False discovery rate of so few in both, over all pairs of networks (Poisson tail of expected).")
        ),
        Output("fewer", say("Whether chance would give more: q is below alpha. Else it is a fact, not a claim.")),
        Output("ties", say("Pairs of people who work together across, by direction.")),
        Output("reason", say("The gap in words that recount it.")),
        message_of("reason"),
    ),
    parameters=(
        Parameter(
            "alpha", 0.01, say("False discovery rate for typical interests, and for fewer than chance would give.")
        ),
        Parameter("each", 10, say("Pairs kept for each network.")),
    ),
    references=(
        "Saracco, Di Clemente, Gabrielli, Squartini 2015: Randomizing bipartite networks, doi:10.1038/srep10595",
    ),
    use=say("To find two networks that should meet, pairs with nobody in both included."),
    misleads=say(
        "Only networks whose interests are known can have a gap here. People who know each other without any "
        "roster saying so are not seen: ask before you introduce."
    ),
    command="gaps",
)

"""Gaps: networks with much in common that hardly anybody joins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.chance import at_most, chance_of
from netofnets.analysis.gap_reasons import gap_reasons
from netofnets.analysis.in_common import Common, apart_from, tie_pairs
from netofnets.analysis.measure import Measure, Output, Parameter, Results, message_of
from netofnets.analysis.pair_blocks import Block, Tally, among_first, distinct, pairs_in_blocks
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.tables import booleans, floats, integers, pick, sentences, table
from netofnets.analysis.typical import typical_interests
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import say

__all__ = ["GAPS", "gaps"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Pairs:
    """Pairs of networks with what they have in common and what joins them; arrays of one shape."""

    first: Ints
    second: Ints
    interests: Ints
    partners: Ints
    likeness: Floats
    shared: Ints
    by_size: Floats  # people in both if membership in the one told nothing of the other
    ties: Ints
    expected_ties: Floats


def gaps(snapshot: Snapshot, results: Results, *, alpha: float, each: int) -> pa.Table:
    """The table of :data:`GAPS`."""
    typical = typical_interests(snapshot, alpha)
    null = chance_of(snapshot.incidence("memberships"))
    joint, classes = null.expected_shared(), null.network_class
    found, tally = _candidates(snapshot, typical, joint, classes, each)
    score = _scores(found)
    order = np.lexsort((found.second, found.first, -score))
    found = _Pairs(*(getattr(found, name)[order] for name in _Pairs.__dataclass_fields__))
    score = score[order]
    rank = np.searchsorted(-score, -score, side="left") + 1
    filled = int((snapshot.incidence("memberships").group_sizes > 0).sum())
    expected = joint[classes[found.first], classes[found.second]] if len(order) else np.zeros(0)
    q = tally.q(at_most(found.shared, expected), max(filled * (filled - 1) // 2, 1))
    ids = snapshot.ids("networks")
    return table(
        {
            "first": pick(ids, found.first),
            "second": pick(ids, found.second),
            "rank": integers(rank),
            "score": floats(score),
            "interests": integers(found.interests),
            "partners": integers(found.partners),
            "shared": integers(found.shared),
            "by_size": floats(found.by_size),
            "expected": floats(expected),
            "q": floats(q),
            "fewer": booleans(q < alpha),
            "ties": integers(found.ties),
            **sentences("reason", gap_reasons(snapshot, found, typical)),
        }
    )


def _candidates(snapshot: Snapshot, typical: TwoMode, joint: Floats, classes: Ints, each: int) -> tuple[_Pairs, Tally]:
    """Pairs with a typical interest in common that are among the ``each`` first of one of their networks.

    Only such pairs can be told what to meet about. All are looked at, some at a time, and all p are tallied.
    """
    memberships = snapshot.incidence("memberships")
    width, kinds = snapshot.count("networks"), max(len(joint), 1)
    allowed = apart_from(kin(snapshot), circles(memberships) & (memberships.group_sizes > 0))
    rarity = np.log1p(width / np.maximum(typical.group_sizes, 1))
    joins = _Joins.of(snapshot)
    tally, codes, kept = Tally(), [np.zeros(0, np.int64)], []
    for block in pairs_in_blocks(typical, allowed, rarity):
        found = joins.of_block(block)
        nobody = found.shared == 0  # nearly all, and their p follows from the sizes
        cells, _, counts = distinct((classes[block.row] * kinds + classes[block.column])[nobody], kinds**2)
        tally.add(at_most(0, joint.ravel()[cells]), counts)
        some = ~nobody
        tally.add(*_counted(at_most(found.shared[some], joint[classes[block.row[some]], classes[block.column[some]]])))
        score = _scores(found)
        above = np.flatnonzero(score > 0)
        at = above[among_first(block.row[above], -score[above], each)]
        codes.append(found.first[at] * width + found.second[at])
        kept.append([getattr(found, name)[at] for name in _Pairs.__dataclass_fields__])
    once = np.unique(np.concatenate(codes), return_index=True)[1]
    columns = zip(*kept, strict=True) if kept else ([np.zeros(0, np.int64)] for _ in _Pairs.__dataclass_fields__)
    return _Pairs(*(np.concatenate(column)[once] for column in columns)), tally


def _counted(values: Floats) -> tuple[Floats, Ints]:
    seen, counts = np.unique(values, return_counts=True)
    return seen, counts.astype(np.int64)


@dataclass(frozen=True)
class _Joins:
    """What joins two networks, as symmetric matrices (networks, networks) with sorted columns."""

    sizes: Floats
    people: int
    shared: sp.csr_array
    partners: sp.csr_array
    ties: sp.csr_array
    expected_ties: sp.csr_array

    @classmethod
    def of(cls, snapshot: Snapshot) -> _Joins:
        memberships, partnerships = snapshot.incidence("memberships"), snapshot.incidence("partnerships").csr
        ties, width = tie_pairs(snapshot), snapshot.count("networks")
        return cls(
            memberships.group_sizes.astype(np.float64),
            max(int((memberships.degrees > 0).sum()), 1),
            _sorted(memberships.csr.T @ memberships.csr),
            _sorted(partnerships @ partnerships.T),
            *(_either_way(ties, values, width) for values in (ties.found, ties.expected)),
        )

    def of_block(self, block: Block) -> _Pairs:
        """Of some pairs."""
        codes = block.row * len(self.sizes) + block.column
        matrices = (self.shared, self.partners, self.ties, self.expected_ties)
        shared, partners, ties, expected = (_entries(matrix, block, codes) for matrix in matrices)
        return _Pairs(
            np.minimum(block.row, block.column),
            np.maximum(block.row, block.column),
            block.found,
            np.rint(partners).astype(np.int64),
            block.weight,
            np.rint(shared).astype(np.int64),
            self.sizes[block.row] * self.sizes[block.column] / self.people,
            np.rint(ties).astype(np.int64),
            expected,
        )


def _sorted(matrix: sp.csr_array) -> sp.csr_array:
    found = sp.csr_array(matrix)
    found.sort_indices()
    return found


def _either_way(common: Common, values: Floats, width: int) -> sp.csr_array:
    ends = np.concatenate([common.first, common.second]), np.concatenate([common.second, common.first])
    return _sorted(sp.csr_array(sp.coo_array((np.tile(values, 2), ends), shape=(width, width))))


def _entries(matrix: sp.csr_array, block: Block, codes: Ints) -> Floats:
    """Entries at the pairs of a block, which are row x width + column, rising; 0 where nothing is stored."""
    low, high = matrix.indptr[block.begin], matrix.indptr[block.end]
    found = np.zeros(len(codes))
    if low == high or not len(codes):
        return found
    rows = np.repeat(np.arange(block.begin, block.end), np.diff(matrix.indptr[block.begin : block.end + 1]))
    stored = rows * int(matrix.shape[1]) + matrix.indices[low:high]
    at = np.minimum(np.searchsorted(codes, stored), len(codes) - 1)
    there = codes[at] == stored
    found[at[there]] = matrix.data[low:high][there]
    return found


def _scores(found: _Pairs) -> Floats:
    """What they have in common x how little joins them x how sure it is that anything would."""
    due = found.by_size + found.expected_ties
    joined = np.minimum(np.divide(found.shared + found.ties, due, out=np.ones(len(due)), where=due > 0), 1.0)
    likeness = found.likeness + np.log1p(found.partners)
    score: Floats = np.round(likeness * (1.0 - joined) * -np.expm1(-found.by_size), 9)
    return score


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

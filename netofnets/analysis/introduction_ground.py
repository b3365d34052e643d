"""What introductions stand on: who is in whose circle, who works with whom, who names what, and what joins networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp
from scipy.sparse.csgraph import shortest_path

from netofnets.analysis.joining import pairs_across
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.rolled_up import rolled_up
from netofnets.analysis.ties import once, ties
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.schema.modes import MODE_NAMES, OFFERS, SEEKS
from netofnets.schema.purposes import SUGGESTIONS
from netofnets.schema.topics import INTRODUCTION

__all__ = ["Ground", "Joined", "merged", "rows_of"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Joined:
    """Pairs of networks that somebody joins; a pair is one number, ``smaller x width + larger``, in order.

    ``people`` are in both; ``ties`` counts pairs of people who work together across, neither of them in both.
    ``known`` is how likely two members know the same person: 1 / (networks of the person), summed over the people in
    both, by the geometric mean of the sizes (resource allocation, Zhou, Lü and Zhang 2009).
    """

    width: int
    codes: Ints
    people: Ints
    ties: Ints
    known: Floats

    def find(self, values: npt.NDArray[np.generic], asked: Ints) -> Floats:
        """``values`` of the pairs ``asked``; 0 for those that nobody joins."""
        if not len(self.codes):
            return np.zeros(len(asked))
        at = np.minimum(np.searchsorted(self.codes, asked), len(self.codes) - 1)
        return np.where(self.codes[at] == asked, values[at].astype(np.float64), 0.0)

    def ways(self, asked: Ints) -> Ints:
        """How much joins each pair: people in both, and pairs of people who work across."""
        return self.find(self.people + self.ties, asked).astype(np.int64)


class Ground:
    """The facts of one snapshot, each computed when first asked for.

    A network of nearly everybody is nobody's circle and joins nothing. ``belongs`` has the other memberships, 0/1 of
    shape (leaders, networks); in ``circle`` members of a part are members of its wholes too, so that two people of one
    course do not come from different networks because they are in different groups of it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.people = snapshot.count("leaders")
        self.sizes: Ints = snapshot.incidence("memberships").group_sizes
        self.interests = snapshot.incidence("leader_interests")

    @cached_property
    def _whole(self) -> TwoMode:
        return rolled_up(self.snapshot)

    @cached_property
    def belongs(self) -> sp.csr_array:
        """Leaders by networks that join: those that are somebody's circle, by themselves and with their parts."""
        memberships = self.snapshot.incidence("memberships")
        return _only(memberships.csr, circles(self._whole) & circles(memberships))

    @cached_property
    def circle(self) -> sp.csr_array:
        """Leaders by networks that are their circle."""
        return _only(self._whole.csr, circles(self._whole))

    @cached_property
    def direct(self) -> sp.csr_array:
        """Who works with whom."""
        return once(ties(self.snapshot))

    @cached_property
    def said_no(self) -> Bools:
        """Who said that they do not want to be connected: never suggested, nor named as a mutual contact."""
        return self.snapshot.unwilling()

    @cached_property
    def declined(self) -> Bools:
        """Who declined suggestions: nothing is learned from them either."""
        return self.snapshot.declining(SUGGESTIONS)

    @cached_property
    def asked(self) -> Bools:
        """Who asked to be connected."""
        return np.asarray(pc.fill_null(self.snapshot.nodes["leaders"]["connect"], False).to_numpy(), dtype=bool)

    @cached_property
    def namesake(self) -> Ints:
        """A number for each leader that all have who have the same first and last word in their name, case aside."""
        names = pc.utf8_lower(pc.utf8_normalize(pc.fill_null(self.snapshot.names("leaders"), ""), "NFKD"))
        plain = pc.replace_substring_regex(names, r"\p{M}", "")
        ends = pc.replace_substring_regex(plain, r"^\s*(\S+)(?:\s.*)?\s(\S+)\s*$", r"\1 \2")
        return np.asarray(ends.dictionary_encode().indices.to_numpy(zero_copy_only=False), dtype=np.int64)

    @cached_property
    def ledger(self) -> dict[tuple[int, int], str]:
        """The last state of every two leaders between whom an introduction stands, smaller position first."""
        told = self.snapshot.decided(INTRODUCTION)
        subjects = pa.array([subject for one in told for subject in one.subjects], pa.string())
        at = pc.fill_null(pc.index_in(subjects, value_set=self.snapshot.ids("leaders")), -1).to_pylist()
        pairs = zip(at[::2], at[1::2], told, strict=True)
        return {(min(a, b), max(a, b)): one.value for a, b, one in pairs if min(a, b) >= 0 and a != b}

    @cached_property
    def offers(self) -> TwoMode:
        """Who can help others with what; leaders by interests."""
        return self._held(OFFERS)

    @cached_property
    def seeks(self) -> TwoMode:
        """Who looks for help with what."""
        return self._held(SEEKS)

    def _held(self, mode: str) -> TwoMode:
        edges = self.snapshot.edges["leader_interests"]
        stated = pc.index_in(edges.table["mode"], value_set=pa.array(MODE_NAMES))
        chosen = np.asarray(pc.fill_null(stated, -1).to_numpy(), dtype=np.int8) == MODE_NAMES.index(mode)
        return TwoMode.from_pairs(edges.source[chosen], edges.target[chosen], self.interests.csr.shape)

    @cached_property
    def rarity(self) -> Floats:
        """-ln(people who name it / people) of each interest: what everybody names says nothing of two people."""
        share = np.maximum(self.interests.group_sizes, 1) / max(self.people, 1)
        return np.maximum(-np.log(share), 0.0)

    @cached_property
    def contacts(self) -> sp.csr_array:
        """Who works with whom, without those who may not be named as somebody in between (columns)."""
        named = sp.csr_array(self.direct @ sp.diags_array((~self.said_no).astype(np.float64)))
        named.eliminate_zeros()
        return named

    @cached_property
    def joined(self) -> Joined:
        """What joins networks today."""
        width = int(self.belongs.shape[1])
        shared = sp.coo_array(sp.triu(self.belongs.T @ self.belongs, k=1))
        spread = sp.diags_array(1.0 / np.maximum(np.diff(self.belongs.indptr), 1))
        known = sp.csr_array(self.belongs.T @ spread @ self.belongs)
        _, _, near, far, _ = pairs_across(self.belongs, self.direct)
        across_now = np.sort(np.minimum(near, far) * width + np.maximum(near, far))
        by_tie = merged(across_now)
        count = np.diff(np.append(np.searchsorted(across_now, by_tie), len(across_now)))
        by_people = shared.row.astype(np.int64) * width + shared.col
        codes = merged(by_people, by_tie)
        people, across = np.zeros((2, len(codes)), dtype=np.int64)
        people[np.searchsorted(codes, by_people)] = np.rint(shared.data).astype(np.int64)
        across[np.searchsorted(codes, by_tie)] = count
        first, second = codes // max(width, 1), codes % max(width, 1)
        alike = np.zeros(len(codes))
        alike[np.searchsorted(codes, by_people)] = np.asarray(known[shared.row, shared.col]).ravel()
        mean_size = np.sqrt(self.sizes[first].astype(np.float64) * self.sizes[second])
        return Joined(width, codes, people, across, alike / np.maximum(mean_size, 1.0))

    @cached_property
    def steps(self) -> sp.csr_array:
        """1 for two networks that somebody joins, or of which one is part of the other; symmetric."""
        width = self.joined.width
        ends = (self.joined.codes // max(width, 1), self.joined.codes % max(width, 1))
        ways = sp.coo_array((np.ones(len(ends[0])), ends), shape=(width, width)).tocsr()
        return once(sp.csr_array(ways + ways.T + kin(self.snapshot)))

    def distances(self, first: Ints, second: Ints) -> Ints:
        """Steps between networks today, -1 where nothing leads from the one to the other."""
        found = np.where(self.steps[first, second] > 0, 1, 0) if len(first) else np.empty(0, dtype=np.int64)
        left = np.flatnonzero(found == 0)
        found[left] = np.where(rows_of(self.steps, first[left], self.steps, second[left]) > 0, 2, 0)
        left = np.flatnonzero(found == 0)  # few: most networks are two steps apart at most
        sources, place = np.unique(first[left], return_inverse=True)
        if len(sources):
            far = shortest_path(self.steps, directed=False, unweighted=True, indices=sources)[place, second[left]]
            found[left] = np.where(np.isfinite(far), far, -1)
        return found.astype(np.int64)

    def network_pairs(self, first: Ints, second: Ints) -> tuple[Ints, Ints]:
        """(row, pair of networks) for every network of the one and of the other of two strangers, row by row."""
        indptr, indices = self.belongs.indptr.astype(np.int64), self.belongs.indices.astype(np.int64)
        degrees = np.diff(indptr)
        each = degrees[first] * degrees[second]
        row = np.repeat(np.arange(len(first), dtype=np.int64), each)
        step = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
        width = int(self.belongs.shape[1])
        near = indices[indptr[first][row] + step // degrees[second][row]]
        far = indices[indptr[second][row] + step % degrees[second][row]]
        return row, np.minimum(near, far) * width + np.maximum(near, far)


def rows_of(one: sp.csr_array, first: Ints, other: sp.csr_array, second: Ints) -> Floats:
    """The scalar product of row ``first[i]`` of the one and row ``second[i]`` of the other matrix."""
    return np.asarray(one[first].multiply(other[second]).sum(axis=1), dtype=np.float64).ravel()


def merged(*codes: Ints) -> Ints:
    """All numbers that are in any of the arrays, each once, in order."""
    found = np.sort(np.concatenate(codes), kind="stable")
    return np.asarray(found[np.diff(found, prepend=-1) != 0], dtype=np.int64)


def _only(matrix: sp.csr_array, columns: Bools) -> sp.csr_array:
    kept = sp.csr_array(matrix.astype(np.float64) @ sp.diags_array(columns.astype(np.float64)))
    kept.eliminate_zeros()
    kept.sort_indices()
    return once(kept)

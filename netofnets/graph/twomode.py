"""Two-mode (affiliation) networks as sparse matrices, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["TwoMode"]


@cache
def _two_to_the(bits: int) -> npt.NDArray[np.float32]:
    ones = np.ones(1 << bits, dtype=np.float32)
    ones.flags.writeable = False
    return ones


def _ones(count: int) -> npt.NDArray[np.float32]:
    """So many ones, which matrices have in common: half of what each took was that it has nothing but ones."""
    return _two_to_the(count.bit_length())[:count]


@dataclass(frozen=True)
class TwoMode:
    """Who belongs to what: a 0/1 matrix ``csr`` of shape (actors, groups) and the same by column, ``csc``."""

    csr: sp.csr_array

    @classmethod
    def from_pairs(
        cls, actors: npt.NDArray[np.int32], groups: npt.NDArray[np.int32], shape: tuple[int, int]
    ) -> TwoMode:
        """From pairs sorted by (actor, group); repeated pairs (several spells) count once."""
        if len(actors):
            fresh = np.ones(len(actors), dtype=bool)
            fresh[1:] = (np.diff(actors) != 0) | (np.diff(groups) != 0)
            actors, groups = actors[fresh], groups[fresh]
        indptr = np.zeros(shape[0] + 1, dtype=np.int32)
        np.cumsum(np.bincount(actors, minlength=shape[0]), out=indptr[1:])
        return cls(sp.csr_array((_ones(len(groups)), np.ascontiguousarray(groups), indptr), shape=shape))

    @cached_property
    def csc(self) -> sp.csc_array:
        """The same matrix by column: the members of each group."""
        turned = self.csr.tocsc()
        return sp.csc_array((_ones(turned.nnz), turned.indices, turned.indptr), shape=turned.shape)

    @cached_property
    def group_sizes(self) -> npt.NDArray[np.int64]:
        """Members of each group, shape (groups,)."""
        return np.bincount(self.csr.indices, minlength=self.csr.shape[1]).astype(np.int64)

    @cached_property
    def degrees(self) -> npt.NDArray[np.int64]:
        """Groups of each actor, shape (actors,)."""
        return np.diff(self.csr.indptr).astype(np.int64)

    def groups_of(self, actor: int) -> npt.NDArray[np.int32]:
        """Groups of one actor, sorted."""
        return np.asarray(self.csr.indices[self.csr.indptr[actor] : self.csr.indptr[actor + 1]])

    def ties_of(self, actors: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """The groups of several actors one after the other; beside each, by its place, which of the actors is in it."""
        start, end = self.csr.indptr[actors], self.csr.indptr[actors + 1]
        many = (end - start).astype(np.int64)
        whose = np.repeat(np.arange(len(actors)), many)
        at = np.arange(len(whose)) + (start - np.cumsum(many) + many)[whose]
        return whose, np.asarray(self.csr.indices[at])

    def actors_of(self, group: int) -> npt.NDArray[np.int32]:
        """Actors of one group, sorted."""
        return np.asarray(self.csc.indices[self.csc.indptr[group] : self.csc.indptr[group + 1]])

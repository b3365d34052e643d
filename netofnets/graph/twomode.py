"""Two-mode (affiliation) networks as sparse matrices, in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["TwoMode"]


_all_ones = np.ones(0, dtype=np.float32)


def _ones(count: int) -> npt.NDArray[np.float32]:
    """So many ones, which all matrices have in common: half of what each takes is that it has nothing but ones."""
    global _all_ones
    found = _all_ones
    if len(found) < count:
        found = np.ones(count, dtype=np.float32)
        found.flags.writeable = False
        _all_ones = found
    return found[:count]


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

    def actors_of(self, group: int) -> npt.NDArray[np.int32]:
        """Actors of one group, sorted."""
        return np.asarray(self.csc.indices[self.csc.indptr[group] : self.csc.indptr[group + 1]])

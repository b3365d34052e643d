"""Communities that last: numbers that follow the members from one publication to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.assignment import assigned
from netofnets.analysis.leiden import Labels
from netofnets.analysis.tables import positions

__all__ = ["SLOTS", "Numbered", "numbered", "places", "standing"]

Ints = npt.NDArray[np.int64]

SLOTS = 8  # colours that can be told apart
_LEAST = 0.25  # of all nodes in either, how many a community must share with its predecessor (Jaccard)


@dataclass(frozen=True)
class Numbered:
    """A number for every group, and the highest ever given."""

    ids: Ints
    highest: int


def standing(column: str, kinds: pa.Array, ids: pa.Array, previous: pa.Table | None) -> Ints:
    """The number that each of the present nodes had in a column of the last table; -1 for none and for new nodes."""
    found = np.full(len(ids), -1, dtype=np.int64)
    if previous is None or column not in previous.column_names:
        return found
    numbers = previous[column].fill_null(-1).to_numpy()
    at = positions(_keys(kinds, ids), _keys(previous["kind"], previous["id"]))
    found[at >= 0] = numbers[at[at >= 0]]
    return found


def numbered(labels: Labels, before: Ints, highest: int) -> Numbered:
    """A number for each group of ``labels``: that of its predecessor, else a fresh one above ``highest``.

    ``before`` has each node's last number. Predecessors are found for all groups at once, so that the sum of the
    Jaccard similarities of their members is the largest; pairs below a quarter are no pairs. Fresh numbers go by size.
    """
    groups = int(labels.max(initial=-1)) + 1
    ids = np.full(groups, -1, dtype=np.int64)
    known = np.unique(before[before >= 0])
    if len(known) and groups:
        similarity = _jaccard(labels, before, known)
        row, column = assigned(np.where(similarity >= _LEAST, similarity, 0.0))
        kept = similarity[row, column] >= _LEAST
        ids[row[kept]] = known[column[kept]]
    highest = max(highest, int(known.max(initial=0)))
    fresh = np.flatnonzero(ids < 0)
    ids[fresh] = highest + 1 + np.arange(len(fresh))
    return Numbered(ids, highest + len(fresh))


def places(largest_first: Ints, before: dict[int, int]) -> dict[int, int]:
    """A colour (0 to 7) for the largest communities, by number: everybody's own of last time while they stay large.

    Large means among the first twelve. Colours that are free go to the largest without one.
    """
    kept = {n: before[n] for n in largest_first[: SLOTS * 3 // 2].tolist() if n in before}
    free = iter(sorted(set(range(SLOTS)) - set(kept.values())))
    for number in largest_first[:SLOTS].tolist():
        if number not in kept and (slot := next(free, None)) is not None:
            kept[number] = slot
    return kept


def _jaccard(labels: Labels, before: Ints, known: Ints) -> npt.NDArray[np.float64]:
    here, there = labels >= 0, before >= 0
    both = here & there
    shape = (int(labels.max()) + 1, len(known))
    last = np.searchsorted(known, before[both])
    shared = sp.coo_array((np.ones(int(both.sum())), (labels[both], last)), shape=shape).toarray()
    sizes = np.bincount(labels[here], minlength=shape[0])[:, None]
    lasts = np.bincount(np.searchsorted(known, before[there]), minlength=shape[1])[None, :]
    return np.asarray(shared / np.maximum(sizes + lasts - shared, 1.0), dtype=np.float64)


def _keys(kinds: pa.Array | pa.ChunkedArray, ids: pa.Array | pa.ChunkedArray) -> pa.Array:
    import pyarrow.compute as pc

    joined = pc.binary_join_element_wise(kinds, ids, " ")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined

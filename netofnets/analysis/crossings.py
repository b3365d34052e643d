"""Who joins which blocks of networks, how few others do, and how many would by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.chance import Chance, at_most, benjamini_hochberg
from netofnets.graph.twomode import TwoMode

__all__ = ["Crossings", "crossings", "joined"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_AT_ONCE = 1_000_000  # pairs of blocks that are held at a time


@dataclass(frozen=True)
class Crossings:
    """Every (leader, pair of blocks) that occurs, sorted by leader.

    ``leader``, ``first`` < ``second`` (blocks), ``found`` (leaders who join the same two), ``expected`` (by chance) and
    ``gap`` (fewer than chance, and the blocks are closed to others); all of shape (crossings,). ``blocks`` is the 0/1
    matrix of leaders and blocks.
    """

    leader: Ints
    first: Ints
    second: Ints
    found: Ints
    expected: Floats
    gap: npt.NDArray[np.bool_]
    blocks: sp.csr_array


def joined(memberships: sp.csr_array, block_of: Ints) -> sp.csr_array:
    """Memberships of every leader in every block, shape (leaders, blocks); ``block_of`` is -1 for a network in none."""
    blocks = max(int(block_of.max(initial=-1)) + 1, 1)
    inside = np.flatnonzero(block_of >= 0)
    part = sp.csr_array((np.ones(len(inside)), (inside, block_of[inside])), shape=(len(block_of), blocks))
    counts = sp.csr_array(memberships @ part)
    counts.sort_indices()
    return counts


def crossings(memberships: TwoMode, block_of: Ints, null: Chance, alpha: float) -> Crossings:
    """All crossings of a membership matrix."""
    blocks = joined(memberships.csr, block_of)
    leader, first, second = _pairs(blocks)
    width = int(blocks.shape[1])
    codes, inverse, found = np.unique(first * width + second, return_inverse=True, return_counts=True)
    one, other = codes // width, codes % width
    expected = null.expected_joining(null.shares(block_of, width), one, other)
    closed = _closed(codes, found, null, block_of, width, alpha)
    q = benjamini_hochberg(at_most(found, expected), max(width * (width - 1) // 2, 1))
    gap = (found < expected) & ((q < alpha) | (closed[one] & closed[other]))
    return Crossings(leader, first, second, found[inverse].astype(np.int64), expected[inverse], gap[inverse], blocks)


def _pairs(blocks: sp.csr_array) -> tuple[Ints, Ints, Ints]:
    """Pairs of entries in the same row: row, column, later column; sorted by row."""
    rows = np.repeat(np.arange(blocks.shape[0], dtype=np.int64), np.diff(blocks.indptr))
    columns = blocks.indices.astype(np.int64)
    found: list[tuple[Ints, Ints, Ints]] = [(rows[:0], columns[:0], columns[:0])]
    for step in range(1, int(np.diff(blocks.indptr).max(initial=0))):
        same = rows[step:] == rows[:-step]
        found.append((rows[step:][same], columns[:-step][same], columns[step:][same]))
    row, first, second = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((second, first, row))
    return row[order], first[order], second[order]


def _closed(
    codes: Ints, found: npt.NDArray[np.integer], null: Chance, block_of: Ints, width: int, alpha: float
) -> npt.NDArray[np.bool_]:
    """Blocks with significantly fewer joiners to all others together than chance gives."""
    totals = np.bincount(codes // width, found, width) + np.bincount(codes % width, found, width)
    shares = null.shares(block_of, width)
    expected = np.zeros(width)
    rows = max(_AT_ONCE // width, 1)
    for begin in range(0, width, rows):
        one, other = np.triu_indices(min(rows, width - begin), 1, width - begin)
        joining = null.expected_joining(shares, one + begin, other + begin)
        expected += np.bincount(one + begin, joining, width) + np.bincount(other + begin, joining, width)
    q = benjamini_hochberg(at_most(totals, expected), width)
    return np.asarray(q < alpha)

"""Of pairs that grow with the square of the networks: the strongest of each network, with what all of them tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.chance import at_least, chance_of
from netofnets.analysis.pair_blocks import Tally, among_first, distinct, pairs_in_blocks
from netofnets.graph.twomode import TwoMode

__all__ = ["Strongest", "strongest_in_common"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Strongest:
    """Pairs of networks, ``first`` < ``second``, sorted; ``q`` is over all pairs, those that are not listed too."""

    first: Ints
    second: Ints
    found: Floats
    expected: Floats
    q: Floats


@dataclass(frozen=True)
class _Pairs:
    """Pairs as they are met, from either end, by one number each; ``near``: among the strongest of that end."""

    code: Ints
    found: Ints
    expected: Floats
    p: Floats
    near: Bools


def strongest_in_common(
    features: TwoMode, allowed: Callable[[Ints, Ints], Bools], *, most: int, alpha: float, least: int
) -> Strongest:
    """Pairs of networks with features in common, as :func:`netofnets.analysis.in_common.features_in_common` has them.

    Listed are those among the ``most`` of either network that chance explains least, and all of ``least`` or more in
    common whose q is below ``alpha``. ``features`` is (networks, features); ``allowed`` says which pairs count. Looked
    at are so many at a time, so memory grows with what is listed.
    """
    null = chance_of(TwoMode(sp.csr_array(features.csr.T.tocsr())))
    joint, classes, width = null.expected_shared(), null.network_class, int(features.csr.shape[0])
    tally, kept, kinds = Tally(), [], max(len(joint), 1)
    filled = int((features.degrees > 0).sum())
    tests, met = (
        max(filled * (filled - 1) // 2, 1),
        float((features.group_sizes * (features.group_sizes - 1.0)).sum()) / 2,
    )
    telling = alpha * min(
        met / tests, 1.0
    )  # no q is below p x tests / pairs, and there are not more pairs than are met
    for block in pairs_in_blocks(features, allowed):
        # Few things can happen: so much in common, of networks with so many features each. Each is looked at once.
        cells = (block.found * kinds + classes[block.row]) * kinds + classes[block.column]
        seen, place, counts = distinct(cells, (int(block.found.max(initial=0)) + 1) * kinds**2)
        found, expected = seen // kinds**2, joint[seen // kinds % kinds, seen % kinds] if len(seen) else np.zeros(0)
        p = at_least(found, expected)
        tally.add(p, counts)
        near = np.zeros(len(place), dtype=bool)
        near[among_first(block.row, _ranks(p, found)[place], most)] = True
        at = np.flatnonzero(near | (((p < telling) & (found >= least))[place] & (block.row < block.column)))
        one, other, place = block.row[at], block.column[at], place[at]
        code = np.minimum(one, other) * width + np.maximum(one, other)
        kept.append(_Pairs(code, found[place], expected[place], p[place], near[at]))
    return _once_each(kept, width, tally, tests, alpha, least)


def _ranks(p: Floats, found: Ints) -> npt.NDArray[np.integer]:
    """The place of each in the order of p, then of how much is found, the most first; equals share one."""
    order = np.lexsort((-found, p))
    fresh = (np.diff(p[order], prepend=-1.0) != 0) | (np.diff(found[order], prepend=-1) != 0)
    ranks = np.empty(len(p), dtype=np.min_scalar_type(len(p)))
    ranks[order] = np.cumsum(fresh) - 1
    return ranks


def _once_each(kept: list[_Pairs], width: int, tally: Tally, tests: int, alpha: float, least: int) -> Strongest:
    none = _Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, bool))
    whole = {name: np.concatenate([getattr(one, name) for one in (none, *kept)]) for name in none.__dataclass_fields__}
    codes, at, pair = np.unique(whole["code"], return_index=True, return_inverse=True)
    q = tally.q(whole["p"][at], tests)
    found, expected = whole["found"][at].astype(np.float64), whole["expected"][at]
    listed = (np.bincount(pair, whole["near"], len(codes)) > 0) | ((q < alpha) & (found >= least))
    codes = codes[listed]
    return Strongest(codes // width, codes % width, found[listed], expected[listed], q[listed])

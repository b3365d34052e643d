"""The strongest pairs are those of all pairs, however few are held at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.analysis import pair_blocks
from netofnets.analysis.chance import at_least, benjamini_hochberg
from netofnets.analysis.in_common import features_in_common
from netofnets.analysis.strongest import strongest_in_common
from netofnets.graph.twomode import TwoMode

ALPHA, LEAST = 0.2, 2


def two_mode(ties: set[tuple[int, int]], networks: int, features: int) -> TwoMode:
    pairs = np.array(sorted(ties), dtype=np.int32).reshape(-1, 2)
    return TwoMode.from_pairs(pairs[:, 0], pairs[:, 1], (networks, features))


def by_hand(features: TwoMode, most: int) -> dict[tuple[int, int], tuple[float, float, float]]:
    """Every pair, its rank at either end, and which are listed."""
    full = features_in_common(features)
    p = at_least(full.found, full.expected)
    q = benjamini_hochberg(p, max(full.pairs, 1))
    ends = list(zip(full.first.tolist(), full.second.tolist(), strict=True))
    strong = set()
    for network in range(features.csr.shape[0]):
        own = [(p[i], -full.found[i], sum(pair) - network, i) for i, pair in enumerate(ends) if network in pair]
        strong |= {i for *_, i in sorted(own)[:most]}
    strong |= {i for i in range(len(ends)) if q[i] < ALPHA and full.found[i] >= LEAST}
    return {ends[i]: (full.found[i], full.expected[i], q[i]) for i in sorted(strong)}


@pytest.mark.parametrize("most", [1, 2, 99])
@pytest.mark.parametrize("small", [0, 10**6])
@given(ties=st.sets(st.tuples(st.integers(0, 8), st.integers(0, 5)), max_size=40))
def test_they_are_the_strongest_of_all(most: int, small: int, ties: set[tuple[int, int]]) -> None:
    features = two_mode(ties, 9, 6)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_blocks, "_AT_ONCE", 7)
        patch.setattr(pair_blocks, "_SMALL", small)
        found = strongest_in_common(features, lambda one, other: one != other, most=most, alpha=ALPHA, least=LEAST)
    listed = zip(found.found.tolist(), found.expected.tolist(), found.q.tolist(), strict=True)
    assert dict(zip(zip(found.first.tolist(), found.second.tolist(), strict=True), listed, strict=True)) == by_hand(
        features, most
    )


def test_pairs_that_do_not_count_take_no_place() -> None:
    """Three networks with one interest: the pair of the first two does not count, so each is listed with the third."""
    features = two_mode({(0, 0), (1, 0), (2, 0)}, 3, 1)
    found = strongest_in_common(features, lambda one, other: one + other != 1, most=1, alpha=ALPHA, least=LEAST)
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [(0, 2), (1, 2)]


def test_nothing_in_common_is_no_pair() -> None:
    found = strongest_in_common(two_mode(set(), 4, 3), lambda one, _: one >= 0, most=5, alpha=ALPHA, least=2)
    assert len(found.first) == len(found.q) == 0

"""Adjusted mutual information: the same as scikit-learn says, for any two divisions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_mutual_info_score

from netofnets.analysis.mutual import adjusted_mutual_information


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), nodes=st.integers(1, 120), groups=st.integers(1, 40), alike=st.floats(0.0, 1.0))
def test_it_is_what_another_implementation_says(seed, nodes, groups, alike):
    random = np.random.default_rng(seed)
    first = random.integers(0, groups, nodes)
    second = np.where(random.random(nodes) < alike, first, random.integers(0, max(groups // 2, 1), nodes))
    alone = len(set(first)) == len(set(second)) == nodes  # equal, too; older versions of scikit-learn say 0
    wanted = 1.0 if alone else adjusted_mutual_info_score(first, second)
    assert adjusted_mutual_information(first, second) == pytest.approx(wanted, abs=1e-9)


def test_equal_divisions_agree_wholly_and_one_group_tells_nothing_of_others():
    first = np.array([0, 0, 1, 1, 2, 2, 2])
    assert adjusted_mutual_information(first, np.array([5, 5, 3, 3, 0, 0, 0])) == pytest.approx(1.0)
    assert adjusted_mutual_information(first, np.zeros(7, dtype=int)) == pytest.approx(0.0)

"""The assignment problem by hand, and against scipy's other solver."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linear_sum_assignment

from netofnets.analysis.assignment import assigned


def test_the_sum_counts_and_not_the_single_pair() -> None:
    row, column = assigned(np.array([[5.0, 4.0], [4.0, 0.0], [1.0, 0.0]]))
    assert set(zip(row.tolist(), column.tolist(), strict=True)) == {(0, 1), (1, 0)}, "8, where 5 alone ends at 5"


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_without_rows_or_columns_there_are_no_pairs(shape: tuple[int, int]) -> None:
    assert [len(one) for one in assigned(np.zeros(shape))] == [0, 0]


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=st.integers(0, 9).map(float)))
def test_as_much_is_gained_as_by_the_other_solver(gain: np.ndarray) -> None:
    row, column = assigned(gain)
    assert len(set(row.tolist())) == len(set(column.tolist())) == len(row) == min(gain.shape)
    assert gain[row, column].sum() == gain[linear_sum_assignment(-gain)].sum()

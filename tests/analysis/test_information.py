"""Reduced mutual information: against tables counted one by one, and by hand."""

import itertools

import numpy as np
import pytest
from scipy.special import gammaln

from netofnets.analysis.information import contingency, log_tables, reduced_information


def tables(rows, columns):
    """How many tables of whole numbers have these margins, by trying them all."""
    if len(columns) == 1:
        return 1
    count = 0
    for first in itertools.product(*[range(min(r, columns[0]) + 1) for r in rows]):
        if sum(first) == columns[0]:
            count += tables([r - f for r, f in zip(rows, first, strict=True)], columns[1:])
    return count


@pytest.mark.parametrize(
    ("rows", "columns"), [((3, 4), (2, 5)), ((5, 5, 5), (5, 5, 5)), ((2, 3, 7), (6, 6)), ((8, 4, 3), (5, 5, 3, 2))]
)
def test_the_number_of_tables_is_close_to_what_counting_gives(rows, columns):
    found = log_tables(np.array(rows, dtype=float), np.array(columns, dtype=float))
    assert found == pytest.approx(np.log(tables(list(rows), list(columns))), abs=0.12)


def test_groups_of_one_are_counted_exactly():
    assert log_tables(np.array([2.0, 1.0]), np.ones(3)) == pytest.approx(np.log(3))


def test_equal_groupings_say_everything_and_independent_ones_less_than_nothing():
    halves, thirds = np.repeat([0, 1], 18), np.tile([0, 1, 2], 12)
    assert reduced_information(contingency(halves, 1 - halves)) == pytest.approx(1.0)
    assert reduced_information(contingency(halves, thirds)) < 0.0
    assert np.isnan(reduced_information(contingency(halves, np.zeros(36, dtype=int))))


def test_the_information_is_the_formula_worked_out():
    """Two pairs and one of each: 6 people, table [[2, 1], [1, 2]]; 4 tables have margins 3, 3."""
    counts = np.array([[2.0, 1.0], [1.0, 2.0]])
    said = gammaln(7) + 2 * gammaln(3) - 4 * gammaln(4)  # ln(6! 2! 2! / (3! 3! 3! 3!))
    itself = gammaln(7) - 2 * gammaln(4)
    cost = log_tables(np.array([3.0, 3.0]), np.array([3.0, 3.0]))
    assert cost == pytest.approx(np.log(4), abs=0.15)
    assert reduced_information(counts) == pytest.approx((said - cost) / (itself - cost))

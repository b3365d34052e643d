"""What is told of groups: every world of three small networks, and what somebody could work out from the release."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from netofnets.graph.rounding import STEP, Cells, everybody_told, told

PAIRS = ((0, 1), (0, 2), (1, 2))


def test_steps_downwards():
    assert told([0, 2, 3, 4, 5, 9, 10, 14, 15], 3).tolist() == [0, 0, 3, 3, 5, 5, 10, 10, 15]
    assert told([0, 3, 4, 5, 9, 10, 14, 15], 5).tolist() == [0, 0, 0, 5, 5, 10, 10, 15]
    assert set(np.diff(np.unique(told(np.arange(500), 5))).tolist()) == {STEP}, "no two differ by less"


def shared(top):
    """Every way in which three networks of at most ``top`` people can share some: in two, in two alone, in all."""
    ab, ac, bc, abc = (x.reshape(-1) for x in np.indices((top + 1,) * 4))
    possible = (np.array([ab + ac, ab + bc, ac + bc]) + abc <= top).all(axis=0)
    ab, ac, bc, abc = ab[possible], ac[possible], bc[possible], abc[possible]
    return np.array([ab + abc, ac + abc, bc + abc]), np.array([ab, ac, bc]), abc


def pairs_told(networks, both):
    """What is told of people in two networks of which this is told, as :class:`Cells` does."""
    cap = np.where(networks < STEP, 0, told((networks + STEP - 1) // 2, STEP))
    return [np.minimum(told(both[at], STEP), min(cap[a], cap[b])) for at, (a, b) in enumerate(PAIRS)]


def totals(networks, pairs, most):
    """Every total that can be told beside these pairs, the first of them, and the ways in which just these are told."""
    for told_pairs in np.unique(pairs, axis=1).T:
        table = np.zeros((3, 3), dtype=np.int64)
        for (a, b), value in zip(PAIRS, told_pairs, strict=True):
            table[a, b] = table[b, a] = value
        classes = {everybody_told(count, networks, sp.csr_array(table)) for count in range(most + STEP)}
        same = (pairs == told_pairs[:, None]).all(axis=0)
        for total in classes:
            yield total, min(classes - {0}), same


def releases(least, top):
    """Every release, for every way of sharing that leads to it.

    Yields a number for what is told (networks, pairs, everybody), the people in the first two networks, and the fewest
    and most who can be in the first and not in the second.
    """
    both, two, abc = shared(top)
    inside = np.array([two[0] + two[1] + abc, two[0] + two[2] + abc, two[1] + two[2] + abc])
    steps = np.unique(told(np.arange(top + 1), least))
    ends = np.append(steps[1:], top + 1) - 1
    for which in np.ndindex((len(steps),) * 3):
        networks, largest = steps[list(which)], ends[list(which)][:, None]
        fits = (inside <= largest).all(axis=0)
        low, high = np.maximum(0, networks[:, None] - inside[:, fits]), largest - inside[:, fits]  # in that one alone
        counted = networks >= STEP
        common = abc[fits] * counted.any()
        common = common + sum(two[at][fits] * (counted[a] | counted[b]) for at, (a, b) in enumerate(PAIRS))
        fewest, most = common + low[counted].sum(axis=0), common + high[counted].sum(axis=0)
        key = np.zeros(fits.sum(), dtype=np.int64)
        in_pairs = pairs_told(networks, both[:, fits])
        for value in (*networks, *in_pairs):
            key = key * 100 + value
        large = np.where(networks < STEP, 0, networks)
        for total, first, same in totals(large, np.array(in_pairs), 3 * top):
            least_total, most_total = (total, total + STEP - 1) if total else (0, first - 1)
            can = same & (most >= least_total) & (fewest <= most_total)
            alone = (low[0], high[0])
            if counted[0]:  # the more are elsewhere, the fewer need be here
                alone = (
                    np.maximum(low[0], least_total - most + high[0]),
                    np.minimum(high[0], most_total - fewest + low[0]),
                )
            outside = two[1][fits]
            yield key[can] * 100 + total, both[0][fits][can], (alone[0] + outside)[can], (alone[1] + outside)[can]


@pytest.mark.parametrize("least,top", [(5, 19), (3, 14)])
def test_no_release_tells_of_a_small_group_that_there_is_anybody_in_it(least, top):
    """In every world of three networks: who is told all of that can never work out that one to four are in two."""
    key, both, fewest, most = (np.concatenate(column) for column in zip(*releases(least, top), strict=True))
    _, which = np.unique(key, return_inverse=True)
    known_both, known_fewest = (np.full(which.max() + 1, 3 * top) for _ in range(2))
    np.minimum.at(known_both, which, both)
    np.minimum.at(known_fewest, which, fewest)
    known_most = np.zeros(which.max() + 1, dtype=np.int64)
    np.maximum.at(known_most, which, most)
    assert not set(known_both.tolist()) & set(range(1, STEP))
    assert not ((known_fewest > 0) & (known_most < least)).any(), "nor that a few are in the one alone"
    assert (known_both >= STEP).any() and (key % 100 > 0).any(), "and something is told, of everybody too"


def test_a_total_that_is_only_rounded_would_tell():
    """Ten and ten, nineteen in all: had the total been told as 15, somebody would have to be in both."""
    networks, untold = np.array([10, 10]), sp.csr_array((2, 2), dtype=np.int64)
    assert [everybody_told(total, networks, untold) for total in (16, 19, 20, 24, 25, 28)] == [0, 0, 0, 0, 25, 25]


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 2))), max_size=60),
    st.sampled_from([3, 5, 11]),
)
def test_whatever_is_told_is_true_and_follows_from_what_is_told(people, least):
    members, named = np.zeros((len(people), 5)), np.zeros((len(people), 3))
    for row, (networks, interests) in enumerate(people):
        members[row, list(networks)] = 1
        named[row, list(interests)] = 1 if networks else 0
    cells = Cells.of(sp.csr_array(members), sp.csr_array(named), least)
    both, held = members.T @ members, members.T @ named
    assert (cells.networks <= np.diag(both)).all() and (cells.pairs.toarray() <= both).all()
    assert (cells.subjects.toarray() <= held).all()
    assert (np.diag(both) <= cells.most).all()
    for network in range(5):
        others = np.array([n for n in range(5) if n != network])
        assert (both[network, others] <= cells.most_shared(network, others)).all()
    anybody = members.any(axis=1)
    assert cells.union(np.arange(5)) <= anybody.sum()
    for interest in range(3):
        assert cells.with_interest(interest) <= (named[:, interest] > 0).sum()
    assert cells.everybody <= anybody.sum()
    again = Cells(least, cells.networks, cells.pairs, cells.subjects, 0)
    assert again.union(np.arange(5)) == cells.union(np.arange(5)), "no other source than what is told"


def test_the_example_of_the_record():
    """Ten of twelve are also here, five also there: that alone must not tell that somebody is in all three."""
    members = np.zeros((30, 3))
    members[:12, 0] = members[:10, 1] = members[7:12, 2] = 1
    members[12:30, 1] = members[12:30, 2] = 1
    cells = Cells.of(sp.csr_array(members), sp.csr_array((30, 0)), 5)
    assert cells.networks.tolist() == [10, 25, 20]
    assert cells.pairs.toarray()[0].tolist() == [0, 5, 5], "of twelve, no more than half"

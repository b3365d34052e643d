"""What is told of groups: every world of three small networks, and what somebody could work out from the release."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from netofnets.graph.rounding import STEP, Cells, told

PAIRS = ((0, 1), (0, 2), (1, 2))


def test_steps_downwards():
    assert told([0, 2, 3, 4, 5, 9, 10, 14, 15], 3).tolist() == [0, 0, 3, 3, 5, 5, 10, 10, 15]
    assert told([0, 3, 4, 5, 9, 10, 14, 15], 5).tolist() == [0, 0, 0, 5, 5, 10, 10, 15]
    assert set(np.diff(np.unique(told(np.arange(500), 5))).tolist()) == {STEP}, "no two differ by less"


def shared(top):
    """Every way in which three networks of at most ``top`` people can share some: of each the least size, and pairs."""
    ab, ac, bc, abc = (x.reshape(-1) for x in np.indices((top + 1,) * 4))
    least = np.array([ab + ac + abc, ab + bc + abc, ac + bc + abc])
    possible = (least <= top).all(axis=0)
    return least[:, possible], np.array([ab + abc, ac + abc, bc + abc])[:, possible]


def releases(least, top):
    """For each such way and each size that is told of the networks: what is told, and what is so told of.

    Yields the release as a number for each world, the people in the first two, and the least and the most people in the
    first who are not in the second.
    """
    smallest, both = shared(top)
    steps = np.unique(told(np.arange(top + 1), least))
    ends = np.append(steps[1:], top + 1) - 1
    for which in np.ndindex((len(steps),) * 3):
        networks, largest = steps[list(which)], ends[list(which)]
        fits = (smallest <= largest[:, None]).all(axis=0)
        most = np.where(networks == 0, least - 1, np.where(networks < STEP, STEP - 1, networks + STEP - 1))
        cap = np.where(networks == 0, 0, told(most // 2, least))
        pairs = [np.minimum(told(both[at][fits], least), np.minimum(cap[a], cap[b])) for at, (a, b) in enumerate(PAIRS)]
        key = np.zeros(fits.sum(), dtype=np.int64)
        for value in (*networks, *pairs):
            key = key * 100 + value
        size = np.maximum(networks[0], smallest[0][fits])
        yield key, both[0][fits], size - both[0][fits], largest[0] - both[0][fits]


@pytest.mark.parametrize("least,top", [(5, 19), (3, 14)])
def test_no_release_tells_of_a_small_group_that_there_is_anybody_in_it(least, top):
    """In every world of three networks: who is told all of that can never work out that one to four are in two."""
    key, both, fewest, most = (np.concatenate(column) for column in zip(*releases(least, top), strict=True))
    _, which = np.unique(key, return_inverse=True)
    known_both, known_fewest = (np.full(which.max() + 1, top) for _ in range(2))
    np.minimum.at(known_both, which, both)
    np.minimum.at(known_fewest, which, fewest)
    known_most = np.zeros(which.max() + 1, dtype=np.int64)
    np.maximum.at(known_most, which, most)
    assert not set(known_both.tolist()) & set(range(1, least))
    assert not ((known_fewest > 0) & (known_most < least)).any(), "nor that one to four are in the one alone"
    assert (known_both >= least).any(), "and something is told"


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
    again = Cells(least, cells.networks, cells.pairs, cells.subjects)
    assert again.union(np.arange(5)) == cells.union(np.arange(5)), "no other source than what is told"


def test_the_example_of_the_record():
    """Ten of twelve are also here, five also there: that alone must not tell that somebody is in all three."""
    members = np.zeros((30, 3))
    members[:12, 0] = members[:10, 1] = members[7:12, 2] = 1
    members[12:30, 1] = members[12:30, 2] = 1
    cells = Cells.of(sp.csr_array(members), sp.csr_array((30, 0)), 5)
    assert cells.networks.tolist() == [10, 25, 20]
    assert cells.pairs.toarray()[0].tolist() == [0, 5, 5], "of twelve, no more than half"

"""Numbers of communities follow the members from one publication to the next, and so do their colours."""

import numpy as np
import pytest

from netofnets.analysis.continuity import numbered, places
from netofnets.analysis.registry import needed
from tests.data.planted import Planted, planted


def published(made, before=None):
    """The tables that a publication of these facts has, after one that had ``before``."""
    snapshot, found = made.snapshot(), {}
    for declared in needed("community_summary"):
        found[declared.id] = declared(snapshot, found, {}, (before or {}).get(declared.id))
    return found


def more(made: Planted, share: float, seed: int) -> Planted:
    """So many memberships more: anybody joins any network, large ones as often as they are large."""
    random = np.random.default_rng(seed)
    have = set(zip(made.person.tolist(), made.network.tolist(), strict=True))
    wanted = len(have) + round(share * len(have))
    while len(have) < wanted:
        have.add((int(random.integers(made.people)), int(made.network[random.integers(len(made.network))])))
    pairs = np.array(sorted(have))
    return Planted(pairs[:, 0], pairs[:, 1], made.people, made.networks, made.is_bridge, made.home)


def kept(before, after):
    """The share of communities whose number names mostly the same members afterwards."""
    a, b = (t["communities"]["community"].fill_null(-1).to_numpy() for t in (before, after))
    old = [c for c in set(a.tolist()) if c >= 0]
    return np.mean([((a == c) & (b == c)).sum() / ((a == c) | (b == c)).sum() >= 0.5 for c in old])


def test_numbers_follow_the_members_and_are_never_used_twice():
    labels = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2], dtype=np.int32)
    before = np.array([5, 5, 5, 9, 9, 9, 9, -1, -1])
    found = numbered(labels, before, highest=11)
    assert found.ids.tolist() == [5, 9, 12]  # 11 was given to one that is gone
    assert found.highest == 12
    assert numbered(labels, np.full(9, -1), 0).ids.tolist() == [1, 2, 3]


def test_a_group_that_shares_too_little_gets_a_number_of_its_own():
    labels = np.zeros(10, dtype=np.int32)
    assert numbered(labels, np.array([3] * 2 + [-1] * 8), 3).ids.tolist() == [4]  # 2 of 10
    assert numbered(labels, np.array([3] * 3 + [-1] * 7), 3).ids.tolist() == [3]  # 3 of 10


def test_the_best_matching_of_all_counts_not_the_best_of_each():
    """Both halves of 1 look like it; 2 lies in the second half only, so the first keeps 1."""
    labels = np.repeat([0, 1], [10, 10]).astype(np.int32)
    before = np.repeat([1, 1, 2], [10, 6, 4])
    assert numbered(labels, before, 2).ids.tolist() == [1, 2]


def test_colours_stay_with_the_number_while_a_community_is_large():
    first = places(np.arange(1, 11), {})
    assert first == {n: n - 1 for n in range(1, 9)}
    later = places(np.array([9, 1, 2, 3, 4, 5, 6, 20, 7]), first)  # 8 is gone, 7 is ninth now, 9 and 20 are large
    assert later == {1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 9: 7}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("mega", [0.0, 0.3])
def test_one_percent_more_memberships_keep_the_numbers(seed, mega):
    made = planted(seed, mega=mega)
    before = published(made)
    after = published(more(made, 0.01, seed), before)
    assert kept(before, after) >= 0.95
    slots = [
        dict(zip(*(t["community_summary"][c].to_pylist() for c in ("community", "slot")), strict=True))
        for t in (before, after)
    ]
    assert all(slots[1].get(number, slot) == slot for number, slot in slots[0].items() if slot is not None)


def test_the_same_facts_again_keep_everything():
    made = planted(3)
    before = published(made)
    after = published(made, before)
    assert kept(before, after) == 1.0
    a, b = (t["communities"]["community"].to_pylist() for t in (before, after))
    assert np.mean([x == y for x, y in zip(a, b, strict=True)]) > 0.98


def test_a_division_of_the_past_that_no_longer_pays_is_given_up():
    made = planted(1, mega=0.0)
    after = published(made.shuffled(1), published(made))
    assert len(set(after["communities"]["community"].drop_null().to_pylist())) == 1


def test_a_block_that_is_new_gets_a_fresh_number_and_the_others_keep_theirs():
    made = planted(4, mega=0.0)
    before = published(made)
    people, networks = made.people, made.networks
    random = np.random.default_rng(4)
    pairs = {(people + i, networks + int(n)) for i in range(120) for n in random.choice(6, 2, replace=False)}
    pairs |= {(i, networks) for i in range(3)}  # three who were there before join it too
    person, network = np.array(sorted(pairs)).T
    grown = Planted(
        np.concatenate([made.person, person]),
        np.concatenate([made.network, network]),
        people + 120,
        networks + 6,
        np.concatenate([made.is_bridge, np.zeros(120, bool)]),
        np.concatenate([made.home, np.full(120, 8)]),
    )
    after = published(grown, before)
    old = set(before["communities"]["community"].drop_null().to_pylist())
    new = set(after["communities"]["community"].drop_null().to_pylist())
    assert old <= new
    assert new - old == {max(old) + 1}
    own = after["communities"]["community"].to_pylist()
    assert set(own[people : people + 120]) == {max(old) + 1}

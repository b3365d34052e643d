"""Every engine gives the same tables: by hand, in any order of rows, and to the last bit on planted people."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from netofnets.analysis.local import LOCAL
from netofnets.errors import EngineError
from tests.analysis.test_planted import of_the_benchmarks
from tests.data.planted import planted
from tests.engines.worlds import rows, table, world

MEMBERSHIPS = table("row", "column", of=[(0, 0), (1, 1), (2, 1), (3, 0), (3, 1), (4, 2)])
TIES = table("row", "column", "weight", of=[(0, 1, 3), (0, 2, 1), (1, 4, 2), (3, 4, 1)])
RELATED = table("row", "column", of=[(0, 2), (2, 0)])
NONE = pa.table({"row": pa.array([], pa.int64()), "column": pa.array([], pa.int64())})


def test_who_is_in_two_networks(engine):
    assert rows(engine.shared(MEMBERSHIPS)) == [(0, 1, 1)]
    two = table("row", "column", of=[(0, 2), (0, 0), (0, 1), (7, 1), (7, 2), (9, 0)])
    assert rows(engine.shared(two)) == [(0, 1, 1), (0, 2, 1), (1, 2, 2)]
    assert rows(engine.shared(NONE)) == []


def test_who_joins_which_networks(engine):
    """0 works with 1 and 2 across to network 1, in which 3 is too; 4 works with 1 and 3 across to network 2."""
    assert rows(engine.joined(MEMBERSHIPS, TIES, RELATED)) == [
        (0, 1, 0, False, 4, 2, 2.0),
        (0, 1, 1, False, 3, 1, 0.5),
        (0, 1, 2, False, 1, 1, 0.5),
        (0, 1, 3, True, 0, 0, 0.0),
        (1, 2, 1, False, 2, 1, 0.5),
        (1, 2, 3, False, 1, 1, 0.5),
        (1, 2, 4, False, 3, 2, 2.0),
    ]
    # Where network 0 is no part of network 2, 3 and 4 join these as well.
    more = rows(engine.joined(MEMBERSHIPS, TIES, NONE))
    assert [row for row in more if row[:2] == (0, 2)] == [(0, 2, 3, False, 1, 1, 1.0), (0, 2, 4, False, 1, 1, 1.0)]
    assert rows(engine.joined(MEMBERSHIPS, TIES.slice(0, 0), NONE)) == [(0, 1, 3, True, 0, 0, 0.0)]


def test_how_weight_is_spread(engine):
    weights = table("row", "column", "weight", of=[(0, 0, 1.0), (0, 3, 2.0), (0, 4, 3.0), (2, 1, 0.5), (2, 2, 4.0)])
    groups = table("node", "label", of=[(0, 1), (3, 1), (4, 0), (1, 5)])
    # Row 0: 3 in group 1, 3 in group 0. Row 2: 0.5 in group 5; column 2 is in none and counts in the weight alone.
    assert rows(engine.spread(weights, groups)) == [(0, 6.0, 18.0), (2, 4.5, 0.25)]


@pytest.fixture(scope="module")
def small():
    """A thousand people in eight blocks, with ties at random."""
    made = planted(3, people=1000, mega=0.1)
    draws = np.random.default_rng(3)
    near, far = draws.integers(0, made.people, (2, 2000))
    kept = near != far
    return world(
        type(made)(
            made.person,
            made.network,
            made.people,
            made.networks,
            made.is_bridge,
            made.home,
            (near[kept], far[kept], draws.integers(1, 4, kept.sum())),
        )
    )


@pytest.fixture(scope="module")
def large(shared_tools):
    """The 10,000 planted people of the benchmarks."""
    return world(of_the_benchmarks(shared_tools / "synth_networks.py"))


def shuffled(given, seed):
    return given.take(pa.array(np.random.default_rng(seed).permutation(given.num_rows)))


def test_the_order_of_rows_changes_nothing(small):
    for seed in range(3):
        mixed = [shuffled(one, seed) for one in (small.memberships, small.ties, small.related)]
        assert LOCAL.joined(*mixed).equals(LOCAL.joined(small.memberships, small.ties, small.related))
        assert LOCAL.shared(mixed[0]).equals(LOCAL.shared(small.memberships))
        spread = LOCAL.spread(shuffled(small.weights, seed), shuffled(small.labels, seed))
        assert spread.equals(LOCAL.spread(small.weights, small.labels))


def test_the_same_to_the_last_bit(other, small):
    mixed = [shuffled(one, 1) for one in (small.memberships, small.ties, small.related)]
    assert other.joined(*mixed).equals(LOCAL.joined(small.memberships, small.ties, small.related))
    assert other.shared(mixed[0]).equals(LOCAL.shared(small.memberships))


def test_the_same_to_the_last_bit_on_planted_people(other, large):
    assert LOCAL.shared(large.memberships).num_rows == 11_449
    assert other.shared(large.memberships).equals(LOCAL.shared(large.memberships))
    here = LOCAL.spread(large.weights, large.labels)
    assert other.spread(large.weights, large.labels).equals(here)
    # The bits hang on the order that is laid down: adding the same numbers up otherwise gives others.
    row, weight = (large.weights[name].to_numpy() for name in ("row", "weight"))
    backwards = np.bincount(row[::-1], weight[::-1])
    assert not np.array_equal(backwards, here["strength"].to_numpy())
    assert np.allclose(backwards, here["strength"].to_numpy())


def test_who_joins_is_the_same_on_planted_people(spark, large):
    given = large.memberships, large.ties, large.related
    here = LOCAL.joined(*given)
    assert here.num_rows > 150_000
    assert spark.joined(*given).equals(here)


def test_spark_has_no_communities(spark, small):
    with pytest.raises(EngineError, match="finds no communities"):
        spark.labels(small.graph, 1.0, 7)


def test_more_than_local_keys_hold_is_refused():
    far = table("row", "column", of=[(0, 0), (2**21 - 1, 2**21 - 1)])
    with pytest.raises(EngineError, match="--engine spark"):
        LOCAL.joined(far, TIES.slice(0, 0), NONE)
    assert LOCAL.shared(far).num_rows == 0


def test_a_folder_that_spark_cannot_share_is_named(spark, tmp_path):
    with pytest.raises(EngineError, match="spark_folder .*/none is no folder"):
        type(spark).open("local[2]", str(tmp_path / "none"))
    shared = type(spark).open("local[2]", str(tmp_path))  # the session of this process, which is not its own to end
    assert rows(shared.shared(MEMBERSHIPS)) == [(0, 1, 1)]
    shared.close()
    assert list(tmp_path.iterdir()) == []
    assert rows(spark.shared(MEMBERSHIPS)) == [(0, 1, 1)]

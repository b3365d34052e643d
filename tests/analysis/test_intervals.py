"""Intervals of ranks: a fifth really left out and everything computed anew, the new rank lies where it was said."""

import numpy as np
import pytest

from netofnets.analysis.blocks import blocks_anew, blocks_of
from netofnets.analysis.registry import compute
from netofnets.analysis.resampling import rank_intervals, thinned
from tests.data.graphs import snapshot
from tests.data.planted import planted
from tests.data.scattered import scattered

HELD = 0.85
FIRST = 50  # that a page lists


def faculty(seed=5, people=80):
    """Made up: academics of four schools, in one each, with friends who are mostly of their own."""
    random = np.random.default_rng(seed)
    school = random.choice(4, people, p=[0.4, 0.3, 0.2, 0.1])
    near = np.where(school[:, None] == school[None, :], 0.25, 0.02)
    ends = np.argwhere(np.triu(random.random((people, people)) < near, 1)).tolist()
    return snapshot(
        {f"p{i:02d}": [f"School {school[i]}"] for i in range(people)}, [(f"p{a:02d}", f"p{b:02d}") for a, b in ends]
    )


WORLDS = {
    "closed blocks": lambda: planted(1).snapshot(),
    "strays": lambda: scattered(2, people=2000, bridges=15, communities=10).snapshot(),
    "friends": faculty,
}


@pytest.mark.parametrize(
    ("world", "kind"),
    [
        ("closed blocks", "memberships"),
        ("strays", "memberships"),
        ("strays", "collaborations"),
        ("friends", "memberships"),
        ("friends", "collaborations"),
    ],
)
def test_with_a_fifth_left_out_the_new_rank_lies_in_the_interval(world, kind):
    made = WORLDS[world]()
    rows = [r for r in compute("bridges", made).to_pylist() if r["rank"]]
    shown = [r for r in rows if r["rank"] <= FIRST or r["bridging"]]
    assert len(shown) >= 30
    held = []
    for seed in range(3):
        fewer = thinned(made, kind, np.random.default_rng(100 + seed))
        anew = {r["leader"]: r["rank"] for r in compute("bridges", fewer).to_pylist() if r["rank"]}
        held += [r["rank_low"] <= anew.get(r["leader"], len(anew) + 1) <= r["rank_high"] for r in shown]
    assert np.mean(held) >= HELD
    assert np.mean([r["rank_high"] - r["rank_low"] for r in shown]) < len(rows)  # not by saying nothing


def test_what_every_resample_finds_has_a_narrow_interval():
    """One person joins two closed camps three times over: first, whatever is left out."""
    belongs = {f"a{k}": ["a-0", "a-1", "a-2"] for k in range(30)} | {f"b{k}": ["b-0", "b-1", "b-2"] for k in range(30)}
    made = snapshot(belongs | {"z": [*belongs["a0"], *belongs["b0"]]})
    first = compute("bridges", made).to_pylist()[0]
    assert (first["leader"], first["rank"], first["rank_low"], first["rank_high"]) == ("z", 1, 1, 1)


def test_nobody_to_rank_is_no_error():
    made = snapshot({"a": [], "b": []})
    nobody = np.zeros(0, dtype=np.int64)
    blocks = compute("blocks", made)
    low, high = rank_intervals(made, 1.0, blocks, nobody, nobody, seed=7, alpha=0.01)
    assert low.shape == high.shape == (0,)
    assert compute("bridges", snapshot({})).num_rows == 0


def test_blocks_that_were_published_before_they_said_where_they_were_found_serve_as_well():
    """A table of an older program is taken over while what it was computed from is the same."""
    camps = {f"a{k}": ["a-0", "a-1", "a-2"] for k in range(30)} | {f"b{k}": ["b-0", "b-1", "b-2"] for k in range(30)}
    made = snapshot(camps)
    told = compute("blocks", made)
    untold = told.replace_schema_metadata(None)
    expected = blocks_of(told)
    assert len(set(expected.tolist())) == 2
    for table in (told, untold):
        assert (blocks_anew(made, table, 7, 0.01) == expected).all()

"""Bridging leaders: scores by hand, sentences that are true when recomputed, ranks with honest intervals."""

import re

import numpy as np
import pytest

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.bridge_scores import combined_rank, participation
from netofnets.analysis.chance import chance_of
from netofnets.analysis.crossings import crossings
from netofnets.analysis.outstanding import outstanding
from netofnets.analysis.registry import needed
from tests.data.graphs import camps, snapshot
from tests.data.planted import planted


def results_of(made, **parameters):
    found = {}
    for declared in needed("bridges"):
        found[declared.id] = declared(made, found, parameters)
    return found


def test_participation_by_hand():
    made = snapshot({"a": ["x", "y"], "b": ["x"], "c": ["y"], "d": []})
    graph = affiliation(made)  # both networks weigh the same, so every membership weighs 1
    spread, strength = participation(graph, np.array([0, 0, 1, -1, 0, 1], dtype=np.int32))
    assert spread[:3].tolist() == [0.5, 0.0, 0.0]
    assert strength.tolist() == [2.0, 1.0, 1.0, 0.0]


def test_the_score_is_participation_times_strength():
    rows = [r for r in results_of(planted(6, mega=0.0).snapshot())["bridges"].to_pylist() if r["score"] is not None]
    assert len(rows) == 30
    assert [r["score"] for r in rows] == pytest.approx([r["participation"] * r["strength"] for r in rows])


def test_of_equal_evidence_whoever_has_more_weight_across_comes_first_not_whoever_is_more_even():
    """z joins the two camps once each way, y twice: as even, but with more at stake."""
    belongs = {f"a{k}": ["a-0", "a-1", "a-2"] for k in range(30)} | {f"b{k}": ["b-0", "b-1", "b-2"] for k in range(30)}
    rows = results_of(snapshot(belongs | {"z": ["a-0", "b-0"], "y": ["a-0", "a-1", "b-0", "b-1"]}))["bridges"]
    z, y = ({r["leader"]: r for r in rows.to_pylist()}[who] for who in "zy")
    assert z["participation"] == pytest.approx(0.5, abs=0.01) and y["participation"] == pytest.approx(0.5, abs=0.01)
    assert z["block_score"] == y["block_score"] == 0.5
    assert (y["rank"], z["rank"]) == (1, 2)


def test_those_who_join_two_blocks_are_bridging_and_nobody_else():
    bridges = results_of(camps(size=60, joining=2))["bridges"].to_pylist()
    first = [r["leader"] for r in bridges if r["bridging"]]
    assert first == ["z0", "z1"]
    row = bridges[0]
    assert (row["rank"], row["blocks"], row["same_pair"], row["block_score"]) == (1, 2, 2, 0.5)
    assert {row["first_network"][0], row["second_network"][0]} == {"a", "b"}
    assert bridges[2]["block_score"] is None
    assert bridges[2]["reason"] is None


def test_equal_leaders_share_a_rank_whatever_their_ids():
    bridges = results_of(camps(size=60, joining=3))["bridges"].to_pylist()
    assert [r["rank"] for r in bridges[:4]] == [1, 1, 1, None]


def test_combined_rank_by_hand():
    # Places 1, 2, 3 and 2.5, 1, 2.5: three times the first and the second make 5.5, 7, 11.5.
    assert combined_rank(np.array([3.0, 2.0, 1.0]), np.array([0.0, 5.0, 0.0])).tolist() == [1, 2, 3]
    # Places 1.5, 1.5, 3 and 2.5, 2.5, 1 make 7, 7, 10; among equals in the first, the second decides.
    assert combined_rank(np.array([2.0, 2.0, 1.0]), np.array([0.0, 0.0, 5.0])).tolist() == [1, 1, 3]
    assert combined_rank(np.array([2.0, 2.0, 1.0]), np.array([0.0, 4.0, 5.0])).tolist() == [2, 1, 3]
    assert combined_rank(np.zeros(3), np.zeros(3)).tolist() == [1, 1, 1]


@pytest.mark.parametrize("mega", [0.0, 0.3])
def test_the_planted_bridges_are_the_first(mega):
    for seed in range(3):
        made = planted(seed, mega=mega)
        bridges = results_of(made.snapshot())["bridges"].to_pylist()
        assert all(made.is_bridge[int(r["leader"][1:])] for r in bridges[:30])


def test_sentences_are_true_when_recomputed():
    made = planted(4).snapshot()
    results = results_of(made)
    memberships, ids = made.incidence("memberships"), made.ids("networks").to_pylist()
    block = dict(zip(results["blocks"]["network"].to_pylist(), results["blocks"]["block"].to_pylist(), strict=True))
    joins = [{block[ids[n]] for n in memberships.groups_of(i)} - {None} for i in range(made.count("leaders"))]
    told = [r for r in results["bridges"].to_pylist() if r["reason"]]
    assert len(told) >= 30
    for row in told:
        own = {ids[n] for n in memberships.groups_of(made.position("leaders", row["leader"]))}
        assert {row["first_network"], row["second_network"]} <= own
        sides = {block[row["first_network"]], block[row["second_network"]]}
        assert len(sides) == 2
        others = sum(sides <= joined for joined in joins)
        assert others == row["same_pair"]
        said = re.match(
            r"(The only person|One of ([\d,]+) people) in networks around both (.+) and (.+); ", row["reason"]
        )
        assert (int(said[2].replace(",", "")) if said[2] else 1) == others
        assert (said[3], said[4]) == (row["first_network"], row["second_network"])  # here ids are names


def test_expected_joiners_are_the_mean_of_shuffled_memberships():
    made = planted(5, people=600, mega=0.0)
    block = np.arange(57) % 8
    block[56] = -1
    null = chance_of(made.snapshot().incidence("memberships"))
    shares = null.shares(block, 8)
    expected = null.expected_joining(shares, np.array([0]), np.array([1]))[0]
    seen = []
    for seed in range(30):
        shuffle = made.shuffled(seed)
        per = np.zeros((600, 8), bool)
        inside = block[shuffle.network] >= 0
        per[shuffle.person[inside], block[shuffle.network[inside]]] = True
        seen.append((per[:, 0] & per[:, 1]).sum())
    assert expected == pytest.approx(np.mean(seen), rel=0.12)


def test_without_blocks_there_is_no_crossing():
    memberships = camps().incidence("memberships")
    none = crossings(memberships, np.full(6, -1), chance_of(memberships), 0.01)
    assert len(none.leader) == 0


def test_intervals_hold_the_rank_and_one_thin_tie_makes_them_wide():
    made = planted(6)
    rows = [r for r in results_of(made.snapshot())["bridges"].to_pylist() if r["rank"]]
    assert all(r["rank_low"] <= r["rank"] <= r["rank_high"] for r in rows)
    assert max(r["rank_high"] - r["rank"] for r in rows[:30]) > 100


def test_everybody_called_bridging_joins_what_fewer_join_than_chance_gives():
    for seed in range(4):
        for row in results_of(planted(seed).snapshot())["bridges"].to_pylist():
            if row["bridging"]:
                assert row["same_pair"] < row["expected"]  # so the sentence never says the opposite
                assert row["reason"].endswith(("would give", ".")) and "chance alone would give" in row["reason"]


def test_where_every_fifth_joins_a_gap_nobody_stands_out_by_that():
    rows = results_of(planted(7, bridges=200).snapshot())["bridges"].to_pylist()
    assert sum(r["same_pair"] is not None and r["same_pair"] < r["expected"] for r in rows) > 100
    assert not any(r["bridging"] for r in rows)


def test_nobody_stands_out_of_a_plain_tail_and_those_beyond_it_do():
    draw = np.random.default_rng(3)
    crowd = draw.exponential(1.0, 20_000)
    assert outstanding(crowd, 0.5).sum() <= 5
    beyond = np.concatenate([crowd, 14.0 + draw.random(60)])
    found = outstanding(beyond, 0.5)
    assert found[-60:].all() and found.sum() <= 2 * 60  # at most half of them are of the crowd
    assert not outstanding(np.zeros(10), 0.5).any() and not outstanding(np.ones(10), 0.5).any()
    assert outstanding(np.zeros(0), 0.5).shape == (0,)

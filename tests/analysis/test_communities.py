"""Communities: by hand, against another implementation, and the rule that chooses how many."""

import numpy as np
import pytest
import scipy.sparse as sp

from netofnets.analysis.affiliation import affiliation, surprise
from netofnets.analysis.description import description_length, planted_description_length
from netofnets.analysis.leiden import agreement, components, partition, renumber
from netofnets.analysis.registry import compute
from tests.data.graphs import camps, snapshot, two_camps
from tests.data.planted import planted


def labels(made, **parameters):
    return {r["id"]: r["community"] for r in compute("communities", made, parameters).to_pylist()}


def test_memberships_weigh_by_how_few_share_them():
    memberships = snapshot({"a": ["all", "x"], "b": ["all", "x"], "c": ["all"]}, networks=["e"]).incidence(
        "memberships"
    )
    assert surprise(memberships) == pytest.approx([-np.log(3 / 4), 0.0, -np.log(2 / 4)])


def test_the_affiliation_graph_is_symmetric_with_mean_weight_one():
    made = snapshot({"a": ["x", "y"], "b": ["x"]}, [("a", "b", 3), ("b", "a", 1)])
    graph = affiliation(made)
    dense = graph.matrix.toarray()
    assert (dense == dense.T).all()
    assert dense[0, 1] == 1.0  # the only tie: four times, rescaled
    assert dense[:2, 2:].sum() / 3 == pytest.approx(1.0)


def test_two_camps_are_two_communities_and_an_isolate_is_in_none():
    found = labels(camps(size=30, joining=1), resolution=0)
    assert len({found[f"a{k:02d}"] for k in range(30)} | {found[f"a-{k}"] for k in range(3)}) == 1
    assert found["a00"] != found["b00"]
    assert labels(two_camps())["i"] is None


def test_strength_is_the_share_of_weight_inside():
    made = two_camps()
    table = {r["id"]: r for r in compute("communities", made, {"resolution": 1.0}).to_pylist()}
    memberships = made.incidence("memberships")
    weight = surprise(memberships)
    at = {n: i for i, n in enumerate(made.ids("networks").to_pylist())}
    own = [n for n in ("a1", "b1") if table[n]["community"] == table["z"]["community"]]
    assert table["z"]["strength"] == pytest.approx(
        sum(weight[at[n]] for n in own) / (weight[at["a1"]] + weight[at["b1"]])
    )
    assert table["i"]["strength"] is None
    assert table["a-0"]["strength"] == 1.0


def test_labels_go_by_size_then_by_first_member():
    assert renumber(np.array([5, 7, 7, -1, 5, 2])).tolist() == [0, 1, 1, -1, 0, 2]
    assert renumber(np.array([-1, -1])).tolist() == [-1, -1]


@pytest.mark.parametrize("length", [description_length, planted_description_length])
def test_one_group_describes_as_well_as_none_and_a_true_division_better(length):
    block = np.kron(np.eye(2), np.ones((20, 20))) - np.eye(40)
    matrix = sp.csr_array(block)
    assert length(matrix, np.zeros(40, dtype=np.int32)) == pytest.approx(0.0)
    halves = np.repeat([0, 1], 20).astype(np.int32)
    assert length(matrix, halves) < -100
    mixed = np.tile([0, 1], 20).astype(np.int32)
    assert length(matrix, mixed) > 0


def test_agreement_is_one_for_equal_and_undefined_for_none():
    same = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    assert agreement(same, same[::-1].copy()) == pytest.approx(1.0)
    assert agreement(same, np.full(6, -1, dtype=np.int32)) is None


def test_quality_is_within_one_percent_of_igraph():
    igraph = pytest.importorskip("igraph", reason="igraph, the other implementation, is not installed")
    matrix = affiliation(planted(3).snapshot()).matrix
    upper = sp.coo_array(sp.triu(matrix))
    other = igraph.Graph(n=matrix.shape[0], edges=np.column_stack([upper.row, upper.col]).tolist())
    found = other.community_leiden(objective_function="modularity", weights=upper.data.tolist(), n_iterations=2)
    own, _ = partition(matrix, 1.0, 7)
    own_quality = other.modularity(np.where(own < 0, own.max() + 1, own).tolist(), weights=upper.data.tolist())
    assert own_quality >= 0.99 * found.modularity


def test_the_profile_chooses_the_shortest_description_and_says_how_sure_it_is():
    rows = compute("resolution_profile", planted(1).snapshot()).to_pylist()
    chosen = [r for r in rows if r["chosen"]]
    assert len(chosen) == 1
    assert chosen[0]["description"] == min(r["description"] for r in rows) < 0
    assert 8 <= chosen[0]["communities"] <= 10
    assert chosen[0]["agreement"] > 0.95


def test_where_no_division_pays_there_are_connected_parts_only():
    made = planted(2, mega=0.0).shuffled(2).snapshot()
    found = compute("communities", made)["community"]
    assert len(found.drop_null().unique()) == int(components(affiliation(made).matrix).max()) + 1
    asked = compute("communities", made, {"resolution": 2.0})["community"]
    assert len(asked.drop_null().unique()) > 5  # who asks for a division gets one


def test_a_community_is_named_by_what_is_typical_of_it():
    made = camps(size=40, joining=1)
    belongs = {
        x: [n for n in made.ids("networks").to_pylist() if n[0] == x[0]] for x in made.ids("leaders").to_pylist()
    }
    tagged = snapshot(belongs, interests={x: ["reading" if x[0] == "a" else "science", "coffee"] for x in belongs})
    rows = compute("community_summary", tagged).to_pylist()
    assert {r["terms"] for r in rows if r["leaders"] > 1} == {"reading", "science"}
    assert {r["label"] for r in rows if r["leaders"] > 1} == {
        "around a-0 and 2 more; reading",
        "around b-0 and 2 more; science",
    }
    assert all(r["agreement"] == 1.0 for r in rows)
    assert next(r for r in rows if r["terms"] == "reading")["term_lift"] == pytest.approx(81 / 40, rel=0.02)


def test_somebody_between_two_camps_belongs_to_both_by_share():
    made = camps(size=30, joining=1)
    shares = [r for r in compute("community_shares", made).to_pylist() if r["id"] == "z0"]
    assert len(shares) == 2
    assert sum(r["share"] for r in shares) == pytest.approx(1.0)
    assert shares[0]["share"] >= shares[1]["share"] > 0.4
    own = next(r for r in compute("communities", made).to_pylist() if r["id"] == "z0")
    assert (own["strength"], own["second_strength"]) in [
        (pytest.approx(shares[0]["share"]), pytest.approx(shares[1]["share"])),
        (pytest.approx(shares[1]["share"]), pytest.approx(shares[0]["share"])),
    ]
    inside = [r["share"] for r in compute("community_shares", made).to_pylist() if r["id"] == "a01"]
    assert inside == [pytest.approx(1.0)]

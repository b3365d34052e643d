"""Layers and gaps: counted by hand on small maps, and silent where ties are dealt by chance."""

import numpy as np
import pyarrow as pa
import pytest

from netofnets.analysis import in_common
from netofnets.analysis.chance import at_least, least_telling
from netofnets.analysis.registry import compute
from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import snapshot


def two_that_should_meet():
    """Networks A and B of ten, all on `reading`; C of ten on `maths`, D of ten on nothing; a partner of A and B."""
    belongs = {f"{n}{i}": [n] for n in "ABCD" for i in range(10)}
    topics = {f"{n}{i}": ["reading"] for n in "AB" for i in range(10)} | {f"C{i}": ["maths"] for i in range(10)}
    return snapshot(belongs, [("C0", "D0"), ("C1", "D1")], interests=topics, partners=[("A", "fund"), ("B", "fund")])


def layer_rows(made):
    return {(r["first"], r["second"], r["layer"]): r for r in compute("layers", made).to_pylist()}


def test_each_layer_counts_what_joins_two_networks():
    belongs = {"a1": ["A"], "a2": ["A"], "b1": ["B"], "b2": ["B"], "c1": ["C"], "ab": ["A", "B"]}
    schools = {p: {"school": s} for p, s in {"a1": "Oak", "b1": " oak", "c1": "Elm", "ab": "Elm"}.items()}
    ties = [("a1", "b1"), ("b1", "a1"), ("a2", "b2"), ("ab", "c1"), ("ab", "b2")]
    partners = [("A", "fund"), ("B", "fund")]
    found = layer_rows(snapshot(belongs, ties, leaders=schools, partners=partners))
    assert {key: r["observed"] for key, r in found.items()} == {
        ("A", "B", "members"): 1,
        ("A", "B", "ties"): 3,  # by direction; those of `ab`, who is in both, join A and B with C only
        ("A", "C", "ties"): 1,
        ("B", "C", "ties"): 1,
        ("A", "B", "partners"): 1,
        ("A", "B", "schools"): 1,  # Oak, by a1 and b1; that `ab` works at Elm joins A and B with nobody
    }


def test_expected_ties_are_those_of_the_configuration_model():
    belongs = {f"{n}{i}": [n] for n in "AB" for i in range(3)}
    ties = [("A0", "B0"), ("A0", "B1"), ("A1", "A2"), ("B2", "A0")]
    row = layer_rows(snapshot(belongs, ties))["A", "B", "ties"]
    # A begins 3 of 4 ties and receives 2, B begins 1 and receives 2: (3 x 2 + 1 x 2) / 4.
    assert (row["observed"], row["expected"]) == (3, 2.0)


def test_a_gap_is_much_in_common_and_nobody_in_both():
    (gap,) = compute("gaps", two_that_should_meet()).to_pylist()
    assert (gap["first"], gap["second"], gap["rank"]) == ("A", "B", 1)
    assert (gap["interests"], gap["partners"], gap["shared"], gap["by_size"], gap["ties"]) == (1, 1, 0, 2.5, 0)
    assert gap["score"] == pytest.approx((np.log1p(4 / 2) + np.log(2)) * -np.expm1(-2.5))
    assert gap["reason"] == (
        "A and B both work on reading. They have 10 and 10 members, and nobody is in both; by their sizes alone about "
        "2 would be. fund supports both already."
    )


def test_a_part_and_its_whole_are_no_gap_and_joined_networks_are_less_of_one():
    belongs = {f"{n}{i}": [n] for n in "ABC" for i in range(8)} | {f"X{i}": ["X"] for i in range(8)}
    topics = {p: ["reading"] for p in belongs if p[0] in "ABC"}
    parts = snapshot(belongs, interests=topics, parts=[("A", "B")])
    pairs = {(r["first"], r["second"]) for r in compute("gaps", parts).to_pylist()}
    assert pairs == {("A", "C"), ("B", "C")}
    joined = {**belongs, "ac": ["A", "C"], "ad": ["A", "C"]}
    found = compute("gaps", snapshot(joined, interests=topics)).to_pylist()
    scores = {(r["first"], r["second"]): r["score"] for r in found}
    assert scores.get(("A", "C"), 0.0) < scores["A", "B"]


@pytest.mark.parametrize("seed", range(20))
def test_ties_dealt_anew_with_degrees_kept_validate_no_layer(seed):
    draw = np.random.default_rng(seed)
    sizes = np.maximum((draw.pareto(1.2, 30) * 5).astype(int), 3)  # heavy-tailed networks
    home = np.repeat(np.arange(len(sizes)), sizes)
    belongs = {f"p{i:05d}": [f"n{n:02d}"] for i, n in enumerate(home)}
    people = sorted(belongs)
    busy = draw.permutation(np.repeat(np.arange(len(people)), 1 + (draw.pareto(1.5, len(people)) * 2).astype(int)))
    busy = busy[: 2 * (len(busy) // 2)].reshape(2, -1)  # stubs paired at random keep everybody's number
    ties = [(people[a], people[b]) for a, b in zip(*busy, strict=True) if a != b]
    found = compute("layers", snapshot(belongs, ties))
    assert not any(r["validated"] for r in found.to_pylist() if r["layer"] == "ties")


def test_ties_that_keep_to_two_networks_are_a_layer():
    belongs = {f"{n}{i}": [n] for n in "ABCDEF" for i in range(12)}
    ties = [(f"A{i}", f"B{(i + k) % 12}") for i in range(12) for k in range(2)]
    ties += [(f"{n}{i}", f"{n}{(i + 1) % 12}") for n in "CDEF" for i in range(12)]
    found = layer_rows(snapshot(belongs, ties))
    assert found["A", "B", "ties"]["validated"] and found["A", "B", "ties"]["observed"] == 24


def test_a_workplace_of_nearly_all_networks_is_no_place(monkeypatch):
    """Of A, B and C, whose people are all "retired", A and B have people at Oak as well."""
    monkeypatch.setattr(in_common, "ONE_PLACE", 2)
    belongs = {f"{n}{i}": [n.upper()] for n in "abc" for i in range(2)}
    schools = {p: {"school": "Oak" if p in ("a1", "b1") else "retired"} for p in belongs}
    found = layer_rows(snapshot(belongs, leaders=schools))
    assert {key: r["observed"] for key, r in found.items()} == {("A", "B", "schools"): 1}


def test_of_interests_each_network_lists_its_strongest():
    """Sixty networks on one subject are 1,770 pairs, all alike: of each the fifty that come first are listed."""
    belongs = {f"{n:02d}{i}": [f"N{n:02d}"] for n in range(60) for i in range(3)}
    made = snapshot(belongs, interests={person: ["reading"] for person in belongs})
    pairs = {(r["first"], r["second"]) for r in compute("layers", made).to_pylist() if r["layer"] == "interests"}
    numbers = {(int(a[1:]), int(b[1:])) for a, b in pairs}
    assert numbers == {(a, b) for a in range(60) for b in range(a + 1, 60) if a < 50}
    few = compute("layers", made, {"most": 1}).to_pylist()
    assert {(r["first"], r["second"]) for r in few} == {("N00", f"N{n:02d}") for n in range(1, 60)}


def test_the_least_telling_count_is_the_first_that_would_pass():
    expected = np.array([0.0, 0.1, 3.0, 40.0])
    least = least_telling(expected, 66, 0.01, 2)
    assert (at_least(least, expected) * 66 < 0.01).all()
    below = least - 1
    assert ((at_least(below, expected) * 66 >= 0.01) | (below < 2)).all()


def test_the_order_of_rows_changes_nothing():
    made = two_that_should_meet()
    backwards = {name: pa.array(range(made.count(name))[::-1], pa.int64()) for name in (*made.nodes, *made.edges)}
    tables = {name: made.nodes[name].take(backwards[name]) for name in made.nodes}
    for kind in ("memberships", "leader_interests", "partnerships", "collaborations"):
        edges = made.edges[kind]
        ends = {"memberships": ("leaders", "networks"), "leader_interests": ("leaders", "interests")}
        source, target = ends.get(kind, ("networks", "organizations") if kind == "partnerships" else ("leaders",) * 2)
        table = edges.table.append_column("from_id", made.ids(source).take(pa.array(edges.source)))
        table = table.append_column("to_id", made.ids(target).take(pa.array(edges.target)))
        tables[kind] = table.take(backwards[kind])
    again = Snapshot.build(tables)
    for measure in ("layers", "gaps"):
        assert compute(measure, again).equals(compute(measure, made))

"""Surroundings of a leader, and the people on whom connections hang."""

from netofnets.graph.subgraph import ego, hinges
from tests.data.graphs import snapshot


def test_surroundings_hold_collaborators_first_and_leave_out_the_crowd_of_a_hub():
    belongs = {f"p{i:02d}": ["crowd"] for i in range(70)} | {"a": ["crowd", "small"], "b": ["small"], "c": []}
    made = snapshot(belongs, [("c", "a")])
    at = {x: made.position("leaders", x) for x in "abc"}
    found = ego(made, at["a"])
    assert found.leaders == (at["a"], at["c"], at["b"])
    assert found.networks == (made.position("networks", "small"), made.position("networks", "crowd"))
    assert not found.cut
    assert ego(made, at["a"], limit=2).leaders == (at["a"], at["c"])
    assert ego(made, at["a"], limit=2).cut
    assert len(ego(made, at["a"], hub=100).leaders) == 73


def test_somebody_alone_is_the_whole_surroundings():
    found = ego(snapshot({"a": []}), 0)
    assert (found.leaders, found.networks, found.cut) == ((0,), (), False)


def test_hinges_are_those_without_whom_networks_come_apart():
    made = snapshot(
        {
            "one": ["w", "x"],
            "two": ["x", "y"],
            "more": ["x", "y"],
            "three": ["y", "z", "v"],
            "home": ["z"],
        }
    )
    found = {made.ids("leaders")[h.leader].as_py(): h.parts for h in hinges(made)}
    names = made.ids("networks").to_pylist()
    assert {who: [[names[n] for n in part] for part in parts] for who, parts in found.items()} == {
        "three": [["w", "x", "y"], ["v"], ["z"]],
        "one": [["v", "x", "y", "z"], ["w"]],
    }
    assert [made.ids("leaders")[h.leader].as_py() for h in hinges(made)] == ["three", "one"]


def test_without_shared_people_nothing_hangs_on_anybody():
    assert hinges(snapshot({"a": ["x"], "b": ["y"]})) == ()

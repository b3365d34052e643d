"""A few networks side by side: counted by hand."""

from __future__ import annotations

from netofnets.services.map.among import MOST_AMONG, among, named_in
from netofnets.services.map.atlas import people_scene
from netofnets.services.map.limits import Limits, limited
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.web.addresses import network


def told(found):
    return {p.title: ([r.name for r in p.people], p.total) for p in found.parts}


def test_two_networks_are_told_as_both_and_only_one(small):
    found = among(small, ORGANIZER, (network("beta"), network("gamma")))
    assert [r.name for r in found.networks] == ["Beta Writers", "Gamma Labs"]
    assert told(found) == {
        "In both": (["Dan Okafor"], 1),
        "Only in Beta Writers": (["Ana Sousa", "Cleo Núñez"], 2),
        "Only in Gamma Labs": (["Eva Lindqvist", "Finn Ødegård", "Gil Moreno"], 3),
    }
    assert found.summary.startswith("1 person is in both")
    assert "Delta Island" in [r.name for r in found.others] and "Beta Writers" not in [r.name for r in found.others]


def test_of_several_each_combination_is_told_the_fullest_first(small):
    found = among(small, ORGANIZER, tuple(map(network, ("alpha", "beta", "gamma"))))
    assert list(told(found)) == [
        "In Alpha Readers and Beta Writers",
        "In Beta Writers and Gamma Labs",
        "Only in Gamma Labs",
        "Only in Alpha Readers",
    ]
    assert found.summary == "7 people in 3 networks, 3 of them in more than one."


def test_what_is_not_there_is_counted_as_missing_and_a_list_is_clamped(small):
    found = among(small, ANONYMOUS, (network("alpha"), network("secret"), "nonsense"))
    assert [r.name for r in found.networks] == ["Alpha Readers"] and found.missing == 2
    assert told(found) == {"In Alpha Readers": (["Ana Sousa", "Bo Jansen"], 2)}
    assert named_in("a, b,,a", "c") == ("a", "b", "c")
    assert len(named_in(",".join(map(str, range(99))))) == MOST_AMONG


def test_the_map_is_left_with_these_and_their_people(small):
    scene = people_scene(small, ORGANIZER).scene
    found = limited(small, ORGANIZER, scene, Limits(among=(network("beta"), network("gamma"))))
    names = {n.id: n.label for n in scene.nodes}
    people = {"Ana Sousa", "Cleo Núñez", "Dan Okafor", "Eva Lindqvist", "Finn Ødegård", "Gil Moreno"}
    assert {names[one.id] for one in found.marks} == {"Beta Writers", "Gamma Labs"} | people
    assert [chip.words for chip in found.chosen] == ["Among: Beta Writers and Gamma Labs"]

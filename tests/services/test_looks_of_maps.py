"""Colour and size of a map by choice, and one community of it."""

import numpy as np

from netofnets.services.index import index_of
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.limits import Limits, limited
from netofnets.services.viewer import ORGANIZER
from tests.services.graphs import Graph


def test_colour_by_what_is_stated_and_size_by_who_is_counted(small):
    def drawn(**choices):
        scene = networks_scene(small, ORGANIZER, **choices).scene
        legend = {e.key: e.label for e in scene.legend}
        return {n.label: (legend[n.group], int(n.weight)) for n in scene.nodes}, scene.legend_title

    assert drawn(colour="kind", area="shared") == (
        {
            "Alpha Readers": ("association", 2),  # Ana and Cleo are in Beta too
            "Beta Writers": ("association", 3),  # and Dan, who is in Gamma
            "Gamma Labs": ("association", 2),  # Dan, and Finn, who is in the Private Circle too
            "Delta Island": ("association", 0),
            "Private Circle": ("Other or not stated", 1),
        },
        "Kind of network",
    )
    plain = {n.id: n.radius for n in networks_scene(small, ORGANIZER).scene.nodes}
    assert all(n.radius <= plain[n.id] for n in networks_scene(small, ORGANIZER, area="joining").scene.nodes)
    assert drawn(area="acres") == drawn()


def test_the_typical_interest_is_held_by_more_of_a_network_than_of_everybody(publish_graph):
    graph = Graph()
    for key in ("alpha", "beta"):
        graph.node("networks", key)
    for key in ("reading", "robots"):
        graph.node("interests", key)
    for n in range(6):
        graph.node("leaders", f"p{n}")
        graph.join(f"p{n}", "alpha" if n < 3 else "beta")
        graph.tie("leader_interests", f"p{n}", "reading", mode="offers")
    for n in (3, 4):
        graph.tie("leader_interests", f"p{n}", "robots", mode="offers")
    scene = people_scene(publish_graph(graph), ORGANIZER, colour="interest").scene
    legend = {e.key: e.label for e in scene.legend}
    told = {n.label: legend[n.group] for n in scene.nodes}
    assert told == {
        **{"alpha": "reading", "beta": "robots"},
        **{f"p{n}": "robots" if n in (3, 4) else "reading" for n in range(6)},
    }


def test_one_community_leaves_its_networks_and_people(blocks):
    index = index_of(blocks, ORGANIZER)
    number = int(index.communities("networks")[0])
    kinds = ("networks", "leaders")
    own = {
        kind: set(index.snapshot.ids(kind).take(np.flatnonzero(index.communities(kind) == number)).to_pylist())
        for kind in kinds
    }
    for scene, ids in (
        (networks_scene(blocks, ORGANIZER).scene, own["networks"]),
        (people_scene(blocks, ORGANIZER).scene, own["networks"] | own["leaders"]),
    ):
        found = limited(blocks, ORGANIZER, scene, Limits(people={"community": str(number)}))
        assert {one.id for one in found.marks} == ids
        (facet,) = (f for f in found.facets if f.name == "community")
        assert {v.value: v.count for v in facet.values}[str(number)] == len(own["leaders"])
        assert [chip.name for chip in found.chosen] == ["community"]
    assert limited(blocks, ORGANIZER, scene, Limits(people={"community": "12e3"})).marks == ()

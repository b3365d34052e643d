"""The atlas and the focus maps: the marks, the lines and the words beside them."""

import json
from itertools import combinations
from math import hypot

import pytest

from netofnets.errors import NotFound
from netofnets.services.find.interest import interest_page
from netofnets.services.map import marks
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.focus_map import interest_focus, leader_focus, networks_focus, paths_focus, to_vis
from netofnets.services.map.limits import Limits, limited
from netofnets.services.map.rows import rows
from netofnets.services.networks.network import network_page
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import Graph, eight_blocks, leader_id, ten_leaders

IDS = ten_leaders().names
HOSTILE = "<img src=x onerror=alert(1)> href"


def test_networks_are_discs_and_links_are_counted(blocks):
    view = networks_scene(blocks, ANONYMOUS)
    assert len(view.scene.nodes) == 13 and {n.kind for n in view.scene.nodes} == {"networks"}
    assert (view.links_shown, view.links_total) == (16, 16)
    assert networks_scene(blocks, ANONYMOUS, links=5).scene.note == "showing 5 of 16 links"
    few = networks_scene(blocks, ANONYMOUS, links=5).scene.edges
    assert all("validated" in edge.label for edge in few)
    assert networks_scene(blocks, ANONYMOUS, links=-3).links_shown == 0
    east = [n for n in view.scene.nodes if n.label == "East 1"][0]
    assert east.detail == "20 members, 2 overlaps above chance"


def test_links_are_drawn_in_the_layer_that_is_asked_for_and_ties_where_nobody_is_in_two(publish_graph):
    graph = Graph()
    for key in ("left", "right"):
        graph.node("networks", key)
        graph.node("leaders", f"{key} person")
        graph.join(f"{key} person", key)
    graph.tie("collaborations", "left person", "right person")
    published = publish_graph(graph)
    view = networks_scene(published, ORGANIZER)
    assert (view.layer, view.links_shown) == ("ties", 1)
    assert view.scene.edges[0].label.startswith("1 pairs of people who work together across")
    assert "1 pair of networks is joined by pairs of people who work together across" in view.scene.summary
    none = networks_scene(published, ORGANIZER, layer="members")
    assert (none.layer, none.scene.edges) == ("members", ()) and "No two networks share a member." in none.scene.summary
    page = network_page(published, ORGANIZER, graph.names["networks", "left"])
    assert [(one.key, one.networks, one.other.name) for one in page.layers] == [("ties", 1, "right")]


def test_people_stand_in_discs_without_lines_until_something_is_selected(blocks):
    view = people_scene(blocks, ANONYMOUS)
    assert len(view.scene.nodes) == 13 + 108 and view.scene.edges == ()
    bridging = [n for n in view.scene.nodes if n.bridging]
    assert {n.label for n in bridging} == {"Bridge Person 00", "Bridge Person 01"}
    chosen = people_scene(blocks, ANONYMOUS, select=bridging[0].id)
    assert len(chosen.scene.edges) == 4 and chosen.selection.reason
    assert {e.source for e in chosen.scene.edges} == {bridging[0].id}
    assert people_scene(blocks, ANONYMOUS).scene.edges == ()


def test_selecting_a_network_shows_its_members_and_neighbours(small):
    view = networks_scene(small, ORGANIZER, select=IDS["networks", "beta"])
    panel = view.selection
    assert [p.name for p in panel.people] == ["Ana Sousa", "Cleo Núñez", "Dan Okafor"]
    assert [(n.ref.name, n.shared) for n in panel.networks] == [("Gamma Labs", 1)]  # its whole is none
    people = people_scene(small, ORGANIZER, select=IDS["leaders", "dan"])
    assert [p.name for p in people.selection.people] == ["Cleo Núñez"]
    assert {e.label for e in people.scene.edges} == {"member", "works together"}
    with pytest.raises(NotFound):
        people_scene(small, ANONYMOUS, select=IDS["leaders", "dan"])
    with pytest.raises(NotFound):
        networks_scene(small, ORGANIZER, select="<script>")


def test_the_legend_counts_people_as_people_and_never_runs_out_of_colours(publish_graph):
    graph = Graph()
    graph.node("networks", "n")
    for i in range(30):
        graph.node("leaders", f"p{i}", region=f"Region {i % 12:02d}")
        graph.join(f"p{i}", "n")
    published = publish_graph(graph)
    scene = people_scene(published, ORGANIZER, colour="region").scene
    assert sum(entry.count for entry in scene.legend) == 30  # the disc is no person
    assert [entry.slot for entry in scene.legend] == [0, 1, 2, 3, 4, 5, 6, 7, -1]
    assert [entry.label for entry in scene.legend][:2] == ["Region 00", "Region 01"]
    assert {n.group for n in scene.nodes} == {entry.key for entry in scene.legend}


def test_colour_is_region_or_community_and_anything_else_is_the_one_that_says_more(blocks, small):
    assert people_scene(blocks, ANONYMOUS, colour="community").scene.legend_title == "Community"
    assert people_scene(blocks, ANONYMOUS, colour="drop table").colour == "region"
    east = [n for n in networks_scene(small, ORGANIZER, colour="region").scene.nodes if n.label == "Delta Island"][0]
    legend = {e.key: e.label for e in networks_scene(small, ORGANIZER, colour="region").scene.legend}
    assert legend[east.group] == "South"  # not stated, so where its members work


def test_the_table_has_the_same_marks(blocks):
    scene = people_scene(blocks, ANONYMOUS).scene
    table = rows(scene)
    assert [r.kind for r in table] == ["networks"] * 13 + ["leaders"] * 108
    assert {r.id for r in table} == {n.id for n in scene.nodes}
    people = {r.place for r in table if r.kind == "leaders"}
    assert people == {"inside the home network", "between two networks"}
    assert sum(r.connecting for r in table) == 16 and sum(r.bridging for r in table) == 2


def test_no_picture_carries_more_than_its_limit_and_bridging_leaders_stay(blocks, monkeypatch):
    monkeypatch.setattr(marks, "MOST_MARKS", 40)
    plain = leader_id("north7")
    scene = people_scene(blocks, ANONYMOUS, colour="community", select=plain).scene
    assert len(scene.nodes) == 40 and scene.note.startswith(
        "27 of 108 people are drawn"
    )  # with who is in the same disc
    assert sum(n.bridging for n in scene.nodes) == 2
    assert sum(n.connecting for n in scene.nodes) == 16  # all of them, too
    assert plain in {n.id for n in scene.nodes}
    north = [n for n in scene.nodes if n.label == "North 1"][0]
    chosen = people_scene(blocks, ANONYMOUS, select=north.id).scene
    assert len(chosen.nodes) == 40  # members come with their disc, as many as there is room for
    monkeypatch.setattr(marks, "MOST_MARKS", 100)
    larger = people_scene(blocks, ANONYMOUS, colour="interest", select=north.id)  # another colour: not what was kept
    assert {p.id for p in larger.selection.people} <= {n.id for n in larger.scene.nodes}


CHOICES = [
    (Limits(), None),
    (Limits(group="g9"), 0),
    (Limits(kind="bridging"), 2),
    (Limits(kind="networks"), 13),
    (Limits(people={"region": "nowhere"}), 0),
    (Limits(people={"interest": "no such id"}), 0),
    (Limits(near=1), None),  # around nothing
    (Limits(near=1, around="no such id"), 0),
]


@pytest.mark.parametrize(("limits", "left"), CHOICES)
def test_what_a_choice_leaves_is_counted(blocks, limits, left):
    scene = people_scene(blocks, ANONYMOUS).scene
    found = limited(blocks, ANONYMOUS, scene, limits)
    assert (None if found.marks is None else len(found.marks)) == left
    assert len(found.keeps(scene)) == (len(scene.nodes) if left is None else left) == found.networks + found.people
    assert bool(found.words) == bool(found.chosen) == limits.any


def test_filters_of_people_leave_them_and_their_networks_and_steps_go_along_ties(small):
    people = people_scene(small, ORGANIZER).scene
    beta = IDS["networks", "beta"]
    found = limited(small, ORGANIZER, people, Limits(people={"network": beta}))
    names = {n.label for n in found.keeps(people) if n.kind == "leaders"}
    assert names == {"Ana Sousa", "Cleo Núñez", "Dan Okafor"}
    theirs = {n.label for n in found.keeps(people) if n.kind == "networks"}
    assert "Beta Writers" in theirs and "Delta Island" not in theirs
    near = limited(small, ORGANIZER, people, Limits(near=1, around=IDS["leaders", "dan"]))
    one_step = {n.label for n in near.keeps(people)}
    assert {"Dan Okafor", "Cleo Núñez", "Beta Writers"} <= one_step and "Ana Sousa" not in one_step
    two = limited(small, ORGANIZER, people, Limits(near=2, around=IDS["leaders", "dan"]))
    assert one_step | {"Ana Sousa"} <= {n.label for n in two.keeps(people)}
    both = limited(small, ORGANIZER, people, Limits(kind="networks", people={"network": beta}))
    assert {n.label for n in both.keeps(people)} == theirs


def test_links_below_the_least_are_not_drawn(blocks):
    every = networks_scene(blocks, ANONYMOUS, links=400).scene.edges
    least = int(sorted(e.weight for e in every)[len(every) // 2])
    kept = networks_scene(blocks, ANONYMOUS, least=least).scene
    assert {(e.source, e.target) for e in kept.edges} == {(e.source, e.target) for e in every if e.weight >= least}
    assert kept.note == f"showing {len(kept.edges)} of {len(every)} links"


def test_the_surroundings_of_a_leader(small):
    scene = leader_focus(small, ORGANIZER, IDS["leaders", "ana"]).scene
    groups = {n.label: n.group for n in scene.nodes}
    assert groups == {
        "Ana Sousa": "self",
        "Alpha Readers": "network",
        "Beta Writers": "network",
        "Cleo Núñez": "works",
        "Hana Sato": "suggested",
        "Bo Jansen": "suggested",
        "Dan Okafor": "suggested",
    }
    assert scene.summary == ("Ana Sousa is in 2 networks, works directly with 1 person, and might meet 3 people.")
    assert sum(e.count for e in scene.legend) == len(scene.nodes)
    assert apart(scene)


def test_two_networks_and_who_is_between_them(small):
    scene = networks_focus(small, ORGANIZER, IDS["networks", "alpha"], IDS["networks", "beta"]).scene
    groups = {n.label: n.group for n in scene.nodes}
    assert groups == {"Alpha Readers": "network", "Beta Writers": "network", "Ana Sousa": "both", "Cleo Núñez": "both"}
    crossing = networks_focus(small, ORGANIZER, IDS["networks", "alpha"], IDS["networks", "gamma"]).scene
    assert {n.label: n.group for n in crossing.nodes if n.kind == "leaders"} == {
        "Cleo Núñez": "across",
        "Dan Okafor": "across",
    }
    assert "nobody is in both; 1 pair of people works together across" in crossing.summary
    with pytest.raises(NotFound):
        networks_focus(small, ORGANIZER, IDS["networks", "alpha"], IDS["networks", "alpha"])


def test_the_ways_to_somebody(small):
    scene = paths_focus(small, ORGANIZER, "Ana Sousa", "Dan Okafor").scene
    groups = {n.label: (n.group, n.y) for n in scene.nodes}
    # They are in one network, and both work with Cleo: two ways, the tie has no network in between.
    ends = {"Ana Sousa": ("end", 0.0), "Dan Okafor": ("end", 0.0)}
    assert groups == {**ends, "Beta Writers": ("network", 0.0), "Cleo Núñez": ("broker", 170.0)}
    ana, dan, between = *(IDS["leaders", k] for k in ("ana", "dan")), (IDS["networks", "beta"], IDS["leaders", "cleo"])
    assert {frozenset((e.source, e.target)) for e in scene.edges} == {
        frozenset((end, middle)) for end in (ana, dan) for middle in between
    }
    without = paths_focus(small, ORGANIZER, "Ana Sousa", "Dan Okafor", without="Cleo Núñez").scene
    assert "Cleo Núñez" not in {n.label for n in without.nodes}
    for names in (("Ana Sousa", ""), ("Ana Sousa", "Ana Sousa"), ("nobody", "Ana Sousa")):
        with pytest.raises(NotFound):
            paths_focus(small, ORGANIZER, *names)


def test_who_shares_an_interest(small):
    scene = interest_focus(small, ORGANIZER, IDS["interests", "robotics"]).scene
    holders = {n.label: n.group for n in scene.nodes if n.kind == "leaders"}
    page = interest_page(small, ORGANIZER, IDS["interests", "robotics"])
    told = {h.leader.name: h.modes[0] if h.modes else "names" for n in page.networks for h in n.people}
    assert holders == told and len(holders) == page.people_total
    assert [n.label for n in scene.nodes if n.kind == "interests"] == [page.interest.name]
    assert {n.label for n in scene.nodes if n.kind == "networks"} == {
        n.network.name for n in page.networks if n.network
    }
    assert scene.summary == page.summary and sum(e.count for e in scene.legend) == len(scene.nodes)
    assert apart(scene)
    assert to_vis(scene) == to_vis(interest_focus(small, ORGANIZER, IDS["interests", "robotics"]).scene)


def test_focus_maps_stay_small_and_their_marks_apart(publish_graph):
    graph = Graph()
    for key in ("left", "right"):
        graph.node("networks", key)
    graph.node("interests", "everything")
    for i in range(400):
        graph.node("leaders", f"p{i:03d}")
        graph.join(f"p{i:03d}", *(("left", "right") if i % 2 else ("left",)))
        graph.tie("leader_interests", f"p{i:03d}", "everything")
        if i:
            graph.tie("collaborations", "p000", f"p{i:03d}")
    published = publish_graph(graph)
    ego = leader_focus(published, ORGANIZER, leader_id("p000")).scene
    pair = networks_focus(published, ORGANIZER, graph.names["networks", "left"], graph.names["networks", "right"]).scene
    interest = interest_focus(published, ORGANIZER, graph.names["interests", "everything"]).scene
    for scene in (ego, pair, interest):
        assert 100 < len(scene.nodes) <= 300 and scene.note
        ids = {n.id for n in scene.nodes}
        assert all(e.source in ids and e.target in ids for e in scene.edges)
        assert apart(scene)


def test_what_pyvis_hands_over_is_plain_text_and_numbers(publish_graph):
    graph = Graph()
    graph.node("networks", "n", HOSTILE)
    graph.node("leaders", "p", HOSTILE, school=HOSTILE)
    graph.join("p", "n")
    published = publish_graph(graph)
    scene = leader_focus(published, ORGANIZER, leader_id("p")).scene
    drawn = json.loads(json.dumps(to_vis(scene)))
    assert set(drawn) == {"nodes", "edges", "options"}
    assert drawn["options"]["physics"] == {"enabled": False}
    assert [n["id"] for n in drawn["nodes"]] == [n.id for n in scene.nodes]
    assert all(n["x"] == m.x and n["y"] == -m.y for n, m in zip(drawn["nodes"], scene.nodes, strict=True))
    assert drawn["nodes"][0]["title"].split("\n")[0] == HOSTILE  # text, left as it is: the page escapes
    assert {(e["from"], e["to"]) for e in drawn["edges"]} == {(e.source, e.target) for e in scene.edges}


def apart(scene):
    """Whether no two marks of a picture touch."""
    return all(hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius for a, b in combinations(scene.nodes, 2))


def test_communities_of_a_large_map_are_districts_around_their_networks(publish_graph):
    scene = networks_scene(publish_graph(eight_blocks()), ORGANIZER).scene
    assert len(scene.nodes) == 72 and len(scene.districts) >= 4
    assert all(d.networks >= 3 and d.label for d in scene.districts)
    for district in scene.districts:
        inside = [n for n in scene.nodes if hypot(n.x - district.x, n.y - district.y) + n.radius <= district.radius]
        assert len(inside) >= district.networks / 2


def test_a_small_map_has_no_districts(blocks):
    assert networks_scene(blocks, ANONYMOUS).scene.districts == people_scene(blocks, ANONYMOUS).scene.districts == ()

"""What services say of leaders who are not shown: at least so many, and never that there is nobody."""

import json
from dataclasses import asdict, replace

import pytest

from netofnets.graph.published import Published
from netofnets.services.find.interest import interest_page
from netofnets.services.find.search import search
from netofnets.services.front import welcome
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.networks.partners import organization_page, organizations_list
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import Graph


def crowd() -> Graph:
    """26 people in Alpha, 26 in Beta, a dozen of them in both, three in Gamma; nobody has chosen anything."""
    graph = Graph()
    for key in ("alpha", "beta", "gamma"):
        graph.node("networks", key, f"{key.title()} Network", region="North")
    graph.node("interests", "literacy")
    graph.node("organizations", "uni", "Hill University")
    graph.tie("partnerships", "alpha", "uni")
    for at in range(43):
        graph.node("leaders", f"p{at}", f"Unshown {at}")
        graph.join(f"p{at}", *(["alpha"] if at < 26 else []), *(["beta"] if 14 <= at < 40 else []))
        graph.join(f"p{at}", *(["gamma"] if at >= 40 else []))
        graph.tie("leader_interests", f"p{at}", "literacy", mode="offers")
    return graph


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    home = tmp_path_factory.mktemp("crowd")
    publish_copy(crowd().facts(), home)
    with Published.current(home) as found:
        yield found


IDS = crowd().names


def test_the_front_page_and_the_list_count_and_name_nobody(published):
    found = welcome(published, ANONYMOUS)
    assert found.counts.unseen == 25 and found.counts.leaders == 0
    assert found.summary == "3 networks with at least 25 leaders, who are not shown to you."
    organizer, teacher, _ = found.readers
    assert organizer.findings[0].text == "Alpha Network and Beta Network share leaders" or (
        organizer.findings[0].text == "Beta Network and Alpha Network share leaders"
    )
    assert [f.text for f in teacher.findings] == ["literacy"]
    rows = {row.network.name: row for row in networks_list(published, ANONYMOUS).rows}
    assert [rows[f"{n} Network"].unseen for n in ("Alpha", "Beta", "Gamma")] == [25, 25, 0]
    assert [place.name for place in networks_list(published, ANONYMOUS).places] == ["North"]


def test_pages_of_a_network_an_interest_and_a_partner_say_how_many_at_least(published):
    page = network_page(published, ANONYMOUS, IDS["networks", "alpha"])
    assert page.summary == "Alpha Network has at least 25 leaders, who are not shown to you."
    assert [(n.of.name, n.least) for n in page.unseen_neighbours] == [("Beta Network", 10)]
    assert [(i.of.name, i.least) for i in page.unseen_interests] == [("literacy", 10)], "half of 29 is 14"
    interest = interest_page(published, ANONYMOUS, IDS["interests", "literacy"])
    assert "at least 10 leaders" in interest.summary and len(interest.unseen_networks) == 2
    partner = organization_page(published, ANONYMOUS, IDS["organizations", "uni"])
    assert partner.unseen.startswith("at least 25 leaders") and partner.supports[0].unseen == 25
    assert organizations_list(published, ANONYMOUS).rows[0].unseen == 25
    assert search(published, ANONYMOUS, "literacy").interests[0].detail.startswith("at least 10 leaders")


def test_what_is_not_told_is_not_said_to_be_nobody(published):
    page = network_page(published, ANONYMOUS, IDS["networks", "gamma"])
    assert page.summary == "Gamma Network: no member is shown." and not page.unseen
    gamma = next(n for n in networks_scene(published, ANONYMOUS).scene.nodes if n.label == "Gamma Network")
    assert gamma.detail == "its leaders are not shown to you"
    for view in (networks_scene(published, ANONYMOUS), people_scene(published, ANONYMOUS)):
        assert "no people" not in view.scene.summary and "No people" not in view.scene.summary
        assert "no members" not in json.dumps(asdict(view))
    other_day = replace(ANONYMOUS, as_of="2001-01-01")
    assert networks_scene(published, other_day).scene.nodes


def test_the_map_has_discs_of_the_size_of_groups_and_a_line_for_leaders_in_both(published):
    view = networks_scene(published, ANONYMOUS)
    alpha, gamma = (n for n in view.scene.nodes if n.label in ("Alpha Network", "Gamma Network"))
    sizes = {n.label: n.radius for n in view.scene.nodes}
    assert sizes["Alpha Network"] > sizes["Gamma Network"] and alpha.id != gamma.id
    assert [edge.label for edge in view.scene.edges] == ["at least 10 leaders in both, not shown to you"]
    report = overlap_report(published, ANONYMOUS)
    assert [pair.least for pair in report.unseen_pairs] == [
        10
    ] and "1 pair of networks shares leaders" in report.summary


def test_larger_groups_only_when_asked_for(published):
    strict = replace(ANONYMOUS, k=11)
    assert network_page(published, strict, IDS["networks", "alpha"]).summary.split(" has ")[1].startswith("at least 22")
    assert not overlap_report(published, strict).unseen_pairs


def test_organizers_are_told_of_no_groups(published):
    assert welcome(published, ORGANIZER).counts.unseen == 0
    assert not network_page(published, ORGANIZER, IDS["networks", "alpha"]).unseen

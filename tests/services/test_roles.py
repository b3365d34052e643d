"""Convening, partners, lineage, what-if and past spells: what their pages say, counted by hand."""

import pytest

from netofnets.errors import SettingsError
from netofnets.services.networks.convene import convene_page
from netofnets.services.networks.partners import organization_page, organizations_list
from netofnets.services.networks.what_if import required, what_if
from netofnets.services.person.lineage import lineage_page
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import ten_leaders

IDS = ten_leaders().names


def test_a_smaller_set_is_the_beginning_of_a_larger_one(small):
    two, four = (convene_page(small, ORGANIZER, k=k) for k in (2, 4))
    assert [p.leader.name for p in two.people] == [p.leader.name for p in four.people][:2]
    # Dan: beta with its whole alpha, and gamma; Finn adds the circle, Hana the island.
    assert four.summary == "3 people are in 5 of 5 networks. No other 3 could do better."
    assert [(p.leader.name, p.adds) for p in four.people] == [("Dan Okafor", 3), ("Finn Ødegård", 1), ("Hana Sato", 1)]
    pairs = convene_page(small, ORGANIZER, k=9, cover="pairs")
    # alpha and beta are part and whole; beta-gamma (Dan), alpha-gamma (Dan's tie with Cleo), gamma-circle (Finn).
    assert (pairs.reached, pairs.total) == (3, 3)
    assert {p.leader.name for p in pairs.people} == {"Dan Okafor", "Finn Ødegård"}


def test_nobody_to_convene_is_said(publish_graph):
    from tests.services.graphs import Graph

    assert convene_page(publish_graph(Graph()), ORGANIZER).summary.startswith("Nobody to convene")


@pytest.fixture(scope="module")
def partnered(publish_graph):
    graph = ten_leaders()
    graph.tie("partnerships", "delta", "uni", role="rooms")
    graph.tie("partnerships", "gamma", "uni")
    graph.node("organizations", "fund", "Far Fund", kind="foundation")
    graph.tie("affiliations", "cleo", "fund", role="advisor", start="2020-01-01", end="2021-06-30")
    graph.tie("affiliations", "bo", "fund", role="advisor")
    graph.tie("organization_focuses", "fund", "robotics")
    graph.join("gil", "alpha", start="2019-09-01", end="2020-06-30", role="member")
    return publish_graph(graph), graph.names


def test_a_partner_between_two_networks_that_nobody_joins(partnered):
    published, ids = partnered
    page = organization_page(published, ORGANIZER, ids["organizations", "uni"])
    # Alpha and gamma are joined by Dan's tie with Cleo; the island is joined with neither.
    assert [{a.first.name, a.second.name} for a in page.apart] == [
        {"Delta Island", "Gamma Labs"},
        {"Alpha Readers", "Delta Island"},
    ]
    assert page.apart[0].words.startswith("nobody is in both")
    assert [(s.network.name, s.role, s.only) for s in page.supports] == [
        ("Alpha Readers", "hosting", True),
        ("Delta Island", "rooms", True),
        ("Gamma Labs", "", True),
    ]
    public = organization_page(published, ANONYMOUS, ids["organizations", "uni"])
    assert public.apart == () and public.people == ()  # of the three networks the public sees people of one


def test_the_list_says_who_has_no_partner(partnered):
    published, _ = partnered
    answer = organizations_list(published, ORGANIZER)
    assert [(r.organization.name, r.apart, r.only_partner, r.people) for r in answer.rows] == [
        ("Hill University", 2, 3, 0),
        ("Far Fund", 0, 0, 1),
    ]
    assert [n.name for n in answer.without] == ["Beta Writers", "Private Circle"]
    assert answer.summary == (
        "2 organizations. 1 of them works with two networks that nobody joins. 2 networks have no partner on record."
    )


def test_past_spells_are_on_the_page_as_past_and_count_nowhere(partnered):
    published, ids = partnered
    gil = leader_profile(published, ORGANIZER, ids["leaders", "gil"])
    assert [(m.network.name, m.past, m.end) for m in gil.memberships] == [
        ("Gamma Labs", False, ""),
        ("Alpha Readers", True, "2020-06-30"),
    ]
    assert gil.summary == "In Gamma Labs."
    cleo = leader_profile(published, ORGANIZER, ids["leaders", "cleo"])
    assert [(a.organization.name, a.past) for a in cleo.affiliations] == [("Far Fund", True)]
    page = organization_page(published, ORGANIZER, ids["organizations", "fund"])
    assert [p.name for p in page.people] == ["Bo Jansen"]


def test_lineage_names_who_and_how(small):
    page = lineage_page(small, ORGANIZER, IDS["leaders", "ana"])
    assert page.summary == (
        "Ana Sousa mentored, was observed by or led together with 1 person. As far as is on record, it went no further."
    )
    (first,) = page.generations
    assert [(p.leader.name, [(w.leader.name, w.words) for w in p.ways]) for p in first.people] == [
        ("Cleo Núñez", [("Ana Sousa", "mentored, 2024-01-02"), ("Ana Sousa", "observed at work")])
    ] or [(p.leader.name, sorted(w.words for w in p.ways)) for p in first.people] == [
        ("Cleo Núñez", ["mentored, 2024-01-02", "observed at work"])
    ]
    dan = lineage_page(small, ORGANIZER, IDS["leaders", "dan"])
    assert dan.total == 1 and [b.leader.name for b in dan.picture] == ["Dan Okafor", "Cleo Núñez"]
    assert dan.picture[1].x > dan.picture[0].x
    nobody = lineage_page(small, ORGANIZER, IDS["leaders", "jo"])
    assert nobody.total == 0 and nobody.picture == () and "No mentoring" in nobody.summary


def test_what_if_says_what_changes_for_networks(small):
    answer = what_if(small, ORGANIZER, without="finn odegard")
    assert answer.asked == "What if Finn Ødegård steps back?"
    assert answer.distances == () and "Private Circle would have no member left on record." in answer.pieces
    without_dan = what_if(small, ORGANIZER, without=IDS["leaders", "dan"])
    assert {(c.first.name, c.second.name, c.before, c.after) for c in without_dan.distances} >= {
        tuple(sorted(("Beta Writers", "Gamma Labs"), key=lambda n: IDS["networks", n.split()[0].lower()]))
        + ("directly joined", "nothing leads from one to the other")
    }
    assert "would be cut off from the rest" in without_dan.pieces
    met = what_if(small, ORGANIZER, meet=("Hana Sato", "Jo Alone"))
    assert met.summary == "Nothing would change between networks: other people and ties join them in the same way."
    met = what_if(small, ORGANIZER, meet=("Hana Sato", "Eva Lindqvist"))
    assert "would come nearer to each other" in met.summary and "joined to the rest" in met.pieces
    joined = what_if(small, ORGANIZER, join=("Delta Island", "Gamma Labs"))
    assert joined.asked == "What if Delta Island and Gamma Labs become one network?"


def test_what_if_decides_nothing_by_a_name_of_nobody_or_of_several(publish_graph):
    graph = ten_leaders()
    graph.node("leaders", "ana2", "Ana Sousa")
    published = publish_graph(graph)
    answer = what_if(published, ORGANIZER, without="Ana Sousa")
    assert answer.asked == "" and len(answer.unclear[0].meant) == 2
    with pytest.raises(SettingsError, match="give the id"):
        required(answer)
    with pytest.raises(SettingsError, match="nobody and nothing here"):
        required(what_if(published, ORGANIZER, meet=("Nobody Such", "Bo Jansen")))
    with pytest.raises(SettingsError, match="two different"):
        required(what_if(published, ORGANIZER, meet=("Bo Jansen", "Bo Jansen")))
    with pytest.raises(SettingsError, match="--without, --meet or --join"):
        required(what_if(published, ORGANIZER))


def test_the_public_is_told_what_it_is_computed_from(small):
    assert "public" in what_if(small, ANONYMOUS).note and what_if(small, ORGANIZER).note == ""

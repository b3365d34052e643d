"""Credentials on a profile, found by name and by issuer, a filter, a page; nothing of what only a hidden one holds."""

import pytest

from netofnets.errors import NotFound
from netofnets.schema.model import Visibility
from netofnets.services.find.credentials import credential_page
from netofnets.services.find.search import Filters, search
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import Graph, leader_id


def credentialled() -> Graph:
    """Three people in one network; two hold what Hill College issues, one of them let it expire; one is hidden."""
    graph = Graph()
    graph.node("networks", "alpha", "Alpha")
    graph.node("organizations", "hill", "Hill College")
    graph.node("organizations", "lake", "Lake Board")
    graph.node("credentials", "coach", "Coaching a Colleague", about="Three cycles on film.")
    graph.node("credentials", "rare", "Rare Badge")
    graph.tie("credential_issuers", "coach", "hill")
    graph.tie("credential_issuers", "rare", "lake")
    for key, name in (("ana", "Ana Sousa"), ("bo", "Bo Lind"), ("cleo", "Cleo Unseen")):
        graph.node("leaders", key, name)
        graph.join(key, "alpha")
    graph.tie("leader_credentials", "ana", "coach", start="2023-05-01")
    graph.tie("leader_credentials", "bo", "coach", start="2012-05-01", end="2015-05-01")
    graph.tie("leader_credentials", "cleo", "rare", start="2020-01-01")
    graph.show("ana", Visibility.PUBLIC)
    graph.show("bo", Visibility.PUBLIC)
    graph.show("cleo", Visibility.HIDDEN)
    return graph


@pytest.fixture(scope="module")
def world(publish_graph):
    return publish_graph(credentialled())


def test_a_profile_shows_issuer_days_and_source(world):
    (held,) = leader_profile(world, ORGANIZER, leader_id("ana")).credentials
    assert (held.credential.name, [i.name for i in held.issuers]) == ("Coaching a Colleague", ["Hill College"])
    assert (held.start, held.end, held.past, [s.source for s in held.sources]) == ("2023-05-01", "", False, ["roster"])
    (expired,) = leader_profile(world, ORGANIZER, leader_id("bo")).credentials
    assert expired.past and expired.end == "2015-05-01"


@pytest.mark.parametrize("text", ["coaching", "coach colleague", "Hill College"])
def test_who_holds_it_is_found_by_its_name_and_by_its_issuer(world, text):
    answer = search(world, ANONYMOUS, text)
    assert [m.ref.name for m in answer.people] == ["Ana Sousa"]
    assert answer.people[0].why == ("holds “Coaching a Colleague”, issued by Hill College",)
    (found,) = answer.credentials
    assert found.ref.name == "Coaching a Colleague" and found.detail == "issued by Hill College; held by 1 person"
    assert found.why


def test_a_credential_found_by_its_issuer_says_so(world):
    assert search(world, ORGANIZER, "Hill College").credentials[0].why == ("issued by “Hill College”",)


def test_it_is_a_filter_with_choices(world):
    answer = search(world, ORGANIZER)
    (facet,) = [f for f in answer.facets if f.name == "credential"]
    assert [(v.label, v.count) for v in facet.values] == [("Coaching a Colleague", 1)]
    chosen = search(world, ORGANIZER, "", Filters(credential=facet.values[0].value))
    assert [m.ref.name for m in chosen.people] == ["Ana Sousa"]


def test_its_page_lists_who_holds_it_now(world):
    at = search(world, ORGANIZER, "coaching").credentials[0].ref.id
    page = credential_page(world, ORGANIZER, at)
    assert page.summary == "1 person shown here holds “Coaching a Colleague”, issued by Hill College."
    assert [(h.leader.name, h.start, h.end) for h in page.people] == [("Ana Sousa", "2023-05-01", "")]
    assert page.about == "Three cycles on film."


@pytest.mark.parametrize("viewer", [ANONYMOUS, ORGANIZER], ids=lambda v: v.role.value)
def test_what_only_a_hidden_person_holds_is_nowhere_nor_is_its_issuer(world, viewer):
    snapshot = viewer.edition(world).snapshot
    assert snapshot.names("credentials").to_pylist() == ["Coaching a Colleague"]
    assert snapshot.names("organizations").to_pylist() == ["Hill College"]
    with pytest.raises(NotFound):
        credential_page(world, viewer, "no such id")

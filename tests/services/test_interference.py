"""What a viewer may not see leaves no trace: hidden people change no answer of any service."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.schema.model import Visibility
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION
from netofnets.services.briefing import briefing, network_briefing
from netofnets.services.changes import changes_report
from netofnets.services.find.interest import interest_page
from netofnets.services.find.search import Filters, search
from netofnets.services.front import welcome
from netofnets.services.groups.community import community_page
from netofnets.services.groups.compare import comparison_page
from netofnets.services.groups.listing import community_list
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.carried import carried_map
from netofnets.services.map.focus_map import interest_focus, leader_focus, networks_focus, paths_focus, to_vis
from netofnets.services.map.rows import rows
from netofnets.services.measures import measures_page
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.convene import convene_page
from netofnets.services.networks.introductions import introductions_report
from netofnets.services.networks.network import network_page, networks_list
from netofnets.services.networks.overlap import overlap_report
from netofnets.services.networks.partners import organization_page, organizations_list
from netofnets.services.networks.what_if import what_if
from netofnets.services.person.collaborators import suggestions
from netofnets.services.person.lineage import lineage_page
from netofnets.services.person.me import me_page
from netofnets.services.person.profile import leader_profile
from netofnets.services.review import review_queue
from netofnets.services.table_page import table_page, tables_page
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.published import publish_copy
from tests.services.graphs import another_hidden, four_blocks, leader_id, ten_leaders

QUESTIONS = ("", "ana", "literacy", "zoe unseen", "unseen", "secret art", "nowhere", "employer", "badge", "issuer")

FILTERS = (
    Filters(mode="offers"),
    Filters(region="Nowhere"),
    Filters(release="20"),
    Filters(language="English", hours="Europe/Lisbon"),
)


def everything(published, viewer):
    """Every answer of every service that the viewer can get, as plain data."""
    snapshot = viewer.edition(published).snapshot
    leaders, networks, interests = (snapshot.ids(kind).to_pylist() for kind in ("leaders", "networks", "interests"))
    answers = [
        welcome(published, viewer),
        overlap_report(published, viewer),
        bridge_report(published, viewer),
        bridge_report(published, viewer, cut=True),
        bridge_report(published, viewer, without_role="facilitator"),
        measures_page(published, viewer),
        review_queue(published, viewer),
        networks_list(published, viewer),
        community_list(published, viewer),
        comparison_page(published, viewer),
    ]
    for card in community_list(published, viewer).cards:
        answers.append(community_page(published, viewer, str(card.row.community)))
    for colour in ("region", "community"):
        answers += [networks_scene(published, viewer, colour=colour), people_scene(published, viewer, colour=colour)]
    answers += [search(published, viewer, text) for text in QUESTIONS]
    answers += [search(published, viewer, "", filters) for filters in FILTERS]
    for leader in leaders[:: 1 + len(leaders) // 12]:
        answers += [f(published, viewer, leader) for f in (leader_profile, suggestions, leader_focus)]
        answers.append(people_scene(published, viewer, select=leader))
    for network in networks:
        answers.append(network_page(published, viewer, network))
        answers.append(overlap_report(published, viewer, network=network))
        answers.append(networks_scene(published, viewer, select=network))
        answers.append(search(published, viewer, "", Filters(network=network)))
    answers += read_by(published, replace(viewer, me=leaders[0]), leaders, interests)
    answers += roles_and_changes(published, viewer, leaders, networks)
    answers += [interest_page(published, viewer, interest) for interest in interests]
    answers += introductions(published, viewer, networks)
    answers.append(networks_focus(published, viewer, networks[0], networks[1]))
    answers += taken_along(published, viewer, leaders, networks, interests)
    return [asdict(answer) for answer in answers]


def taken_along(published, viewer, leaders, networks, interests):
    """Focus maps of interests and ways, files, sheets, and every table."""
    answers = [interest_focus(published, viewer, interest) for interest in interests]
    answers += [network_briefing(published, viewer, network) for network in networks]
    answers.append(briefing(published, viewer, date(2027, 1, 1)))
    answers += [carried_map(published, viewer), carried_map(published, viewer, [networks[0]])]
    if len(leaders) > 1:
        answers.append(paths_focus(published, viewer, leaders[0], leaders[1]))
    listed = tables_page(published, viewer)
    return [*answers, listed, *(table_page(published, viewer, t.id, limit=1000) for t in listed.tables)]


def introductions(published, viewer, networks):
    """Whom the list of each mode names, the lists of each network, and those between each and the first."""
    answers = [introductions_report(published, viewer, mode=mode, limit=300) for mode in ("safe", "balanced", "bold")]
    answers += [introductions_report(published, viewer, network=network) for network in networks]
    answers += [introductions_report(published, viewer, network=networks[0], other=n) for n in networks[1:]]
    return answers


def read_by(published, reader, leaders, interests):
    """Answers for a reader who has said who is reading."""
    answers = [me_page(published, reader), me_page(published, reader, "zoe"), me_page(published, reader, "an")]
    answers += [
        search(published, reader, text, Filters(circle=side)) for text in ("", "ana") for side in ("", "outside")
    ]
    answers += [leader_profile(published, reader, leader) for leader in leaders[:4]]
    return [*answers, *(interest_page(published, reader, interest) for interest in interests)]


def roles_and_changes(published, viewer, leaders, networks):
    """Answers about convening, partners, lineage and what-if."""
    answers = [organizations_list(published, viewer), what_if(published, viewer)]
    answers += [convene_page(published, viewer, k=k, cover=cover) for k in (1, 9) for cover in ("networks", "pairs")]
    organizations = viewer.edition(published).snapshot.ids("organizations").to_pylist()
    answers += [organization_page(published, viewer, organization) for organization in organizations]
    answers += [lineage_page(published, viewer, leader) for leader in leaders[:12]]
    answers += [what_if(published, viewer, without=leader) for leader in leaders[:12]]
    answers += [what_if(published, viewer, meet=(leaders[0], leader)) for leader in leaders[:6]]
    answers += [what_if(published, viewer, join=(networks[0], network)) for network in networks]
    answers.append(what_if(published, viewer, without="Zoe Unseen"))
    days = {"since": "2024-02-01"}, {"since": "2024-02-01", "as_of": "2024-08-01"}
    answers += [changes_report(published, viewer, **asked) for asked in ({}, *days)]
    return answers


def known_names(graph):
    """The graph of four blocks, with the keys by which somebody hidden is tied to the people of the other graph."""
    for kind, key, other in (
        ("leaders", "ana", "east0"),
        ("leaders", "eva", "west0"),
        ("interests", "literacy", "maths"),
    ):
        graph.names[kind, key] = graph.names[kind, other]
    return graph


@pytest.mark.parametrize("viewer", [ANONYMOUS, ORGANIZER], ids=lambda v: v.role.value)
@pytest.mark.parametrize("make", [ten_leaders, four_blocks], ids=lambda f: f.__name__)
def test_a_hidden_person_changes_no_answer(publish_graph, make, viewer):
    before = publish_graph(make())
    graph = make()
    networks = [key for kind, key in graph.names if kind == "networks"][:3]
    if make is four_blocks:
        graph = known_names(graph)
    after = publish_graph(another_hidden(graph, "zoe", *networks))
    assert everything(before, viewer) == everything(after, viewer)


def test_introductions_on_record_say_nothing_of_hidden_people_and_nothing_at_all_to_the_public(tmp_path):
    """Of a hidden person no viewer hears; of others only organizers: the pair is not proposed to them again."""
    graph, told = known_names(four_blocks()), {}
    hidden = another_hidden(graph, "zoe", "east 1")
    seen = (leader_id("east1"), leader_id("west1"))
    unseen = tuple(sorted((leader_id("zoe"), leader_id("west1"))))
    for name, pairs in {"none": [], "unseen": [unseen], "seen": [seen]}.items():
        on_record = tuple(Decision(INTRODUCTION, pair, "asked", "organizer", "why") for pair in pairs)
        publish_copy(replace(hidden.facts(), decisions=on_record), tmp_path / name)
        with Published.current(tmp_path / name) as found:
            networks = ORGANIZER.edition(found).snapshot.ids("networks").to_pylist()
            told[name] = {
                viewer: [asdict(answer) for answer in introductions(found, viewer, networks)]
                for viewer in (ANONYMOUS, ORGANIZER)
            }
    assert told["none"] == told["unseen"] and told["none"][ANONYMOUS] == told["seen"][ANONYMOUS]
    assert told["none"][ORGANIZER] != told["seen"][ORGANIZER]


def test_a_person_who_is_not_public_changes_no_answer_for_the_public(publish_graph, small):
    graph = another_hidden(ten_leaders(), "zoe")
    graph.show("zoe", Visibility.ORGANIZERS)
    after = publish_graph(graph)
    assert everything(small, ANONYMOUS) == everything(after, ANONYMOUS)
    assert everything(small, ORGANIZER) != everything(after, ORGANIZER)


def test_run_numbers_are_for_organizers_only(publish_graph, small, tmp_path):
    publish_copy(ten_leaders().facts(run=41), tmp_path)
    with Published.current(tmp_path) as later:
        assert asdict(welcome(small, ANONYMOUS)) == asdict(welcome(later, ANONYMOUS))
        assert welcome(later, ORGANIZER).run == 41
    assert welcome(small, ANONYMOUS).run is None


def test_names_addresses_and_sources_of_people_who_are_not_public_are_nowhere_for_the_public(small):
    text = json.dumps(everything(small, ANONYMOUS), ensure_ascii=False)
    for secret in ("Cleo", "Iris", "Eva", "one.example", "roster.csv", "sheet.csv", "Private Circle", "lesson study"):
        assert secret not in text, secret
    assert "Ana Sousa" in text


def test_a_field_that_somebody_hides_is_hidden(small):
    bo = next(m.ref.id for m in search(small, ANONYMOUS, "bo jansen").people)
    names = [fact.name for fact in leader_profile(small, ANONYMOUS, bo).facts]
    assert "school" not in names and "name" in names
    assert [m.ref.name for m in search(small, ANONYMOUS, "hill school").people] == ["Ana Sousa"]


def test_hidden_and_missing_say_the_same(small):
    hidden = ten_leaders().names
    for kind, key, ask in (
        ("leaders", "iris", leader_profile),
        ("leaders", "iris", suggestions),
        ("leaders", "iris", leader_focus),
        ("leaders", "cleo", leader_profile),
        ("networks", "secret", network_page),
        ("leaders", "iris", lineage_page),
        ("interests", "lesson study", interest_page),
    ):
        messages = []
        for wanted in (hidden[kind, key], "nobody"):
            with pytest.raises(NotFound) as caught:
                ask(small, ANONYMOUS, wanted)
            messages.append(str(caught.value).replace(wanted, "X"))
        assert messages[0] == messages[1]
    with pytest.raises(NotFound):
        leader_profile(small, ORGANIZER, hidden["leaders", "iris"])


def test_filters_that_name_something_unseen_match_nobody(small):
    secret = ten_leaders().names["networks", "secret"]
    assert search(small, ANONYMOUS, "", Filters(network=secret)).people_total == 0
    assert search(small, ORGANIZER, "", Filters(network=secret)).people_total == 1


def test_tables_and_drawings_hold_nothing_that_the_scene_does_not(blocks):
    scene = people_scene(blocks, ANONYMOUS).scene
    assert {r.id for r in rows(scene)} == {n.id for n in scene.nodes}
    focus = leader_focus(blocks, ANONYMOUS, next(n.id for n in scene.nodes if n.bridging)).scene
    assert {n["id"] for n in to_vis(focus)["nodes"]} == {n.id for n in focus.nodes}

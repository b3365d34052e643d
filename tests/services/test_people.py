"""Profiles, and whom a leader should meet."""

from math import log

import pytest

from netofnets.analysis.hours import shared_hours
from netofnets.schema.identifiers import record_id
from netofnets.services.person.collaborators import suggestions
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Role, Viewer
from tests.services.graphs import Graph, leader_id, ten_leaders

IDS = ten_leaders().names
ANA = leader_id("ana")


def test_facts_come_with_their_sources_and_with_who_disagrees(small):
    profile = leader_profile(small, ORGANIZER, ANA)
    facts = {fact.name: fact for fact in profile.facts}
    region = facts["region"]
    assert (region.value, region.label) == ("North", "Region")
    assert [s.source for s in region.sources] == ["roster"]
    assert [(s.source, s.value, s.first_run) for s in region.disagreeing] == [("sheet", "Lisbon", 2)]
    assert region.sources[0].origin.startswith("roster.csv:")
    assert facts["languages"].value == "Portuguese, English"
    assert [s.source for s in facts["name"].sources] == ["roster", "sheet"]


def test_only_organizers_read_an_address(small):
    assert leader_profile(small, ORGANIZER, ANA).email == "ana@one.example"
    public = leader_profile(small, ANONYMOUS, ANA)
    assert public.email is None
    assert "email" not in {fact.name for fact in public.facts}
    assert all(not fact.sources for fact in public.facts)
    assert public.records == (ANA,)


def test_an_old_record_of_a_person_leads_to_the_person(small):
    old = record_id("leaders", "sheet", "7")
    profile = leader_profile(small, ORGANIZER, old)
    assert profile.moved and profile.leader.id == ANA
    assert profile.records == (ANA, old)
    assert not leader_profile(small, ORGANIZER, ANA).moved


def test_ties_are_told_in_both_directions(small):
    profile = leader_profile(small, ORGANIZER, ANA)
    assert [(c.leader.name, c.direction, c.words) for c in profile.collaborations] == [
        ("Cleo Núñez", "from", "observed"),
        ("Cleo Núñez", "to", "mentors (3 times, 2024-01-02 to 2024-06-30)"),
    ]
    assert [(m.network.name, bool(m.sources)) for m in profile.memberships] == [
        ("Alpha Readers", True),
        ("Beta Writers", True),
    ]
    assert [(i.interest.name, i.mode, i.words) for i in profile.interests] == [
        ("literacy", "seeks", "named by 3 of 9 people"),
        ("phonics", "practises", "named by 4 of 9 people"),
    ]
    assert profile.summary == "In Alpha Readers and Beta Writers; works directly with 1 person."


def test_scores_are_defined_or_say_why_not(small):
    scores = {(s.measure, s.name): s for s in leader_profile(small, ORGANIZER, ANA).scores}
    assert scores["direct_ties", "degree_out"].value == 1.0
    alone = leader_profile(small, ORGANIZER, IDS["leaders", "jo"]).scores
    by_name = {(s.measure, s.name): s for s in alone}
    assert by_name["direct_ties", "constraint"].value is None
    assert by_name["direct_ties", "constraint"].words == "not defined: no direct ties"
    assert all(s.definition for s in alone)


def test_suggestions_come_from_other_networks_first_with_reasons_that_hold(small):
    answer = suggestions(small, Viewer(Role.ORGANIZER, me=ANA), ANA)
    assert [s.leader.name for s in answer.outside] == ["Hana Sato"]
    assert answer.outside[0].reasons == ("you both name “phonics” (named by 4 of 9 people)",)
    assert [s.leader.name for s in answer.inside] == ["Bo Jansen", "Dan Okafor"]
    bo, dan = answer.inside
    assert bo.reasons == (
        "offers what you seek: “literacy” (named by 3 of 9 people)",
        "you both work in English",
        "9 working hours a day in common",
    )
    assert dan.reasons[-1] == "no working hours in common"
    assert bo.score == pytest.approx(2 * -log(3 / 9), abs=1e-6)
    assert dan.score == pytest.approx(0.7 * (2 * -log(3 / 9) - log(4 / 9)), abs=1e-6)
    assert "Cleo Núñez" not in {s.leader.name for s in (*answer.outside, *answer.inside)}
    told = suggestions(small, ORGANIZER, ANA).inside[0].reasons
    assert told[:2] == ("offers what Ana Sousa seeks: “literacy” (named by 3 of 9 people)", "both work in English")


def test_without_a_common_language_half_of_the_score_is_left(publish_graph):
    graph = Graph()
    graph.node("interests", "chess")
    for key, languages, zone in (
        ("me", ["English"], "Europe/Lisbon"),
        ("both", ["English", "French"], "Europe/Lisbon"),
        ("other", ["French"], "Europe/Lisbon"),
        ("unknown", [], None),
        ("far", ["French"], "Pacific/Auckland"),
        *((f"x{i}", [], None) for i in range(5)),
    ):
        graph.node("leaders", key, languages=languages, time_zone=zone)
        if not key.startswith("x"):
            graph.tie("leader_interests", key, "chess")
    found = {s.leader.name: s for s in suggestions(publish_graph(graph), ORGANIZER, leader_id("me")).outside}
    whole = -log(5 / 10)
    assert {name: s.score for name, s in found.items()} == pytest.approx(
        {"both": whole, "unknown": whole, "other": 0.5 * whole, "far": 0.5 * 0.7 * whole}, abs=1e-6
    )
    assert "no common language is stated" in found["other"].reasons


def test_without_interests_it_says_what_to_do(small):
    answer = suggestions(small, ORGANIZER, IDS["leaders", "jo"])
    assert answer.outside == answer.inside == () and "add interests" in answer.note


def test_one_network_cannot_fill_the_suggestions(blocks):
    leader = leader_id("east0")
    answer = suggestions(blocks, ANONYMOUS, leader, limit=50)
    turns: dict[str, int] = {}
    for suggestion in answer.outside:
        assert min(turns.get(n.id, 0) for n in suggestion.networks) < 3
        for network in suggestion.networks:
            turns[network.id] = turns.get(network.id, 0) + 1
    own = {m.network.id for m in leader_profile(blocks, ANONYMOUS, leader).memberships}
    assert answer.outside and not own & turns.keys()


def test_a_network_of_everybody_is_nobodys_circle(publish_graph):
    graph = Graph()
    for key in ("everybody", "left", "right"):
        graph.node("networks", key)
    graph.node("interests", "chess")
    for i in range(60):
        graph.node("leaders", f"p{i}")
        graph.join(f"p{i}", "everybody", "left" if i < 30 else "right")
        if i in (0, 1, 40):
            graph.tie("leader_interests", f"p{i}", "chess")
    answer = suggestions(publish_graph(graph), ORGANIZER, leader_id("p0"))
    assert [s.leader.name for s in answer.outside] == ["p40"] and answer.outside[0].outside
    assert [s.leader.name for s in answer.inside] == ["p1"] and not answer.inside[0].outside


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("Europe/Lisbon", "Europe/Lisbon", 9.0),
        ("Europe/Lisbon", "Europe/Paris", 8.0),
        ("Europe/Lisbon", "Pacific/Auckland", 0.0),  # 13 hours in winter, 11 in summer
        ("America/Los_Angeles", "Asia/Tokyo", 1.0),  # 17 hours apart is 7 the other way round, 8 in summer
        ("Asia/Kolkata", "Europe/Lisbon", 3.5),  # 5:30 in winter, 4:30 in summer
        ("Nowhere/Land", "Europe/Lisbon", None),
        ("../etc/passwd", "Europe/Lisbon", None),
        (None, "Europe/Lisbon", None),
    ],
)
def test_working_hours_that_two_places_share(first, second, hours):
    assert shared_hours(first, second) == hours

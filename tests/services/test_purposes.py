"""Declined purposes in every answer of every edition: not found, not suggested, not learned from, not ranked."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.introductions import introduce
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.schema.purposes import MAP, PURPOSES, SCORES, SEARCH, SUGGESTIONS, stated
from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION, PURPOSE
from netofnets.services.find.naming import meant
from netofnets.services.find.search import search
from netofnets.services.index import index_of
from netofnets.services.map.atlas import people_scene
from netofnets.services.networks.bridges import bridge_report
from netofnets.services.networks.convene import convene_page
from netofnets.services.networks.introductions import introductions_report
from netofnets.services.networks.what_if import what_if
from netofnets.services.person.collaborators import suggestions
from netofnets.services.person.me import me_page
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, signed_in
from tests.published import publish_copy
from tests.services.graphs import four_blocks, leader_id

VIEWERS = (ORGANIZER, signed_in(), ANONYMOUS)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The blocks, by what their strongest bridge has declined: one purpose each, or nothing."""
    graph, found = four_blocks(), {}
    graph.tie("leader_interests", "bridge0", "maths", mode="offers")
    facts = graph.facts()
    for name in ("", MAP, SEARCH, SUGGESTIONS, SCORES):
        home = tmp_path_factory.mktemp("home")
        log = [Decision(PURPOSE, (WHO,), stated(name, False), "the person", "text 1")] if name else []
        publish_copy(replace(facts, decisions=tuple(log)), home)
        found[name] = Published.current(home)
    yield found
    for one in found.values():
        one.close()


WHO = leader_id("bridge0")


def name_of(published):
    index = index_of(published, ORGANIZER)
    return index.leader(index.snapshot.position("leaders", WHO)).name


def mentions(answer):
    return WHO in str(asdict(answer))


def test_the_graph_has_somebody_worth_declining(published):
    before = published[""]
    assert mentions(bridge_report(before, ORGANIZER)) and mentions(search(before, ORGANIZER, name_of(before)))
    assert mentions(convene_page(before, ORGANIZER)) and what_if(before, ORGANIZER, without=WHO).asked
    assert mentions(suggestions(before, ORGANIZER, leader_id("north1")))
    assert [p.name for p in PURPOSES][:4] == [MAP, SEARCH, SUGGESTIONS, "research"]


def test_whoever_is_not_to_be_found_is_listed_and_found_by_id_alone(published):
    after = published[SEARCH]
    name = name_of(after)
    for viewer in VIEWERS:
        assert not mentions(search(after, viewer, name)) and not mentions(search(after, viewer, limit=100))
        assert not mentions(me_page(after, viewer, name)) and meant(index_of(after, viewer), "leaders", name) == ()
    assert [r.id for r in meant(index_of(after, ORGANIZER), "leaders", WHO)] == [WHO]
    assert leader_profile(after, ORGANIZER, WHO).leader.id == WHO and mentions(bridge_report(after, ORGANIZER))


def test_whoever_is_not_to_be_suggested_is_suggested_nowhere_and_taught_nothing(published):
    after = published[SUGGESTIONS]
    for viewer in VIEWERS:
        assert not mentions(introductions_report(after, viewer)) and not mentions(convene_page(after, viewer))
        for other in index_of(after, viewer).snapshot.ids("leaders").to_pylist()[:40]:
            if other != WHO:
                assert not mentions(suggestions(after, viewer, other))
    snapshot = after.edition("organizers").present
    people = [i for i in snapshot.ids("leaders").to_pylist() if i != WHO]
    log = [Decision(INTRODUCTION, tuple(sorted((WHO, one))), "declined", "x", "y") for one in people[:6]]
    snapshot.decisions = tuple(log)
    learned = introduce(Ground(snapshot), [1.0], rows=5, per_person=3, per_pair=2, outcomes=3)
    assert set(learned["outcomes"].to_pylist()) <= {0}, "of these six nothing was learned"


def test_whoever_wants_no_scores_is_ranked_nowhere_and_keeps_the_facts(published):
    before, after = published[""], published[SCORES]
    for viewer in VIEWERS:
        assert not mentions(bridge_report(after, viewer)) and not mentions(convene_page(after, viewer))
        ranks = [r for r in index_of(after, viewer).table("bridges")["rank"].to_pylist() if r]
        assert ranks == sorted(ranks) and (not ranks or ranks[0] == 1)
        assert max(ranks, default=0) <= len(ranks) or len(set(ranks)) < len(ranks)
    was, now = (leader_profile(one, ORGANIZER, WHO) for one in (before, after))
    assert [m.network.id for m in now.memberships] == [m.network.id for m in was.memberships] and was.scores
    assert now.scores == () and not now.bridging and now.reason == ""
    assert not what_if(after, ORGANIZER, without=WHO).asked
    drawn = next(n for n in people_scene(after, ORGANIZER).scene.nodes if n.id == WHO)
    assert not drawn.bridging and not drawn.connecting


def test_whoever_is_not_on_the_map_is_there_for_organizers_alone(published):
    after = published[MAP]
    assert mentions(people_scene(after, ORGANIZER))
    for viewer in VIEWERS[1:]:
        assert not mentions(people_scene(after, viewer)) and not mentions(search(after, viewer, limit=100))
        with pytest.raises(NotFound):
            leader_profile(after, viewer, WHO)

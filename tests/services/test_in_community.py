"""A community of a map: the panel, the marks and the page count the same, and the neighbourhood is the one by hand."""

import pytest

from netofnets.services.groups.community import community_page
from netofnets.services.index import index_of
from netofnets.services.map.atlas import networks_scene, people_scene
from netofnets.services.map.in_community import communities_at_hand, community_panel, in_community
from netofnets.services.map.limits import Limits, limited
from netofnets.services.map.selection import neighbours_of, network_selection, overlapping
from netofnets.services.unseen import unseen_in
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import eight_blocks, four_blocks

IDS = eight_blocks().names
BLOCKS = four_blocks().names


def network(block, at):
    return IDS["networks", f"n{block} {at}"]


@pytest.fixture(scope="module")
def many(publish_graph):
    return publish_graph(eight_blocks())


@pytest.fixture(scope="module")
def first(many):
    """The number of the community of the first block, as the map itself tells it."""
    scene = networks_scene(many, ORGANIZER, colour="community").scene
    group = next(node.group for node in scene.nodes if node.id == network(0, 0))
    return next(entry.community for entry in scene.legend if entry.key == group)


def test_panel_map_table_legend_and_page_count_the_same_networks_and_people(many, first):
    panel = community_panel(many, ORGANIZER, first)
    page = community_page(many, ORGANIZER, first)
    assert (page.row.networks_count, page.row.leaders) == (9, 12)
    assert panel.summary == "A community of 9 networks and 12 people."
    assert (
        {n.ref.id for n in panel.networks}
        == {network(0, at) for at in range(9)}
        == {n.network.id for n in page.networks}
    )
    assert [n.words for n in panel.networks] == [f"{n.shared} of {n.shared} members in it" for n in panel.networks]
    assert ("Typical interests", "maths") in panel.facts and panel.ref.href == f"/communities/{first}"
    for draw, people in ((networks_scene, 0), (people_scene, 12)):
        scene = draw(many, ORGANIZER, colour="community").scene
        left = limited(many, ORGANIZER, scene, Limits(people={"community": first}))
        assert (left.networks, left.people, len(left.marks)) == (9, people, 9 + people)
        assert {one.id for one in left.marks} == in_community(many, ORGANIZER, first) & {n.id for n in scene.nodes}
        counts = {entry.community: entry.count for entry in left.legend}
        assert counts == {entry.community: entry.count for entry in scene.legend}, "an entry says what it would show"
        assert counts[first] == (people or 9)


def test_the_neighbourhood_of_a_community_is_what_its_people_join(many, first):
    scene = networks_scene(many, ORGANIZER).scene
    near = limited(many, ORGANIZER, scene, Limits(people={"community": first}, near=1))
    assert {one.id for one in near.marks} == {network(0, at) for at in range(9)} | {network(1, 0)}
    assert [chip.words for chip in near.chosen][1] == "Within 1 step of the community"
    two = limited(many, ORGANIZER, scene, Limits(people={"community": first}, near=2))
    sharing = {network(1, 0)} | {network(1, at) for at in range(9) if min(at, 9 - at) <= 3}
    assert {one.id for one in two.marks} == {network(0, at) for at in range(9)} | sharing
    people = people_scene(many, ORGANIZER).scene
    beside = limited(many, ORGANIZER, people, Limits(people={"community": first}, near=1))
    assert {one.id for one in beside.marks} == in_community(many, ORGANIZER, first) | {network(1, 0)}


@pytest.mark.parametrize("number", ["", "-1", "99", "1e3", "no", "\u0663"])
def test_a_number_that_names_nothing_has_no_panel_and_no_marks(many, number):
    assert community_panel(many, ORGANIZER, number) is None
    assert in_community(many, ORGANIZER, number) == frozenset()


def test_bridging_leaders_are_named_to_those_who_may_see_people(blocks, small):
    bridge = BLOCKS["leaders", "bridge0"]
    home = next(str(n) for n in range(9) if bridge in in_community(blocks, ORGANIZER, str(n)))
    panel = community_panel(blocks, ORGANIZER, home)
    assert bridge in {p.id for p in panel.people} and panel.people_total == len(panel.people)
    assert ("Bridging leaders", str(panel.people_total)) in panel.facts
    shown = set(small.edition("public").snapshot.ids("leaders").to_pylist())
    for number in map(str, range(9)):
        told = community_panel(small, ANONYMOUS, number)
        assert told is None or {p.id for p in told.people} <= shown


def test_a_large_map_offers_its_largest_communities(many):
    offered = communities_at_hand(many, ORGANIZER)
    assert len(offered) == 4 and offered[0].detail.startswith("9 networks and")
    assert all(community_panel(many, ORGANIZER, one.ref.id) for one in offered)


def test_the_first_networks_that_share_members_are_the_same_however_many_are_asked_for(many):
    index = index_of(many, ORGANIZER)
    for at in (0, 9, 40):
        found = overlapping(index, at)
        every = neighbours_of(index, at, found, len(found))
        assert len(every) >= 6 and [neighbours_of(index, at, found, most) for most in (0, 1, 4)] == [
            every[:most] for most in (0, 1, 4)
        ]
        assert found.validated == sum(n.validated for n in every)
        assert list(every) == sorted(every, key=lambda n: (not n.validated, -n.shared, n.ref.name, n.ref.id))
        assert network_selection(index, at, unseen_in(index, ORGANIZER)).networks == every[:20]

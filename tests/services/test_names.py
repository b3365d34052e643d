"""Names of communities: given, shown wherever the description was, kept with the members, taken back, never public."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.desk.rename import name_community
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.published import Published
from netofnets.publish import publish_facts
from netofnets.schema.records import Decision
from netofnets.schema.topics import COMMUNITY_NAME
from netofnets.services.groups.community import community_page
from netofnets.services.groups.listing import community_list
from netofnets.services.index import index_of
from netofnets.services.map.colours import groups_by
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.services.write_back import analysis_results
from netofnets.store import open_store
from tests.published import publish_copy
from tests.services.graphs import Graph, four_blocks, leader_id

NAME = "Coast & <Harbour>; mornings"


@pytest.fixture
def home(tmp_path):
    """Publishes into one home, so that numbers last; gives what is current."""
    opened = []

    def publish(graph: Graph, *decisions: Decision) -> Published:
        publish_facts(replace(graph.facts(run=len(opened) + 1), decisions=decisions), tmp_path)
        opened.append(Published.current(tmp_path))
        return opened[-1]

    yield publish
    for published in opened:
        published.close()


@pytest.fixture
def store():
    return open_store("memory:")


def number_of(published: Published, network: str) -> int:
    cards = community_list(published, ORGANIZER).cards
    return next(c.row.community for c in cards if network in [n.name for n in c.row.networks])


def give(store, published: Published, network: str, name: str) -> Decision:
    return name_community(store, published, str(number_of(published, network)), name, who="Ada", why="they say so")


def label(published: Published, network: str) -> str:
    return community_page(published, ORGANIZER, str(number_of(published, network))).row.label


def test_a_name_shows_wherever_the_description_showed(home, store):
    before = home(four_blocks())
    made = give(store, before, "East 1", f"  {NAME} ")
    assert (made.value, made.who) == (NAME, "Ada") and store.decisions(COMMUNITY_NAME) == (made,)
    after = home(four_blocks(), made)
    row = community_page(after, ORGANIZER, made.subjects[0]).row
    assert (row.label, row.named) == (NAME, True) and row.description.startswith("around East ")
    assert NAME in [c.row.label for c in community_list(after, ORGANIZER).cards]
    assert NAME in groups_by(index_of(after, ORGANIZER), "community").labels  # whole, though a description is cut there
    assert leader_profile(after, ORGANIZER, leader_id("east0")).community.name == NAME
    table = after.edition("organizers").table("community_summary")
    named = [r for r in table.to_pylist() if r["named"]]
    assert [(r["label"], r["description"]) for r in named] == [(NAME, row.description)]
    written, _ = analysis_results(after)
    for kind in ("leaders", "networks"):
        rows = written[kind].to_pylist()
        assert {r["community_label"] for r in rows if r["community"] == row.community} == {NAME}
        assert {r["community_label"] is None for r in rows if r["community"] is None} <= {True}


def test_the_name_stays_with_the_members_when_the_data_change(home, store):
    first = home(four_blocks())
    made = give(store, first, "West 1", "The Westerners")
    home(four_blocks(), made)
    graph = four_blocks()
    for i in range(3):  # one per cent more memberships
        graph.node("leaders", f"new{i}", f"New Person {i}")
        graph.join(f"new{i}", "west 1", "west 2")
    third = home(graph, made)
    assert label(third, "West 1") == "The Westerners"
    assert sum(c.row.named for c in community_list(third, ORGANIZER).cards) == 1


def test_a_name_is_changed_and_taken_back(home, store):
    first = home(four_blocks())
    log = [give(store, first, "East 1", name) for name in ("Old Name", "New Name")]
    assert label(home(four_blocks(), *log), "East 1") == "New Name"
    log.append(give(store, first, "East 1", ""))
    assert label(home(four_blocks(), *log), "East 1").startswith("around East ")
    with pytest.raises(SettingsError, match="no name that could be taken back"):
        give(store, first, "East 1", " ")
    assert [d.value for d in store.decisions(COMMUNITY_NAME)] == ["Old Name", "New Name", ""]


def test_what_is_no_name_is_refused(home, store):
    published = home(four_blocks())
    give(store, published, "West 1", "The Westerners")
    for name, why in (
        ("x" * 81, "81 characters; shorten it to 80"),
        ("two\nlines", "cannot be printed"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}desrever", "cannot be printed"),
        (" east  1 ", "the name of a network"),
        ("the WESTERNERS", "is called 'The Westerners' already"),
    ):
        with pytest.raises(SettingsError, match=why):
            give(store, published, "East 1", name)
    with pytest.raises(NotFound):
        name_community(store, published, "99", "Nobody", who="Ada", why="")
    with pytest.raises(SettingsError, match="who decided"):
        name_community(store, published, "1", "Nobody", who=" ", why="")
    assert len(store.decisions(COMMUNITY_NAME)) == 1
    give(store, published, "West 1", "The westerners")  # its own name may be written anew


def test_a_network_that_comes_to_have_the_name_keeps_it_for_itself(home, store):
    first = home(four_blocks())
    made = give(store, first, "East 1", "Harbour Schools")
    graph = four_blocks()
    graph.node("networks", "harbour", "harbour schools")
    assert "Harbour Schools" not in {c.row.label for c in community_list(home(graph, made), ORGANIZER).cards}


def test_in_a_home_without_a_past_a_number_that_means_others_takes_no_name(home, store):
    published = home(four_blocks())
    made = give(store, published, "East 1", "Easterners")
    other = str(number_of(published, "West 1"))
    moved = replace(made, subjects=(other, *made.subjects[1:]))
    assert not any(c.row.named for c in community_list(home(four_blocks(), moved), ORGANIZER).cards)


def test_the_public_has_the_descriptions_and_no_byte_of_a_name(publish_graph, tmp_path, store):
    plain = publish_graph(four_blocks())
    made = give(store, plain, "East 1", NAME)
    publish_copy(replace(four_blocks().facts(), decisions=(made,)), tmp_path)
    with Published.current(tmp_path) as named:
        assert NAME in [c.row.label for c in community_list(named, ORGANIZER).cards]
        assert named.edition("organizers").content_hash != plain.edition("organizers").content_hash
        assert asdict(community_list(named, ANONYMOUS)) == asdict(community_list(plain, ANONYMOUS))
        for what in ("content_hash", "results_hash"):
            assert named.edition("public").manifest[what] == plain.edition("public").manifest[what]


def test_the_command_names_and_the_measure_prints_it(tmp_path):
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(netofnets_command, [*arguments, "--home", str(tmp_path)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    publish_copy(four_blocks().facts(), tmp_path)
    said = run("name-community", "2", "Harbour", "--who", "Ada", "--why", "they say so")
    assert said == "Community 2 is called 'Harbour'. Run `netofnets publish` for it to show.\n"
    assert "goes by its description again" in run("name-community", "2", "", "--who", "Ada")

"""Filters: each is declared once; who fits, what is counted, and that page and command know it."""

import pytest
from click.testing import CliRunner

from netofnets.cli.search import search as command
from netofnets.errors import SettingsError
from netofnets.services.find.filters import FILTERS, Filters
from netofnets.services.find.search import search
from netofnets.services.viewer import ORGANIZER
from tests.services.graphs import Graph
from web.views.search import SEARCH


def three() -> Graph:
    graph = Graph()
    for key in ("alpha", "beta"):
        graph.node("networks", key, key.capitalize())
    graph.node("interests", "phonics")
    graph.node("interests", "teacher pay", domain="Our own domain")
    for key, release, languages, zone, grades in (
        ("ana", 40.0, ["Portuguese", "English"], "Europe/Lisbon", "K-5"),
        ("bo", 20.0, ["English"], "Pacific/Auckland", "9-12"),
        ("cleo", None, [], None, None),
    ):
        facts = {"release_time": release, "languages": languages, "time_zone": zone, "grades": grades}
        graph.node("leaders", key, key.capitalize(), **facts)
        graph.join(key, "alpha")
    graph.tie("leader_interests", "ana", "phonics", mode="offers")
    graph.tie("leader_interests", "bo", "phonics", mode="seeks")
    graph.tie("leader_interests", "cleo", "teacher pay")
    return graph


@pytest.fixture(scope="module")
def world(publish_graph):
    return publish_graph(three())


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"release": "40"}, {"Ana"}),
        ({"release": "20"}, {"Ana", "Bo"}),
        ({"release": "much"}, set()),
        ({"language": "English"}, {"Ana", "Bo"}),
        ({"language": "Klingon"}, set()),
        ({"grades": "K-5"}, {"Ana"}),
        ({"hours": "Europe/Berlin"}, {"Ana"}),
        ({"hours": "Nowhere/Land"}, set()),
        ({"domain": "Facilitating improvements in instruction"}, {"Ana", "Bo"}),  # as the vocabulary has it
        ({"domain": "Our own domain"}, {"Cleo"}),  # as the data have it
        ({"language": "English", "mode": "seeks"}, {"Bo"}),
    ],
)
def test_who_fits(world, chosen, names):
    assert {m.ref.name for m in search(world, ORGANIZER, "", Filters(**chosen)).people} == names


def test_choices_say_how_many(world):
    facets = {f.name: [(v.value, v.count) for v in f.values] for f in search(world, ORGANIZER, "").facets}
    assert facets["release"] == [("20", 2), ("40", 1)]
    assert facets["language"] == [("English", 2), ("Portuguese", 1)]
    assert facets["domain"] == [("Facilitating improvements in instruction", 2), ("Our own domain", 1)]
    assert facets["hours"] == [("Europe/Lisbon", 1), ("Pacific/Auckland", 1)]


def test_what_is_chosen_stays_among_the_choices_and_can_be_removed(world):
    for chosen in ({"language": "Klingon"}, {"release": "90"}, {"grades": "9-12"}):
        answer = search(world, ORGANIZER, "Ana", Filters(**chosen))
        assert [v.value for f in answer.facets for v in f.values if v.chosen] == list(chosen.values())


def test_page_and_command_take_the_filters_that_are_declared():
    names = [f.name for f in FILTERS]
    assert [p.name for p in SEARCH.params] == ["q", *names, "limit", "page"]
    assert {o.name for o in command.params} >= set(names)
    assert all(f"--{name}" in CliRunner().invoke(command, ["--help"]).output for name in names)
    with pytest.raises(SettingsError, match="there is no filter 'colour'"):
        Filters(colour="red")

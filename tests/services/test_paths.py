"""How do I reach somebody: sentences with evidence, a way round a broker, and what is said where there is none."""

from dataclasses import asdict, replace

import pytest

from netofnets.errors import SettingsError
from netofnets.schema.model import Visibility
from netofnets.services.person.paths import paths, required_paths
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import another_hidden, leader_id, ten_leaders


def names(path):
    return [path.steps[0].first.name, *(s.second.name for s in path.steps)]


def test_the_small_world_by_hand(small):
    # alpha: Ana, Bo, Cleo; beta: Ana, Cleo, Dan; gamma: Dan, Eva, Finn, Gil; Ana - Cleo - Dan work together
    answer = paths(small, ORGANIZER, "Bo Jansen", "Eva Lindqvist")
    assert [names(p) for p in answer.paths] == [["Bo Jansen", "Cleo Núñez", "Dan Okafor", "Eva Lindqvist"]]
    (way,) = answer.paths
    assert way.sentence == (
        "Bo Jansen is in Alpha Readers with Cleo Núñez, who works directly with Dan Okafor, "
        "who is in Gamma Labs with Eva Lindqvist."
    )
    assert [b.name for b in way.brokers] == ["Cleo Núñez", "Dan Okafor"]
    assert way.steps[0].evidence == ("both in Alpha Readers (3 members)",)
    assert way.steps[1].evidence == (
        "Dan Okafor to Cleo Núñez: co-led",
        "both in Beta Writers (3 members)",
    )
    assert [round(s.length, 3) for s in way.steps] == [1.477, 1.0, 1.602]
    assert answer.summary == "1 way of at most 4 steps; the strongest evidence first."


def test_without_a_broker_the_way_leads_past_another(small):
    answer = paths(small, ORGANIZER, "Bo Jansen", "Eva Lindqvist", without="Cleo Núñez")
    assert [names(p) for p in answer.paths] == [["Bo Jansen", "Ana Sousa", "Dan Okafor", "Eva Lindqvist"]]
    assert answer.without.name == "Cleo Núñez" and "past Cleo" in answer.summary
    none = paths(small, ORGANIZER, "Bo Jansen", "Eva Lindqvist", without="Dan Okafor")
    assert none.paths == () and none.summary == "No way of at most 4 steps is on record without Dan Okafor."


def test_who_asked_not_to_be_connected_is_not_led_past_but_can_be_reached(publish_graph):
    graph = ten_leaders()
    row = next(r for r in graph.rows["leaders"] if r["id"] == leader_id("cleo"))
    row["connect"] = False
    published = publish_graph(graph)
    answer = paths(published, ORGANIZER, "Bo Jansen", "Eva Lindqvist")
    assert [names(p)[1] for p in answer.paths] == ["Ana Sousa"]
    assert [names(p) for p in paths(published, ORGANIZER, "Bo Jansen", "Cleo Núñez").paths][0] == [
        "Bo Jansen",
        "Cleo Núñez",
    ]


def test_who_knows_each_other_is_told_so(small):
    answer = paths(small, ORGANIZER, "Ana Sousa", "Cleo Núñez")
    assert names(answer.paths[0]) == ["Ana Sousa", "Cleo Núñez"]
    assert answer.summary.startswith("They work together already, as far as these rosters say")
    assert "mentors (3 times, 2024-01-02 to 2024-06-30)" in answer.paths[0].steps[0].evidence[0]
    assert paths(small, ORGANIZER, "Gil Moreno", "Finn Ødegård").summary.startswith("They are in a network together, ")


def test_where_nothing_leads_it_is_said_what_joins_their_networks(small):
    answer = paths(small, ORGANIZER, "Bo Jansen", "Hana Sato")
    assert answer.paths == () and answer.summary == "No way of at most 4 steps is on record."
    assert answer.joins[0].startswith("Alpha Readers and Delta Island: nothing that is known leads from one")
    assert paths(small, ORGANIZER, "Bo Jansen", "Jo Alone").joins == ("Jo Alone is in no network that is on record.",)


def test_the_way_of_the_reader_who_has_said_who_that_is(small):
    bo = replace(ORGANIZER, me=leader_id("bo"))
    asked = asdict(paths(small, ORGANIZER, "Bo Jansen", "Eva Lindqvist"))
    assert asdict(paths(small, bo, "", "Eva Lindqvist")) == asked
    assert paths(small, bo, "Ana Sousa", "Eva Lindqvist").start.name == "Ana Sousa"
    assert paths(small, bo, "", "").start is None


def test_names_that_decide_nothing(small):
    answer = paths(small, ORGANIZER, "Bo Jansen", "Nobody Here")
    assert answer.end is None and [(c.field, c.meant) for c in answer.unclear] == [("to", ())]
    with pytest.raises(SettingsError, match="'Nobody Here' means nobody"):
        required_paths(answer)
    assert paths(small, ORGANIZER, "Bo Jansen", "bo jansen").summary == "Name different people."
    assert paths(small, ORGANIZER, "", "").paths == ()


def test_a_hidden_person_joins_nobody_and_changes_no_byte(publish_graph, small):
    # Zoe, hidden, is in alpha and delta: the only way from Bo to Hana
    hidden = publish_graph(another_hidden(ten_leaders(), "zoe"))
    graph = another_hidden(ten_leaders(), "zoe")
    graph.show("zoe", Visibility.ORGANIZERS)
    seen = publish_graph(graph)
    ways = paths(seen, ORGANIZER, "Bo Jansen", "Hana Sato").paths
    assert [b.name for b in ways[0].brokers] == ["Zoe Unseen"]
    asked = [(leader_id(a), leader_id(b)) for a in ("ana", "bo") for b in ("hana", "eva", "cleo", "zoe", "iris")]
    for viewer, other in ((ORGANIZER, hidden), (ANONYMOUS, hidden), (ANONYMOUS, seen)):
        one, two = ([asdict(paths(p, viewer, a, b)) for a, b in asked] for p in (small, other))
        assert one == two
    public = paths(small, ANONYMOUS, "Ana Sousa", "Bo Jansen")
    assert names(public.paths[0]) == ["Ana Sousa", "Bo Jansen"] and "who are not shown" in public.note
    assert paths(small, ANONYMOUS, "Ana Sousa", "Cleo Núñez").unclear[0].meant == ()

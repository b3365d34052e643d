"""Search: who is found for which words, why, and in which turn."""

import pytest

from netofnets.graph.vocabulary import Vocabulary, distance, words_in
from netofnets.services.find.filters import Filters
from netofnets.services.find.interest import interest_page
from netofnets.services.find.search import search
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from tests.services.graphs import Graph, ten_leaders

IDS = ten_leaders().names


def found(published, text, filters=None, viewer=ORGANIZER):
    return {m.ref.name: m.why for m in search(published, viewer, text, filters).people}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nunez", "Cleo Núñez"),
        ("NÚÑEZ", "Cleo Núñez"),
        ("odegard", "Finn Ødegård"),
        ("jansn", "Bo Jansen"),
        ("jnasen", "Bo Jansen"),
        ("lindq", "Eva Lindqvist"),
    ],
)
def test_accents_beginnings_and_slips_are_forgiven(small, text, name):
    assert list(found(small, text)) == [name]


def test_every_reason_names_the_word_and_where_it_stands(small):
    assert found(small, "ana literacy") == {"Ana Sousa": ("the name has “Ana”", "seeks “literacy”")}
    assert found(small, "hill")["Bo Jansen"] == ("the school is “Hill School”",)
    assert found(small, "jansn")["Bo Jansen"] == ("the name has “Jansen”, close to “jansn”",)


def test_aliases_and_narrower_interests_are_found_and_said(small):
    reasons = found(small, "reading")
    assert reasons["Dan Okafor"] == ("offers “literacy”, also called “reading”",)
    assert reasons["Hana Sato"] == ("practises “phonics”, part of “literacy”",)
    scores = {m.ref.name: m.score for m in search(small, ORGANIZER, "literacy").people}
    assert scores["Ana Sousa"] > scores["Hana Sato"]


def test_networks_organizations_and_interests_are_found_too(small):
    answer = search(small, ORGANIZER, "island")
    assert [m.ref.name for m in answer.networks] == ["Delta Island"]
    assert [m.ref.name for m in search(small, ORGANIZER, "hill").organizations] == ["Hill University"]
    assert [m.ref.name for m in search(small, ORGANIZER, "robotics").interests] == ["robotics"]
    assert answer.networks[0].detail == "1 member"


def test_when_nobody_matches_all_words_it_says_so(small):
    answer = search(small, ORGANIZER, "ana robotics")
    assert answer.note.startswith("Nobody matches all 2 words")
    assert {m.ref.name for m in answer.people} == {"Ana Sousa", "Eva Lindqvist", "Gil Moreno"}
    assert search(small, ORGANIZER, "zzzzz").note == "Try another word, or one word less."


@pytest.mark.parametrize("text", ["", "   ", "?!", "the", "\x00", "𝔄𝔫𝔞", "a" * 10_000, "' OR 1=1 --", "<script>"])
def test_any_text_is_answered(small, text):
    answer = search(small, ORGANIZER, text)
    assert answer.people_total == len(answer.people) or answer.people_total > 30


def test_an_empty_question_browses_by_filters(small):
    assert len(found(small, "")) == 9
    assert set(found(small, "", Filters(region="North"))) == {"Ana Sousa", "Bo Jansen", "Cleo Núñez"}
    assert set(found(small, "", Filters(mode="offers"))) == {"Bo Jansen", "Dan Okafor", "Eva Lindqvist"}
    literacy = IDS["interests", "literacy"]
    assert set(found(small, "", Filters(interest=literacy, mode="seeks"))) == {"Ana Sousa"}
    assert found(small, "", Filters(mode="sells")) == {}
    assert set(found(small, "", Filters(network=IDS["networks", "delta"]))) == {"Hana Sato"}


def test_choices_are_counted_over_everybody_found(small):
    facets = {f.name: {v.label: v.count for v in f.values} for f in search(small, ORGANIZER, "phonics").facets}
    # Four practise phonics; Bo offers literacy, the whole that it is part of.
    assert facets["network"] == {"Alpha Readers": 3, "Beta Writers": 3, "Delta Island": 1, "Gamma Labs": 1}
    assert facets["region"] == {"North": 3, "South": 2}
    assert facets["mode"]["Practises"] == 4


def test_one_network_cannot_fill_the_page(blocks):
    answer = search(blocks, ANONYMOUS, "maths")
    assert answer.people_total == 48 and len(answer.people) == 30
    assert "at most 3 of one network" in answer.summary
    turns: dict[str, int] = {}
    for match in answer.people[:12]:
        assert min(turns.get(n.id, 0) for n in match.networks) < 3
        for network in match.networks:
            turns[network.id] = turns.get(network.id, 0) + 1
    blocks_seen = {n.name.split()[0] for match in answer.people for n in match.networks}
    assert blocks_seen == {"East", "North", "South", "West"}
    one = search(blocks, ANONYMOUS, "maths", Filters(network=answer.people[0].networks[0].id))
    assert one.people_total == len(one.people) and "at most" not in one.summary


def test_the_page_of_an_interest(small):
    page = interest_page(small, ORGANIZER, IDS["interests", "literacy"])
    assert page.aliases == ("reading",)
    assert page.people_total == 3 and page.by_mode == (("offers", 2), ("seeks", 1))
    assert {n.network.name: n.total for n in page.networks if n.network} == {
        "Alpha Readers": 2,
        "Beta Writers": 2,
        "Gamma Labs": 1,
    }
    alpha = next(n for n in page.networks if n.network and n.network.name == "Alpha Readers")
    assert [(h.leader.name, h.modes) for h in alpha.people] == [("Bo Jansen", ("offers",)), ("Ana Sousa", ("seeks",))]
    assert [(r.interest.name, r.words) for r in page.related] == [("phonics", "narrower")]
    assert [r.name for r in interest_page(small, ORGANIZER, IDS["interests", "robotics"]).focused] == ["Gamma Labs"]


def test_slips_between_words():
    assert distance("jansen", "jansn") == 1
    assert distance("jansen", "jnasen") == 1  # two neighbours swapped
    assert distance("abc", "") == 3 and distance("", "") == 0
    assert words_in("Ødegård-Łuczak, José") == ["odegard", "luczak", "jose"]


def test_word_forms_are_alike_and_unlike_words_are_not():
    vocabulary = Vocabulary.of(["library", "libraries", "labour", "liberty", "reading"])
    meant = {vocabulary.words[at]: likeness for at, likeness in vocabulary.like("library").items()}
    assert meant["library"] == 1.0 and 0 < meant["libraries"] < 0.7
    assert "labour" not in meant and "reading" not in meant
    assert Vocabulary.of([]).like("word") == {}


def test_a_word_counts_by_where_it_stands(publish_graph):
    graph = Graph()
    graph.node("interests", "wide", "quokka")
    graph.node("interests", "narrow", "small marsupials")
    graph.tie("broader_interests", "narrow", "wide")
    graph.node("interests", "other", "chess", aliases=["quokka chess"])
    for field in ("name", "job", "grades", "school", "place", "region", "country", "about"):
        graph.node("leaders", field, **{"name": field, field: "Quokka"})
    for held in ("wide", "narrow", "other"):
        graph.node("leaders", f"holds {held}")
        graph.tie("leader_interests", f"holds {held}", held)
    graph.node("leaders", "slip", school="Quoka")
    matches = search(publish_graph(graph), ORGANIZER, "quokka", limit=50).people
    scores = {m.ref.id: m.score for m in matches}
    found = {key: scores.get(graph.names["leaders", key]) for kind, key in graph.names if kind == "leaders"}
    slip = found.pop("slip")
    assert found == {
        "name": 1.0,
        "school": 0.8,
        **dict.fromkeys(("place", "region", "country"), 0.7),
        **dict.fromkeys(("job", "grades", "about"), 0.6),
        **dict.fromkeys(("holds wide", "holds other"), 0.955),  # 0.9 x 0.95 + 0.1 for all words in one thing
        "holds narrow": 0.764,  # a narrower interest stands in for it at 0.8
    }
    assert slip is not None and 0 < slip < 0.8
    assert [m.score for m in matches] == sorted(scores.values(), reverse=True)


def test_of_two_who_answer_both_words_the_one_who_answers_them_with_one_interest_comes_first(publish_graph):
    graph = Graph()
    for key in ("blue quokka", "blue chess", "quokka chess"):
        graph.node("interests", key)
    for key, held in (("one", ["blue quokka"]), ("two", ["blue chess", "quokka chess"])):
        graph.node("leaders", key)
        for interest in held:
            graph.tie("leader_interests", key, interest)
    scores = {m.ref.name: m.score for m in search(publish_graph(graph), ORGANIZER, "blue quokka").people}
    assert scores["one"] == pytest.approx(0.9 * 0.95 + 0.1, abs=1e-4) and 0.9 < scores["two"] < scores["one"]

"""From words to interests: the shipped vocabulary, forty judged queries, and what must not be found."""

import re
import tomllib
from math import log2
from pathlib import Path

import numpy as np
import pytest

from netofnets.services.find.embedder import shipped_embedder
from netofnets.services.find.meaning import Topic, Topics
from netofnets.services.find.search import search
from netofnets.services.find.thesaurus import DOMAINS, thesaurus
from netofnets.services.viewer import ORGANIZER
from tests.services.graphs import Graph, leader_id

CONCEPTS = thesaurus()
PLACE = {c.name: n for n, c in enumerate(CONCEPTS)}
QUERIES = tomllib.loads((Path(__file__).parents[1] / "data" / "queries.toml").read_text(encoding="utf-8"))["query"]
THESAURUS = Path(__file__).parents[3] / "shared" / "data" / "unesco" / "unescothes.ttl"


def shipped(embedder):
    wider = {c.name: (PLACE[c.wider],) if c.wider else () for c in CONCEPTS}
    return Topics.of([Topic(c.name, c.also, c.short, wider[c.name]) for c in CONCEPTS], embedder)


WITH_MODEL, WITHOUT = shipped(shipped_embedder()), shipped(None)


def ranked(topics, text):
    meant = topics.meant(text)
    return [CONCEPTS[at].name for at in sorted(meant, key=lambda at: (-meant[at].score, at))]


def ndcg(topics, query):
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), gains 3 and 1."""
    gains = {**dict.fromkeys(query["good"], 1), **dict.fromkeys(query["best"], 3)}
    got = sum(gains.get(name, 0) / log2(n + 2) for n, name in enumerate(ranked(topics, query["text"])[:10]))
    best = sum(gain / log2(n + 2) for n, gain in enumerate(sorted(gains.values(), reverse=True)[:10]))
    return got / best


def test_the_vocabulary_is_whole():
    assert 100 <= len(CONCEPTS) <= 130 and len(PLACE) == len(CONCEPTS)
    assert {c.domain for c in CONCEPTS} == set(DOMAINS) and len(DOMAINS) == 7
    assert all(c.wider in PLACE for c in CONCEPTS if c.wider)
    assert sum(bool(c.unesco) for c in CONCEPTS) >= 70


def test_every_concept_of_the_unesco_thesaurus_exists():
    if not THESAURUS.is_file():
        pytest.skip(f"no UNESCO Thesaurus at {THESAURUS}")
    known = set(re.findall(r"^unescothes:(C\d+) a skos:Concept", THESAURUS.read_text(encoding="utf-8"), re.M))
    assert {c.unesco for c in CONCEPTS if c.unesco} <= known


@pytest.mark.parametrize(("topics", "least"), [(WITH_MODEL, 0.58), (WITHOUT, 0.45)], ids=["word vectors", "letters"])
def test_judged_queries_that_nothing_was_tuned_on(topics, least):
    apart = QUERIES[::2]
    assert len(QUERIES) == 40 and np.mean([ndcg(topics, q) for q in apart]) >= least
    if topics is WITH_MODEL:
        assert all(ranked(topics, q["text"]) for q in QUERIES)


def test_the_way_from_the_word_to_the_interest_is_said():
    assert WITH_MODEL.meant("pbl")[PLACE["project-based learning"]].why == "“PBL” is short for it"
    assert WITH_MODEL.meant("reading")[PLACE["literacy"]].why == "also called “reading”"
    assert WITH_MODEL.meant("reading")[PLACE["early literacy"]].why == "part of “literacy”"
    assert WITH_MODEL.meant("phoncs")[PLACE["phonics"]].why == "close to “phoncs”"
    assert WITH_MODEL.meant("literacy")[PLACE["literacy"]].why == ""


@pytest.mark.parametrize("word", ["Gates", "Grace", "Miller", "Okafor", "Lindqvist", "Oslo", "zzzzz", "banana", "gate"])
def test_a_word_that_resembles_no_interest_means_none(word):
    assert not WITH_MODEL.meant(word) and not WITHOUT.meant(word)


def small_world() -> Graph:
    graph = Graph()
    graph.node("networks", "alpha", "Alpha")
    graph.node("interests", "project-based learning")
    for key, name, country, grades in (
        ("grace", "Grace Hill", "United States", "9 to 12"),
        ("ana", "Ana Sousa", "United States", "5"),
        *((f"p{n}", f"Person {'abcdefgh'[n]}", "Portugal", None) for n in range(8)),
    ):
        graph.node("leaders", key, name, country=country, grades=grades)
        graph.join(key, "alpha")
        graph.tie("leader_interests", key, "project-based learning", mode="practises")
    return graph


@pytest.fixture(scope="module")
def world(publish_graph):
    return publish_graph(small_world())


def test_nobody_is_found_by_a_word_that_they_do_not_resemble(world):
    assert search(world, ORGANIZER, "Gates").people_total == 0  # not the United States
    assert "Grace Hill" not in {m.ref.name for m in search(world, ORGANIZER, "grade 5").people}
    assert search(world, ORGANIZER, "gracee").people[0].ref.name == "Grace Hill"


def test_an_abbreviation_finds_people_and_says_how(world):
    answer = search(world, ORGANIZER, "PBL")
    assert answer.people_total == 10
    assert answer.people[0].why == ("practises “project-based learning”, “PBL” is short for it",)


def test_equals_do_not_come_by_the_alphabet_and_come_the_same_each_time(world):
    first = [m.ref.id for m in search(world, ORGANIZER, "PBL").people]
    assert first == [m.ref.id for m in search(world, ORGANIZER, "PBL").people]
    other = [m.ref.id for m in search(world, ORGANIZER, "project-based learning").people]
    assert sorted(first) == sorted(other) and first != other
    names = [m.ref.name for m in search(world, ORGANIZER, "PBL").people]
    assert names != sorted(names) and leader_id("ana") in first

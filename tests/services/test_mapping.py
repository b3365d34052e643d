"""Free tags and a vocabulary: what is plain is mapped by rule, the rest is only shown what is near."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.services.find.embedder import shipped_embedder
from netofnets.services.find.mapping import Mapped, Way, map_tags
from netofnets.services.find.thesaurus import Concept, thesaurus

CONCEPTS = (
    Concept("team teaching", "A", ("co-teaching", "collaborative teaching")),
    Concept("project-based learning", "B", ("learning by projects",), ("PBL",)),
    Concept("problem-based learning", "B", (), ("PBL",)),
    Concept("literacy", "C", ("reading", "lecture à voix haute")),
    Concept("restorative practice", "A", ("restorative justice",)),
)


def one(tag: str, said: dict[str, str] | None = None) -> Mapped:
    return map_tags([tag], CONCEPTS, None, said)[0]


@pytest.mark.parametrize(
    ("tag", "concept", "way"),
    [
        ("Team  Teaching", "team teaching", Way.NAME),
        ("literacies", "literacy", Way.NAME),
        ("Co teaching", "team teaching", Way.WORDING),
        ("Lecture a voix haute", "literacy", Way.WORDING),
        ("restoritive justice", "restorative practice", Way.SLIP),
        ("Project-based learning in grade 5", "project-based learning", Way.WITHIN),
        ("PBL", "", Way.NONE),  # two concepts are called so
        ("raeding", "literacy", Way.SLIP),
        ("rating", "", Way.NONE),
        ("team teaching and restorative justice", "", Way.NONE),  # two wordings as long
        ("???", "", Way.NONE),
        ("", "", Way.NONE),
    ],
)
def test_rules_go_by_words_and_take_nothing_that_means_two_things(tag: str, concept: str, way: Way) -> None:
    found = one(tag)
    assert (found.concept, found.way) == ((concept, way) if way.sure else (found.concept, found.way))
    assert way.sure == found.way.sure


def test_what_somebody_said_comes_first_also_that_it_is_none_of_them() -> None:
    assert one("literacy", {"literacy": "team teaching"}) == Mapped("literacy", "team teaching", Way.DECIDED, 1.0)
    assert one("literacy", {"literacy": ""}).concept == ""
    assert one("literacy", {"other": "team teaching"}).way is Way.NAME


def test_likeness_is_never_called_sure_and_shows_the_nearest() -> None:
    found = map_tags(["teaching as a team in one room", "gardening"], thesaurus(), shipped_embedder())
    assert all(not m.way.sure and 0 < m.score <= 1 and 1 <= len(m.near) <= 5 for m in found)
    assert "team teaching" in found[0].near


def test_every_wording_of_the_shipped_vocabulary_means_its_own_concept_or_says_that_it_means_two() -> None:
    wordings = [(w, c.name) for c in thesaurus() for w in (c.name, *c.also)]
    found = map_tags([w for w, _ in wordings], thesaurus(), None)
    wrong = [(m.tag, m.concept) for m, (_, own) in zip(found, wordings, strict=True) if m.way.sure and m.concept != own]
    assert wrong == []
    assert sum(m.way.sure for m in found) / len(found) > 0.95


@given(st.text(max_size=40))
def test_any_text_is_mapped_or_not_and_keeps_its_words(tag: str) -> None:
    found = one(tag)
    assert found.tag == tag and (found.concept == "" or found.concept in {c.name for c in CONCEPTS})


def test_an_alternative_label_of_the_unesco_thesaurus_finds_its_concept(shared_data: Path) -> None:
    text = (shared_data / "unesco" / "unescothes.ttl").read_text(encoding="utf-8")
    concepts, labels = [], []
    for block in re.split(r"\n(?=unescothes:C\d+ a skos:Concept)", text)[1:]:
        told = re.findall(r'skos:(pref|alt)Label "([^"]*)"@en', block.split(" .\n")[0])
        name = next(label for kind, label in told if kind == "pref")
        also = tuple(label for kind, label in told if kind == "alt")
        concepts.append(Concept(name, "", also))
        labels += [(label, name) for label in also]
    assert len(concepts) == 4408
    sample = labels[::40]
    found = map_tags([label for label, _ in sample], concepts, None)
    hits = [name in (m.concept, *m.near) for m, (_, name) in zip(found, sample, strict=True)]
    assert len(hits) > 60 and sum(hits) / len(hits) >= 0.9

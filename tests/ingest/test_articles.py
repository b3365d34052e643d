"""What an article proposes: people, bodies, interests and relations, each where it says so; and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.mention import BODY, PERSON, Known
from ingest.articles.page import collect_pages, page_of
from ingest.articles.proposing import propose
from ingest.articles.registry import DETECTORS, mentions_in
from ingest.articles.similar import contained, sketch
from netofnets.errors import InputError
from netofnets.schema.proposals import LEADER, MENTIONED
from tests.ingest.articles_fixture import ARTICLES, SOURCE, page, read


def named(text: str, kind: str, known: Known | None = None) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.detector) for m in mentions_in(page(text), known) if m.kind == kind]


def test_the_made_up_article_proposes_whom_and_what_it_names() -> None:
    found = read("kites.md")
    of = {kind: {p.things[0].name for p in found.values() if p.kind == kind} for kind in ("networks", "organizations")}
    leaders = {p.things[0].name: p.standing for p in found.values() if p.kind == "leaders"}
    assert {name for name, standing in leaders.items() if standing == LEADER} == {
        "Amara Quillfeather",
        "Rachel Brindlewick",
        "Tomas Velderhof",
        "Ines Marrowby",
        "Kofi Ashgrove",
    }
    assert {name for name, standing in leaders.items() if standing == MENTIONED} == {
        "Oswin Tarn",  # wrote it
        "Pellworm",  # cited
        "Strand",
        "kitefan",  # commented
        "Milo Fenwick",
    }
    assert of["networks"] == {"Harbor Teachers Network", "Coastal Learning Alliance"}
    assert of["organizations"] == {
        "Saltmarsh public schools",
        "Center for Tidal Education",
        "Lantern Foundation",
        "Brightwater",
        "Saltmarsh Families United",
        "Saltmarsh Middle School",
    }


def test_relations_follow_from_what_stands_between_two_names() -> None:
    found = [says for says, proposal in read("kites.md").items() if len(proposal.things) == 2]
    assert set(found) == {
        "Amara Quillfeather works with Center for Tidal Education (fellow)",
        "Rachel Brindlewick works with Center for Tidal Education (fellow)",
        "Amara Quillfeather works with Lantern Foundation",
        "Rachel Brindlewick works with Lantern Foundation",
        "Ines Marrowby works with Saltmarsh Middle School (Science Coach)",
        "Amara Quillfeather is interested in project-based learning",
    }


@pytest.mark.parametrize("name", ["kites.md", "kites-again.txt", "lamps.html"])
def test_every_quote_is_verbatim_at_its_place_and_holds_the_mention(name: str) -> None:
    text = (ARTICLES / name).read_text(encoding="utf-8")
    places = [place for proposal in read(name).values() for place in proposal.places]
    assert places
    for place in places:
        assert text[place.start : place.end] == place.quote
        assert place.start <= place.at < place.until <= place.end


def test_tags_scripts_and_comments_are_no_text_and_break_no_name() -> None:
    found = read("lamps.html")
    names = {p.things[0].name for p in found.values() if p.kind == "leaders"}
    assert names == {"Greta Solvang", "Bode Farrow"}
    assert found["Greta Solvang: mentioned, not shown as a leader"].standing == MENTIONED  # a principal
    assert "Greta Solvang works with Lamplight Academy" in found
    assert named("Teacher <b>Ana</b> <i>Ruizlin</i> came.", PERSON) == [("Ana</b> <i>Ruizlin", "given-name")]


def test_words_that_ran_together_are_read_apart() -> None:
    text = "From the Inside OutXYZ Collaboratory | Odo BerryfieldWhat if it worked?They asked teacher Una Stormleigh."
    assert named(text, BODY) == [("XYZ Collaboratory", "head-word")]
    assert named(text, PERSON) == [("Odo Berryfield", "byline"), ("Una Stormleigh", "role")]


def test_what_begins_a_sentence_or_names_a_place_is_nobody() -> None:
    text = "Changing Education from the Ground Up, we met in North Carolina. In May, 2003 it rained. Teaching Matters."
    assert named(text, PERSON) == [] and named(text, BODY) == []


def test_names_of_the_map_are_found_and_said_to_be_known() -> None:
    known = Known({"zu blix": ("lknown",)}, {"sea lanterns": ("nknown",)})
    text = "We heard Zu Blix at the Sea Lanterns on Monday."
    assert named(text, PERSON, known) == [("Zu Blix", "known-leader")]
    assert named(text, BODY, known) == [("Sea Lanterns", "known-network")]
    assert named(text, PERSON) == []
    proposals = {p.things[0].name: p for p in propose(page(text), SOURCE, known) if len(p.things) == 1}
    assert proposals["Zu Blix"].known == ("lknown",) and "lknown" in proposals["Zu Blix"].people
    assert proposals["Sea Lanterns"].known == ("nknown",)


def test_a_quote_lists_everybody_whom_it_names() -> None:
    found = read("kites.md")
    records = {p.things[0].name: p.people[0] for p in found.values() if p.kind == "leaders"}
    coaches = found["Tomas Velderhof: leader"]
    assert coaches.own == 1
    assert set(coaches.people) == {records[n] for n in ("Tomas Velderhof", "Ines Marrowby", "Kofi Ashgrove")}
    assert records["Kofi Ashgrove"] in found["Center for Tidal Education: organization"].people


def test_the_same_words_in_another_file_are_the_same_proposals() -> None:
    first = {p.id for p in read("kites.md").values()}
    again = {p.id for p in read("kites-again.txt").values()}
    assert again < first


def test_nearly_the_same_articles_are_told_by_what_the_shorter_has_of_the_longer() -> None:
    whole, part, other = (sketch(page_of(ARTICLES / n).plain) for n in ("kites.md", "kites-again.txt", "lamps.html"))
    assert contained(whole, part) == contained(part, whole) > 0.9
    assert contained(whole, other) < 0.2  # both say that they are made up
    assert contained((), whole) == 0


@given(st.text(alphabet=st.sampled_from("Ana Ruiz,. —\n•<>/ab'’&|()University1 of\u00a0"), max_size=300))
def test_whatever_the_text_nothing_overlaps_and_every_quote_is_verbatim(text: str) -> None:
    article = page(text)
    assert len(article.plain) == len(text)
    found = mentions_in(article)
    assert all(0 <= m.start < m.end <= len(text) and m.reason and m.detector for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    for proposal in propose(article, SOURCE, Known()):
        assert all(text[p.start : p.end] == p.quote for p in proposal.places)


def test_hostile_text_takes_no_time() -> None:
    for text in (
        "<!--" * 50_000,
        "<script" * 30_000,
        "Ana " * 20_000,
        "(" * 100_000,
        "• a\n\n" * 20_000,
        "A. " * 30_000,
    ):
        assert len(page(text).plain) == len(text)
        sketch(text)
    for text in ("A" * 100_000, "Ana Ruizlin, " * 3_000, "• a\n\n" * 5_000, "A. " * 5_000):
        assert len(mentions_in(page(text))) in (0, 3_000)


def test_what_is_no_article_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    (tmp_path / "latin.txt").write_bytes("Málaga".encode("cp1252"))
    for name, code in (("binary.txt", "wrong_type"), ("latin.txt", "encoding")):
        with pytest.raises(InputError, match=name) as refused:
            page_of(tmp_path / name)
        assert refused.value.code == code
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no articles"):
        collect_pages((tmp_path / "empty",))
    assert [p.name for p in collect_pages((ARTICLES,))] == ["kites-again.txt", "kites.md", "lamps.html"]


def test_every_detector_says_what_it_goes_by() -> None:
    assert len({detector.__name__ for detector in DETECTORS}) == len(DETECTORS)
    assert all(detector.__doc__ for detector in DETECTORS)

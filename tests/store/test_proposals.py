"""What articles propose, on every store: nothing enters unreviewed, yes and no are undone, erasure takes the quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.articles.loading import read_articles
from netofnets.desk.answer import answer, listed
from netofnets.desk.propose import refuse_source_of_articles
from netofnets.errors import NotFound, SettingsError
from netofnets.schema.proposals import Answer
from netofnets.store import open_store
from netofnets.store.base import Store
from tests.ingest.articles_fixture import ARTICLES, SOURCE
from tests.store.statements import leader, load, rows

KITES = (ARTICLES / "kites.md",)
AMARA, RACHEL, CENTER = (
    "Amara Quillfeather: leader",
    "Rachel Brindlewick: leader",
    "Center for Tidal Education: organization",
)
WORKS = "Amara Quillfeather works with Center for Tidal Education (fellow)"


def ids(store: Store) -> dict[str, str]:
    return {one.proposal.words: one.id for one in listed(store)}


def say(store: Store, said: Answer, *words: str, **more: str) -> None:
    known = ids(store)
    answer(store, [known[w] for w in words], said, who="an organizer", **more)


def people(store: Store) -> list[str]:
    return sorted(row["name"] for row in rows(store, "leaders"))


def test_nothing_enters_before_somebody_says_yes_and_a_second_reading_proposes_nothing(store: Store) -> None:
    first = read_articles(store, (ARTICLES,), SOURCE)
    assert len(first.new) == len(listed(store, Answer.OPEN)) > 20
    assert store.status().sources == () and not any(store.status().counts.values())
    assert [(like.file, like.other) for like in first.alike] == [("kites.md", "kites-again.txt")]
    assert read_articles(store, (ARTICLES,), SOURCE).new == ()
    assert listed(store, Answer.ACCEPTED) == ()


def test_a_proposal_comes_back_from_the_log_as_it_was_made(store: Store) -> None:
    made = read_articles(store, KITES, SOURCE).new
    kept = [one.proposal for one in listed(store)]
    assert sorted(kept, key=lambda p: p.id) == sorted(made, key=lambda p: p.id)


def test_what_is_accepted_is_claimed_with_its_place_and_what_is_rejected_is_not_asked_again(store: Store) -> None:
    read_articles(store, KITES, SOURCE)
    say(store, Answer.ACCEPTED, AMARA, CENTER, WORKS, "Amara Quillfeather is interested in project-based learning")
    say(store, Answer.REJECTED, RACHEL)
    assert people(store) == ["Amara Quillfeather"]
    assert store.status().counts["interests"] == 1  # the relation brought it
    assert [row["role"] for row in rows(store, "affiliations")] == ["fellow"]
    text = KITES[0].read_text(encoding="utf-8")
    claim = next(c for c in store.scan().claims.to_pylist() if c["kind"] == "affiliations")
    file, _, span = claim["origin"].rpartition(":")
    start, end = map(int, span.split("-"))
    assert file == "kites.md" and text[start:end].startswith("Amara and Rachel, who have served as CTE fellows")
    assert read_articles(store, KITES, SOURCE).new == ()
    assert [one.proposal.words for one in listed(store, Answer.REJECTED)] == [RACHEL]


def test_a_relation_waits_for_its_ends_and_nothing_of_it_is_written(store: Store) -> None:
    read_articles(store, KITES, SOURCE)
    say(store, Answer.ACCEPTED, AMARA)
    with pytest.raises(SettingsError, match="nobody has accepted Center for Tidal Education yet"):
        say(store, Answer.ACCEPTED, WORKS)
    assert [one.proposal.words for one in listed(store, Answer.ACCEPTED)] == [AMARA]


def test_a_no_after_a_yes_withdraws_it_with_the_relations_on_it(store: Store) -> None:
    read_articles(store, KITES, SOURCE)
    say(store, Answer.ACCEPTED, AMARA, RACHEL, CENTER, WORKS)
    say(store, Answer.REJECTED, AMARA)
    counts = {kind: count for kind, count in store.status().counts.items() if count}
    assert (people(store), counts) == (["Rachel Brindlewick"], {"leaders": 1, "organizations": 1})
    say(store, Answer.ACCEPTED, AMARA, WORKS)
    assert people(store) == ["Amara Quillfeather", "Rachel Brindlewick"]


def test_the_reviewer_says_that_somebody_is_on_the_map_already(store: Store) -> None:
    known = leader("roster", "P1", "Amara Quillfeather", school="Saltmarsh Middle School")
    load(store, "roster", [known])
    made = read_articles(store, KITES, SOURCE).new
    proposal = next(p for p in made if p.words == AMARA)
    assert proposal.known == (known.key,) and known.key in proposal.people
    with pytest.raises(NotFound, match="lnobody"):
        say(store, Answer.ACCEPTED, AMARA, same_as="lnobody")
    say(store, Answer.ACCEPTED, AMARA)
    assert len(people(store)) == 2  # the name alone makes nobody the same
    say(store, Answer.ACCEPTED, AMARA, same_as=known.key)
    assert people(store) == ["Amara Quillfeather"]
    assert read_articles(store, KITES, SOURCE).new == ()


def test_answers_need_a_person_an_id_that_means_one_and_one_source_each(store: Store) -> None:
    read_articles(store, KITES, SOURCE)
    one = ids(store)[AMARA]
    with pytest.raises(SettingsError, match="who decided"):
        answer(store, [one], Answer.ACCEPTED, who=" ")
    with pytest.raises(NotFound, match="means no proposal"):
        answer(store, ["pzzzzzzz"], Answer.ACCEPTED, who="x")
    with pytest.raises(NotFound, match="means no proposal"):
        answer(store, [one[:3]], Answer.ACCEPTED, who="x")
    answer(store, [one[:9]], Answer.ACCEPTED, who="x")
    load(store, "roster", [leader("roster", "P1", "Ana Ruiz")])
    with pytest.raises(SettingsError, match="already the source of tables"):
        read_articles(store, KITES, "roster")
    with pytest.raises(SettingsError, match="is the source of articles"):
        refuse_source_of_articles(store, SOURCE)


def test_erasure_takes_every_quote_that_names_the_person_and_leaves_what_others_have_accepted(store: Store) -> None:
    read_articles(store, (ARTICLES,), SOURCE)
    say(store, Answer.ACCEPTED, AMARA, RACHEL, CENTER)
    record = next(row["id"] for row in rows(store, "leaders") if row["name"] == "Rachel Brindlewick")
    receipt = store.erase(record)
    assert receipt.records == (record,) and receipt.quotes > 1
    left = json.dumps([[d.value, list(d.subjects)] for d in store.scan().decisions], ensure_ascii=False)
    assert "Rachel" not in left and "Brindlewick" not in left and record not in left
    assert "Amara and" not in left  # that quote named both
    assert people(store) == ["Amara Quillfeather"]
    say(store, Answer.ACCEPTED, "Harbor Teachers Network: network")
    assert people(store) == ["Amara Quillfeather"]


def test_who_was_only_proposed_can_be_erased_too(store: Store) -> None:
    read_articles(store, KITES, SOURCE)
    record = next(one.proposal.people[0] for one in listed(store) if one.proposal.words.startswith("Pellworm"))
    receipt = store.erase(record)
    assert receipt.claims == 0 and receipt.quotes >= 1
    assert not any("Pellworm" in d.value for d in store.scan().decisions)
    with pytest.raises(NotFound):
        store.erase(record)


def test_no_byte_of_a_quoted_person_is_left_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "book.sqlite"
    store = open_store(f"sqlite:{path}")
    read_articles(store, (ARTICLES,), SOURCE)
    say(store, Answer.ACCEPTED, AMARA, CENTER, WORKS)
    traces = (b"Amara", b"Quillfeather", b"amara", b"who leads a group")
    assert all(any(t in file.read_bytes() for file in path.parent.iterdir()) for t in traces)
    store.erase(next(row["id"] for row in rows(store, "leaders")))
    assert [t for t in traces for file in path.parent.iterdir() if t in file.read_bytes()] == []
    store.close()

"""Interests on the map and the vocabulary: they keep their words, and people have the last word on their concept."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.pipeline import Options
from ingest.pipeline import load as load_files
from netofnets.cli import netofnets_command
from netofnets.desk.interests import SOURCE, apply_mapping, mapped_interests, say_meaning, take_back_meaning
from netofnets.desk.open_interests import open_interests
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.identifiers import INTEREST_NAMESPACE, record_id, relationship_id
from netofnets.schema.records import Claim
from netofnets.schema.rows import interest_key
from netofnets.services.find.mapping import Way
from netofnets.services.viewer import ORGANIZER
from netofnets.store.memory import MemoryStore
from tests.store.statements import facts_of, leader, load, rows


def holding(source: str, *tags: str) -> list[Claim]:
    """A roster of one person with these interests, as a load states them."""
    person = leader(source, "P1", f"Ana of {source}")
    claims = [person]
    for tag in tags:
        key = record_id("interests", INTEREST_NAMESPACE, interest_key(tag))
        claims.append(Claim("interests", key, source, {"name": tag}, interest_key(tag)))
        tie = relationship_id("leader_interests", person.key, key, ("practises",))
        claims.append(Claim("leader_interests", tie, source, {"mode": "practises"}, "", person.key, key))
    return claims


def wider(store: MemoryStore) -> list[tuple[str, str]]:
    """Names of interests and of the concepts that they are part of."""
    names = {row["id"]: row["name"] for row in rows(store, "interests")}
    return sorted((names[row["from_id"]], names[row["to_id"]]) for row in rows(store, "broader_interests"))


@pytest.fixture
def store() -> MemoryStore:
    opened = MemoryStore()
    load(opened, "north", holding("north", "Co-Teaching", "PLC", "Kelp farming"))
    load(opened, "south", holding("south", "co-teaching", "literacy"))
    return opened


def test_interests_come_with_people_concept_and_way(store: MemoryStore) -> None:
    found = [(m.mapped.tag, m.people, m.mapped.concept, m.mapped.way) for m in mapped_interests(store)]
    assert found[0] == ("Co-Teaching", 2, "team teaching", Way.WORDING)
    assert ("PLC", 1, "professional learning communities", Way.SHORT) in found
    assert ("literacy", 1, "literacy", Way.NAME) in found
    kelp = next(row for row in found if row[0] == "Kelp farming")
    assert not kelp[3].sure


def test_the_mapping_is_stated_as_a_source_and_stating_it_again_changes_nothing(store: MemoryStore) -> None:
    before = {row["id"]: row["name"] for row in rows(store, "interests")}
    apply_mapping(store)
    names = {row["id"]: row["name"] for row in rows(store, "interests")}
    assert before.items() <= names.items()  # everybody's words stay
    assert wider(store) == [("Co-Teaching", "team teaching"), ("PLC", "professional learning communities")]
    domains = {row["name"]: row["domain"] for row in rows(store, "interests")}
    assert domains["PLC"] == domains["professional learning communities"] == "Fostering a collaborative culture"
    assert domains["Kelp farming"] is None
    stated = facts_of(store)
    apply_mapping(store)
    assert facts_of(store) == stated
    ties = [c for c in store.scan().claims.to_pylist() if c["kind"] == "broader_interests"]
    assert {(c["source"], c["origin"]) for c in ties} == {
        (SOURCE, "vocabulary: other wording"),
        (SOURCE, "vocabulary: abbreviation"),
    }


def test_what_nobody_holds_any_more_is_withdrawn_with_the_next_mapping(store: MemoryStore) -> None:
    apply_mapping(store)
    load(store, "north", holding("north", "Kelp farming"))
    load(store, "south", holding("south", "literacy"))
    apply_mapping(store)
    assert rows(store, "broader_interests") == []
    assert sorted(row["name"] for row in rows(store, "interests")) == ["Kelp farming", "literacy"]


def test_people_have_the_last_word(store: MemoryStore) -> None:
    said = say_meaning(store, "kelp  farming", "Outdoor learning", who="Ana", why="we dive")
    assert (said.value, said.who) == ("outdoor learning", "Ana")
    say_meaning(store, "PLC", "", who="Ana", why="it is our boat")
    found = {m.mapped.tag: m.mapped for m in mapped_interests(store)}
    assert (found["Kelp farming"].concept, found["Kelp farming"].way) == ("outdoor learning", Way.DECIDED)
    assert (found["PLC"].concept, found["PLC"].way) == ("", Way.DECIDED)
    apply_mapping(store)
    assert len(rows(store, "broader_interests")) == 2
    say_meaning(store, "kelp farming", "", who="Ana")
    apply_mapping(store)
    assert len(rows(store, "broader_interests")) == 1


def test_what_is_not_there_cannot_be_said(store: MemoryStore) -> None:
    with pytest.raises(NotFound, match="nobody on the map"):
        say_meaning(store, "harpsichord", "literacy", who="Ana")
    with pytest.raises(NotFound, match="no vocabulary"):
        say_meaning(store, "PLC", "harpsichord", who="Ana")
    with pytest.raises(SettingsError, match="who decided"):
        say_meaning(store, "PLC", "literacy", who="")
    assert store.scan().decisions == ()


def test_a_vocabulary_in_csv_is_mapped_to_by_its_other_wordings(store: MemoryStore, tmp_path: Path) -> None:
    table = tmp_path / "interests.csv"
    table.write_text("name,aliases\naquaculture,kelp farming; fish farming\n", encoding="utf-8")
    report = load_files(store, [table], Options("sea thesaurus")).report
    assert report.rows_ok == 1
    found = {m.mapped.tag: m.mapped for m in mapped_interests(store)}
    assert (found["Kelp farming"].concept, found["Kelp farming"].way) == ("aquaculture", Way.WORDING)
    assert "aquaculture" not in found  # nobody holds it
    apply_mapping(store)
    assert ("Kelp farming", "aquaculture") in wider(store)


def test_the_commands(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("name,network,interests\nAna Ruiz,Circle,co-teaching; kelp farming\n", encoding="utf-8")

    def typed(*arguments: str) -> str:
        done = CliRunner().invoke(
            netofnets_command, [*arguments, "--home", str(tmp_path / "home")], catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return done.output

    typed("ingest", str(roster), "--source", "s")
    listed = typed("interests", "--format", "csv").splitlines()
    assert [line.split(",")[1:5] for line in listed[1:]] == [
        ["co-teaching", "1", "team teaching", "other wording"],
        ["kelp farming", "1", "", "none"],
    ]
    assert "co-teaching" not in typed("interests", "--unmapped")
    assert "team teaching" in typed("interests", "--concepts")
    assert "outdoor learning" in typed("map-interest", "kelp farming", "outdoor learning", "--who", "Ana")
    assert typed("interests", "--apply").startswith("2 interests are mapped.")
    assert "broader_interests 2" in typed("status")


class _NeverScanned(MemoryStore):
    def scan(self):
        raise AssertionError("the queue asks for what it needs")


def test_the_queue_and_an_answer_read_the_publication_and_the_vocabularies_alone(tmp_path: Path) -> None:
    store = MemoryStore()
    load(store, "north", holding("north", "Co-Teaching", "Kelp farming", "Seaweed gardens"))
    key = record_id("interests", INTEREST_NAMESPACE, "kelp")
    load(store, "words", [Claim("interests", key, "words", {"name": "Kelp", "aliases": ("Seaweed gardens",)}, "kelp")])
    publish(store, tmp_path)
    store.__class__ = _NeverScanned
    with Published.current(tmp_path) as published:

        def asked() -> list[str]:
            return [row.interest.name for row in open_interests(store, published, ORGANIZER).rows]

        assert asked() == ["Kelp farming"]
        assert open_interests(store, published, ORGANIZER).sure == 2
        farming = record_id("interests", INTEREST_NAMESPACE, interest_key("Kelp farming"))
        say_meaning(store, farming, "kelp", who="Ana")
        assert asked() == []
        take_back_meaning(store, farming, who="Ana")
        assert asked() == ["Kelp farming"]
        with pytest.raises(NotFound, match="no vocabulary has"):
            say_meaning(store, farming, "No such concept", who="Ana")

"""What every store does with what people say about themselves: it outranks rosters, and stays with the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import Options
from ingest.pipeline import load as pipeline_load
from netofnets.desk.own_word import confirm, dispute, leave, offer, settle_dispute, take_back, tell
from netofnets.desk.undo import undo, undoable
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.edition import latest_levels, restrict
from netofnets.graph.marks import own_words
from netofnets.schema.identity import Identity
from netofnets.schema.model import Visibility
from netofnets.schema.own_word import Said, words_of
from netofnets.schema.records import BY_PERSON, Claim, Judgement, Verdict, VisibilityChoice
from netofnets.schema.topics import OWN_WORD
from netofnets.store.audit import audit
from netofnets.store.base import Store
from tests.store.statements import leader, load, member, network, rows


def ana(place: str = "Porto", **more: object) -> tuple[list[Claim], Claim, Claim]:
    """A roster with Ana in a circle, as the source north tells it."""
    circle = network("north", "N1", "Circle")
    person = leader("north", "P1", "Ana Ruiz", email="ana@one.example", school="Hill School", place=place, **more)
    return [circle, person, member(person, circle)], person, circle


def one(store: Store, kind: str, record: str) -> dict[str, object]:
    return next(row for row in rows(store, kind) if row["id"] == record)


def says(store: Store) -> dict[tuple[str, str, str], Said]:
    return {about: word.said for about, word in words_of(store.decisions(OWN_WORD)).items()}


def unharmed(store: Store) -> bool:
    return not audit(store.book()).findings


def test_what_somebody_tells_outranks_any_number_of_rosters_and_survives_their_reloads(store: Store) -> None:
    north, person, _ = ana(languages=("English", "Spanish"))
    load(store, "north", north)
    assert tell(store, person.key, {"school": " Lake School ", "languages": "Galician", "place": "Porto"}) == (
        "school",
        "languages",
    )
    assert (one(store, "leaders", person.key)["school"], one(store, "leaders", person.key)["languages"]) == (
        "Lake School",
        ["Galician"],
    )
    again, _, _ = ana("Braga", languages=("English",))
    load(store, "north", again)
    found = one(store, "leaders", person.key)
    assert (found["school"], found["place"], found["languages"]) == ("Lake School", "Braga", ["Galician"])
    told = [c for c in store.scan().claims.to_pylist() if c["source"] == BY_PERSON and c["kind"] == "leaders"]
    assert [c["entity"] for c in told] == [person.key] and "Lake School" in told[0]["values"]
    take_back(store, person.key, "school")
    assert one(store, "leaders", person.key)["school"] == "Hill School"
    assert unharmed(store)


def test_what_somebody_told_survives_the_undoing_of_the_load_and_comes_to_the_new_id(store: Store) -> None:
    north, person, circle = ana()
    load(store, "north", north)
    tell(store, person.key, {"school": "Lake School"})
    leave(store, person.key, "memberships", circle.key)
    assert one(store, "memberships", north[2].key)["end"] is not None
    undo(store, undoable(store)[0].run)
    assert [row["school"] for row in rows(store, "leaders")] == ["Lake School"] and not rows(store, "networks")
    assert undoable(store)[0].source == "north", "what people say is no load that others undo"
    load(store, "north", north)
    assert one(store, "leaders", person.key)["school"] == "Lake School"
    facts = store.scan()
    own = own_words(facts.decisions, str)
    kept, _ = restrict(facts.tables, facts.claims, {(person.key, ""): Visibility.PUBLIC}, "public", own)
    assert kept["memberships"].num_rows == 0, "the roster says it anew; the person has left"
    other = leader("south", "X9", "Ana Ruiz", email="ana@one.example", school="Old School")
    load(store, "south", [other])
    store.judge([Judgement(*sorted((person.key, other.key)), Verdict.SAME, "Bo", "her new id")])
    load(store, "north", [circle])
    (left,) = rows(store, "leaders")
    assert (left["id"], left["school"]) == (min(person.key, other.key), "Lake School")
    assert tell(store, other.key, {"place": "Vigo"}) == ("place",)
    assert len([c for c in store.scan().claims.to_pylist() if c["source"] == BY_PERSON and c["kind"] == "leaders"]) == 1
    assert unharmed(store)


def test_what_somebody_disputes_is_for_organizers_alone_until_it_is_settled(store: Store) -> None:
    north, person, circle = ana()
    bo = leader("north", "P2", "Bo Chen")
    load(store, "north", [*north, bo])
    dispute(store, person.key, "school")
    dispute(store, person.key, "memberships", circle.key)
    assert says(store) == {
        (person.key, "school", ""): Said.DISPUTED,
        (person.key, "memberships", circle.key): Said.DISPUTED,
    }
    assert one(store, "leaders", person.key)["school"] == "Hill School", "never silently deleted"
    facts = store.scan()
    levels = {(person.key, ""): Visibility.PUBLIC}

    def shown(audience: str) -> tuple[object, int]:
        own = own_words(store.decisions(OWN_WORD), Identity(store.judgements()).canonical)
        kept, _ = restrict(facts.tables, facts.claims, levels, audience, own)
        schools = {row["id"]: row["school"] for row in kept["leaders"].to_pylist()}
        return schools[person.key], kept["memberships"].num_rows

    assert shown("public") == (None, 0) and shown("organizers") == ("Hill School", 1)
    with pytest.raises(SettingsError, match="nobody disputes"):
        settle_dispute(store, bo.key, "school", right=True, who="Cleo")
    settle_dispute(store, person.key, "school", right=True, who="Cleo", why="she moved")
    assert shown("public")[0] is None
    confirm(store, person.key, "school")
    assert shown("public")[0] == "Hill School" and says(store)[person.key, "school", ""] is Said.CONFIRMED
    settle_dispute(store, person.key, "memberships", circle.key, right=False, who="Cleo")
    assert says(store)[person.key, "memberships", circle.key] is Said.STANDS
    with pytest.raises(SettingsError, match="no such tie"):
        dispute(store, bo.key, "memberships", circle.key)


def test_what_somebody_offers_and_seeks_is_theirs_and_can_be_taken_back(store: Store) -> None:
    north, person, _ = ana()
    load(store, "north", north)
    assert offer(store, person.key, "offers", "Phonics; Reading aloud") == 2
    assert offer(store, person.key, "seeks", "Lesson study") == 1
    modes = [(row["mode"], row["to_id"]) for row in rows(store, "leader_interests")]
    assert sorted(mode for mode, _ in modes) == ["offers", "offers", "seeks"]
    assert {row["name"] for row in rows(store, "interests")} == {"Phonics", "Reading aloud", "Lesson study"}
    assert offer(store, person.key, "offers", "phonics") == 1
    assert len(rows(store, "leader_interests")) == 2 and len(rows(store, "interests")) == 2
    offer(store, person.key, "offers", "")
    offer(store, person.key, "seeks", "")
    assert not rows(store, "leader_interests") and not rows(store, "interests")
    assert not [c for c in store.scan().claims.to_pylist() if c["source"] == BY_PERSON], "nothing is told any more"
    assert unharmed(store)


def test_own_words_go_with_the_person_who_is_erased(store: Store) -> None:
    north, person, circle = ana()
    load(store, "north", north)
    tell(store, person.key, {"about": "I teach by the river."})
    offer(store, person.key, "offers", "Phonics")
    dispute(store, person.key, "memberships", circle.key)
    store.erase(person.key)
    facts = store.scan()
    assert not facts.tables["leaders"].num_rows and not facts.tables["leader_interests"].num_rows
    assert not store.decisions(OWN_WORD)
    assert "river" not in str(facts.claims.to_pylist()) + str(facts.earlier)
    with pytest.raises(NotFound):
        tell(store, person.key, {"place": "Vigo"})


def test_what_a_field_cannot_hold_is_refused_and_changes_nothing(store: Store) -> None:
    north, person, _ = ana()
    load(store, "north", north)
    run = store.status().run
    for field, text, why in (
        ("time_zone", "Mars/Crater", "no time zone"),
        ("name", "", "cannot be left empty"),
        ("email", "other@one.example", "cannot be corrected"),
        ("url", "javascript:alert(1)", "url"),
    ):
        with pytest.raises(SettingsError, match=why):
            tell(store, person.key, {field: text})
    assert store.status().run == run and tell(store, person.key, {"place": "Porto"}) == ()
    assert store.status().run == run


def test_it_comes_along_when_the_same_roster_gives_the_person_a_new_id(store: Store, tmp_path: Path) -> None:
    def take(number: int, name: str = "Ana Ruiz") -> None:
        path = tmp_path / "roster.csv"
        rest = "\n".join(f"{i},Person {i},p{i}@one.example,Hill School,Alpha" for i in range(10, 20))
        path.write_text(f"id,name,email,school,network\n{number},{name},ana@one.example,Hill School,Alpha\n{rest}\n")
        pipeline_load(store, [path], Options("north", None))

    take(1)
    person = next(row["id"] for row in rows(store, "leaders") if row["name"] == "Ana Ruiz")
    tell(store, person, {"school": "Lake School"})
    store.choose([VisibilityChoice(person, Visibility.HIDDEN, "the person", "")])
    take(2)
    (found,) = [row for row in rows(store, "leaders") if row["name"] == "Ana Ruiz"]
    assert found["school"] == "Lake School" and store.judgements()[0].verdict is Verdict.SAME
    levels = latest_levels(store.choices(), {person: found["id"]})
    assert levels[found["id"], ""] is Visibility.HIDDEN, "and so does what they chose"
    take(3, "Zoe Kim")
    assert {row["name"] for row in rows(store, "leaders")} >= {"Ana Ruiz", "Zoe Kim"}, "another name: another person"
    assert unharmed(store)

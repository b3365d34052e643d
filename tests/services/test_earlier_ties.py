"""Ties that a source no longer states: what, which source, until when; for organizers, and of nobody who is hidden."""

from __future__ import annotations

from contextlib import closing

import pytest

from netofnets.desk.erase import erase
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.services.answers import Answers
from netofnets.services.person.profile import leader_profile
from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.store.statements import leader, link, load, member, network, node
from web.app import create_app

ALPHA, GONE = network("north", "A", "Alpha"), network("north", "G", "Gone Circle")
ADA, BO, CY = (leader("north", name, name) for name in ("Ada", "Bo", "Cy"))
MATHS, SCHOOL = (
    node("interests", "north", "maths", name="Maths"),
    node("organizations", "north", "s", name="Ash School"),
)
PEOPLE = [ALPHA, ADA, BO, CY, member(BO, ALPHA), member(CY, ALPHA)]


@pytest.fixture
def store(tmp_path):
    """At first Ada is in two networks, has an interest and an employer, mentors Bo and works with Cy; then not."""
    with closing(open_store(f"sqlite:{tmp_path / 'home' / 'netofnets.sqlite'}")) as opened:
        ties = [
            member(ADA, ALPHA, role="guest"), member(ADA, GONE, "2024-01-01", role="chair"),
            link("leader_interests", ADA, MATHS, "offers", mode="offers"),
            link("affiliations", ADA, SCHOOL, role="tutor"),
            link("collaborations", ADA, BO, "mentors", kind="mentors", count=3),
            link("collaborations", CY, ADA, "writes with", kind="writes with"),
        ]  # fmt: skip
        load(opened, "north", [*PEOPLE, GONE, MATHS, SCHOOL, *ties])
        load(opened, "south", [leader("south", "x", "Somebody else")])
        load(opened, "north", [*PEOPLE, member(ADA, ALPHA, role="lead")])
        yield opened


def told(store, home, viewer=ORGANIZER, key=ADA.key):
    publish(store, home, keep_old=False)
    with Published.current(home) as published:
        shown = leader_profile(published, viewer, key)
    return sorted(
        (e.kind, e.direction, e.other.name, bool(e.other.href), e.words, e.source) for e in shown.earlier_ties
    )


def test_each_tie_that_is_no_longer_stated_is_told_with_its_source(store, tmp_path):
    home = tmp_path / "home"
    assert told(store, home) == [
        ("affiliations", "to", "Ash School", False, "tutor", "north"),
        ("collaborations", "from", "Cy", True, "writes with", "north"),
        ("collaborations", "to", "Bo", True, "mentors, 3 times", "north"),
        ("leader_interests", "to", "Maths", False, "offers", "north"),
        ("memberships", "to", "Alpha", True, "guest", "north"),
        ("memberships", "to", "Gone Circle", False, "chair, from 2024-01-01", "north"),
    ]
    assert told(store, home, key=BO.key) == [("collaborations", "from", "Ada", True, "mentors, 3 times", "north")]
    with Published.current(home) as published:
        days = {row["day"] for row in published.edition("organizers").earlier_ties.to_pylist()}
    assert days == {store.runs()[0].finished[:10]}  # the last day on which north was read to say so
    client = create_app(load_settings(environ={}, home=str(home), viewer="organizer")).test_client()
    text = client.get(f"/leaders/{ADA.key}").get_data(as_text=True)
    day = days.pop()
    assert f"until {day}: <bdi>Gone Circle</bdi>, <bdi>chair, from 2024-01-01</bdi> (<bdi>north</bdi>)" in text
    assert "Maths" in text and "Ash School" in text
    twin = client.get(f"/leaders/{ADA.key}.json").get_json()["profile"]["earlier_ties"]
    assert [(e["words"], e["until"]) for e in twin if e["kind"] == "affiliations"] == [("tutor", day)]


def test_what_is_stated_again_is_no_earlier_tie(store, tmp_path):
    load(store, "north", [*PEOPLE, GONE, member(ADA, GONE, "2024-01-01", role="chair")])
    found = [(name, words) for kind, _, name, _, words, _ in told(store, tmp_path / "home") if kind == "memberships"]
    assert found == [("Alpha", "guest"), ("Alpha", "lead")]


def test_whoever_is_hidden_or_erased_is_in_no_earlier_tie(store, tmp_path):
    home = tmp_path / "home"
    store.choose([VisibilityChoice(BO.key, Visibility.HIDDEN, "test", "Asked for it.")])
    erase(store, home, CY.key)
    assert not [row for row in told(store, home) if row[0] == "collaborations"]
    store.choose([VisibilityChoice(ADA.key, Visibility.PUBLIC, "test", "Said yes.")])
    assert told(store, home, ANONYMOUS) == []
    content = b"".join(file.read_bytes() for file in (home / "published").glob("*/public/**/*") if file.is_file())
    assert b"Gone Circle" not in content and b"chair" not in content
    store.choose([VisibilityChoice(ADA.key, Visibility.HIDDEN, "test", "Asked for it.", "school")])
    assert told(store, home) == []  # who keeps a field from organizers: nothing of where facts come from


def test_a_spell_that_is_dated_otherwise_since_a_run_is_nobody_who_joined(store, tmp_path):
    load(store, "north", [*PEOPLE, member(ADA, ALPHA, "2025-01-01", role="lead")])
    publish(store, tmp_path / "home")
    with Answers.current(tmp_path / "home") as answers:
        report = answers.changes(since="1")
    told = {part.key: [(row.first.name, row.second.name) for row in part.rows] for part in report.sections if part.rows}
    assert ("Ada", "Alpha") not in told.get("joined", [])

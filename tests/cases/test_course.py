"""A course and its discussion groups (MOOC-Ed DLT1): nobody is in two groups, and the replies say who connects them."""

from __future__ import annotations

import json

import pytest

from netofnets.services.viewer import ORGANIZER
from netofnets.settings import load_settings
from tests.cases.conftest import Site, command
from tests.conftest import ROOT
from web.app import create_app

MAPPING = str(ROOT / "examples" / "mappings" / "mooc-ed-dlt1.toml")
GROUPS = "networks:discussion group"


@pytest.fixture(scope="module")
def course(shared_data, tmp_path_factory) -> Site:
    home = tmp_path_factory.mktemp("course")
    files = [str(shared_data / "dlt1" / name) for name in ("dlt1-nodes.csv", "dlt1-edges.csv")]
    command("ingest", *files, "--mapping", MAPPING, "--home", str(home))
    command("publish", "--home", str(home))
    return Site(home, create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client())


def test_the_two_facilitators_are_the_first_connectors_between_groups(course):
    rows = json.loads(course.run("connectors", "--between", GROUPS, "--rows", "2", "--format", "json"))
    assert [r["name"] for r in rows] == ["Participant 444", "Participant 445"]
    for row in rows:
        assert row["reason"] == (
            f"{row['name']} carries {round(100 * row['ties_share'])} % of the {replies(course, row)} replies between "
            f"{row['first_network_name']} and {row['second_network_name']}."
        )
        assert row["ties_share"] == pytest.approx(carried(course, row) / replies(course, row))


def test_with_the_facilitators_left_out_others_appear(course):
    rows = json.loads(course.run("connectors", "--without-role", "facilitator", "--rows", "5", "--format", "json"))
    assert not {"Participant 444", "Participant 445"} & {r["name"] for r in rows}
    report = course.twin("/bridges?without=facilitator&between=discussion+group")["report"]
    assert [b["leader"]["name"] for b in report["leaders"][:5]] == [r["name"] for r in rows]


def test_the_page_names_them_and_claims_nothing_about_memberships(course):
    report = course.twin("/bridges")["report"]
    assert [b["leader"]["name"] for b in report["leaders"][:2]] == ["Participant 444", "Participant 445"]
    words = course.words("/bridges")
    assert "as chance would" not in words and "Participant 444 carries 44 % of the 218 replies" in words
    assert "Participant 444" in course.words("/") and "share 121 people" not in course.words("/")
    pairs = json.loads(course.run("connectors", "--format", "json"))
    assert all("Digital Learning Transition" not in (r["reason"] or "") for r in pairs)  # a whole is no pair


def between(course, row):
    """The replies between the two groups of a row: (sender, receiver, count)."""
    import netofnets

    snapshot = netofnets.open_snapshot(str(course.home)).present
    memberships = snapshot.incidence("memberships")
    members = [
        set(memberships.actors_of(snapshot.position("networks", row[side])).tolist())
        for side in ("first_network", "second_network")
    ]
    edges = snapshot.edges["collaborations"]
    counts = edges.table["count"].fill_null(1).to_pylist()
    for source, target, count in zip(edges.source.tolist(), edges.target.tolist(), counts, strict=True):
        if (source in members[0] and target in members[1]) or (source in members[1] and target in members[0]):
            yield source, target, count


def replies(course, row):
    return sum(count for _, _, count in between(course, row))


def carried(course, row):
    import netofnets

    at = netofnets.open_snapshot(str(course.home)).present.position("leaders", row["id"])
    return sum(count for source, target, count in between(course, row) if at in (source, target))


def test_the_whole_of_all_groups_is_no_island_and_no_gap_is_denied(course):
    words = course.words("/overlap")
    assert "Every other network with members here is a part or a whole of it" in words
    assert "stands alone" not in course.words("/networks") + course.words("/")
    gaps = course.words("/gaps")
    assert "it does not say that there is no gap" in gaps and "A gap needs networks whose interests" not in gaps

"""Networks and organizations under two spellings, on every store: asked about, joined by a word, told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.desk.judge import judge
from netofnets.desk.review import open_questions
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.published import Published
from netofnets.publish import publish
from netofnets.schema.records import Verdict
from netofnets.services.viewer import ORGANIZER
from netofnets.store.audit import audit
from netofnets.store.base import Store
from tests.store.statements import leader, link, load, member, network, node, rows

PEOPLE = {"north": ("Ana Quintanilla", "Bo Jansen"), "south": ("Chipo Dube", "Fatima Raghunathan")}


def roster(source: str, name: str, fund: str, **values: object) -> list:
    """A network of two people with a partner, and another network that one of them belongs to."""
    circle = network(source, "", name, **values)
    other = network(source, "other", f"Circle of {source}")
    backer = node("organizations", source, "fund", name=fund, place="Leeds")
    people = [leader(source, f"P{i}", who) for i, who in enumerate(PEOPLE[source])]
    tied = [link("partnerships", circle, backer, role="hosts")]
    return [circle, other, backer, *people, *(member(p, circle) for p in people), member(people[0], other), *tied]


NORTH = roster("north", "TeachMeet Leeds", "Open Fund")
SOUTH = roster("south", "Teach Meet Leeds", "Open-Fund", sensitive=True)


@pytest.fixture
def spelled(store: Store) -> Store:
    load(store, "north", NORTH)
    load(store, "south", SOUTH)
    return store


def pair(store: Store, kind: str) -> tuple[str, str]:
    [asked] = [one for one in open_questions(store).rows if one.kind == kind]
    return asked.left.node.id, asked.right.node.id


def test_both_are_asked_about_with_what_a_yes_would_change(spelled: Store) -> None:
    queue = open_questions(spelled)
    assert queue.kinds == {"networks": 1, "organizations": 1} and queue.changing == 2
    assert queue.summary.startswith("1 pair of networks may be one, 1 pair of organizations may be one.")
    of_networks, of_organizations = queue.rows
    assert of_networks.reasons == ("the same name but for case, accents, blanks or punctuation",)
    assert of_networks.probability is None and of_networks.against == ()
    assert of_networks.effect == (
        "One network fewer: those with 2 members and 2 members would be one, and it would share more members with "
        "1 other network, 1 of them for the first time."
    )
    assert of_organizations.reasons[1:] == ("the same place",) and not of_organizations.against
    assert of_organizations.effect == (
        "One organization fewer; 1 pair of networks would have a partner more in common, 1 of them their first."
    )


def test_one_network_has_the_members_partners_and_caution_of_both_and_a_no_gives_the_old_bytes_back(
    spelled: Store, tmp_path: Path
) -> None:
    before = publish(spelled, tmp_path)
    networks, organizations = pair(spelled, "networks"), pair(spelled, "organizations")
    for ids in (networks, organizations):
        judge(spelled, *ids, Verdict.SAME, who="Ann", why="one")
    assert audit(spelled.book()).findings == []
    one = min(networks)
    assert [row["to_id"] for row in rows(spelled, "memberships")].count(one) == 4
    assert {(row["from_id"], row["to_id"]) for row in rows(spelled, "partnerships")} == {(one, min(organizations))}
    assert [row["sensitive"] for row in rows(spelled, "networks") if row["id"] == one] == [True]
    assert open_questions(spelled).total == 0
    publish(spelled, tmp_path)
    with Published.current(tmp_path) as published:
        assert one in ORGANIZER.edition(published).snapshot.ids("networks").to_pylist()
        assert one not in published.edition("public").snapshot.ids("networks").to_pylist()
    for ids in (networks, organizations):
        judge(spelled, *ids, Verdict.DIFFERENT, who="Ann", why="two after all")
    assert publish(spelled, tmp_path).content_hash == before.content_hash


def test_different_outlasts_a_reload_and_later_goes_last(spelled: Store) -> None:
    judge(spelled, *pair(spelled, "networks"), Verdict.DIFFERENT, who="Ann", why="two towns")
    judge(spelled, *pair(spelled, "organizations"), Verdict.UNSURE, who="Ann", why="must ask")
    load(spelled, "south", [])
    load(spelled, "south", SOUTH)
    [left] = open_questions(spelled).rows
    assert left.kind == "organizations" and left.put_off


def test_whoever_is_erased_is_forgotten_and_the_network_stays_one(spelled: Store) -> None:
    networks = pair(spelled, "networks")
    judge(spelled, *networks, Verdict.SAME, who="Ann", why="one")
    spelled.erase(NORTH[3].key)
    assert spelled.judgements() and audit(spelled.book()).findings == []
    assert [row["to_id"] for row in rows(spelled, "memberships")].count(min(networks)) == 3


def test_two_of_different_kinds_are_never_one(spelled: Store) -> None:
    network_id, person = NORTH[0].key, NORTH[3].key
    with pytest.raises(SettingsError, match="one of the networks, .* one of the leaders; two of a kind"):
        judge(spelled, network_id, person, Verdict.SAME, who="Ann", why="")
    with pytest.raises(NotFound, match="there is no network with id nnowhere"):
        judge(spelled, network_id, "nnowhere", Verdict.SAME, who="Ann", why="")
    with pytest.raises(NotFound, match="there is no organization with id onowhere"):
        judge(spelled, NORTH[2].key, "onowhere", Verdict.SAME, who="Ann", why="")
    assert spelled.judgements() == ()


def test_a_part_that_is_its_whole_after_all_is_no_part_of_itself(store: Store, tmp_path: Path) -> None:
    whole, part = network("north", "", "TeachMeet Leeds"), network("north", "2", "Teach Meet Leeds")
    load(store, "north", [whole, part, link("network_parts", part, whole)])
    judge(store, whole.key, part.key, Verdict.SAME, who="Ann", why="one")
    publish(store, tmp_path)
    with Published.current(tmp_path) as published:
        assert len(ORGANIZER.edition(published).snapshot.edges["network_parts"]) == 0

"""Networks that should meet: the example's first story from its rosters to the page, and the smallest cases."""

from __future__ import annotations

import json

import pytest

from netofnets.services.viewer import ANONYMOUS, ORGANIZER
from netofnets.settings import load_settings
from tests.cases.conftest import Site
from tests.cases.test_connecting import people
from web.app import create_app

PAIR = {"Hearthlight Rural Literacy Circle", "Storyline City Family Reading Network"}


@pytest.fixture(scope="module")
def story(example) -> Site:
    home = example.folder.parent
    return Site(home, create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client())


def test_the_two_networks_of_the_story_are_the_first_row(story):
    first = json.loads(story.run("gaps", "--rows", "1", "--format", "json"))[0]
    assert {first["first_name"], first["second_name"]} == PAIR
    assert (first["shared"], first["interests"], first["partners"]) == (0, 6, 1)
    page = story.twin("/gaps")["report"]["rows"][0]
    assert {page["first"]["name"], page["second"]["name"]} == PAIR
    words = story.words("/gaps")
    assert first["reason"] in words and "Brambletree Reading Fund supports both already." in words
    assert page["first_people"] and page["second_people"]
    network = story.words(page["first"]["href"])
    assert first["reason"] in network


def test_who_said_no_to_being_connected_is_never_named(publish):
    topics = {"Topics": "read-aloud"}
    no, yes = {"Connect": "no"}, {"Connect": "yes"}
    site = publish(
        {
            "North": [*({"Name": n, **topics} for n in people("North", 6)), {"Name": "Nia No", **topics, **no}],
            "South": [*({"Name": n, **topics} for n in people("South", 6)), {"Name": "Yan Yes", **topics, **yes}],
        }
    )
    (row,) = site.twin("/gaps")["report"]["rows"]
    named = [b["leader"]["name"] for b in [*row["first_people"], *row["second_people"]]]
    assert "Nia No" not in named and "Yan Yes" in named
    assert "names 1 of these interests; asked to be connected" in site.words("/gaps")


def test_every_layer_has_a_page_and_says_what_it_counts(story):
    for layer, words in {
        "members": "people in both",
        "ties": "pairs of people who work together across",
        "partners": "partners of both",
        "schools": "schools with people of both",
        "interests": "interests typical of both",
    }.items():
        report = story.twin(f"/overlap?layer={layer}")["report"]
        assert report["layer"] == layer and report["rows"]
        assert words in story.words(f"/overlap?layer={layer}")


def test_the_atlas_draws_each_layer_and_a_network_says_which_join_it(story):
    for layer in ("ties", "partners", "schools", "interests"):
        rows = story.twin(f"/overlap?layer={layer}&limit=2000")["report"]["rows"]
        atlas = story.twin(f"/atlas?layer={layer}&links=400")["atlas"]
        ends = [{frozenset((one["source"], one["target"])) for one in atlas["scene"]["edges"]}]
        ends.append({frozenset((row["first"]["id"], row["second"]["id"])) for row in rows})
        assert ends[0] == ends[1] and atlas["links_total"] == len(rows)
        pairs = next(one["pairs"] for one in atlas["layers"] if one["key"] == layer)
        assert f"{layer.capitalize()} {pairs:,}" in story.words("/atlas")
    row = story.twin("/overlap?layer=ties")["report"]["rows"][0]
    page = story.twin(row["first"]["href"])["page"]
    told = {one["key"]: one for one in page["layers"]}
    assert set(told) >= {"members", "ties"} and told["ties"]["other"]["id"] == row["second"]["id"]
    assert told["ties"]["words"] == row["words"]


def test_two_networks_that_work_on_the_same_and_share_nobody(publish):
    topics = {"Topics": "family literacy; read-aloud"}
    site = publish(
        {
            "North Readers": [{"Name": n, **topics} for n in people("North", 12)],
            "South Readers": [{"Name": n, **topics} for n in people("South", 12)],
            "Number Club": [{"Name": n, "Topics": "fractions"} for n in people("Number", 12)],
        }
    )
    row = site.twin("/gaps")["report"]["rows"][0]
    assert {row["first"]["name"], row["second"]["name"]} == {"North Readers", "South Readers"}
    assert "A fact: with so few people these data cannot say" in site.words("/gaps")


def test_networks_that_share_nearly_everybody_are_not_said_to_share_no_more_than_chance(publish):
    both = people("Both", 38)
    site = publish({"Morning Group": [*both, "Ann Early"], "Evening Group": [*both, "Cat Late"]})
    words = site.words("/overlap")
    assert "38 people are in both" in words
    assert "Too few people to tell from chance, however many were in both" in words
    assert "than chance would give" not in site.words(
        "/networks/" + site.twin("/networks")["list"]["rows"][0]["network"]["id"]
    )


@pytest.mark.parametrize("rosters", [{}, {"One": people("One", 4)}, {"A": people("A", 5), "B": people("B", 5)}])
def test_without_interests_it_says_that_none_are_known(publish, rosters):
    words = publish(rosters).words("/gaps")
    assert "No interests are known" in words or "There are not two networks" in words


def test_the_public_is_not_told_that_there_are_no_gaps(story):
    public = Site(story.home, create_app(load_settings(home=str(story.home)), viewer=ANONYMOUS).test_client())
    words = public.words("/gaps")
    assert "what is not shown may well be a gap" in words or "both work on" in words
    for island in public.twin("/overlap")["report"]["islands"]:
        assert "none of its members" not in island["words"]


def test_what_joins_a_network_that_shares_nobody_is_said_and_nothing_more(publish):
    site = publish(
        {
            "Oak People": [*({"Name": n, "School": "Oak School"} for n in people("Oak", 5))],
            "Elm People": [*people("Elm", 4), {"Name": "Eve Oak", "School": "oak school"}],
            "Far People": people("Far", 5),
            "Past People": [*people("Past", 4), {"Name": "Far Person00", "Until": "2001-01-01"}],
        }
    )
    report = site.twin("/overlap")["report"]
    assert report["pairs"] == 0  # who left years ago is in both no more
    found = {i["network"]["name"]: i for i in report["islands"]}
    assert {n for n, i in found.items() if i["alone"]} == {"Far People", "Past People"}
    assert found["Oak People"]["words"] == (
        "no member is in another network, but its members work at the same school as people of 1 network"
    )
    far = site.words(found["Far People"]["network"]["href"])
    assert "This network stands alone." in far
    assert "stands alone" not in site.words(found["Oak People"]["network"]["href"])


def test_the_public_is_told_what_is_shown_and_not_what_there_is(story):
    public = Site(story.home, create_app(load_settings(home=str(story.home)), viewer=ANONYMOUS).test_client())
    report = public.twin("/overlap")["report"]
    assert report["islands"] == [] and report["unseen"] == 23  # nobody has said yes to being public
    assert "share leaders who are not shown to you" in report["summary"]
    page = public.words(public.twin("/networks")["list"]["rows"][0]["network"]["href"])
    assert "who are not shown to you" in page and "no networks reached" not in page and "beyond chance" not in page
    for path in ("/", "/networks", "/overlap", "/atlas"):
        words = public.words(path)
        assert "share no member with any other" not in words and "none of its members" not in words

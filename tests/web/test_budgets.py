"""Budgets of work: what is bounded says so, in the twin and in words, and long answers are worked out one at a time."""

from __future__ import annotations

import threading

import pytest

import netofnets.analysis.what_if as analysis_of_changes
import netofnets.services.bounded as bounded
import netofnets.services.changes as changes
import netofnets.services.networks.convene as convene
import netofnets.services.person.paths as paths
from netofnets.errors import AnswerBusy
from netofnets.services import long_work
from netofnets.services.find import interest as find_interest
from netofnets.services.map import focus_leader, focus_networks, overview
from tests.web.addresses import EAST, WEST, interest, leader, network, organization, twin

EAST_2 = network("east 2")
JOINED = f"/what-if?join={EAST}&and={WEST}"
PATHS = f"/paths?from={leader('east0')}&to={leader('west1')}"
AROUND = f"/leaders/{leader('bridge0')}/map"
BETWEEN = f"/overlap/map?first={EAST}&second={EAST_2}"


@pytest.fixture
def asked(open_client, home):
    """Asks a program that has kept no answer: whether it says that there is more, and the page."""

    def ask(address):
        client = open_client(home)
        told, page = client.get(twin(address)), client.get(address)
        assert (told.status_code, page.status_code) == (200, 200)
        return told.json, page.text

    return ask


@pytest.mark.parametrize("address", [JOINED, PATHS, AROUND, BETWEEN, "/convene?cover=pairs", "/changes"])
def test_an_answer_within_its_budget_says_that_it_is_whole(asked, address):
    assert asked(address)[0]["truncated"] is False


def test_what_if_follows_the_largest_networks_and_few_pairs_and_says_which(asked, monkeypatch):
    whole = asked(JOINED)[0]["answer"]
    monkeypatch.setattr(analysis_of_changes, "_NEAR", 0)
    monkeypatch.setattr(analysis_of_changes, "_MEMBERS", 1)
    told, page = asked(JOINED)
    assert told["truncated"] is True and "not everything was looked into" in told["answer"]["left_out"]
    assert told["answer"]["left_out"] in page and "1 were looked into" in told["answer"]["left_out"]
    assert "All networks would stay" not in page and "Nothing would change" not in page  # nobody knows
    assert told["answer"]["pieces"] == whole["pieces"]  # what does not cost much is whole


def test_paths_look_for_fewer_ways_where_each_goes_over_too_much(asked, monkeypatch):
    assert len(asked(PATHS)[0]["answer"]["paths"]) > 1
    monkeypatch.setattr(paths, "_VISITS", 1)
    told, page = asked(PATHS)
    assert told["truncated"] is True and len(told["answer"]["paths"]) == 1
    assert "no more than 1 way is looked for" in page and "no more than 1 way" in told["answer"]["note"]


def test_whom_to_convene_for_pairs_is_left_to_a_terminal_where_somebody_joins_too_many(asked, monkeypatch):
    monkeypatch.setattr(convene, "MOST_JOINED", 3)
    told, page = asked("/convene?cover=pairs")
    assert told["truncated"] is True and told["page"]["people"] == []
    assert "netofnets convene --cover pairs" in page
    assert asked("/convene?cover=networks")[0]["page"]["people"]


def test_focus_maps_say_what_they_do_not_draw(asked, monkeypatch):
    monkeypatch.setattr(focus_leader, "_NETWORKS", 1)
    told, page = asked(AROUND)
    assert told["truncated"] is True and "showing the 1 smallest of 4 networks" in page
    monkeypatch.setattr(focus_networks, "_BOTH", 2)
    told, page = asked(BETWEEN)
    assert told["truncated"] is True and "showing 2 of " in page


@pytest.mark.parametrize("address", ["/search?q=person&limit=10", "/atlas?links=0", "/introductions?limit=5"])
def test_lists_say_that_there_is_more(asked, address):
    assert asked(address)[0]["truncated"] is True


def test_a_second_long_answer_is_asked_to_come_back_and_pages_are_not(open_client, home, monkeypatch):
    monkeypatch.setattr(long_work, "_PATIENCE", 0.01)
    client = open_client(home)
    within, done = threading.Event(), threading.Event()

    def long():
        with long_work.one_at_a_time():
            within.set()
            done.wait(60)

    thread = threading.Thread(target=long)
    thread.start()
    try:
        assert within.wait(60)
        answer = client.get("/convene?cover=networks")
        assert answer.status_code == 503 and answer.headers["Retry-After"] == "5" and "one is worked out" in answer.text
        assert client.get("/networks").status_code == 200
    finally:
        done.set()
        thread.join()
    assert client.get("/convene?cover=networks").status_code == 200


def test_a_long_answer_may_have_parts_and_lets_go_when_it_fails(monkeypatch):
    monkeypatch.setattr(long_work, "_PATIENCE", 0.01)
    with pytest.raises(KeyError), long_work.one_at_a_time(), long_work.one_at_a_time():
        raise KeyError
    with long_work.one_at_a_time():
        busy = []

        def other():
            try:
                with long_work.one_at_a_time():
                    pass
            except AnswerBusy as error:
                busy.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert busy


def test_changes_leave_out_who_joins_where_somebody_joins_too_many(asked, monkeypatch):
    assert "is not compared here" not in asked("/changes?since=2020-01-01")[1]
    monkeypatch.setattr(changes, "MOST_JOINED", 3)
    told, page = asked("/changes?since=2020-01-01")
    assert "Who joins networks is not compared here" in page and len(told["report"]["notes"]) >= 2


@pytest.mark.parametrize("address", [f"/leaders/{leader('bridge0')}", f"/networks/{EAST}"])
def test_all_of_one_person_or_network_is_listed_up_to_a_bound(asked, monkeypatch, address):
    whole = asked(address)
    assert whole[0]["truncated"] is False and "Not everything is listed here" not in whole[1]
    monkeypatch.setattr(bounded, "LISTED", 1)
    told, page = asked(address)
    answer = told.get("profile") or told["page"]
    lists = answer["memberships"] if "memberships" in answer else answer["neighbours"]
    assert told["truncated"] is True and len(lists) == 1
    assert answer["left_out"] in page and answer["left_out"].startswith("Not everything is listed here: 1 of ")


@pytest.mark.parametrize(
    ("address", "what"),
    [(f"/organizations/{organization('partner')}", "supports"), (f"/interests/{interest('interest 0')}", "related")],
)
def test_what_a_page_lists_beside_people_has_a_bound_too(asked, monkeypatch, address, what):
    whole = asked(address)
    assert whole[0]["page"][what] and whole[0]["page"]["left_out"] == ""
    monkeypatch.setattr(bounded, "LISTED", 0)
    told, page = asked(address)
    assert told["truncated"] is True and told["page"][what] == []
    assert told["page"]["left_out"] in page and "Not everything is listed here: 0 of " in page


def test_the_small_picture_of_many_networks_has_the_largest_and_says_so(asked, monkeypatch):
    whole = asked("/")[0]["picture"]["scene"]
    assert whole["level"] == "people" and whole["note"] == ""
    monkeypatch.setattr(overview, "_FEW_PEOPLE", 0)
    networks = asked("/")[0]["picture"]["scene"]["nodes"]
    monkeypatch.setattr(overview, "_FEW_NETWORKS", 2)
    told, page = asked("/")
    drawn = told["picture"]["scene"]
    assert [n["weight"] for n in drawn["nodes"]] == sorted((n["weight"] for n in networks), reverse=True)[:2]
    assert {e[end] for e in drawn["edges"] for end in ("source", "target")} <= {n["id"] for n in drawn["nodes"]}
    assert f"Disc: a network; the 2 largest of {len(networks)} networks." in page


def test_the_picture_of_a_briefing_has_the_network_and_those_nearest_to_it_and_says_so(asked, monkeypatch):
    networks = [n["id"] for n in asked("/atlas")[0]["atlas"]["scene"]["nodes"] if n["kind"] == "networks"]
    chosen = networks[0]
    whole = asked(f"/networks/{chosen}/briefing")[1]
    assert whole.count('<circle class="disc') == len(networks) and "Drawn are" not in whole
    monkeypatch.setattr(overview, "_AROUND", 2)
    part = asked(f"/networks/{chosen}/briefing")[1]
    assert part.count('<circle class="disc') == 2 and part.count(" selected") == whole.count(" selected") == 1
    assert f"Drawn are the 2 networks around it, of {len(networks)}." in part


def test_an_interest_says_how_many_networks_it_does_not_list(asked, monkeypatch):
    address = f"/interests/{interest('interest 0')}"
    whole = asked(address)[0]["page"]
    assert whole["networks_total"] == len([n for n in whole["networks"] if n["network"]]) > 1
    monkeypatch.setattr(find_interest, "_NETWORKS", 1)
    told, page = asked(address)
    assert told["truncated"] is True and len(told["page"]["networks"]) == 1
    assert told["page"]["summary"] == whole["summary"]  # the number of networks is that of all
    assert f"{whole['networks_total'] - 1} networks with fewer people are not listed here" in page


def test_a_network_with_more_members_than_are_listed_says_so(asked):
    told = asked(f"/networks/{EAST}?limit=20")[0]
    assert told["truncated"] is (told["page"]["members_total"] > 20)

"""Who is reading: picked by a form or named in the address, kept by the browser alone, never somebody who is hidden."""

import re

import pytest

from netofnets.schema.model import Visibility
from tests.published import publish_copy
from tests.services.graphs import Graph
from tests.web.addresses import interest, leader, network

FROM_US = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def circles() -> Graph:
    """Ana and Bo in alpha; Cleo in beta offers what Ana seeks; Eva and Dan are in beta too, and he is hidden."""
    graph = Graph()
    for key in ("alpha", "beta"):
        graph.node("networks", key, key.capitalize())
    graph.node("interests", "phonics")
    graph.node("interests", "chess")
    for key, networks, mode in (("ana", "alpha", "seeks"), ("bo", "alpha", "offers"), ("cleo", "beta", "offers")):
        graph.node("leaders", key, f"{key.capitalize()} Sousa", languages=["English"], time_zone="Europe/Lisbon")
        graph.join(key, networks)
        graph.tie("leader_interests", key, "phonics", mode=mode)
    graph.node("leaders", "eva", "Eva Sousa")
    graph.join("eva", "beta")
    graph.node("leaders", "dan", "Dan Sousa")
    graph.join("dan", "beta")
    graph.show("dan", Visibility.HIDDEN)
    graph.show("ana", Visibility.PUBLIC)
    return graph


@pytest.fixture
def client(open_client, tmp_path):
    publish_copy(circles().facts(), tmp_path)
    return open_client(tmp_path)


@pytest.fixture
def public(open_client, tmp_path):
    publish_copy(circles().facts(), tmp_path)
    return open_client(tmp_path, viewer="anonymous")


def pick(client, key):
    return client.post("/me", data={"me": leader(key) if key else ""}, headers=FROM_US)


def test_a_name_leads_to_oneself_and_a_press_keeps_it(client):
    found = client.get("/me?q=ana").text
    assert f'value="{leader("ana")}"' in found and "This is me" in found and leader("bo") not in found
    answer = pick(client, "ana")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie and "Secure" not in cookie
    mine = client.get("/me.json").json["page"]["mine"]
    assert mine["leader"]["name"] == "Ana Sousa"
    assert [n["network"]["name"] for n in mine["networks"]] == ["Alpha"]
    assert mine["reach"] == "1 other person is in your networks; 2 of the 3 others are in none of them."
    assert [s["leader"]["name"] for s in mine["meet"]["outside"]] == ["Cleo Sousa"]
    assert mine["meet"]["outside"][0]["reasons"][0].startswith("offers what you seek: “phonics”")


def test_whoever_is_not_that_person_can_say_so(client):
    pick(client, "ana")
    assert "I am not" in client.get("/me").text
    answer = pick(client, "")
    assert answer.headers["Location"] == "/" and "Max-Age=0" in answer.headers["Set-Cookie"]
    assert "Which one are you?" in client.get("/me").text


def test_other_sites_pick_nobody(client):
    assert client.post("/me", data={"me": leader("ana")}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/me", data={"me": leader("ana")}).status_code == 403
    assert client.get("/me.json").json["page"]["mine"] is None


def test_lists_say_what_the_reader_and_others_have_in_common(client):
    pick(client, "ana")
    people = {m["ref"]["name"]: m["to_me"] for m in client.get("/search.json?q=phonics").json["answer"]["people"]}
    assert people["Cleo Sousa"] == [
        "in none of your networks",
        "offers what you seek: “phonics”",
        "you both work in English",
        "9 working hours a day in common",
    ]
    assert people["Bo Sousa"][0] == "with you in Alpha" and people["Ana Sousa"] == []
    outside = client.get("/search.json?circle=outside").json["answer"]
    assert {m["ref"]["name"] for m in outside["people"]} == {"Cleo Sousa", "Eva Sousa"}
    (sides,) = [f for f in client.get("/search.json").json["answer"]["facets"] if f["name"] == "circle"]
    assert [(v["value"], v["count"]) for v in sides["values"]] == [("outside", 2), ("inside", 2)]
    page = client.get(f"/interests/{interest('phonics')}.json").json["page"]
    assert page["outside"] == 1 and [n["network"]["name"] for n in page["networks"]] == ["Beta", "Alpha"]
    assert page["networks"][0]["people"][0]["to_me"][0] == "in none of your networks"


def test_you_is_said_to_nobody_else(client):
    others = client.get(f"/leaders/{leader('ana')}").text
    assert "offers what Ana Sousa seeks" in others and not re.search(r"\byou\b.{0,9}\b(seek|offer|both)", others)
    pick(client, "ana")
    assert "offers what you seek" in client.get(f"/leaders/{leader('ana')}").text
    cleo = client.get(f"/leaders/{leader('cleo')}").text
    assert "You and <bdi>Cleo Sousa</bdi>" in cleo and "seeks what Cleo Sousa offers" in cleo
    plain = client.get("/search.json").json["answer"]
    pick(client, "")
    assert all(m["to_me"] == [] for m in client.get("/search.json").json["answer"]["people"])
    assert plain["filters"]["circle"] == ""


def test_the_address_goes_before_the_cookie_and_is_kept_in_links(client):
    pick(client, "ana")
    asked = client.get(f"/search?me={leader('bo')}")
    assert f"/leaders/{leader('cleo')}?me={leader('bo')}" in asked.text
    assert f"/networks?me={leader('bo')}" in asked.text
    assert f'name="me" value="{leader("bo")}"' in asked.text
    around = f"/leaders/{leader('cleo')}/map.json?me={leader('bo')}"
    assert f'data-twin="{around}"' in client.get(f"/leaders/{leader('cleo')}?me={leader('bo')}").text
    assert client.get(around).status_code == 200
    assert "?me=" not in client.get("/search").text


def test_tags_differ_by_reader(client):
    tag = client.get("/search").headers["ETag"]
    pick(client, "ana")
    mine = client.get("/search")
    assert mine.headers["ETag"] != tag and "Cookie" in mine.headers["Vary"]
    assert client.get("/search", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("key", ["dan", "bo", "nobody"])
def test_who_is_not_shown_cannot_be_picked_nor_told_from_nobody(public, key):
    answers = []
    for asked in (key, "no such person"):
        picked = pick(public, asked)
        assert picked.headers["Location"] == "/" and leader(asked) not in picked.headers["Set-Cookie"]
        public.set_cookie("netofnets-me-", leader(asked))
        answers.append([public.get(a).text for a in ("/", "/me", f"/search?circle=outside&me={leader('gone')}")])
    assert answers[0] == answers[1]


def test_a_cookie_of_somebody_who_is_gone_is_nobody(client):
    assert client.get(f"/networks/{network('alpha')}?me={leader('dan')}").status_code == 200
    assert client.get(f"/me.json?me={leader('dan')}").json["page"]["mine"] is None

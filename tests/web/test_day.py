"""``as_of`` on pages: the graph of that day, on every page and in every link; a membership that ended is absent."""

from __future__ import annotations

import pytest

from netofnets.graph.published import Published
from netofnets.services import dated
from netofnets.services.answers import Answers
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer
from netofnets.settings import load_settings
from tests.published import publish_copy
from tests.services.graphs import Graph
from web.app import create_app
from web.views import PAGES


def spells() -> Graph:
    """Ana is in Beta until 30 June 2024, and only she is in both; Bo is in Alpha, Cid in Beta."""
    graph = Graph()
    for key in ("alpha", "beta"):
        graph.node("networks", key, key.title())
    for key in ("ana", "bo", "cid"):
        graph.node("leaders", key, key.title())
    graph.join("ana", "alpha")
    graph.tie("memberships", "ana", "beta", start="2020-01-01", end="2024-06-30")
    graph.join("bo", "alpha")
    graph.join("cid", "beta")
    return graph


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spells")
    publish_copy(spells().facts(), folder)
    return folder


@pytest.fixture(scope="module")
def client(home):
    return create_app(load_settings(home=str(home)), viewer=ORGANIZER).test_client()


def sizes(client, query=""):
    listed = client.get(f"/networks.json{query}").get_json()["list"]["rows"]
    return {n["network"]["name"]: n["members"] for n in listed}


def test_a_membership_that_ended_in_june_is_absent_in_july(client):
    assert sizes(client) == {"Alpha": 2, "Beta": 1}
    assert sizes(client, "?as_of=2024-06-30") == {"Alpha": 2, "Beta": 2}
    assert sizes(client, "?as_of=2024-07-01") == {"Alpha": 2, "Beta": 1}
    assert sizes(client, "?as_of=2019-12-31") == {"Alpha": 2, "Beta": 1}


def test_the_analyses_are_those_of_the_day(client):
    def joining(query: str) -> list[str]:
        report = client.get(f"/bridges.json{query}").get_json()["report"]
        return [b["leader"]["name"] for b in report["leaders"] if b["place"]]

    assert joining("") == [] and joining("?as_of=2024-05-01") == ["Ana"]


@pytest.mark.parametrize("page", [p for p in PAGES if "<id>" not in p.path], ids=lambda p: p.name)
def test_every_page_says_its_day_and_its_links_keep_it(client, page):
    address = page.path + "?as_of=2024-05-01"
    answer = client.get(address)
    if page.name == "changes" or answer.status_code in (302, 303, 400, 404):
        return  # it has two days of its own, or asks for more than a day
    text = answer.get_data(as_text=True)
    assert "The map as of <strong>2024-05-01</strong>" in text
    assert 'href="/networks?as_of=2024-05-01"' in text
    assert client.get(page.rule(".json") + "?as_of=2024-05-01").status_code == 200
    assert answer.headers.get("ETag") != client.get(page.path).headers.get("ETag") or not answer.headers.get("ETag")


def test_what_is_no_day_is_said_and_today_is_shown(client):
    text = client.get("/networks?as_of=%3Cscript%3E").get_data(as_text=True)
    assert "is no day" in text and "<script>" not in text.split("<main")[1]
    assert sizes(client, "?as_of=2024-13-01") == sizes(client)


def test_python_asks_for_a_day_too(home):
    with Answers.current(home, Viewer(ORGANIZER.role, as_of="2024-05-01")) as ask:
        assert [m.network.name for m in ask.profile("Ana").memberships if not m.past] == ["Alpha", "Beta"]
    with Answers.current(home) as ask:
        assert [m.network.name for m in ask.profile("Ana").memberships if not m.past] == ["Alpha"]


def test_a_day_like_the_published_one_is_the_published_edition_and_few_days_are_kept(home):
    with Published.current(home) as published:
        edition = published.edition("organizers")
        assert dated.on_day(edition, "2026-01-01") is edition
        assert dated.on_day(edition, "2024-05-01") is dated.on_day(edition, "2023-05-01")
        assert dated.on_day(edition, "2024-05-01") is not dated.on_day(edition, "2019-05-01")


def test_with_so_many_people_the_page_says_what_to_do(client, monkeypatch):
    monkeypatch.setattr(dated, "MOST", 2)
    answer = client.get("/gaps?as_of=2021-05-01")
    assert answer.status_code == 503 and "netofnets publish --as-of 2021-05-01" in answer.get_data(as_text=True)


def test_the_public_sees_the_public_of_that_day(home):
    stranger = create_app(load_settings(home=str(home)), viewer=ANONYMOUS).test_client()
    assert "Ana" not in stranger.get("/networks.json?as_of=2024-05-01").get_data(as_text=True)

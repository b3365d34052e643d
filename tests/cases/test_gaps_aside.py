"""A gap that an organizer set aside: gone from where gaps are told, kept with its reason, and taken up again."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

import web.views.gaps
from netofnets.cli import netofnets_command
from netofnets.errors import StoreUnavailable
from netofnets.services.viewer import ANONYMOUS
from netofnets.settings import load_settings
from tests.cases.test_connecting import people
from web.app import create_app

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
WHY = "they <b>meet</b> each autumn"


@pytest.fixture
def site(publish):
    topics = {"Topics": "read-aloud"}
    return publish({name: [{"Name": n, **topics} for n in people(name, 6)] for name in ("North", "South")})


def ends(site):
    (row,) = site.twin("/gaps")["report"]["rows"]
    return {"first": row["first"]["id"], "second": row["second"]["id"]}


def send(site, **fields):
    return site.client.post("/gaps", data={"who": "Ada", "why": WHY, **fields}, headers=OWN)


def test_what_is_set_aside_leaves_every_list_and_comes_back(site):
    pair = ends(site)
    assert "Bring North and South together" in site.words("/")
    sent = send(site, **pair, state="aside")
    assert sent.status_code == 303
    told = site.words(sent.location)
    assert "Recorded: set aside." in told and "Ada : they <b>meet</b> each autumn" in told
    report = site.twin("/gaps")["report"]
    assert (report["rows"], report["total"], report["summary"]) == ([], 0, "The only gap is set aside.")
    ((aside),) = report["aside"]
    assert {aside["first"]["name"], aside["second"]["name"]} == {"North", "South"}
    assert (aside["who"], aside["why"]) == ("Ada", WHY) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", aside["at"])

    site.run("publish")
    assert "Bring North and South together" not in site.words("/")
    assert site.twin(f"/networks/{pair['first']}")["page"]["gaps"] == []

    assert send(site, **pair, state="open", why="").status_code == 303
    assert ends(site) == pair and site.twin("/gaps")["report"]["aside"] == []
    site.run("publish")
    assert "Bring North and South together" in site.words("/")


def test_the_page_is_kept_while_nothing_is_decided_and_never_when_the_store_does_not_answer(site, monkeypatch):
    pair, asked = ends(site), []
    settle = web.views.gaps.opened_store
    monkeypatch.setattr(web.views.gaps, "opened_store", lambda: asked.append(1) or settle())
    first = site.client.get("/gaps")
    again = site.client.get("/gaps")
    assert again.data == first.data and len(asked) == 1
    tag = {"If-None-Match": again.headers["ETag"]}
    assert site.client.get("/gaps", headers=tag).status_code == 304
    send(site, **pair, state="aside")
    changed = site.client.get("/gaps", headers=tag)
    assert changed.status_code == 200 and b"autumn" in changed.data and len(asked) == 2
    send(site, **pair, state="open", why="")

    def away():
        raise StoreUnavailable("the database is busy")

    monkeypatch.setattr(web.views.gaps, "opened_store", away)
    lacking = site.client.get("/gaps?limit=5")
    assert "may be missing" in lacking.text and "ETag" not in lacking.headers
    monkeypatch.setattr(web.views.gaps, "opened_store", settle)
    assert "may be missing" not in site.client.get("/gaps?limit=5").text


def test_strangers_see_the_gap_and_not_what_was_decided(site):
    pair = ends(site)
    stranger = create_app(load_settings(home=str(site.home)), viewer=ANONYMOUS).test_client()
    before = stranger.get("/gaps").text
    assert (
        stranger.post("/gaps", data={**pair, "state": "aside", "who": "Eve", "why": "x"}, headers=OWN).status_code
        == 404
    )
    send(site, **pair, state="aside")
    site.run("publish")
    after = stranger.get("/gaps").text
    assert stranger.get("/gaps.json").json["report"]["aside"] == []
    for text in (before, after):
        assert "autumn" not in text and "stacked" not in text and "settle" not in text


def test_what_is_refused_says_why_and_writes_nothing(site):
    pair = ends(site)
    for fields, words in (
        ({"state": "aside", "why": " "}, "say why"),
        ({"state": "aside", "who": ""}, "say who decided"),
        ({"state": "open"}, "this gap is not set aside"),
        ({"state": "closed"}, "there is no state"),
        ({"state": "aside", "second": pair["first"]}, "name another one"),
    ):
        refused = send(site, **{**pair, **fields})
        assert refused.status_code == 422 and words in refused.text, fields
    unknown = send(site, **{**pair, "first": "n0nsense", "state": "aside"})
    assert unknown.status_code == 422 and "no network with id n0nsense" in unknown.text
    assert site.twin("/gaps")["report"]["aside"] == [] and ends(site) == pair


def test_the_command_does_the_same(site):
    pair = ends(site)
    asked = ("gap", pair["second"], pair["first"], "--state", "aside", "--who", "Ada", "--why", "later")
    assert site.run(*asked) == f"{pair['second']} and {pair['first']}: set aside.\n"
    assert site.twin("/gaps")["report"]["aside"][0]["why"] == "later"
    again = CliRunner().invoke(netofnets_command, [*asked, "--home", str(site.home)])
    assert again.exit_code == 1 and "already" in str(again.exception)

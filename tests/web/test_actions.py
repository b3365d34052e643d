"""Forms: who may send one, what becomes of it, and what a refused one leaves on the page."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from netofnets.desk.choose import choose
from netofnets.publish import publish
from netofnets.schema.model import Visibility
from netofnets.settings import load_settings
from netofnets.store import open_store
from tests.published import copy_of
from tests.store.statements import a_roster, load
from web.actions import Action, add_action
from web.app import create_app
from web.params import Choice, Text
from web.rules import RULES, Rule
from web.said import Said
from web.stores import known_settings
from web.views.networks import NETWORKS

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
ANA = next(claim.key for claim in a_roster(people=2) if claim.kind == "leaders")


def _hide(order):
    asked = order.values
    home = known_settings().home
    made = choose(order.store, home, asked["leader"], Visibility(asked["level"]), who=asked["who"], why="asked")
    return f"<b>{made.who}</b> chose {made.level}"


HIDE = Action(
    "hide",
    "/networks",
    NETWORKS,
    (Text("leader", longest=64), Choice("level", ("hidden", "organizers")), Text("who", longest=40)),
    _hide,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copy_of(_two_of_the_north, tmp_path)


def _two_of_the_north(home: Path) -> None:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    load(store, "north", a_roster(people=2))
    publish(store, home)
    store.close()


@pytest.fixture
def open_app(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(RULES, "send hide", Rule.SEES_PEOPLE)
    opened = []

    def make(**settings: str) -> FlaskClient:
        app = create_app(load_settings(environ={}, home=str(home), **{"viewer": "organizer", **settings}))
        add_action(app, HIDE)
        opened.append(app)
        return app.test_client()

    yield make
    for app in opened:
        app.extensions["netofnets-current"].close()


def choices(home: Path):
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.scan().choices
    finally:
        store.close()


def test_a_form_does_what_it_says_and_leads_back_with_a_sentence_that_is_shown_once(open_app, home):
    client = open_app()
    sent = client.post("/networks", data={"leader": ANA, "who": "Ada"}, headers=OWN)
    assert sent.status_code == 303 and sent.location.startswith("/networks?said=") and "Ada" not in sent.location
    assert [(c.record, c.level, c.who) for c in choices(home)] == [(ANA, Visibility.HIDDEN, "Ada")]
    first, again = client.get(sent.location), client.get(sent.location)
    assert "&lt;b&gt;Ada&lt;/b&gt; chose hidden" in first.text and 'role="status"' in first.text
    assert "chose hidden" not in again.text
    assert "ETag" not in first.headers and first.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in sent.headers


def test_what_the_desk_refuses_is_said_on_the_page_and_nothing_is_written(open_app, home):
    client = open_app()
    nobody = client.post("/networks", data={"leader": "lnobody", "who": "Ada"}, headers=OWN)
    assert nobody.status_code == 422 and "Nothing was changed: there is no leader with id lnobody" in nobody.text
    assert nobody.headers["Cache-Control"] == "no-store" and "ETag" not in nobody.headers
    unsaid = client.post("/networks", data={"leader": ANA}, headers=OWN)
    assert unsaid.status_code == 422 and "say who decided" in unsaid.text
    assert choices(home) == ()


def test_a_busy_store_is_said_to_be_busy(open_app, home):
    with sqlite3.connect(home / "netofnets.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        sent = open_app().post("/networks", data={"leader": ANA, "who": "Ada"}, headers=OWN)
        other.execute("ROLLBACK")
    other.close()
    assert sent.status_code == 409 and "Nothing was changed" in sent.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_a_form_from_another_site_is_refused(open_app, home, headers):
    sent = open_app().post("/networks", data={"leader": ANA, "who": "Ada"}, headers=headers)
    assert sent.status_code == 403 and choices(home) == ()


def test_a_stranger_can_send_none_and_is_told_no_more_than_of_a_page_that_is_not_there(open_app, home):
    client = open_app(viewer="anonymous")
    sent = client.post("/networks", data={"leader": ANA, "who": "Ada"}, headers=OWN)
    other = client.get("/leaders/nobody")
    assert sent.status_code == 404 and sent.data == other.data and choices(home) == ()


def test_too_much_is_refused_before_it_is_read(open_app, home):
    sent = open_app().post("/networks", data={"leader": ANA, "who": "A" * 70_000}, headers=OWN)
    assert sent.status_code == 413 and choices(home) == ()


def test_where_there_is_no_store_none_is_made(open_app, home):
    client = open_app(store=f"sqlite:{home / 'other' / 'none.sqlite'}")
    sent = client.post("/networks", data={"leader": ANA, "who": "Ada"}, headers=OWN)
    assert sent.status_code == 503 and "not on this machine" in sent.text
    assert not (home / "other").exists()


def test_a_token_is_worth_one_sentence_and_few_are_kept():
    said = Said()
    tokens = [said.keep(f"sentence {n}") for n in range(70)]
    assert len(set(tokens)) == 70 and all(re.fullmatch(r"[\w-]{12}", t) for t in tokens)
    assert said.take(tokens[0]) == "" and said.take(tokens[-1]) == "sentence 69" and said.take(tokens[-1]) == ""

"""The form that names a community: it writes into the log, says from when it shows, and is the organizers' alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.schema.topics import COMMUNITY_NAME
from netofnets.store import open_store
from tests.published import publish_copy
from tests.services.graphs import four_blocks

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
PAGE, FORM = "/communities/1", "/communities/1/name"
NAMED = {"name": "<b>Harbour</b>", "who": "Ada", "why": ""}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    publish_copy(four_blocks().facts(), tmp_path)
    open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}").close()
    return tmp_path


def log(home: Path):
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.decisions(COMMUNITY_NAME)
    finally:
        store.close()


def test_the_form_names_and_the_page_says_from_when_it_shows(open_client, book):
    client = open_client(book)
    sent = client.post(FORM, data=NAMED, headers=OWN)
    assert sent.status_code == 303 and sent.location.startswith(PAGE + "?said=")
    page = client.get(sent.location).text
    assert "Recorded: community 1 is called &lt;b&gt;Harbour&lt;/b&gt;. It shows everywhere" in page
    assert "Ada</bdi> called it <q><bdi>&lt;b&gt;Harbour&lt;/b&gt;" in page and "<b>Harbour" not in page
    assert client.get(PAGE + ".json").json["decided"]["value"] == "<b>Harbour</b>"
    taken = client.post(FORM, data={**NAMED, "name": ""}, headers=OWN)
    assert taken.status_code == 303 and [d.value for d in log(book)] == ["<b>Harbour</b>", ""]
    assert "called it" not in client.get(PAGE).text


def test_what_is_refused_keeps_what_was_typed(open_client, book):
    client = open_client(book)
    refused = client.post(FORM, data={**NAMED, "name": "East 1", "why": "it is theirs"}, headers=OWN)
    assert refused.status_code == 422 and "the name of a network" in refused.text
    assert 'value="East 1"' in refused.text and 'value="it is theirs"' in refused.text
    assert client.post("/communities/99/name", data=NAMED, headers=OWN).status_code == 404
    assert log(book) == ()


def test_strangers_name_nothing_and_see_no_form(open_client, book):
    stranger = open_client(book, viewer="anonymous")
    before = stranger.get(PAGE)
    assert stranger.post(FORM, data=NAMED, headers=OWN).status_code == 404
    open_client(book).post(FORM, data=NAMED, headers=OWN)
    after = stranger.get(PAGE)
    assert (before.text, before.headers["ETag"]) == (after.text, after.headers["ETag"])
    assert '<form class="stacked"' not in before.text and "Harbour" not in after.text
    assert [d.value for d in log(book)] == ["<b>Harbour</b>"]

"""The board in the browser: forms through the real server, what is recorded shows at once, and never to strangers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from netofnets.publish import publish
from netofnets.schema.topics import INTRODUCTION
from netofnets.store import open_store
from tests.published import copy_of
from tests.store.statements import a_roster, load

BOARD = "/introductions/board"
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
ANA, BO, CLEO = (claim.key for claim in a_roster(people=3) if claim.kind == "leaders")
ASKED = {"first": ANA, "second": BO, "state": "asked", "who": "Ada <b>", "why": "<i>phonics</i>"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_of(_three_of_the_north, tmp_path)


def _three_of_the_north(home: Path) -> None:
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    load(store, "north", a_roster(people=3))
    publish(store, home)
    store.close()


def log(home: Path):
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.decisions(INTRODUCTION)
    finally:
        store.close()


def counts(board) -> dict[str, int]:
    return {c["state"]: c["total"] for c in board["board"]["columns"] if c["total"]}


def test_a_step_shows_at_once_and_the_pages_are_kept_by_nobody(open_client, book):
    client = open_client(book)
    before = client.get(BOARD)
    assert "No introduction is recorded yet" in before.text and "ETag" not in before.headers
    sent = client.post(BOARD, data=ASKED, headers=OWN)
    assert sent.status_code == 303 and sent.location.startswith(f"{BOARD}?who=Ada+%3Cb%3E&said=")
    shown = client.get(sent.location)
    assert "Recorded: Person 0 of north and Person 1 of north, asked." in shown.text
    assert "&lt;i&gt;phonics&lt;/i&gt;" in shown.text and 'value="Ada &lt;b&gt;"' in shown.text
    assert counts(client.get(BOARD + ".json").json) == {"asked": 1}
    assert shown.headers["Cache-Control"] == "no-store"
    for state in ("accepted", "met"):
        assert client.post(BOARD, data={**ASKED, "state": state}, headers=OWN).status_code == 303
    assert counts(client.get(BOARD + ".json").json) == {"met": 1} and len(log(book)) == 3


def test_names_will_do_and_what_is_refused_keeps_what_was_typed(open_client, book):
    client = open_client(book)
    by_name = {**ASKED, "first": "person 2 of north", "second": "Person 1 of North"}
    assert client.post(BOARD, data=by_name, headers=OWN).status_code == 303
    refused = client.post(BOARD, data={**ASKED, "state": "met", "why": "at the spring meeting"}, headers=OWN)
    assert refused.status_code == 422
    assert "Nothing was changed: this introduction has not begun" in refused.text
    assert 'value="at the spring meeting"' in refused.text
    unknown = client.post(BOARD, data={**ASKED, "first": "Nobody Here"}, headers=OWN)
    assert unknown.status_code == 422 and "Nobody Here" in unknown.text
    unsaid = client.post(BOARD, data={"first": ANA, "second": BO, "state": "asked"}, headers=OWN)
    assert unsaid.status_code == 422 and "say who decided" in unsaid.text
    assert len(log(book)) == 1


def test_the_limit_is_that_of_the_setting_and_names_the_person(open_client, book):
    client = open_client(book, open_introductions="1")
    assert client.post(BOARD, data=ASKED, headers=OWN).status_code == 303
    refused = client.post(BOARD, data={**ASKED, "second": CLEO}, headers=OWN)
    assert refused.status_code == 422 and "Person 0 of north is in 1 introductions already" in refused.text


def test_strangers_and_other_sites_record_nothing(open_client, book):
    assert open_client(book, viewer="anonymous").post(BOARD, data=ASKED, headers=OWN).status_code == 404
    assert open_client(book).post(BOARD, data=ASKED, headers={"Origin": "http://evil.example"}).status_code == 403
    assert open_client(book).post(BOARD, data=ASKED, headers={}).status_code == 403
    assert log(book) == ()


def test_strangers_see_nothing_of_what_is_recorded(open_client, book):
    stranger = open_client(book, viewer="anonymous")
    address = f"{BOARD}?first={ANA}&second={BO}"
    pages = [(stranger.get(a).text, stranger.get(a + ".json").json) for a in (BOARD,)], stranger.get(address).text
    open_client(book).post(BOARD, data=ASKED, headers=OWN)
    assert (
        [(stranger.get(a).text, stranger.get(a + ".json").json) for a in (BOARD,)],
        stranger.get(address).text,
    ) == pages
    assert "Person" not in pages[1] and "phonics" not in pages[1]


def test_without_a_store_the_board_is_what_was_published_and_says_so(open_client, book):
    client = open_client(book)
    client.post(BOARD, data=ASKED, headers=OWN)
    store = open_store(f"sqlite:{book / 'netofnets.sqlite'}")
    publish(store, book)
    store.close()
    away = open_client(book, store=f"sqlite:{book / 'gone.sqlite'}")
    shown = away.get(BOARD)
    assert shown.status_code == 200 and "Shown is what was published" in shown.text
    assert counts(away.get(BOARD + ".json").json) == {"asked": 1}
    assert not (book / "gone.sqlite").exists()


class _NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_the_real_server_takes_forms_from_its_own_pages_only(book):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NETOFNETS_")} | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from netofnets.cli import main; main()", "serve", "--home", str(book)]

    def interruptible():
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def send(address: str, body: dict[str, str], **headers: str):
        asked = urllib.request.Request(
            address + BOARD, urllib.parse.urlencode(body).encode(), {k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            answer = urllib.request.build_opener(_NotFollowed).open(asked, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers.get("Location", "")

    with subprocess.Popen(
        [*command, "--port", "0", "--viewer", "organizer"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=interruptible,
    ) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline()).group()
            for foreign in ({}, {"Origin": "http://evil.example"}, {"Sec_Fetch_Site": "cross-site", "Origin": address}):
                assert send(address, ASKED, **foreign)[0] == 403
            assert log(book) == ()
            assert send(address, {**ASKED, "why": "x" * 70_000}, Origin=address)[0] == 413
            status, place = send(address, ASKED, Origin=address)
            assert status == 303 and place.startswith(BOARD)
            with urllib.request.urlopen(address + place, timeout=60) as page:
                assert "Recorded: " in page.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
    assert [d.value for d in log(book)] == ["asked"]

"""The queue in the browser: answers by form, kept with a name, taken back on demand, shown to organizers only."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.publish import publish
from netofnets.schema.records import Verdict
from netofnets.store import open_store
from tests.store.test_recognised import NORTH, SOUTH, take

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    store = open_store(f"sqlite:{tmp_path / 'netofnets.sqlite'}")
    take(store, tmp_path, "north", NORTH)
    take(store, tmp_path, "south", SOUTH.replace("Fatima Chaudhary", "Fatima <b>Chaudhary"))
    publish(store, tmp_path)
    store.close()
    return tmp_path


def asked(client) -> list[tuple[str, str]]:
    rows = client.get("/review.json").json["queue"]["rows"]
    return [(row["left"]["leader"]["id"], row["right"]["leader"]["id"]) for row in rows]


def log(home: Path):
    store = open_store(f"sqlite:{home / 'netofnets.sqlite'}")
    try:
        return store.judgements(), store.status().counts["leaders"]
    finally:
        store.close()


def answer(client, pair: tuple[str, str], verdict: str, path: str = "/review"):
    sent = {"left": pair[0], "right": pair[1], "verdict": verdict, "who": "Ann"}
    return client.post(path, data=sent, headers=OWN)


def test_eight_answers_make_eight_people(open_client, book) -> None:
    client = open_client(book)
    page = client.get("/review")
    assert page.headers["Cache-Control"] == "no-store" and page.text.count("data-question") == 8
    assert "Fatima &lt;b&gt;Chaudhary" in page.text and "the same school" in page.text
    for left in range(8, 0, -1):
        pairs = asked(client)
        assert len(pairs) == left
        sent = answer(client, pairs[0], "same")
        assert sent.status_code == 303 and sent.location.startswith("/review?who=Ann&said=")
    assert "data-question" not in client.get("/review").text
    judgements, people = log(book)
    assert people == 8 and {(j.verdict, j.who) for j in judgements} == {(Verdict.SAME, "Ann")}


def test_an_answer_is_taken_back_and_asked_again_first_and_later_goes_last(open_client, book) -> None:
    client = open_client(book)
    first, second, *rest = asked(client)
    answer(client, first, "different")
    assert asked(client) == [second, *rest]
    assert "Last answer: two people" in client.get("/review").text
    back = answer(client, first, "", "/review/undo")
    assert back.status_code == 303 and f"left={first[0]}" in back.location
    shown = client.get(back.location)
    assert "The answer is taken back" in shown.text
    assert shown.text.index(f'data-left="{first[0]}"') < shown.text.index(f'data-left="{second[0]}"')
    answer(client, second, "unsure")
    assert asked(client) == [*rest, first, second]
    assert log(book)[1] == 16


def test_a_form_of_nobody_or_about_nobody_changes_nothing(open_client, book) -> None:
    client = open_client(book)
    pair = asked(client)[0]
    sent = client.post(
        "/review", data={"left": pair[0], "right": "lnobody", "verdict": "same", "who": "Ann"}, headers=OWN
    )
    assert sent.status_code == 422 and "Nothing was changed" in sent.text
    sent = client.post("/review", data={"left": pair[0], "right": pair[1], "verdict": "same", "who": " "}, headers=OWN)
    assert sent.status_code == 422 and log(book)[0] == ()


def test_strangers_see_no_question_and_answer_none(open_client, book) -> None:
    stranger = open_client(book, viewer="anonymous")
    pair = asked(open_client(book))[0]
    page = stranger.get("/review")
    assert "Only organizers are asked" in page.text and "Chaudhary" not in page.text
    assert asked(stranger) == []
    assert answer(stranger, pair, "same").status_code == 404

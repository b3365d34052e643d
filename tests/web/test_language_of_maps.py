"""Maps and their scripts in the reader's language: on any day, after a click, and in what a page holds for scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from netofnets.publish import publish_facts
from tests.services.test_growth import years
from tests.web.addresses import EAST, PAGES
from tests.web.test_language import IN_BRACKETS, NAMES, WORD, Outside
from web import app

MAP_OF_A_LEADER = PAGES["map of a leader"]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dated")
    publish_facts(years().facts(), home)
    return home


@pytest.mark.parametrize("asked", ["level=people&since=2020-06-01", "area=shared&since=2020-06-01", "as_of=2021-06-01"])
def test_every_word_of_a_map_on_other_days_is_a_message_or_data(asked, dated, open_client, monkeypatch):
    organizer = open_client(dated)
    among = ",".join(node["id"] for node in organizer.get("/atlas.json").json["atlas"]["scene"]["nodes"])
    monkeypatch.setattr("web.language.tongue", lambda code: IN_BRACKETS)
    names = re.compile(r"\b(Alpha|Beta|Gamma|Ana|Bo|Cid|Dan|association|course|netofnets)\b")
    for address in (f"/atlas?{asked}", f"/atlas?{asked}&among={among}"):
        found = Outside(organizer.get(address).text).found
        assert [text for text in found if text not in NAMES and WORD.search(names.sub("", text))] == []


def test_the_days_of_a_map_are_told_in_the_readers_language(dated, open_client):
    answer = open_client(dated).get("/atlas.json?part=growth", headers={"Accept-Language": "de"})
    assert answer.json["growth"]["words"][-1] == "3 Personen in 3 Netzwerken; 1 Netzwerkpaar teilt Mitglieder"


@pytest.mark.parametrize(
    ("twin", "found"),
    [
        (f"/atlas.json?select={EAST}&part=selection", lambda told: told["selection"]["facts"][0][0]),
        ("/atlas.json?part=limits&kind=networks", lambda told: told["limited"]["words"]),
        ("/atlas.json?level=people&part=map", lambda told: told["scene"]["title"]),
        ("/atlas.json?level=people&part=level", lambda told: told["rows"][0]["what"]),
        (f"{MAP_OF_A_LEADER}.json?part=map", lambda told: _hover_text(told["vis"]["nodes"], EAST)),
    ],
)
def test_what_a_script_asks_for_is_in_the_readers_language(twin, found, organizer):
    answers = {asked: organizer.get(twin, headers={"Accept-Language": asked}) for asked in ("en", "de", "es")}
    assert len({found(answer.json) for answer in answers.values()}) == 3
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    for asked, answer in answers.items():
        assert answer.headers["Content-Language"] == asked and "Accept-Language" in answer.headers["Vary"]


def test_what_scripts_say_is_on_the_page_in_the_readers_language(organizer, monkeypatch):
    in_english = _words_of_scripts(organizer)
    scripts = Path(app.__file__).parent.joinpath("static/js/atlas").glob("*.js")
    assert {name for script in scripts for name in _asked_for(script.read_text())} == set(in_english)
    monkeypatch.setattr("web.language.tongue", lambda code: IN_BRACKETS)
    assert _words_of_scripts(organizer, "/atlas?links=1") == {name: f"⟦{words}⟧" for name, words in in_english.items()}


def _hover_text(nodes: list[dict[str, str]], of: str) -> str:
    (title,) = (node["title"] for node in nodes if node["id"] == of)
    return title.rpartition("\n")[2]


def _words_of_scripts(client: Any, address: str = "/atlas") -> dict[str, str]:
    found: dict[str, str] = json.loads(unescape(client.get(address).text.partition('data-words="')[2].split('"')[0]))
    return found


def _asked_for(script: str) -> Iterator[str]:
    for asked in re.findall(r"word\(([^,){}]*)[,)]", script):
        yield from re.findall(r'"(\w+)"', asked)

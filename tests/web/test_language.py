"""Pages in the reader's language: no page mixes two, whatever is on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.support import NullTranslations

from netofnets.analysis.registry import MEASURES
from netofnets.graph.published import Published
from netofnets.language.languages import Tongue
from tests.web.addresses import EAST, PAGES
from web import app

MAP_OF_A_LEADER = PAGES["map of a leader"]

# Pages of which every word is a message: all but "a table", whose cells are what is published, in English.
SAID: set[str] = {
    "a credential",
    "a leader",
    "a leader for a reader",
    "a network",
    "a table that is asked nonsense",
    "about",
    "an interest",
    "an interest for a reader",
    "an organization",
    "another leader",
    "atlas by region",
    "atlas of networks",
    "atlas of people",
    "atlas with a bridging leader",
    "board of introductions",
    "bold introductions of a network",
    "bridges",
    "bridges of a network",
    "briefing",
    "briefing of a network",
    "changes",
    "changes since a day",
    "changes since no day",
    "communities",
    "community",
    "comparison",
    "for programs",
    "front",
    "front for a reader",
    "gaps",
    "gaps of a network",
    "glossary",
    "import",
    "introduction of nobody",
    "introduction of two",
    "introductions",
    "introductions between two networks",
    "lineage of a leader",
    "map of a leader",
    "map of an interest",
    "map of two networks",
    "map of ways",
    "networks",
    "no path",
    "nobody said who reads",
    "organizations",
    "overlap",
    "overlap of a network",
    "path of nobody",
    "paths",
    "paths past others",
    "paths to somebody",
    "review",
    "review of articles",
    "review of interests",
    "search",
    "search for a reader",
    "search for a word",
    "search for script",
    "tables",
    "the reader",
    "what if",
    "what if networks join",
    "what if nobody",
    "what if she steps back",
    "what if two meet",
    "who holds a credential",
    "whom a name may mean",
    "whom to convene",
}
_SILENT = {"script", "style", "code", "pre", "kbd", "samp", "text"}  # text: names on a map, cut where they are long
_SAID = {"aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription", "data-label"}
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = {
    "netofnets",
    "English",
    "Español",
    "Deutsch",
    "JSON",
    "CSV",
    "Parquet",
    "Arrow",
    "GraphML",
    "GEXF",
    "Kumu",
}
_NAMES |= {"csv", "parquet", "graphml", "gexf", "kumu.json", "kumu.xlsx", "cypher"}
_COLUMNS = {output.name for measure in MEASURES for output in measure.outputs}
_NAMES |= _COLUMNS | {f"{name}{end}" for name in _COLUMNS for end in ("_source", "_source_id", "_name")}
_NAMES |= {"source", "source_id"}
_NAMES |= {"graspologic-native", "networkx", "numpy", "pyarrow", "scikit-learn", "scipy"}
_NAMES |= {reference for measure in MEASURES for reference in measure.references}


class InBrackets(Tongue):
    """No language: each message stands between ⟦ and ⟧, so that what is no message stands out."""

    def __init__(self) -> None:
        super().__init__("en", NullTranslations())

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"

    def listed(self, items: Sequence[str]) -> str:
        return " ⟦and⟧ ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


_IN_BRACKETS = InBrackets()


class Outside(HTMLParser):
    """Collects the words of a page that stand outside of the brackets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth, self._silent, self._english = 0, 0, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if ("lang", "en") in attrs and tag in ("p", "span"):  # said to be English in any language
            self._english = tag
        for name, value in attrs:
            if name in _SAID or (tag == "input" and name == "value" and ("type", "submit") in attrs):
                self.found += list(_outside(value or "", 0)[0])

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        self._english = "" if tag == self._english else self._english

    def handle_data(self, data: str) -> None:
        if not (self._silent or self._english):
            found, self._depth = _outside(data, self._depth)
            self.found += found


def _outside(text: str, depth: int) -> tuple[list[str], int]:
    found, now = [], ""
    for letter in text:
        if letter in "⟦⟧":
            found.append(now)
            now, depth = "", depth + (1 if letter == "⟦" else -1)
        elif not depth:
            now += letter
    return [" ".join(piece.split()).strip("– ") for piece in [*found, now] if _WORD.search(piece)], depth


@pytest.fixture(scope="session")
def said_by_data(home: Any) -> set[str]:
    """Every text in the data: names, tags, places, kinds of ties, sources and their files."""
    with Published.current(home) as published:
        facts = published.edition("organizers").snapshot
        tables = [*facts.nodes.values(), *(edges.table for edges in facts.edges.values()), facts.claims]
        return {text for table in tables for text in _texts(table.to_pylist())}


@pytest.fixture(scope="session")
def data(said_by_data: set[str]) -> re.Pattern[str]:
    """Finds the texts of the data, also where several stand one after the other; the longest first."""
    texts = sorted(said_by_data | _NAMES, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(text) for text in texts if _WORD.search(text)) + r")(?!\w)")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
        if row := re.fullmatch(r"(.+):[0-9]+", value):  # of a file
            yield row[1]
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in _texts(inner))


@pytest.mark.parametrize("name", sorted(SAID))
def test_every_word_of_a_page_is_a_message_or_data(name, open_client, home, data, monkeypatch):
    organizer = open_client(home)
    monkeypatch.setattr("web.language.tongue", lambda code: _IN_BRACKETS)
    found = Outside(organizer.get(PAGES[name]).text).found
    asked = {value for _, value in parse_qsl(urlsplit(PAGES[name]).query)}  # the reader's own words
    assert [text for text in found if text not in asked and _WORD.search(data.sub("", text))] == []


@pytest.mark.parametrize(
    ("asked", "lang"),
    [("de-AT,de;q=0.9,en;q=0.5", "de"), ("es-MX", "es"), ("fr, en;q=0.5", "en"), ("fr", "en"), ("", "en"), ("*", "en")],
)
def test_the_browser_says_in_which_language(asked, lang, organizer):
    answer = organizer.get("/gaps", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == lang and f'<html lang="{lang}">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_what_a_reader_chose_goes_before_the_browser_and_leads_back(organizer):
    headers = {"Origin": "http://localhost", "Referer": "http://localhost/gaps?network=x%26y"}
    answer = organizer.post("/language", data={"language": "es"}, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/gaps?network=x%26y")
    german = {"Accept-Language": "de"}
    tags = {organizer.get("/bridges", headers=german).headers["ETag"]}
    assert organizer.get("/bridges", headers=german).headers["Content-Language"] == "es"
    organizer.post("/language", data={"language": "tlh"}, headers=headers)
    answer = organizer.get("/bridges", headers=german)
    assert answer.headers["Content-Language"] == "de" and answer.headers["ETag"] not in tags
    elsewhere = organizer.post("/language", headers={**headers, "Referer": "http://localhost//evil.example/"})
    assert elsewhere.location == "/"


@pytest.mark.parametrize(("language", "words"), [("en", "beyond chance"), ("de", "mehr als Zufall")])
def test_what_is_drawn_once_is_drawn_for_each_language(language, words, organizer):
    for asked in ("es", language):  # the first makes the cells of the matrix, and keeps them
        answer = organizer.get("/overlap", headers={"Accept-Language": asked})
    cells = answer.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert f'<span class="visually-hidden"> {words}</span>' in cells


@pytest.mark.parametrize("twin", ["/gaps.json", "/atlas.json?since=2023-01-01", f"{MAP_OF_A_LEADER}.json"])
def test_the_twin_of_a_page_stays_english(twin, organizer):
    assert len({organizer.get(twin, headers={"Accept-Language": asked}).text for asked in ("de", "en")}) == 1


@pytest.mark.parametrize(
    ("twin", "found"),
    [
        (f"/atlas.json?select={EAST}&part=selection", lambda told: told["selection"]["facts"][0][0]),
        ("/atlas.json?part=limits&kind=networks", lambda told: told["limited"]["words"]),
        ("/atlas.json?level=people&part=map", lambda told: told["atlas"]["scene"]["title"]),
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
    monkeypatch.setattr("web.language.tongue", lambda code: _IN_BRACKETS)
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

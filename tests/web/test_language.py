"""Pages in the reader's language: no page mixes two, whatever is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.support import NullTranslations

from netofnets.analysis.registry import MEASURES
from netofnets.graph.published import Published
from netofnets.language.languages import Tongue
from netofnets.language.messages import Message
from tests.web.addresses import PAGES

# Pages of which every word is a message: all but "a table", whose cells are what is published, in English.
SAID: set[str] = {
    "a credential",
    "a leader",
    "a leader for a reader",
    "a network",
    "a table",
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
# Tables, a column of codes in each, a code and its word in German.
CODES = [
    ("layers", "layer", "members", "Mitglieder"),
    ("layout", "place", "disc", "Scheibe"),
    ("layout", "kind", "networks", "Netzwerke"),
]
_SILENT = {"script", "style", "code", "pre", "kbd", "samp", "text"}  # text: names on a map, cut where they are long
_SAID = {"aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription", "data-label"}
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {
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
NAMES |= {"csv", "parquet", "graphml", "gexf", "kumu.json", "kumu.xlsx", "cypher"}
_COLUMNS = {output.name for measure in MEASURES for output in measure.outputs}
NAMES |= _COLUMNS | {f"{name}{end}" for name in _COLUMNS for end in ("_source", "_source_id", "_name")}
NAMES |= {"source", "source_id"}
NAMES |= {"graspologic-native", "networkx", "numpy", "pyarrow", "scikit-learn", "scipy"}
NAMES |= {reference for measure in MEASURES for reference in measure.references}


class InBrackets(Tongue):
    """No language: each message stands between ⟦ and ⟧, so that what is no message stands out."""

    def __init__(self) -> None:
        super().__init__("en", NullTranslations())
        self.is_source = False

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"

    def listed(self, items: Sequence[str]) -> str:
        return " ⟦and⟧ ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


IN_BRACKETS = InBrackets()


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
    return [" ".join(piece.split()).strip("– ") for piece in [*found, now] if WORD.search(piece)], depth


def words_outside(text: str) -> list[str]:
    """The pieces with words in them that stand in no brackets."""
    return [piece for piece in _outside(text, 0)[0] if piece]


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
    texts = sorted(said_by_data | NAMES, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(text) for text in texts if WORD.search(text)) + r")(?!\w)")


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
    monkeypatch.setattr("web.language.tongue", lambda code: IN_BRACKETS)
    found = Outside(organizer.get(PAGES[name]).text).found
    asked = {value for _, value in parse_qsl(urlsplit(PAGES[name]).query)}  # the reader's own words
    assert [text for text in found if text not in asked and WORD.search(data.sub("", text))] == []


def test_every_cell_of_every_table_is_a_message_or_data(open_client, home, data, monkeypatch):
    organizer = open_client(home)
    monkeypatch.setattr("web.language.tongue", lambda code: IN_BRACKETS)
    wrong = {}
    for one in MEASURES:
        rows = organizer.get(f"/tables/{one.id}").text.partition("<tbody>")[2].partition("</tbody>")[0]
        if left := {text for text in Outside(rows).found if WORD.search(data.sub("", text))}:
            wrong[one.id] = sorted(left)
    assert wrong == {}


@pytest.mark.parametrize(("table", "column", "code", "word"), CODES)
def test_a_code_is_asked_for_by_its_word_or_as_files_have_it(table, column, code, word, organizer):
    asked = f"/tables/{table}?column={column}&how=is&value="
    pages = [organizer.get(asked + value, headers={"Accept-Language": "de"}).text for value in (word, code)]
    rows = [page.partition("<tbody>")[2].partition("</tbody>")[0] for page in pages]
    assert rows[0] == rows[1] and f"<bdi>{word}</bdi>" in rows[0]
    assert f"--where {column} is {code} " in pages[0]


def test_what_a_column_holds_is_said_in_the_words_of_its_cells_and_files_keep_the_codes(organizer):
    coded = {
        (measure.id, output.name): set(output.help.parts[1].values())
        for measure in MEASURES
        for output in measure.outputs
        if isinstance(output.help, Message) and output.help.parts[1:] and output.help.parts[1]
    }
    assert len(coded) >= 9 and {"disc", "unattached"} < coded["layout", "place"]
    for language, told in (
        ("de", "in der Lücke zwischen zweien (zwei Scheiben"),
        ("en", "in the gap between two (facing"),
    ):
        page = organizer.get("/about", headers={"Accept-Language": language}).text
        assert told in page
        for (measure, column), codes in coded.items():
            section = page.partition(f'id="{measure}"')[2].partition("</section>")[0]
            help = section.partition(f"<dt><code>{column}</code></dt><dd>")[2].partition("</dd>")[0]
            words = set(re.findall(r"[\w:]+", help))
            mixed = codes & words if language == "de" else codes & words & {"unattached", "networks:KIND"}
            assert len(words) > 2 and not mixed, (measure, column, mixed)
    twin = {m["id"]: dict(m["outputs"]) for m in organizer.get("/about.json").get_json()["measures"]["measures"]}
    assert all(code in twin[measure][column] for (measure, column), codes in coded.items() for code in codes)


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


@pytest.mark.parametrize("twin", ["/gaps.json", "/atlas.json?since=2023-01-01", f"{PAGES['map of a leader']}.json"])
def test_the_twin_of_a_page_stays_english(twin, organizer):
    assert len({organizer.get(twin, headers={"Accept-Language": asked}).text for asked in ("de", "en")}) == 1

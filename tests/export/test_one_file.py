"""A map in one file: what is in it, what is not, and that nothing a source says is anything but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import asdict, replace
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command
from netofnets.errors import NotFound, SettingsError
from netofnets.export.one_file import one_file
from netofnets.graph.published import Published
from netofnets.language.languages import tongue
from netofnets.schema.purposes import RESEARCH, stated
from netofnets.schema.records import Decision
from netofnets.schema.topics import PURPOSE
from netofnets.services.map.carried import MOST, carried_map
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, reader_of
from tests.published import publish_copy
from tests.services.graphs import Graph, leader_id, ten_leaders
from tests.web.graphs import PAYLOADS, hostile

BRIDGE = leader_id("bridge0")


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Ten leaders; the same where Cleo is in no file; the hostile graph."""
    declined = Decision(PURPOSE, (leader_id("cleo"),), stated(RESEARCH, False), "the person", "text 1")
    made = {"ten": ten_leaders().facts(), "hostile": hostile().facts()}
    made["without"] = replace(made["ten"], decisions=(declined,))
    found = {name: tmp_path_factory.mktemp(name) for name in made}
    for name, facts in made.items():
        publish_copy(facts, found[name])
    return found


@pytest.fixture(scope="module")
def published(homes):
    opened = {name: Published.current(home) for name, home in homes.items()}
    yield opened
    for one in opened.values():
        one.close()


def text_of(carried):
    return "".join(one_file(asdict(carried)))


class Read(HTMLParser):
    """The elements of a document, the text of each script and style, and of the rows of its list."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.rows, self.policy, self._in = [], [], {}, "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag in ("script", "style"):
            self._in = tag
            self.texts.append((tag, given.get("type", ""), ""))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if "data-id" in given:
            self.rows[given["data-id"]] = ""

    def handle_endtag(self, tag):
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data):
        if self._in:
            tag, kind, text = self.texts[-1]
            self.texts[-1] = (tag, kind, text + data)
        elif self.rows:
            self.rows[list(self.rows)[-1]] += data


def facts_of(read):
    return json.loads(next(text for _, kind, text in read.texts if kind == "application/json"))


def test_map_list_and_legend_have_the_same_marks(published):
    carried = carried_map(published["ten"], ORGANIZER)
    read = Read(text_of(carried))
    facts = facts_of(read)
    assert set(read.rows) == {n["id"] for n in facts["vis"]["nodes"]} == {n.id for n in carried.scene.nodes}
    people = [n for n in carried.scene.nodes if n.kind == "leaders"]
    assert sum(e.count for e in carried.scene.legend) == len(people) < len(read.rows)  # people are counted as people
    assert facts["vis"]["options"]["physics"] == {"enabled": False}
    assert "Ana Sousa" in read.rows[leader_id("ana")] and "Alpha Readers" in text_of(carried)


def test_the_policy_allows_what_is_in_the_file_and_nothing_else(published):
    read = Read(text_of(carried_map(published["hostile"], ORGANIZER)))
    digests = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for _, kind, text in read.texts
        if kind != "application/json"
    }
    assert set(re.findall(r"'sha256-[^']+'", read.policy)) == digests and len(digests) == 5
    assert read.policy.startswith("default-src 'none'") and "unsafe" not in read.policy and "http" not in read.policy
    assert not [tag for tag, given in read.tags if {"src", "href", "srcset", "action"} & set(given)]
    assert not [tag for tag, given in read.tags if any(name.startswith("on") for name in given)]


@pytest.mark.parametrize("about", [(), (BRIDGE,), ("networks",), ("interests",), ("networks", "networks")])
def test_hostile_names_are_text_whatever_the_file_is_about(published, about):
    names = hostile().names
    ids = {kind: iter([i for (k, _), i in names.items() if k == kind]) for kind in ("networks", "interests")}
    text = text_of(carried_map(published["hostile"], ORGANIZER, [next(ids[a]) if a in ids else a for a in about]))
    read = Read(text)
    assert [tag for tag, _ in read.tags if tag in ("img", "a", "iframe")] == []
    assert sum(tag == "script" for tag, _ in read.tags) == 4
    assert not any(payload in text for payload in PAYLOADS if "<" in payload and "&" not in payload)
    assert any(payload in json.dumps(facts_of(read), ensure_ascii=False) for payload in PAYLOADS if '"' not in payload)


def test_a_file_for_the_public_is_made_of_what_is_public(published):
    text = text_of(carried_map(published["ten"], ANONYMOUS))
    for secret in ("Cleo", "Iris", "Private Circle", "one.example"):
        assert secret not in text, secret
    assert "Ana Sousa" in text and "what is public" in text and ", run " not in text
    with pytest.raises(NotFound):
        carried_map(published["ten"], ANONYMOUS, ["Cleo Núñez"])
    assert "Cleo Núñez" in text_of(carried_map(published["ten"], reader_of("organizers"), ["Cleo Núñez"]))


def test_whoever_declined_to_be_in_files_is_in_none(published):
    assert "Cleo" in text_of(carried_map(published["ten"], ORGANIZER, ["Ana Sousa"]))
    for about in ([], ["Ana Sousa"], ["Alpha Readers", "Beta Writers"], ["phonics"], ["Beta Writers"]):
        assert "Cleo" not in text_of(carried_map(published["without"], ORGANIZER, about)), about
    with pytest.raises(NotFound, match="in no file"):
        carried_map(published["without"], ORGANIZER, ["Cleo Núñez"])


def test_what_cannot_be_drawn_is_said(published):
    for about, error in ((["Ana Sousa", "Alpha Readers"], SettingsError), (["nobody"], NotFound)):
        with pytest.raises(error):
            carried_map(published["ten"], ORGANIZER, about)


def test_a_large_map_is_cut_to_its_largest_parts(tmp_path):
    graph = Graph()
    for n in range(350):
        graph.node("networks", f"n{n}")
        graph.node("leaders", f"p{n}")
        graph.join(f"p{n}", f"n{n}", f"n{n // 50}") if n // 50 != n else graph.join(f"p{n}", f"n{n}")
    publish_copy(graph.facts(), tmp_path)
    with Published.current(tmp_path) as large:
        carried = carried_map(large, ORGANIZER)
        text = text_of(carried)
        assert text == text_of(carried_map(large, ORGANIZER)), "the same bytes"
    assert len(carried.scene.nodes) == MOST and f"showing {MOST} of 350 marks" in carried.scene.note
    assert {graph.names["networks", f"n{n}"] for n in range(7)} <= {n.id for n in carried.scene.nodes}
    assert len(text.encode()) <= 1_000_000


def test_the_command_writes_it_and_says_what(homes, tmp_path):
    def run(*arguments):
        return CliRunner().invoke(netofnets_command, ["export", "html", *arguments, "--home", str(homes["ten"])])

    done = run(str(tmp_path / "map.html"), "--about", "Ana Sousa", "--audience", "public")
    assert done.exit_code == 0 and "for public: Around Ana Sousa" in done.output
    with Published.current(homes["ten"]) as public:
        expected = text_of(carried_map(public, ANONYMOUS, ["Ana Sousa"]))
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == expected
    for wrong in ((), (str(tmp_path / "x.html"), "-o", "y"), (str(tmp_path / "x.html"), "--pseudonyms")):
        assert run(*wrong).exit_code != 0
    assert not (tmp_path / "x.html").exists()


def test_the_file_is_in_the_language_that_is_asked_for(published, homes, tmp_path):
    carried = asdict(carried_map(published["ten"], ORGANIZER))
    german = "".join(one_file(carried, tongue("de")))
    assert '<html lang="de">' in german and facts_of(Read(german))["words"]["nameless"] == "ohne Namen"
    assert "Nur mit" in german and "Ana Sousa" in german and "Only those with" not in german
    path = tmp_path / "mapa.html"
    arguments = ["export", "html", str(path), "--language", "es", "--home", str(homes["ten"])]
    result = CliRunner().invoke(netofnets_command, arguments)
    assert result.exit_code == 0, result.output
    assert '<html lang="es">' in path.read_text("utf-8") and "sin nombre" in path.read_text("utf-8")
    assert CliRunner().invoke(netofnets_command, [*arguments[:3], "--language", "tlh"]).exit_code == 2

"""Every page and its twin: the same facts, complete without scripts, hostile names as text."""

import re
from html.parser import HTMLParser

import pytest

from tests.published import publish_copy
from tests.web.addresses import EAST, PAGES, WEST, leader, network, twin
from tests.web.graphs import PAYLOADS


class Reader(HTMLParser):
    """Text, tags, attributes and table rows of a page."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags, self.attributes, self.rows = [], [], [], {}
        self.table = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        named = dict(attrs)
        if tag == "table":
            self.table = named.get("id")
        if tag == "tr" and "data-id" in named:
            self.rows.setdefault(self.table, []).append(named["data-id"])

    def handle_data(self, data):
        self.text.append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_page_answers_and_is_one_document(organizer, address):
    answer = organizer.get(address)
    assert answer.status_code == 200
    page = Reader(answer.text)
    assert answer.content_type.startswith("text/html")
    assert page.tags.count("h1") == 1 and page.tags.count("main") == 1 and page.tags.count("title") >= 1
    assert "None" not in re.findall(r"\b\w+\b", page.words)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_page_has_a_twin(organizer, address):
    answer = organizer.get(twin(address))
    assert answer.status_code == 200 and answer.is_json
    page = organizer.get(address).text
    link = dict(re.findall(r'href="([^"]*)">This page as (JSON)', page))
    assert [organizer.get(href.replace("&amp;", "&")).json for href in link] == [answer.json]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_names_are_text_and_nothing_is_inline(organizer, address):
    answer = organizer.get(address)
    page = Reader(answer.text)
    for tag, name, value in page.attributes:
        assert not name.startswith("on") and name != "style", (tag, name)
        if name in ("href", "src", "action"):
            assert value.startswith(("/", "#", "mailto:")) and not value.startswith("//"), (tag, value)
    assert "<script>" not in answer.text and "<img" not in answer.text
    assert "49{%" not in answer.text  # what is in braces is text, too


def test_hostile_names_are_shown_as_they_are(organizer):
    shown = Reader(organizer.get("/networks").text).words
    assert all(" ".join(p.split()) in shown for p in PAYLOADS[:9])


def test_the_table_beside_a_map_has_the_same_marks(organizer):
    for level in ("networks", "people"):
        address = f"/atlas?level={level}"
        scene = organizer.get(twin(address)).json["atlas"]["scene"]
        page = Reader(organizer.get(address).text)
        assert sorted(page.rows["marks"]) == sorted(node["id"] for node in scene["nodes"])
        assert len(scene["nodes"]) == (13 if level == "networks" else 13 + 24 * 4 + 10 + 2 - 1)


def test_the_picture_is_there_without_scripts(organizer):
    page = organizer.get("/atlas?level=people").text
    picture = page[page.index('<svg class="scene') :].partition("</svg>")[0]
    circles = re.findall(r'<circle class="(disc|dot|ring)', picture)
    nodes = organizer.get("/atlas.json?level=people").json["atlas"]["scene"]["nodes"]
    rings = sum(node["bridging"] or node["connecting"] for node in nodes)
    assert circles.count("disc") == 13 and circles.count("dot") >= 60 and circles.count("ring") == rings > 10


def test_a_leader_page_says_what_the_twin_says(organizer):
    profile = organizer.get(f"/leaders/{leader('bridge0')}.json").json["profile"]
    words = Reader(organizer.get(f"/leaders/{leader('bridge0')}").text).words
    assert profile["bridging"] and profile["reason"] in words
    assert profile["email"] in words
    for membership in profile["memberships"]:
        assert " ".join(membership["network"]["name"].split()) in words
    for person in profile["suggestions"]["outside"]:
        assert all(" ".join(reason.split()) in words for reason in person["reasons"])


def test_the_overlap_page_says_what_the_twin_says(organizer):
    report = organizer.get(twin(PAGES["overlap"])).json["report"]
    words = Reader(organizer.get(PAGES["overlap"]).text).words
    assert report["validated"] >= 12
    assert all(row["words"] in words for row in report["rows"])
    assert [i["network"]["id"] for i in report["islands"]] == [network("island")]


def test_a_click_on_the_map_fetches_only_what_it_changes(organizer):
    part = organizer.get(f"/atlas.json?level=people&select={leader('bridge0')}&part=selection").json
    assert set(part) == {"version", "selection", "edges", "marks", "missing", "truncated"} and part["marks"] is None
    ends = {edge["source"] for edge in part["edges"]} | {edge["target"] for edge in part["edges"]}
    assert {leader("bridge0"), EAST, WEST} <= ends


def test_absurd_parameters_are_clamped(organizer):
    for query in (
        "level=people&colour=%00&select=zzz&page=99999999999&links=-4&view=NaN",
        "level[]=1&links=1e9&page=0",
        "select=" + "x" * 5000,
    ):
        answer = organizer.get("/atlas?" + query)
        assert answer.status_code == 200 and "data-atlas" in answer.text
    assert organizer.get("/bridges?community=-9&limit=%F0%9F%98%80").status_code == 200
    assert organizer.get("/search?q=" + "ab%0A" * 900 + "&limit=0&mode=eats").status_code == 200


def test_addresses_are_in_one_fixed_form(organizer):
    page = organizer.get("/atlas?page=1&colour=region&junk=1&level=people").text
    assert 'href="/atlas.json?level=people&amp;colour=region"' in page


def test_an_old_record_of_a_merged_person_leads_to_the_page(open_client, tmp_path):
    from tests.services.graphs import ten_leaders

    publish_copy(ten_leaders().facts(), tmp_path)
    client = open_client(tmp_path)
    answer = client.get("/leaders/" + record("sheet", "7"))
    assert answer.status_code == 301 and answer.location == "/leaders/" + leader("ana")
    assert client.get("/leaders/" + record("sheet", "7") + ".json").location == "/leaders/" + leader("ana") + ".json"


def record(source, key):
    from netofnets.schema.identifiers import record_id

    return record_id("leaders", source, key)

"""Every map says the same three times: its picture, the table beside it and its twin have as many marks."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from netofnets.settings import load_settings
from tests.small_maps import course_home, three_home, where_to_look
from tests.web.addresses import PAGES, twin
from web.app import create_app

MAPS = {name: address for name, address in PAGES.items() if "atlas" in name or name.startswith("map of")}


def counted(client: FlaskClient, address: str) -> dict[str, int]:
    """How many marks the picture of a map has, its table, and the scene of its twin."""
    page = client.get(address).text
    picture = page[page.index('<svg class="scene') :].partition("</svg>")[0]
    dense = "".join(re.findall(r'<path class="dense[^>]* d="([^"]*)"', picture))
    facts = client.get(twin(address)).get_json()
    scene = (facts.get("atlas") or facts.get("focus"))["scene"]
    rows, at = len(re.findall(r'<tr data-id="', page)), 2
    while f"page={at}#marks" in page:
        page = client.get(f"{address}{'&' if '?' in address else '?'}page={at}").text
        rows, at = rows + len(re.findall(r'<tr data-id="', page)), at + 1
    return {"picture": picture.count("<circle") + dense.count("M"), "table": rows, "twin": len(scene["nodes"])}


@pytest.mark.parametrize("name", MAPS)
def test_a_map_has_as_many_marks_in_picture_table_and_twin(organizer: FlaskClient, name: str) -> None:
    found = counted(organizer, MAPS[name])
    assert found["twin"] > 1 and len(set(found.values())) == 1, found


@pytest.mark.parametrize("made", ["three", "course"])
def test_so_has_every_map_of_other_data(made, request, tmp_path):
    home = three_home(tmp_path) if made == "three" else course_home(tmp_path, request.getfixturevalue("shared_data"))
    app = create_app(load_settings(environ={}, home=str(home), viewer="organizer"))
    client = app.test_client()
    where = where_to_look(lambda path: client.get(path).get_json())
    found = {name: counted(client, address) for name, address in where.items() if "map" in name}
    app.extensions["netofnets-current"].close()
    assert len(found) == 7 and {name: one for name, one in found.items() if len(set(one.values())) != 1} == {}


def test_a_stranger_is_told_of_no_zero_where_nothing_is_shown(open_client, tmp_path):
    stranger = open_client(three_home(tmp_path), viewer="anonymous")
    overlap = stranger.get("/overlap").text
    assert "which of them overlap is not shown" in overlap
    assert 'id="matrix"' not in overlap and "No pair of networks fits" not in overlap and "0 of 0" not in overlap
    assert "Nobody who is shown to you matches." in stranger.get("/search?q=reading").text
    assert "what is not shown may well be a gap" in stranger.get("/gaps").text
    organizer = open_client(tmp_path).get("/overlap").text
    assert 'id="matrix"' in organizer and "2 of 2 pairs shown" in organizer

"""Lists on pages: links that work without a script, the same rows in the twin, and nothing lost between two pages."""

from __future__ import annotations

import re

import pytest

from netofnets.services.index import index_of
from netofnets.services.viewer import ORGANIZER
from tests.web.test_pages import Reader
from web.warming import Warming

LISTS = ("/networks?limit=10", "/bridges?limit=10", "/overlap?limit=10", "/search?q=person&limit=10")


def _next(page: str) -> str:
    found = re.search(r'<a rel="next" href="([^"]+)">', page)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("address", LISTS)
def test_next_leads_through_the_whole_list_and_each_page_says_which_rows_it_has(organizer, address) -> None:
    shown, asked = [], address
    while asked:
        page = organizer.get(asked)
        twin = organizer.get(asked.replace("?", ".json?", 1)).json
        facts = next(value for value in twin.values() if isinstance(value, dict))
        at, rows = facts["paged"], next(facts[k] for k in ("rows", "leaders", "people") if k in facts)
        assert len(rows) == at["last"] - at["first"] + 1 and twin["truncated"]
        assert f"{at['first']:,}–{at['last']:,} of {at['total']:,}" in Reader(page.text).words
        shown += [str(row) for row in rows]
        asked = _next(page.text)
    assert len(set(shown)) == len(shown) == at["total"] > 10


def test_another_filter_begins_at_the_first_page(organizer) -> None:
    page = organizer.get("/overlap?limit=10&page=2").text
    assert 'href="/overlap?show=validated&amp;limit=10"' in page  # no page in it


def test_a_name_is_looked_for_in_the_whole_list(organizer) -> None:
    last = organizer.get("/networks.json?limit=10&page=2").json["list"]["rows"][-1]["network"]
    page = organizer.get(f"/networks?limit=10&q={last['name']}")
    assert f'data-id="{last["id"]}"' in page.text and "Show all" in page.text
    assert "No network that is shown" in organizer.get("/networks?q=zzz").text


def test_a_page_past_the_end_is_the_last_one(organizer) -> None:
    assert organizer.get("/networks.json?page=999&limit=10").json["list"]["paged"]["page"] == 2


def test_a_click_on_the_page_itself_is_the_whole_page(organizer) -> None:
    assert "data-atlas" in organizer.get("/atlas?part=selection").text


def test_a_page_about_one_network_carries_no_picture_of_all(organizer) -> None:
    network = organizer.get("/networks.json").json["list"]["rows"][0]["network"]["id"]
    assert set(organizer.get(f"/networks/{network}.json").json) == {"page", "truncated"}


def test_after_warming_first_visitors_build_nothing(open_client, home, monkeypatch) -> None:
    monkeypatch.setattr("netofnets.services.warm._FEW", 0)
    client = open_client(home)
    Warming(client.application).now()
    current = client.application.extensions["netofnets-current"]
    published = current.borrow()
    index = index_of(published, ORGANIZER)
    before = set(index.memo)
    leader, network = (index.snapshot.ids(kind)[3].as_py() for kind in ("leaders", "networks"))
    for path in ("/", "/search?q=person", "/bridges", "/networks", f"/networks/{network}", f"/leaders/{leader}"):
        assert client.get(path).status_code == 200
    fresh = [key for key in index.memo if key not in before]
    # What is said of one pair of people is made when it is asked for.
    assert [key for key in fresh if not (isinstance(key, tuple) and key[0] == "introduction")] == []
    current.give_back(published)

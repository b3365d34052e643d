"""Pages that tell all readers the same are made once, and each reader is given what would have been made for them."""

import contextlib

import brotli
import pytest

import web.pages
from netofnets.settings import load_settings
from tests.published import publish_copy
from tests.web.addresses import PAGES, leader
from tests.web.graphs import hostile
from web.alike import Reader
from web.app import create_app
from web.kept import Answer

ANA, BO = leader("bridge0"), leader("east0")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    home = tmp_path_factory.mktemp("alike")
    publish_copy(hostile().facts(), home)
    app = create_app(load_settings(environ={}, home=str(home), viewer="organizer"))
    yield app.test_client()
    app.extensions["netofnets-current"].close()


def as_reader(address, reader):
    return f"{address}{'&' if '?' in address else '?'}me={reader}"


def body(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.data


def of_alike(client):
    """The addresses of pages, and of their twins, that say of themselves that they tell all readers the same."""
    pages = client.application.extensions["netofnets-pages"]
    route = client.application.url_map.bind("localhost")
    for address in PAGES.values():
        page = pages.get(route.match(address.partition("?")[0])[0])
        if page is not None and page.alike:
            yield address
            path, mark, query = address.partition("?")
            yield ("/index" if path == "/" else path) + ".json" + mark + query


def test_what_is_made_for_all_is_what_would_be_made_for_each(client, monkeypatch):
    addresses = [as_reader(address, (ANA, BO)[n % 2]) for n, address in enumerate(of_alike(client))]
    assert len(addresses) > 40
    for_all = {address: body(client, address) for address in addresses}
    monkeypatch.setattr(web.pages, "standing_in", lambda _: contextlib.nullcontext(None))
    client.application.extensions["netofnets-kept"].clear()
    for address in addresses:
        assert for_all[address] == body(client, address), address


def test_the_second_reader_is_given_what_was_made_for_the_first(client, monkeypatch):
    client.application.extensions["netofnets-kept"].clear()
    made = []
    answer = web.pages._answered
    monkeypatch.setattr(web.pages, "_answered", lambda page, ask: made.append(ask.viewer.me) or answer(page, ask))
    first, second = (body(client, as_reader("/bridges", reader)) for reader in (ANA, BO))
    assert made == [""] and ANA.encode() in first and BO.encode() in second
    assert second.count(BO.encode()) > 20 and first != second
    client.post("/me", data={"me": BO}, headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"})
    by_cookie = body(client, "/bridges")
    client.post("/me", data={"me": ""}, headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"})
    assert made == ["", ""] and b"?me=" not in by_cookie and b"You:" in by_cookie
    assert b"You:" not in body(client, "/bridges")


def test_nobody_is_left_standing_in_and_packed_answers_are_given_packed(client):
    stand_in = client.application.extensions["netofnets-stand-in"]
    plain = body(client, as_reader("/bridges", ANA))
    assert stand_in.id.encode() not in plain and stand_in.name.encode() not in plain
    packed = client.get(as_reader("/bridges", ANA), headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain
    assert client.get(as_reader("/bridges", ANA), headers={"If-None-Match": packed.headers["ETag"]}).status_code == 304
    other = client.get(as_reader("/bridges", BO), headers={"If-None-Match": packed.headers["ETag"]})
    assert other.status_code == 200


def test_a_name_that_is_markup_stays_text(client):
    stand_in = client.application.extensions["netofnets-stand-in"]
    made = Answer(f"<bdi>{stand_in.name}</bdi>".encode(), "text/html")
    own = type(stand_in)("leaders", "l1", "<script>alert(1)</script>", "/leaders/l1")
    assert Reader(own, stand_in).told(made).body == b"<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"

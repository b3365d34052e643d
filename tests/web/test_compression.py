"""Answers are compressed for whoever takes that, and say the same to everybody."""

import gzip

import brotli
import pytest

from tests.web.addresses import EAST

TEXTS = ["/", "/atlas.json", f"/networks/{EAST}", "/static/css/base.css", "/static/vendor/vis-data.min.js"]
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
WAYS = [("gzip, deflate, br, zstd", "br"), ("br;q=0, gzip", "gzip"), ("gzip", "gzip"), ("br", "br")]
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


def asked(client, address, headers=None):
    answer = client.get(address, headers=headers)
    assert answer.data or answer.status_code == 304
    answer.close()
    return answer


@pytest.mark.parametrize(("taken", "coding"), WAYS)
@pytest.mark.parametrize("address", TEXTS)
def test_the_same_is_said_in_fewer_bytes(organizer, address, taken, coding):
    taking = {"Accept-Encoding": taken}
    plain, packed = asked(organizer, address), asked(organizer, address, headers=taking)
    assert plain.status_code == packed.status_code == 200 and plain.content_encoding is None
    assert packed.content_encoding == coding and UNPACK[coding](packed.data) == plain.data
    assert len(packed.data) == packed.content_length < len(plain.data) * 0.7
    assert {"Accept-Encoding"} <= set(packed.vary) == set(plain.vary)
    assert asked(organizer, address, headers=taking).data == packed.data  # what was kept is the same
    assert asked(organizer, address).data == plain.data


@pytest.mark.parametrize("taken", ["", "identity", "gzip;q=0", "br;q=0", "zstd"])
def test_whoever_does_not_take_it_gets_it_as_it_is(organizer, taken):
    asked(organizer, "/", headers=BROWSER)  # kept compressed
    answer = asked(organizer, "/", headers={"Accept-Encoding": taken})
    assert answer.content_encoding is None and answer.text.startswith("<!doctype html>")


def test_a_stranger_who_has_it_is_told_that_it_is_unchanged_however_it_was_sent(open_client, home):
    stranger = open_client(home, viewer="anonymous")
    tags = {asked(stranger, "/", headers=headers).headers["ETag"] for headers in ({}, BROWSER)}
    assert len(tags) == 1 and next(iter(tags)).startswith("W/")
    for headers in ({}, BROWSER):
        again = asked(stranger, "/", headers={**headers, "If-None-Match": next(iter(tags))})
        assert again.status_code == 304 and again.data == b""


def test_short_answers_and_errors_are_left_as_they_are(organizer):
    for address, status in (("/livez", 200), ("/networks/n-is-not-there", 404)):
        answer = asked(organizer, address, headers=BROWSER)
        assert answer.status_code == status and answer.content_encoding is None

"""Files over the wire, through the real server: taken from an organizer up to a limit, from nobody else at all."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from ingest import limits
from ingest.drafts.folder import drafts
from tests.web.test_cli import environment, serving, signals

__all__ = ["environment"]  # a fixture

MARK = "----made-up-boundary"
ROSTER = b"Name,Email\nAna Ruiz,ana@x.example\n"


def form(content: bytes, name: str = "roster.csv") -> bytes:
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{MARK}--\r\n".encode()


def give(address: str, opener: OpenerDirector, body: bytes) -> tuple[int, str]:
    """The status and the text of what comes back."""
    headers = {"Content-Type": f"multipart/form-data; boundary={MARK}", "Origin": address}
    try:
        with opener.open(urllib.request.Request(address + "/import", body, headers), timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@contextmanager
def organizer(home: Path, environment: dict[str, str]) -> Iterator[tuple[str, OpenerDirector]]:
    with serving(home, environment) as (address, link):
        browser = build_opener(HTTPCookieProcessor())
        browser.open(link, timeout=60).close()
        yield address, browser


@signals
def test_an_organizer_gives_files_up_to_the_limit_and_is_told_beyond_it(tmp_path, environment):
    with organizer(tmp_path, environment) as (address, browser):
        status, page = give(address, browser, form(ROSTER))
        assert status == 200 and "What are these columns?" in page
        padded = ROSTER + b"".join(b"Person %06d,\n" % i for i in range(20_000))
        assert give(address, browser, form(padded))[0] == 200  # far more than anybody else may send
        for size in (limits.UPLOAD_BYTES + 4096, limits.UPLOAD_BYTES + (2 << 20)):  # just beyond, and beyond the form
            status, page = give(address, browser, form(b"x" * size))
            assert status in (413, 422) and "larger than 64 MB together" in page
            assert "What was loaded" not in page and "<h1>Import</h1>" in page
    assert [[file.size for file in one.files] for one in drafts(tmp_path)] == [[len(padded)], [len(ROSTER)]]


@signals
def test_a_stranger_and_a_liar_are_cut_off_at_the_header(tmp_path, environment):
    with organizer(tmp_path, environment) as (address, _):
        host = address.removeprefix("http://")
        for length in (65 * 1024, limits.UPLOAD_BYTES, 1 << 40):
            with socket.create_connection(host.split(":"), timeout=60) as line:
                lines = ("POST /import HTTP/1.1", f"Host: {host}", f"Origin: {address}", f"Content-Length: {length}")
                line.sendall("\r\n".join((*lines, "", "")).encode())
                assert line.recv(4096).startswith(b"HTTP/1.1 413")  # before a byte of the body was sent
    assert drafts(tmp_path) == ()


@signals
def test_a_small_foreign_form_is_refused(tmp_path, environment):
    with organizer(tmp_path, environment) as (address, browser):
        asked = urllib.request.Request(address + "/import", form(ROSTER), {"Origin": "http://evil.example"})
        asked.add_header("Content-Type", f"multipart/form-data; boundary={MARK}")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            browser.open(asked, timeout=60)
    assert drafts(tmp_path) == ()

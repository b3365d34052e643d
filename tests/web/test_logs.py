"""What is written down of refusals and failures: when, what, by which account; nobody's name, and nothing forged."""

from __future__ import annotations

import io
import logging
import re

import pytest

from tests.web.addresses import leader
from tests.web.signing import OWN, browser, signed_in
from web.logs import write_log


@pytest.fixture
def written():
    """What the log has got, as text."""
    stream = io.StringIO()
    handler = write_log(stream)
    yield stream.getvalue
    logging.getLogger().removeHandler(handler)


def test_an_entry_has_its_time_and_cannot_be_forged(written):
    logging.getLogger("somewhere").warning("first\r\n2026-01-01T00:00:00Z ERROR forged: \x1b[31mred")
    first, second = written().splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING somewhere: first", first)
    assert second == "\t2026-01-01T00:00:00Z ERROR forged:  [31mred"


def test_what_was_refused_is_written_down_without_address_or_record(app, gate, written):
    viewer = signed_in(app, gate, "viewer")
    assert viewer.get("/import").status_code == 404
    assert viewer.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser(app).get("/networks", headers={"Host": "evil.example"}).status_code == 400
    known = gate.roll.get("viewer@x.example").id
    told = [line.partition("refused ")[2] for line in written().splitlines()]
    assert told[:2] == [
        f"GET /import of account {known}: 404 not for this role",
        "POST /sign-out of nobody known: 403 Forbidden",  # refused before anybody is looked up
    ]
    assert told[2].endswith("of nobody known: 400 Bad Request")


def test_a_wrong_password_is_in_the_audit_and_who_must_wait_in_the_log(app, gate, written):
    form = {"address": "owner@x.example", "password": "not this one at all"}
    answers = [browser(app).post("/sign-in/password", data=form, headers=OWN).status_code for _ in range(7)]
    assert answers[:5] == [422] * 5 and answers[-1] == 429
    assert [one.result for one in gate.audit.entries() if one.what == "sign in"][:5] == ["refused"] * 5
    log = written()
    assert "too many tries to sign in" in log and "owner@" not in log


def test_what_nobody_may_see_is_not_told_apart_in_the_log_either(app, gate, written):
    member = signed_in(app, gate, "member")
    for record in (leader("west6"), "l" + "b" * 16):
        member.get(f"/leaders/{record}")
    assert written() == ""


def test_signing_out_empties_the_browser(app, gate):
    answer = signed_in(app, gate, "viewer").post("/sign-out", headers=OWN)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'

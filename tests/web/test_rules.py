"""The permission matrix: every route by every method for every role, made from the routes themselves."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed

from tests.web.addresses import EAST, leader
from tests.web.signing import HOST, ORIGIN, OWN, ROLES, browser, signed_in
from web.rules import RULES, rule_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# What may be sent without an account, and with one of any role; other forms are for owners. Reading is for everybody
# but at the desk where files come in.
BY_ANYBODY = {"/me", "/language", "/sign-in/mail", "/sign-in/password", "/sign-in/link"}
DESK = ("/import", "/export/")
LOOKED_AFTER = ("/disputes", "/invitations", "/reports")
CIRCLE, MINE, LEFT = "/circle", "/mine", "/mine/left"
BY_ACCOUNTS = {"/claim", "/terms", "/account", "/account/password", "/sign-out", "/sign-out/everywhere"}


def routes(app: Flask):
    """Every address by every method, with an id where there is one, and the route that takes it."""
    bound = app.url_map.bind(HOST)
    for path in sorted({rule.rule for rule in app.url_map.iter_rules()}):
        address = path.replace("<id>", EAST).replace("<path:filename>", "css/base.css").replace("<int:number>", "1")
        for method in METHODS:
            try:
                endpoint, _ = bound.match(address, method)
            except MethodNotAllowed:
                endpoint = None
            yield path, address, method, endpoint


def reached(app: Flask) -> list[str]:
    """From now on every route only notes that it was reached."""
    seen: list[str] = []

    def noting(endpoint):
        def view(**_):
            seen.append(endpoint)
            return "reached"

        return view

    for endpoint in app.view_functions:
        app.view_functions[endpoint] = noting(endpoint)
    return seen


def may(role: str, path: str, method: str) -> bool:
    if path.startswith(LOOKED_AFTER):
        return role in ("organizer", "owner")
    if path.endswith("/report"):
        return role != "anonymous"
    if path.startswith(MINE) and path != LEFT:
        return role == "member"
    if path == "/terms" and method in ("GET", "HEAD"):
        return True
    if path in BY_ACCOUNTS or path.startswith(CIRCLE):
        return role != "anonymous"
    if path.startswith(DESK):
        return role == "owner"
    return method in ("GET", "HEAD") or path in BY_ANYBODY or role == "owner"


def test_every_route_has_a_rule_and_every_rule_a_route(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert [name for name in sorted(endpoints) if rule_of(name) is None] == []
    assert RULES.keys() - {name.removesuffix(".json") for name in endpoints} == {"enter"}  # the door of a laptop


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_it_may_and_nothing_else(app, gate, role):
    client, seen = signed_in(app, gate, role), reached(app)
    wrong = []
    for path, address, method, endpoint in routes(app):
        seen.clear()
        answer = client.open(address, method=method, headers=OWN)
        expected = [endpoint] if endpoint and may(role, path, method) else []
        if seen != expected or (not expected and answer.status_code not in (303, 404, 405)):
            wrong.append(f"{method} {address}: {answer.status_code}, reached {seen}")
    assert wrong == []


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "http://map.school.example"}])
def test_nothing_is_taken_from_another_site_not_even_from_the_owner(app, gate, headers):
    client, seen = signed_in(app, gate, "owner"), reached(app)
    for _, address, method, _ in routes(app):
        if method not in ("GET", "HEAD"):
            assert client.open(address, method=method, headers=headers).status_code == 403
    assert seen == []


def test_a_route_without_a_rule_is_there_for_nobody(app, gate, monkeypatch):
    monkeypatch.delitem(RULES, "networks")
    for role in ("anonymous", "owner"):
        for address in ("/networks", "/networks.json"):
            assert signed_in(app, gate, role).get(address).status_code == 404


def test_whoever_has_to_sign_in_is_led_there_and_back(app):
    answer = browser(app).get("/account")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account")


def test_who_is_no_owner_reads_one_edition_whatever_the_role(app, gate):
    first, *others = [signed_in(app, gate, role) for role in ("viewer", "member", "organizer")]
    east, hidden = leader("east0"), leader("west6")
    for address in (
        "/index.json", "/networks.json", f"/networks/{EAST}.json", f"/leaders/{leader('west5')}.json", "/review.json",
        f"/leaders/{east}.json", f"/leaders/{hidden}.json", "/atlas.json?level=people", "/search.json?q=person",
        "/introductions/board.json", "/changes.json",
    ):  # fmt: skip
        expected = first.get(address)
        for somebody in others:
            answer = somebody.get(address)
            assert (answer.status_code, answer.data) == (expected.status_code, expected.data), address


def test_an_owner_sees_everybody_who_is_not_hidden(app, gate):
    owner = signed_in(app, gate, "owner")
    assert owner.get(f"/leaders/{leader('east0')}").status_code == 200
    assert owner.get(f"/leaders/{leader('west6')}").status_code == 404
    assert "owner" in owner.get("/about").text.split("site-footer")[1]


def test_closing_an_account_and_a_change_of_role_work_at_once(app, gate):
    owner = signed_in(app, gate, "owner")
    gate.roll.make_owner(signed_in(app, gate, "viewer") and "viewer@x.example", origin="test")
    address = f"/leaders/{leader('east0')}"
    assert owner.get(address).status_code == 200
    gate.roll.close("owner@x.example", origin="test")
    assert owner.get(address).status_code == 404
    assert signed_in(app, gate, "viewer").get(address).status_code == 200


def test_headers_of_proxies_make_nobody_anybody(app):
    forged = {
        "X-Forwarded-For": "127.0.0.1",
        "Forwarded": "for=127.0.0.1;host=localhost",
        "X-Forwarded-Host": "x.example",
    }
    answer = browser(app, "127.0.0.1").get(f"/leaders/{leader('east0')}", headers=forged)
    assert answer.status_code == 404
    assert answer.headers["Strict-Transport-Security"] and ORIGIN not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "evil.example", "map.school.example.evil.example"])
def test_a_shared_map_answers_to_its_own_names_only(app, host):
    assert browser(app).get("/about", headers={"Host": host}).status_code == 400

"""Two OpenID providers: each has a button and a way back of its own, and neither opens what is the other's."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from netofnets.accounts.gate import open_gate
from netofnets.accounts.model import AccountRole
from netofnets.errors import SettingsError
from netofnets.settings import load_settings
from tests.accounts.hostile_provider import CLIENT, SECRET, hostile_provider
from tests.accounts.shared import SHARED
from tests.web.signing import browser
from web.app import create_app
from web.session import COOKIE

NOBODY = "you have no account here"


def two(first: str, second: str) -> dict[str, str]:
    """Two providers, in one order in every setting."""
    return {
        "sign_in": "oidc",
        "oidc_issuer": f"{first} | {second}",
        "oidc_client_id": f"{CLIENT} | {CLIENT}",
        "oidc_client_secret": f"{SECRET} | {SECRET}",
        "oidc_label": "your district account | your university account",
    }


@pytest.fixture
def both(home, gate, tmp_path):
    """Two providers, the application that knows both, and its accounts."""
    with hostile_provider() as first, hostile_provider() as second:
        given = {**SHARED, **two(first.issuer, second.issuer)}
        settings = load_settings(environ={}, home=str(home), **given)
        opened = open_gate(load_settings(environ={}, home=str(tmp_path), **given))
        app = create_app(settings, gate=opened)
        yield (first, second), app, opened
        app.extensions["netofnets-post"].close()
        app.extensions["netofnets-current"].close()


def come_in(client, provider, number):
    """Leave for a provider by its button, and come back by where it leads."""
    left = client.get("/sign-in/oidc" + ("" if number == 1 else f"/{number}"))
    assert left.status_code == 303 and left.location.startswith(provider.issuer)
    return client.get(_path(provider.lead_back(left.location)))


def _path(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_each_of_two_providers_has_a_button_and_a_way_back_of_its_own(both):
    (first, second), app, gate = both
    gate.roll.add("eva@x.example", AccountRole.VIEWER, origin="test")
    for provider, number, sub, address in ((first, 1, "1", "owner@x.example"), (second, 2, "1", "eva@x.example")):
        provider.person = {"sub": sub, "email": address, "email_verified": True}
        client = browser(app)
        page = client.get("/sign-in").text
        assert "Sign in with your district account" in page and "Sign in with your university account" in page
        assert come_in(client, provider, number).status_code == 303
        account = client.get("/account").text
        assert address in account
        assert ("your university account" if number == 2 else "your district account") in account
    for path in ("/sign-in/oidc/1", "/sign-in/oidc/3", "/sign-in/oidc/0", "/sign-in/oidc/1/return"):
        assert browser(app).get(path).status_code == 404


def test_no_provider_opens_what_is_bound_at_the_other_or_was_begun_there(both):
    (first, second), app, gate = both
    person = {"sub": "owner-1", "email": "owner@x.example", "email_verified": True}
    first.person = second.person = person
    assert come_in(browser(app), first, 1).status_code == 303
    refused = come_in(browser(app), second, 2)  # the same subject and the same address, vouched for by another
    assert refused.status_code == 422 and NOBODY in refused.text
    client = browser(app)
    left = client.get("/sign-in/oidc")
    back = _path(first.lead_back(left.location)).replace("/sign-in/oidc/return", "/sign-in/oidc/2/return")
    mixed = client.get(back)  # begun at the first, brought back as the second's
    assert mixed.status_code == 422 and COOKIE not in str(mixed.headers.getlist("Set-Cookie"))
    assert gate.audit.check()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"oidc_client_id": "one"}, "oidc_client_id"),
        ({"oidc_label": "the same | the same"}, "different"),
        ({"oidc_issuer": "https://a.example | https://a.example"}, "different"),
        ({"oidc_client_secret": "a | b | c"}, "oidc_client_secret"),
        ({"oidc_issuer": "https://a.example | http://b.example"}, "https"),
    ],
)
def test_settings_of_two_providers_that_do_not_fit_are_named(gate, tmp_path, change, words):
    given = {**SHARED, **two("https://a.example", "https://b.example"), **change}
    with pytest.raises(SettingsError, match=words):
        open_gate(load_settings(environ={}, home=str(tmp_path), **given))

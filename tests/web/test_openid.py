"""Signing in at a provider that lies, through the real server behind a real nginx: a sentence, and no session."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from netofnets.accounts.gate import RETURN, open_accounts, open_gate
from netofnets.accounts.model import AccountRole
from netofnets.settings import load_settings
from tests.accounts.hostile_provider import CLIENT, SECRET, bare, hostile_provider
from tests.accounts.shared import SHARED
from tests.web.addresses import leader
from tests.web.shared_server import ROOT, Answer, Server, shared_server
from tests.web.signing import ELSEWHERE, browser
from web.app import create_app
from web.openid import BEGUN
from web.session import COOKIE

SECRET_PAGE = f"/leaders/{leader('east0')}"
NOBODY = "you have no account here"


def oidc(issuer: str) -> dict[str, str]:
    return {"sign_in": "oidc", "oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}


@pytest.fixture(scope="module")
def running():
    with hostile_provider() as found:
        yield found


@pytest.fixture
def other(running):
    running.restore()
    running.person = {"sub": "owner-1", "email": "owner@x.example", "email_verified": True}
    return running


@pytest.fixture(scope="module")
def shared_home(home, tmp_path_factory):
    copied = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(home, copied)
    open_accounts(copied).roll.add("owner@x.example", AccountRole.OWNER, origin="test")
    return copied


@pytest.fixture(scope="module")
def server(running, shared_home, tmp_path_factory):
    with shared_server(shared_home, tmp_path_factory.mktemp("nginx"), **oidc(running.issuer)) as found:
        yield found


@dataclass
class Reader:
    """A browser, as far as its cookies go."""

    server: Server
    cookies: dict[str, str]

    def get(self, path: str, *headers: str) -> Answer:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.server.ask(path, *headers, *([f"Cookie: {kept}"] if kept else []))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies = (
                {**self.cookies, name: value} if value else {k: v for k, v in self.cookies.items() if k != name}
            )
        return answer

    def leave(self, next_page: str = "/") -> str:
        """The address at the provider that the button leads to."""
        answer = self.get(f"/sign-in/oidc?next={next_page}", "Sec-Fetch-Site: same-origin")
        assert answer.status == 303 and BEGUN in self.cookies
        return answer.headers["Location"]

    def come(self, address: str) -> Answer:
        return self.get(address.removeprefix(self.server.origin))

    @property
    def is_in(self) -> bool:
        return self.get(SECRET_PAGE).status == 200


@pytest.fixture
def reader(server):
    return Reader(server, {})


def refused(reader, answer, words, status=422):
    assert (answer.status, words in answer.text) == (status, True), answer.text
    assert COOKIE not in reader.cookies and not reader.is_in
    assert answer.text.count('role="alert"') == 1 and 'href="/sign-in/oidc?next=' in answer.text
    return True


def results(home):
    return [entry.result for entry in open_accounts(home).audit.entries() if entry.what == "sign in"]


def test_an_owner_comes_in_and_the_id_of_before_opens_nothing(server, reader, other, shared_home):
    gate = open_gate(load_settings(environ={}, home=str(shared_home), **SHARED))
    planted = gate.sessions.start(gate.roll.get("owner@x.example"), "test")
    reader.cookies = {COOKIE: planted}
    answer = reader.come(other.lead_back(reader.leave("/networks")))
    assert (answer.status, answer.headers["Location"]) == (303, "/networks")
    kept = [line for line in answer.headers.get_all("Set-Cookie") if line.startswith(COOKIE)]
    assert all(part in kept[0] for part in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"))
    assert reader.is_in and reader.cookies.keys() == {COOKIE} and reader.cookies[COOKIE] != planted
    assert Reader(server, {COOKIE: planted}).is_in is False
    assert results(shared_home)[-1] == "oidc" and open_accounts(shared_home).audit.check()
    (listed,) = open_accounts(shared_home).roll.listed()
    assert listed.is_bound
    assert "leaves you signed in there" in reader.get("/account").text


def test_a_replayed_answer_and_a_replayed_code_let_nobody_in(server, reader, other):
    where = other.lead_back(reader.leave())
    begun = dict(reader.cookies)
    assert reader.come(where).status == 303
    thief = Reader(server, begun)  # all that the first browser had, and the whole address
    assert refused(thief, thief.come(where), "came back before")
    other.takes_codes_again = True
    fresh = Reader(server, {})
    code, state = (
        parse_qs(urlsplit(found).query)[name][0] for found, name in ((where, "code"), (fresh.leave(), "state"))
    )
    # The code of one sign-in in another: the provider's challenge or, where it does not look, our nonce says no.
    assert refused(fresh, fresh.get(f"{RETURN}?code={code}&state={state}"), "(invalid_grant)")


def test_a_stolen_code_fails_by_the_nonce_where_the_provider_does_not_look(server, reader, other):
    victims = other.lead_back(reader.leave())
    fresh = Reader(server, {})
    asked = other.lead_back(fresh.leave())
    stolen, own = (parse_qs(urlsplit(found).query) for found in (victims, asked))
    other.granted[own["code"][0]] |= {"nonce": other.granted[stolen["code"][0]]["nonce"]}
    assert refused(fresh, fresh.come(asked), "does not hold")


def test_the_state_of_another_browser_lets_nobody_in_and_ends_nothing(server, reader, other):
    where = other.lead_back(reader.leave())
    victim, stranger = Reader(server, {}), Reader(server, {})
    assert refused(stranger, stranger.come(where), "was not begun in this browser")
    own = other.lead_back(victim.leave())
    assert refused(victim, victim.come(where), "was not begun in this browser")
    assert victim.come(own).status == 303 and victim.is_in
    assert reader.come(where).status == 303 and reader.is_in


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"nonce": "of-another-sign-in"}, "does not hold"),
        ({"aud": "another-client"}, "does not hold"),
        ({"iss": "https://evil.example"}, "does not hold"),
        ({"exp": 1_700_000_000}, "does not hold"),
        ({"email_verified": False}, "does not say that it has verified an email address of yours"),
        ({"sub": "stranger", "email": "stranger@x.example"}, NOBODY),
        ({"sub": "heir", "email": "owner@x.example"}, NOBODY),
    ],
    ids=["nonce", "audience", "issuer", "expired", "unverified", "unknown", "a mailbox that changed hands"],
)
def test_what_does_not_hold_lets_nobody_in(reader, other, shared_home, claims, words):
    first = Reader(reader.server, {})
    assert first.come(other.lead_back(first.leave())).status == 303  # the owner is bound by now
    other.claims = claims
    assert refused(reader, reader.come(other.lead_back(reader.leave("/networks"))), words)
    assert results(shared_home)[-1] == "refused oidc" and len(open_accounts(shared_home).roll.listed()) == 1


def test_unknown_and_handed_on_get_the_same_answer(server, reader, other):
    assert reader.come(other.lead_back(reader.leave())).status == 303
    answers = []
    for claims in ({"sub": "stranger", "email": "stranger@x.example"}, {"sub": "heir", "email": "owner@x.example"}):
        other.claims, fresh = claims, Reader(server, {})
        answers.append(fresh.come(other.lead_back(fresh.leave())))
    assert answers[0].text == answers[1].text and answers[0].status == answers[1].status == 422


def test_a_token_that_nobody_signed_lets_nobody_in(reader, other):
    other.sign = lambda claims: bare(claims, {"alg": "none"})
    assert refused(reader, reader.come(other.lead_back(reader.leave())), "does not hold")


def test_what_the_provider_says_is_one_plain_sentence(reader, other):
    where = other.lead_back(reader.leave("/networks"), error="access_denied", error_description="<b>call us</b>")
    answer = reader.come(where)
    assert refused(reader, answer, "its provider said: access_denied") and "call us" not in answer.text
    assert 'href="/sign-in/oidc?next=/networks"' in answer.text
    where = other.lead_back(reader.leave()) + "&code=another"
    assert refused(reader, reader.come(where), "does not hold")


def test_another_site_does_not_begin_a_sign_in(server, reader):
    for site in ("cross-site", "same-site"):
        answer = reader.get("/sign-in/oidc", f"Sec-Fetch-Site: {site}")
        assert answer.status == 200 and "Set-Cookie" not in answer.headers and "alert" not in answer.text


@pytest.mark.parametrize("asked", [one for one in ELSEWHERE if one.isprintable() and " " not in one])
def test_nobody_is_led_to_another_site_afterwards(reader, other, asked):
    answer = reader.come(other.lead_back(reader.leave(asked)))
    assert (answer.status, answer.headers["Location"]) == (303, "/")


def test_a_provider_that_is_down_is_said_and_the_map_stays_there(shared_home, tmp_path):
    with shared_server(shared_home, tmp_path, **oidc("http://127.0.0.1:9")) as server:
        reader = Reader(server, {})
        for _ in range(2):
            answer = reader.get("/sign-in/oidc")
            assert refused(reader, answer, "does not work at the moment", 503) and BEGUN not in reader.cookies
        assert reader.get("/about").status == 200


def test_after_thirty_beginnings_without_an_end_a_client_waits(home, gate, other, clock, tmp_path):
    settings = load_settings(environ={}, home=str(tmp_path), **{**SHARED, **oidc(other.issuer)})
    gate = open_gate(settings, clock)
    app = create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)
    client = browser(app)
    assert {client.get("/sign-in/oidc").status_code for _ in range(30)} == {303}
    assert client.get("/sign-in/oidc").status_code == 429
    assert browser(app, "192.0.2.9").get("/sign-in/oidc").status_code == 303
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()


def test_the_guide_names_the_address_that_the_provider_leads_back_to():
    guide = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert f"`https://map.school.example{RETURN}`" in guide


def test_where_no_provider_is_named_there_is_no_such_page(home, gate):
    app = create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)
    for path in ("/sign-in/oidc", RETURN):
        assert browser(app).get(path).status_code == 404
    assert "oidc" not in browser(app).get("/sign-in").text
    app.extensions["netofnets-post"].close()
    app.extensions["netofnets-current"].close()

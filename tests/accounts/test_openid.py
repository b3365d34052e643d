"""Signing in at an OpenID provider, against a server with real keys that lies in every way it is told to."""

from __future__ import annotations

import base64
import json
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry, serialize_compact

from netofnets.accounts.gate import open_gate
from netofnets.accounts.provider import Client, Provider
from netofnets.errors import ProviderAway, SignInRefused, TooManyTries
from netofnets.settings import load_settings
from tests.accounts.hostile_provider import CLIENT, SECRET, hostile_provider
from tests.accounts.shared import SHARED

BACK = "https://map.school.example/sign-in/oidc/return"
SENTENCE = "Signing in with your school account"


class Ticking:
    """A clock for how long things are kept."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture(scope="module")
def running():
    with hostile_provider() as found:
        yield found


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    """A gate by the clock of the machine; each sign-in that is begun at it is its test's alone."""
    home = tmp_path_factory.mktemp("gate")
    return open_gate(load_settings(environ={}, home=str(home), **SHARED), serving=False)


@pytest.fixture
def other(running):
    running.restore()
    return running


@pytest.fixture
def ticking():
    return Ticking()


@pytest.fixture
def provider(other, ticking):
    return Provider(Client(other.issuer, CLIENT, SECRET, "your school account", BACK), ticking)


def come_back(gate, provider, other, **more):
    """Begin, sign in there, and come back here."""
    begun = gate.begun.start("/")
    where = other.lead_back(provider.begin(begun), **more)
    answer = dict(parse_qsl(urlsplit(where).query))
    attempt = gate.begun.finish(begun.token, answer["state"])
    return provider.finish(answer, attempt, int(time.time()))


def refusal(gate, provider, other, kind=SignInRefused, **more):
    with pytest.raises(kind) as refused:
        come_back(gate, provider, other, **more)
    assert str(refused.value).startswith(SENTENCE) and type(refused.value) is kind
    return refused.value


def test_the_address_asks_for_a_code_bound_to_this_sign_in(gate, provider, other):
    begun = gate.begun.start("/networks")
    asked = parse_qs(urlsplit(provider.begin(begun)).query)
    assert asked.pop("state") == [begun.state] and asked.pop("nonce") == [begun.nonce]
    assert len(asked.pop("code_challenge")[0]) == 43 and begun.verifier not in provider.begin(begun)
    assert asked == {
        "response_type": ["code"], "client_id": [CLIENT], "redirect_uri": [BACK], "scope": ["openid email"],
        "code_challenge_method": ["S256"],
    }  # fmt: skip
    assert begun.token not in str(begun) and len({begun.state, begun.nonce, begun.verifier}) == 3


def test_who_comes_back_is_known_by_the_issuers_word(gate, provider, other):
    person = come_back(gate, provider, other)
    assert (person.issuer, person.subject, person.address) == (other.issuer, "ada-1", "ada@x.example")
    (sent,) = other.posted
    given = base64.b64decode(sent["Authorization"].removeprefix("Basic ")).decode()
    assert given == f"{CLIENT}:made+up+%2F+with+%2B+and+%25"  # quoted first (RFC 6749, 2.3.1)
    assert sent["redirect_uri"] == BACK and "client_secret" not in sent


def test_where_the_provider_takes_the_secret_in_the_body_only_it_gets_it_there(gate, provider, other):
    other.about["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert come_back(gate, provider, other).subject == "ada-1"
    assert other.posted[0]["client_secret"] == SECRET and not other.posted[0]["Authorization"]


def test_an_address_may_be_told_apart_from_the_token_of_the_same_person_only(gate, provider, other):
    other.in_token = False
    assert come_back(gate, provider, other).address == "ada@x.example"
    other.sign = lambda claims: other.signed({**claims, "sub": "eva-2"})
    assert "somebody else" in refusal(gate, provider, other).why


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "of-another-sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another-client"}, "aud"),
        ({"aud": ["another-client"]}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": [CLIENT, "another-client"]}, "azp"),
        ({"aud": [CLIENT, "another-client"], "azp": "another-client"}, "azp"),
        ({"azp": "another-client"}, "azp"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"exp": NOW - 600}, "exp"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"iat": NOW + 600}, "in the future"),
        ({"iat": NOW - 3600}, "too long ago"),
        ({"iat": None}, "iat"),
        ({"nbf": NOW + 600}, "not yet valid"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 7}, "sub"),
        ({"sub": "x" * 256}, "names nobody"),
        ({"at_hash": "of-another-token"}, "at_hash"),
        ({"email_verified": False}, "unverified address"),
        ({"email_verified": None}, "unverified address"),
        ({"email_verified": "true"}, "unverified address"),
        ({"email": "ada"}, "unverified address"),
        ({"email": ["ada@x.example"]}, "unverified address"),
    ],
)  # fmt: skip
def test_a_token_that_does_not_hold_lets_nobody_in(gate, provider, other, claims, why):
    other.claims = claims
    found = refusal(gate, provider, other)
    assert why in found.why and "ada" not in found.why


def bare(claims, header):
    """A token that nobody signed."""
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in (header, claims)) + "."
    )


STRANGE = RSAKey.generate_key(2048)
FORGERIES = {
    "alg none": lambda o, c: bare(c, {"alg": "none"}),
    "alg None": lambda o, c: bare(c, {"alg": "None", "kid": "first"}),
    "no signature": lambda o, c: o.signed(c).rpartition(".")[0] + ".",
    "other claims under the signature": lambda o, c: ".".join(
        (o.signed(c).split(".")[0], bare({**c, "sub": "x"}, {}).split(".")[1], o.signed(c).split(".")[2])
    ),
    "the key of a stranger": lambda o, c: o.signed(c, STRANGE),
    "a key that the token brings along": lambda o, c: o.signed(c, STRANGE, jwk=STRANGE.as_dict(private=False)),
    "a kid that leads elsewhere": lambda o, c: o.signed(c, STRANGE, kid="../../dev/null"),
    "the secret of the map": lambda o, c: serialize_compact(
        {"alg": "HS256", "kid": "first"}, json.dumps(c), OctKey.import_key(SECRET * 2), ["HS256"]
    ),
    "the public key as a secret": lambda o, c: serialize_compact(
        {"alg": "HS256", "kid": "first"}, json.dumps(c),
        OctKey.import_key(base64.b64encode(o.key.as_der(private=False))), ["HS256"], JWSRegistry(algorithms=["HS256"]),
    ),
    "no token": lambda o, c: "",
    "no json": lambda o, c: serialize_compact({"alg": "RS256", "kid": "first"}, "[" * 9000, o.key, ["RS256"]),
    "a number": lambda o, c: 7,
    "nothing": lambda o, c: None,
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(gate, provider, other, forged):
    other.sign = lambda claims: forged(other, claims)
    assert "token" in refusal(gate, provider, other).why


def test_what_holds_by_a_second_client_or_an_elliptic_key_is_taken(gate, provider, other, monkeypatch):
    other.claims = {"aud": [CLIENT, "another-client"], "azp": CLIENT}
    assert come_back(gate, provider, other).subject == "ada-1"
    monkeypatch.setattr(other, "key", ECKey.generate_key("P-256", {"kid": "second"}))
    provider = Provider(provider._client)
    other.sign = lambda claims: other.signed(claims, alg="ES256", kid="second")
    assert come_back(gate, provider, other).subject == "ada-1"


def test_new_keys_are_looked_for_but_not_at_every_forged_token(gate, provider, other, ticking, monkeypatch):
    assert come_back(gate, provider, other)
    monkeypatch.setattr(other, "key", RSAKey.generate_key(2048, {"kid": "second", "use": "sig"}))
    other.sign = lambda claims: other.signed(claims, kid="second")
    for _ in range(3):
        assert "no key" in refusal(gate, provider, other).why
    assert other.asked.count("/keys") == 1
    ticking.seconds = 61
    assert come_back(gate, provider, other).subject == "ada-1"
    assert other.asked.count("/keys") == 2 and other.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "keys", [[], [{"kty": "oct", "k": "c2VjcmV0"}], ["x"], "x", [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]]
)
def test_keys_that_prove_nothing_are_no_keys(gate, provider, other, keys):
    other.answers["/keys"] = lambda: (200, {}, json.dumps({"keys": keys}).encode())
    assert "no key" in refusal(gate, provider, other, ProviderAway).why


def test_a_code_works_once_and_by_its_own_verifier(gate, provider, other):
    begun, second = gate.begun.start("/"), gate.begun.start("/")
    answer = dict(parse_qsl(urlsplit(other.lead_back(provider.begin(begun))).query))
    with pytest.raises(SignInRefused, match="invalid_grant"):
        provider.finish(answer, second, NOW)  # the code of one sign-in in another
    with pytest.raises(SignInRefused, match="invalid_grant"):
        provider.finish(answer, begun, NOW)  # it was used up
    other.takes_codes_again = True
    answer = dict(parse_qsl(urlsplit(other.lead_back(provider.begin(begun))).query))
    assert all(provider.finish(answer, begun, int(time.time())).subject == "ada-1" for _ in range(2))
    # So it is for us to remember: a sign-in that was begun comes back once.
    assert gate.begun.finish(begun.token, begun.state) and gate.begun.finish(begun.token, begun.state) is None


def test_the_answer_of_another_issuer_is_not_taken_for_this_ones(gate, provider, other):
    assert "another issuer" in refusal(gate, provider, other, iss="https://evil.example").why
    assert come_back(gate, provider, other, iss=other.issuer).subject == "ada-1"
    other.about["authorization_response_iss_parameter_supported"] = True
    assert "another issuer" in refusal(gate, Provider(provider._client), other).why


def test_what_the_provider_says_of_an_error_is_one_plain_word(gate, provider, other):
    found = refusal(gate, provider, other, error="access_denied", error_description="<b>Call +1 555 0100</b>")
    assert str(found) == f"{SENTENCE} came to nothing: its provider said: access_denied"
    assert "its provider said: bbno" in str(refusal(gate, provider, other, error="<b>NO</b> no"))
    assert "no code" in refusal(gate, provider, other, code="").why
    assert "no code" in refusal(gate, provider, other, code="x" * 5000).why


BAD_ABOUT = {
    "issuer": ("https://evil.example", ""),
    "token_endpoint": ("http://evil.example/token", "https://me@x.example/", "file:///etc/passwd", "https://x:y/", 7),
    "jwks_uri": (None, "", "//x.example", "http://localhost/keys", "http://169.254.169.254/"),
    "authorization_endpoint": ("javascript:alert(1)", "http://192.0.2.1/"),
    "userinfo_endpoint": ("http://10.0.0.1/me",),
    "code_challenge_methods_supported": (["plain"],),
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD_ABOUT.items() for value in values])
def test_a_provider_that_publishes_what_cannot_be_trusted_is_not_used(gate, provider, other, name, value):
    other.about[name] = value
    refusal(gate, provider, other, ProviderAway)
    assert other.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token", "/me"])
@pytest.mark.parametrize(
    "answer",
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (200, {}, b"x" * 300_000),
        (200, {}, b"["),
        (200, {}, b"[" * 200_000),
        (200, {}, b"[]"),
        (200, {}, b"\xff\xfe"),
        (200, {"Content-Length": "900"}, b"{}"),
        (503, {}, b"{}"),
    ],
    ids=["a redirect", "too long", "no json", "deep json", "a list", "no text", "broken off", "out of order"],
)
def test_an_answer_past_the_limits_is_no_answer(gate, provider, other, monkeypatch, path, answer):
    monkeypatch.setattr("netofnets.accounts.asking._PATIENCE", 0.3)
    other.in_token = False
    other.answers[path] = lambda: answer
    assert "ada" not in refusal(gate, provider, other, ProviderAway).why


def test_an_answer_that_trickles_is_not_waited_for(gate, provider, other, monkeypatch):
    monkeypatch.setattr("netofnets.accounts.asking._WHOLE", 0.2)

    def trickle():
        while True:  # until the other end hangs up
            yield b"x"
            time.sleep(0.01)

    other.answers["/keys"] = lambda: (200, {}, trickle())
    assert "takes more than" in refusal(gate, provider, other, ProviderAway).why


def test_a_provider_that_is_away_is_not_asked_by_everybody(gate, provider, other, ticking):
    other.answers["/.well-known/openid-configuration"] = lambda: (500, {}, b"")
    for _ in range(3):
        found = refusal(gate, provider, other, ProviderAway)
        ticking.seconds += 4
    assert "a moment ago" in found.why and len(other.asked) == 1
    other.restore()
    assert come_back(gate, provider, other).subject == "ada-1"


def test_more_people_than_turns_are_sent_away(gate, provider, other, monkeypatch):
    monkeypatch.setattr("netofnets.accounts.provider._TURN", 0.01)
    with provider._conversation(), provider._conversation(), provider._conversation():
        with pytest.raises(TooManyTries, match="at this moment"):
            provider.begin(gate.begun.start("/"))
    assert provider.begin(gate.begun.start("/"))

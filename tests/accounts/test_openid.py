"""Signing in at an OpenID provider, against a server with real keys: tokens, codes and keys that do not hold."""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry, serialize_compact

from netofnets.accounts.provider import Provider
from netofnets.errors import ProviderAway, SignInRefused
from tests.accounts.coming_back import BACK, come_back, refusal
from tests.accounts.hostile_provider import CLIENT, SECRET, bare


def test_the_address_asks_for_a_code_bound_to_this_sign_in(begun, provider, other):
    attempt = begun.start("/networks")
    asked = parse_qs(urlsplit(provider.begin(attempt)).query)
    assert asked.pop("state") == [attempt.state] and asked.pop("nonce") == [attempt.nonce]
    assert len(asked.pop("code_challenge")[0]) == 43 and attempt.verifier not in provider.begin(attempt)
    assert asked == {
        "response_type": ["code"], "client_id": [CLIENT], "redirect_uri": [BACK], "scope": ["openid email"],
        "code_challenge_method": ["S256"],
    }  # fmt: skip
    assert attempt.token not in str(attempt) and len({attempt.state, attempt.nonce, attempt.verifier}) == 3


def test_who_comes_back_is_known_by_the_issuers_word(begun, provider, other):
    person = come_back(begun, provider, other)
    assert (person.issuer, person.subject, person.address) == (other.issuer, "ada-1", "ada@x.example")
    (sent,) = other.posted
    given = base64.b64decode(sent["Authorization"].removeprefix("Basic ")).decode()
    assert given == f"{CLIENT}:made+up+%2F+with+%2B+and+%25"  # quoted first (RFC 6749, 2.3.1)
    assert sent["redirect_uri"] == BACK and "client_secret" not in sent


def test_where_the_provider_takes_the_secret_in_the_body_only_it_gets_it_there(begun, provider, other):
    other.about["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert come_back(begun, provider, other).subject == "ada-1"
    assert other.posted[0]["client_secret"] == SECRET and not other.posted[0]["Authorization"]


def test_an_address_may_be_told_apart_from_the_token_of_the_same_person_only(begun, provider, other):
    other.in_token = False
    assert come_back(begun, provider, other).address == "ada@x.example"
    other.sign = lambda claims: other.signed({**claims, "sub": "eva-2"})
    assert "somebody else" in refusal(begun, provider, other).why


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
        ({"iat": NOW + 86_400}, "in the future|not valid yet"),
        ({"iat": NOW - 3600}, "too long ago"),
        ({"iat": None}, "iat"),
        ({"nbf": NOW + 86_400}, "not yet valid|not valid yet"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 7}, "sub|names nobody"),
        ({"sub": "x" * 256}, "names nobody"),
        ({"at_hash": "of-another-token"}, "at_hash"),
        ({"email_verified": False}, "unverified address"),
        ({"email_verified": None}, "unverified address"),
        ({"email_verified": "true"}, "unverified address"),
        ({"email": "ada"}, "unverified address"),
        ({"email": ["ada@x.example"]}, "unverified address"),
    ],
)  # fmt: skip
def test_a_token_that_does_not_hold_lets_nobody_in(begun, provider, other, claims, why):
    other.claims = claims
    found = refusal(begun, provider, other)
    assert re.search(why, found.why) and "ada" not in found.why


def test_addresses_that_the_provider_gives_out_itself_need_not_be_verified_and_others_do(begun, provider, other):
    trusting = Provider(replace(provider._client, domains=("x.example",)))
    other.person = {"sub": "ada-1", "email": "Ada@X.example"}  # as Microsoft Entra ID tells it
    assert "unverified" in refusal(begun, provider, other).why
    assert come_back(begun, trusting, other).address == "ada@x.example"
    for claims in (
        {"email_verified": False},
        {"email": "ada@y.example"},
        {"email": "ada@sub.x.example"},
        {"email": "ada@x.example.evil.example"},
        {"email": "ada@x.example@y.example"},
    ):
        other.claims = claims
        assert "unverified" in refusal(begun, trusting, other).why


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
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(begun, provider, other, forged):
    other.sign = lambda claims: forged(other, claims)
    assert "token" in refusal(begun, provider, other).why


def test_what_holds_by_a_second_client_or_an_elliptic_key_is_taken(begun, provider, other, monkeypatch):
    other.claims = {"aud": [CLIENT, "another-client"], "azp": CLIENT}
    assert come_back(begun, provider, other).subject == "ada-1"
    monkeypatch.setattr(other, "key", ECKey.generate_key("P-256", {"kid": "second"}))
    provider = Provider(provider._client)
    other.sign = lambda claims: other.signed(claims, alg="ES256", kid="second")
    assert come_back(begun, provider, other).subject == "ada-1"


def test_new_keys_are_looked_for_but_not_at_every_forged_token(begun, provider, other, ticking, monkeypatch):
    assert come_back(begun, provider, other)
    monkeypatch.setattr(other, "key", RSAKey.generate_key(2048, {"kid": "second", "use": "sig"}))
    other.sign = lambda claims: other.signed(claims, kid="second")
    for _ in range(3):
        assert "no key" in refusal(begun, provider, other).why
    assert other.asked.count("/keys") == 1
    ticking.seconds = 61
    assert come_back(begun, provider, other).subject == "ada-1"
    assert other.asked.count("/keys") == 2 and other.asked.count("/.well-known/openid-configuration") == 1


def base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()


WEAK = rsa.generate_private_key(65537, 1024).public_key().public_numbers()
NO_KEYS = {
    "none": [],
    "no list": "x",
    "no object": ["x"],
    "a secret": [{"kty": "oct", "k": "c2VjcmV0" * 8, "n": "x" * 400}],
    "another kind": [{"kty": "AKP", "alg": "ML-DSA-44", "pub": "x", "n": "x" * 400}],
    "one to encrypt for": [{**STRANGE.as_dict(private=False), "use": "enc"}],
    "too short": [{"kty": "RSA", "kid": "first", "n": base64url(WEAK.n), "e": base64url(WEAK.e)}],
}


@pytest.mark.parametrize("keys", NO_KEYS.values(), ids=NO_KEYS)
def test_keys_that_prove_nothing_are_no_keys(begun, provider, other, keys):
    other.answers["/keys"] = lambda: (200, {}, json.dumps({"keys": keys}).encode())
    assert "no key" in refusal(begun, provider, other, ProviderAway).why


def test_a_code_works_once_and_by_its_own_verifier(begun, provider, other):
    attempt, second = begun.start("/"), begun.start("/")
    answer = dict(parse_qsl(urlsplit(other.lead_back(provider.begin(attempt))).query))
    with pytest.raises(SignInRefused, match="invalid_grant"):
        provider.finish(answer, second, NOW)  # the code of one sign-in in another
    with pytest.raises(SignInRefused, match="invalid_grant"):
        provider.finish(answer, attempt, NOW)  # it was used up
    other.takes_codes_again = True
    answer = dict(parse_qsl(urlsplit(other.lead_back(provider.begin(attempt))).query))
    assert all(provider.finish(answer, attempt, int(time.time())).subject == "ada-1" for _ in range(2))
    # So it is for us to remember: a sign-in that was attempt comes back once.
    assert begun.finish(attempt.token, attempt.state) and begun.finish(attempt.token, attempt.state) is None


def test_the_answer_of_another_issuer_is_not_taken_for_this_ones(begun, provider, other):
    assert "another issuer" in refusal(begun, provider, other, iss="https://evil.example").why
    assert come_back(begun, provider, other, iss=other.issuer).subject == "ada-1"
    other.about["authorization_response_iss_parameter_supported"] = True
    assert "another issuer" in refusal(begun, Provider(provider._client), other).why

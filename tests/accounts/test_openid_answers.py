"""What an OpenID provider answers past the limits, or not at all, lets nobody in and keeps nobody waiting."""

from __future__ import annotations

import time

import pytest

from netofnets.errors import ProviderAway, TooManyTries
from tests.accounts.coming_back import SENTENCE, come_back, refusal


def test_what_the_provider_says_of_an_error_is_one_plain_word(begun, provider, other):
    found = refusal(begun, provider, other, error="access_denied", error_description="<b>Call +1 555 0100</b>")
    assert str(found) == f"{SENTENCE} came to nothing: its provider said: access_denied"
    assert "its provider said: bbno" in str(refusal(begun, provider, other, error="<b>NO</b> no"))
    assert "no code" in refusal(begun, provider, other, code="").why
    assert "no code" in refusal(begun, provider, other, code="x" * 5000).why


BAD_ABOUT = {
    "issuer": ("https://evil.example", ""),
    "token_endpoint": ("http://evil.example/token", "https://me@x.example/", "file:///etc/passwd", "https://x:y/", 7),
    "jwks_uri": (None, "", "//x.example", "http://localhost/keys", "http://169.254.169.254/"),
    "authorization_endpoint": ("javascript:alert(1)", "http://192.0.2.1/"),
    "userinfo_endpoint": ("http://10.0.0.1/me",),
    "code_challenge_methods_supported": (["plain"],),
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD_ABOUT.items() for value in values])
def test_a_provider_that_publishes_what_cannot_be_trusted_is_not_used(begun, provider, other, name, value):
    other.about[name] = value
    refusal(begun, provider, other, ProviderAway)
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
def test_an_answer_past_the_limits_is_no_answer(begun, provider, other, monkeypatch, path, answer):
    monkeypatch.setattr("netofnets.accounts.asking._PATIENCE", 0.3)
    other.in_token = False
    other.answers[path] = lambda: answer
    assert "ada" not in refusal(begun, provider, other, ProviderAway).why


def test_an_answer_that_trickles_is_not_waited_for(begun, provider, other, monkeypatch):
    monkeypatch.setattr("netofnets.accounts.asking._WHOLE", 0.2)

    def trickle():
        while True:  # until the other end hangs up
            yield b"x"
            time.sleep(0.01)

    other.answers["/keys"] = lambda: (200, {}, trickle())
    assert "takes more than" in refusal(begun, provider, other, ProviderAway).why


def test_a_provider_that_is_away_is_not_asked_by_everybody(begun, provider, other, ticking):
    other.answers["/.well-known/openid-configuration"] = lambda: (500, {}, b"")
    for _ in range(3):
        found = refusal(begun, provider, other, ProviderAway)
        ticking.seconds += 4
    assert "a moment ago" in found.why and len(other.asked) == 1
    other.restore()
    assert come_back(begun, provider, other).subject == "ada-1"


def test_more_people_than_turns_are_sent_away(begun, provider, other, monkeypatch):
    monkeypatch.setattr("netofnets.accounts.provider._TURN", 0.01)
    with provider._conversation(), provider._conversation(), provider._conversation():
        with pytest.raises(TooManyTries, match="at this moment"):
            provider.begin(begun.start("/"))
    assert provider.begin(begun.start("/"))

"""A sign-in at the hostile provider, from its begin here to its end here, without pages."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlsplit

import pytest

from netofnets.accounts.begun import Begun
from netofnets.accounts.database import Database
from netofnets.accounts.keys import Keys
from netofnets.accounts.provider import Client, Provider
from netofnets.errors import SignInRefused
from tests.accounts.hostile_provider import CLIENT, SECRET, hostile_provider
from tests.accounts.shared import SECRET as SECRET_OF_MAP

__all__ = ["BACK", "SENTENCE", "begun", "come_back", "other", "provider", "refusal", "running", "ticking"]

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
def begun(tmp_path_factory):
    """Sign-ins by the clock of the machine; each one that is begun is its test's alone."""
    database = Database(tmp_path_factory.mktemp("begun") / "accounts.sqlite")
    return Begun(database, Keys(bytes.fromhex(SECRET_OF_MAP)))


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


def come_back(begun, provider, other, **more):
    """Begin, sign in there, and come back here."""
    attempt = begun.start("/")
    where = other.lead_back(provider.begin(attempt), **more)
    answer = dict(parse_qsl(urlsplit(where).query))
    attempt = begun.finish(attempt.token, answer["state"])
    return provider.finish(answer, attempt, int(time.time()))


def refusal(begun, provider, other, kind=SignInRefused, **more):
    with pytest.raises(kind) as refused:
        come_back(begun, provider, other, **more)
    assert str(refused.value).startswith(SENTENCE) and type(refused.value) is kind
    return refused.value

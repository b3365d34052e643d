"""The application over a small published folder, as an organizer and as a stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from netofnets.accounts.gate import Gate
from netofnets.settings import load_settings
from tests.accounts.shared import SHARED, clock, gate, quick
from tests.published import publish_copy
from tests.web.graphs import hostile
from web.app import create_app

__all__ = ["app", "apps", "by_hand", "clock", "gate", "home", "open_client", "organizer", "quick", "stranger"]

Open = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the hostile graph published in it."""
    home: Path = tmp_path_factory.mktemp("home")
    publish_copy(hostile().facts(), home)
    return home


@pytest.fixture
def open_client() -> Iterator[Open]:
    """Opens a client on a home; settings as keywords (``viewer=""``: whoever was let in)."""
    opened = []

    def client(home: Path, **settings: str) -> FlaskClient:
        app = create_app(load_settings(environ={}, home=str(home), **{"viewer": "organizer", **settings}))
        opened.append(app)
        return app.test_client()

    yield client
    for app in opened:
        app.extensions["netofnets-current"].close()


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map is made anew when a test says so: no form begins a process that does it in the background."""
    for room in ("mine", "own_word", "disputes"):
        monkeypatch.setattr(f"web.views.{room}.republish", lambda _: None)


@pytest.fixture
def app(home: Path, gate: Gate) -> Iterator[Flask]:
    """The program of a shared map, with the hostile graph."""
    made = create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)
    yield made
    made.extensions["netofnets-post"].close()
    made.extensions["netofnets-current"].close()


@pytest.fixture(scope="session")
def apps(home: Path) -> Iterator[dict[str, Flask]]:
    """By who looks, the application over ``home`` for all tests that ask it and change nothing of it."""
    settings = {who: load_settings(environ={}, home=str(home), viewer=who) for who in ("organizer", "anonymous")}
    made = {who: create_app(known) for who, known in settings.items()}
    yield made
    for app in made.values():
        app.extensions["netofnets-current"].close()


@pytest.fixture
def organizer(apps: dict[str, Flask]) -> FlaskClient:
    """A browser of an organizer; whoever patches what answers opens an application of its own."""
    return apps["organizer"].test_client()


@pytest.fixture
def stranger(apps: dict[str, Flask]) -> FlaskClient:
    """A browser of a stranger, as :func:`organizer`."""
    return apps["anonymous"].test_client()

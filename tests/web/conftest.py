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

__all__ = ["app", "clock", "gate", "home", "open_client", "organizer", "quick", "stranger"]

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
def app(home: Path, gate: Gate) -> Iterator[Flask]:
    """The program of a shared map, with the hostile graph."""
    made = create_app(load_settings(environ={}, home=str(home), **SHARED), gate=gate)
    yield made
    made.extensions["netofnets-post"].close()
    made.extensions["netofnets-current"].close()


@pytest.fixture
def organizer(open_client: Open, home: Path) -> FlaskClient:
    return open_client(home)


@pytest.fixture
def stranger(open_client: Open, home: Path) -> FlaskClient:
    return open_client(home, viewer="anonymous")

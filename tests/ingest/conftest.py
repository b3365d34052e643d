"""Fixtures of the tests of ingest."""

from __future__ import annotations

from pathlib import Path

import pytest

from netofnets.store import open_store
from netofnets.store.base import Store


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    opened = open_store("memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'book.sqlite'}")
    request.addfinalizer(opened.close)
    return opened

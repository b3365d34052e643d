"""The book of record for a moment: pages and forms that need it open it, use it, and let go of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, current_app

from netofnets.accounts.checks import proxies
from netofnets.errors import StoreUnavailable
from netofnets.language import say
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store

__all__ = ["know_settings", "known_settings", "opened_store"]


def know_settings(app: Flask, settings: Settings) -> None:
    """Tell ``app`` its settings, and so where the book of record is, and whom to believe; nothing is opened yet."""
    app.extensions["netofnets-settings"] = settings
    app.extensions["netofnets-proxies"] = proxies(settings)


def known_settings() -> Settings:
    """The settings of the application that answers this request."""
    found: Settings = current_app.extensions["netofnets-settings"]
    return found


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store of the settings, closed at the end of the block.

    Raises :class:`~netofnets.errors.StoreUnavailable` where there is none: looking at a page never makes one.
    """
    settings = known_settings()
    scheme, _, name = settings.store.partition(":")
    if scheme == "sqlite" and name and not Path(name).expanduser().is_file():
        raise StoreUnavailable(
            say(
                "the database that this map was published from is not on this machine, so nothing can be written into "
                "it; name it with --store, or load a roster into it with netofnets ingest"
            )
        )
    store = open_store(settings.store, settings)
    try:
        yield store
    finally:
        store.close()

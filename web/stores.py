"""The book of record for a moment: pages and forms that need it open it, use it, and let go of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask, current_app

from netofnets.accounts.checks import proxies
from netofnets.errors import StoreUnavailable
from netofnets.language import say
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Store

__all__ = ["know_settings", "known_settings", "opened_store", "store_mark"]


def know_settings(app: Flask, settings: Settings) -> None:
    """Tell ``app`` its settings, and so where the book of record is, and whom to believe; nothing is opened yet."""
    app.extensions["netofnets-settings"] = settings
    app.extensions["netofnets-proxies"] = proxies(settings)


def known_settings() -> Settings:
    """The settings of the application that answers this request."""
    found: Settings = current_app.extensions["netofnets-settings"]
    return found


def store_mark() -> str | None:
    """What tells one state of the book of record from another, without opening it; None where only asking it tells.

    Whatever is written into SQLite changes the size or the time of its file, or of the log beside it.
    """
    file = _sqlite_file(known_settings())
    if file is None or not file.is_file():
        return None
    marks = []
    for path in (file, file.with_name(f"{file.name}-wal")):
        with suppress(OSError):
            found = path.stat()
            marks += [f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"] if found.st_size else []
    return ", ".join(marks)


def _sqlite_file(settings: Settings) -> Path | None:
    scheme, _, name = settings.store.partition(":")
    return Path(name).expanduser() if scheme == "sqlite" and name else None


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store of the settings, closed at the end of the block.

    Raises :class:`~netofnets.errors.StoreUnavailable` where there is none: looking at a page never makes one.
    """
    settings = known_settings()
    file = _sqlite_file(settings)
    if file is not None and not file.is_file():
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

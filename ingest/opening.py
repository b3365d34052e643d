"""The store that a load goes into; a trial leaves none behind where there was none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from netofnets.settings import Settings
from netofnets.store.base import Store
from netofnets.store.patience import open_in_time

__all__ = ["opened_for_load"]


@contextmanager
def opened_for_load(settings: Settings, *, dry_run: bool, wait: float = 0.0) -> Iterator[Store]:
    """The store of the settings, closed at the end of the block; its home is made when it is needed.

    Where its server does not answer, it is tried again for ``wait`` seconds.
    """
    url = settings.store
    if dry_run and url.startswith("sqlite:") and not Path(url.removeprefix("sqlite:")).exists():
        url = "memory:"
    elif url.startswith("sqlite:"):
        settings.home.mkdir(parents=True, exist_ok=True)
    store = open_in_time(url, settings, wait, lambda told: click.echo(told, err=True))
    try:
        yield store
    finally:
        store.close()

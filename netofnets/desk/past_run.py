"""Look at the map of a past run: its facts from the store, analysed and published aside."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from netofnets.publish import Publication, publish_aside
from netofnets.services.dated import refuse_many
from netofnets.settings import Settings
from netofnets.store import open_store
from netofnets.store.base import Facts
from netofnets.store.past import facts_after

__all__ = ["publish_run"]


def publish_run(settings: Settings, run: int, folder: Path, parameters: Mapping[str, Any] | None = None) -> Publication:
    """Publish the store of the settings, as it was after ``run``, below ``folder``; what the home shows stays.

    :class:`~netofnets.errors.NotFound` for a run that there is not, :class:`~netofnets.errors.StoreUnavailable` without
    a store, :class:`~netofnets.errors.DayNotReady` with so many people that the analyses take minutes.
    """

    def read() -> Facts:
        with closing(open_store(settings.store, settings, reading=True)) as opened:
            facts = facts_after(opened, run)
        refuse_many(facts.tables["leaders"].num_rows, f"run {run}", f"--as-of-run {run} --store {settings.store}")
        return facts

    return publish_aside(read, settings.home, folder, parameters or {"seed": settings.integer("seed")})

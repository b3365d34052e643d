"""Whether publishing would change nothing, learnt from the number of a run: what that needs is read, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from netofnets.desk.erasures import open_erasures
from netofnets.graph.folders import published_root
from netofnets.graph.manifest import ASKED_FOR, FORMAT, as_published, versions
from netofnets.graph.withheld import withheld_now
from netofnets.settings import Settings
from netofnets.store.restoring import settle_home
from netofnets.store.sqlite.file import last_run_in

__all__ = ["stands_already"]


def stands_already(settings: Settings, parameters: Mapping[str, Any], as_of: str = "") -> tuple[Path, int, str] | None:
    """What is published, its run and the hash of its facts, when it is of the store's last run and asked for like this.

    None where that is not sure: a store that others may edit, an erasure or a publication that was cut off, somebody
    who has withdrawn and is not left out yet, or a publication that is not whole. Then publish.
    """
    settle_home(settings.home)
    if not published_root(settings.home).is_dir():
        return None
    cut_off = any(published_root(settings.home).glob(".writing-*"))
    if cut_off or open_erasures(settings.home) or withheld_now(settings.home):
        return None
    run = last_run_in(settings.store)
    expected = {"format": FORMAT, "run": run, "versions": versions(), ASKED_FOR: dict(parameters)}
    stands = as_published(settings.home, expected, as_of or date.today().isoformat()) if run else None
    return (stands[0], run, stands[1]) if stands and run else None

"""Published folders on disk: one is written aside, switched in whole, and cleared away when nobody reads it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from pathlib import Path

from netofnets.graph.in_use import in_use

__all__ = ["PAST", "clear_away", "clear_past", "linked", "published_root", "switch"]

PAST = ".past"
"""Below the folder of all publications: past runs that somebody looked at on a page, each a home of its own."""


def published_root(home: Path) -> Path:
    """The folder inside ``home`` that holds published folders and the pointer ``CURRENT``."""
    return home / "published"


def switch(work: Path, folder: Path, root: Path) -> None:
    """Make ``work`` the publication ``folder`` and the one that ``CURRENT`` names."""
    _sync(work)
    if folder.exists():
        shutil.rmtree(folder)  # an earlier try that did not get as far as CURRENT
    work.rename(folder)
    pointer = root / f".CURRENT-{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(pointer, root / "CURRENT")


def clear_away(root: Path, standing: Set[str | None], *, keep_old: bool) -> None:
    """Remove the publications that are not ``standing``; with ``keep_old`` those that nobody reads."""
    for folder in root.iterdir():
        manifest = folder / "manifest.json"
        if folder.name not in standing and manifest.is_file() and not (keep_old and in_use(manifest)):
            shutil.rmtree(folder, ignore_errors=True)


def clear_past(root: Path, keep: Set[str] = frozenset()) -> None:
    """Remove the past runs beside a publication, read or not, but for those of these names.

    What follows for them from a new publication, or from a choice that leaves the publication as it was, is worked out
    when one is asked for again.
    """
    for home in (root / PAST).glob("*/"):
        if home.name not in keep:
            shutil.rmtree(home, ignore_errors=True)


def linked(file: str, other: str) -> None:
    """Let ``other`` be the same file, or a copy where that cannot be."""
    try:
        os.link(file, other)  # never written again, so one copy serves both folders
    except OSError:
        shutil.copyfile(file, other)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())

"""Switching a new published folder in, and clearing older ones away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from pathlib import Path

from netofnets.graph.in_use import in_use

__all__ = ["clear_away", "switch"]


def switch(work: Path, folder: Path, root: Path) -> None:
    """Make what was written in ``work`` the current folder; readers see the old one or the new one, never a mixture."""
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
    """Remove the folders that are not ``standing``; with ``keep_old`` those alone that nobody reads any more."""
    for folder in root.iterdir():
        manifest = folder / "manifest.json"
        if folder.name not in standing and manifest.is_file() and not (keep_old and in_use(manifest)):
            shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in filter(Path.is_file, folder.rglob("*")):
        with path.open("rb") as file:
            os.fsync(file.fileno())

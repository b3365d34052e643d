"""The folder of a static site: written beside, put in place whole, and never in place of anything else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from netofnets.errors import SettingsError

__all__ = ["MARK", "check_folder", "put_in_place"]

MARK = "netofnets-site.json"
"""Lists the files of a site, so that the next one knows that nothing else is in the folder."""


def check_folder(folder: Path) -> None:
    """:class:`SettingsError` when ``folder`` holds anything that is not a site of ours, or cannot be replaced."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise SettingsError(f"{folder}: is no folder; name a new one, or one that a site was written to")
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        told = json.loads((folder / MARK).read_text(encoding="utf-8"))
        ours = {str(name) for name in told["files"]}
    except (OSError, ValueError, TypeError, KeyError):
        raise SettingsError(
            f"{folder}: holds something that is not a site of netofnets, and would be lost; name an empty folder"
        ) from None
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    if strange := sorted(there - ours - {MARK}):
        raise SettingsError(f"{folder / strange[0]}: is no file of the site, and would be lost; move it elsewhere")


def put_in_place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside ``folder``, then let them take its place; on an error what stood there stands.

    Raises :class:`SettingsError` like :func:`check_folder`, and when the disk does not take them.
    """
    check_folder(folder)
    work, old = (folder.parent / f".{folder.name}-{what}-{os.getpid()}" for what in ("new", "old"))
    try:
        shutil.rmtree(work, ignore_errors=True)
        for name, content in files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (work / MARK).write_text(json.dumps({"files": sorted(files)}, indent=1) + "\n", encoding="utf-8")
        _swap(work, folder, old)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror or error}; the site there, if any, is as it was") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _swap(work: Path, folder: Path, old: Path) -> None:
    stood = folder.exists()
    if stood:
        folder.rename(old)
    try:
        work.rename(folder)
    except OSError:
        if stood:
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)

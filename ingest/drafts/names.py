"""What the files of past loads were called, for who looks at the history of a home.

Kept beside the files that wait, not in the store: a file may be called by anybody's name, and goes from here with all
else that waits when somebody is erased (:mod:`netofnets.desk.imports`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.report import Report
from netofnets.desk.imports import imports_folder

__all__ = ["names_of_loads", "note_names"]

_FILE = ".names.json"
_MOST = 200  # loads
_FILES = 20  # of one load


def note_names(home: Path, store: str, report: Report) -> None:
    """Remember what the files of a load were called; of a trial, nothing."""
    if report.dry_run or not report.run:
        return
    names = [str(file["name"]) for file in report.files]
    kept = [*_read(home), {"store": store, "run": report.run, "source": report.source, "names": names[:_FILES]}]
    folder = imports_folder(home)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{_FILE}-{os.getpid()}"
    fresh.write_text(json.dumps(kept[-_MOST:], ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    os.replace(fresh, folder / _FILE)


def names_of_loads(home: Path, store: str) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """By run and source, as far as this home loaded them into this store."""
    return {(one["run"], one["source"]): tuple(one["names"]) for one in _read(home) if one["store"] == store}


def _read(home: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads((imports_folder(home) / _FILE).read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) else []

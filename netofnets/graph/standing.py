"""What is published now, and whether publishing again would give the same: by its run alone, or by its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.graph.edition import AUDIENCES
from netofnets.graph.group_counts import LEAST
from netofnets.graph.manifest import PRESENT
from netofnets.graph.published import (
    EARLIER_FILE,
    EARLIER_TIES_FILE,
    GROUPS_FILE,
    LEVELS_FILE,
    READINGS_FILE,
    Published,
)

__all__ = ["current_name", "published_last", "read_as_often", "run_of", "standing"]


def standing(home: Path, manifest: Mapping[str, Any]) -> Path | None:
    """The current folder, when it is whole and publishing again would give the same."""
    with suppress(NotPublished, SnapshotDamaged), Published.current(home) as current:
        hashes, now = (
            {name: (edition["content_hash"], edition["as_of"]) for name, edition in found["editions"].items()}
            for found in (manifest, current.manifest)
        )
        keys = ("versions", "parameters", "judgements", PRESENT)
        same = all(current.manifest.get(key) == manifest.get(key) for key in keys)
        if same and hashes == now:
            current.check()
            return current.folder
    return None


@contextmanager
def published_last(home: Path) -> Iterator[Published | None]:
    """What is published now, for those that go on from it; None when there is nothing that can be read."""
    last = None
    with suppress(NotPublished, SnapshotDamaged):
        last = Published.current(home)
    try:
        yield last
    finally:
        if last:
            last.close()


def current_name(root: Path) -> str:
    """The name of what readers read now; empty when there is nothing."""
    try:
        return (root / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def run_of(stands: Path) -> int:
    """The run that a publication is of: it keeps its number while later runs change nothing."""
    with Published(stands) as found:
        return found.run


def read_as_often(stands: Path, work: Path, asked: str) -> bool:
    """Whether no source was read again since, none said anything else in between, and nobody chose anything else.

    ``asked`` is the audience that is told what was said before, and of whom.
    """
    files = [Path(audience, "facts", READINGS_FILE) for audience in AUDIENCES]
    files += [Path(asked, name) for name in (EARLIER_FILE, EARLIER_TIES_FILE, LEVELS_FILE)]
    files += [Path(audience, GROUPS_FILE) for audience in LEAST]
    return all((stands / f).exists() and (stands / f).read_bytes() == (work / f).read_bytes() for f in files)

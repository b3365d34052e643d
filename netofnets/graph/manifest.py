"""What stands beside published tables: the pointer, the manifest, and whether it is still what a store says.

Nothing here reads a table, so that to learn that nothing has changed costs the start of neither Arrow nor an analysis.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import netofnets
from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.graph.folders import published_root
from netofnets.graph.in_use import Reading
from netofnets.graph.seal import check_seals, name_of

__all__ = [
    "ASKED_FOR",
    "FORMAT",
    "GROUPS_FROM",
    "NEXT_TURN",
    "PRESENT",
    "as_published",
    "current_folder",
    "read_manifest",
    "versions",
]

FORMAT = 8
NEXT_TURN = "next_turn"
"""In a manifest: the day on which something of it begins or is over next; until then it is the same on every day."""
PRESENT = "present"
"""In the manifest of a past run: the folder of the publication of the present, empty when there was none."""
ASKED_FOR = "asked_for"
"""In a manifest: the parameters as they were given; those of all measures follow from them and the version."""
GROUPS_FROM = "groups_from"
"""In a manifest: a digest of what the groups of people who are not shown were counted in."""
_ENGINES = ("numpy", "scipy", "pyarrow", "networkx", "graspologic-native", "scikit-learn")


def versions() -> dict[str, str]:
    """Of what computes: equal ones give equal bytes."""
    return {"netofnets": netofnets.__version__, **{name: version(name) for name in _ENGINES}}


def current_folder(home: Path) -> Path:
    """The folder that ``CURRENT`` points to; :class:`NotPublished` when there is none."""
    pointer = published_root(home) / "CURRENT"
    try:
        return published_root(home) / pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NotPublished(f"nothing is published in {home}; run: netofnets publish") from None


def read_manifest(folder: Path) -> tuple[Reading, dict[str, Any]]:
    """The manifest, and the mark that keeps the folder while it is read; :class:`SnapshotDamaged` if it is not ours."""
    try:
        reading = Reading(folder / "manifest.json")
        text = (folder / "manifest.json").read_text(encoding="utf-8")
        manifest: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{folder}: no readable manifest ({error}); run: netofnets publish") from None
    if manifest.get("format") != FORMAT:
        raise SnapshotDamaged(f"{folder}: written by another version of netofnets; run: netofnets publish")
    if folder.name != name_of(manifest["run"], text):
        raise SnapshotDamaged(f"{folder}: its manifest is not what was published; run: netofnets publish")
    return reading, manifest


def as_published(home: Path, expected: Mapping[str, Any], day: str) -> tuple[Path, str] | None:
    """The current folder and the hash of its facts, when it is whole, says what is ``expected`` and holds on ``day``.

    A run is numbered by its store and changes nothing afterwards: where the run is the same, so are the facts.
    """
    with suppress(NotPublished, SnapshotDamaged):
        folder = current_folder(home)
        reading, told = read_manifest(folder)
        try:
            turn, begun = told.get(NEXT_TURN), max(edition["as_of"] for edition in told["editions"].values())
            same_on_day = turn is not None and begun <= day and (not turn or day < turn)
            if same_on_day and PRESENT not in told and all(told.get(key) == value for key, value in expected.items()):
                for name, edition in told["editions"].items():
                    check_seals(folder / name, edition["files"], edition["files"])
                return folder, str(told["content_hash"])
        finally:
            reading.close()
    return None

"""A past run that is published keeps the publication of the present beside it: the history goes on from that one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.errors import NotPublished, SnapshotDamaged
from netofnets.graph.history import HISTORY, continued
from netofnets.graph.manifest import PRESENT
from netofnets.graph.published import HISTORY_FILE, Published, load_snapshot, published_root, write_table
from netofnets.graph.snapshot import Snapshot

__all__ = ["of_present", "present_name", "write_history"]


def of_present(home: Path) -> Published:
    """What is published of the present: the current folder, or the one beside it; :class:`NotPublished` without any."""
    current = Published.current(home)
    if PRESENT not in current.manifest:
        return current
    current.close()
    if not current.manifest[PRESENT]:
        raise NotPublished(f"nothing but a past run is published in {home}; run: netofnets publish")
    return Published(published_root(home) / str(current.manifest[PRESENT]))


def present_name(home: Path) -> str:
    """The name of that folder; empty when there is none, or none that can be read."""
    try:
        with of_present(home) as present:
            return present.folder.name
    except (NotPublished, SnapshotDamaged):
        return ""


def write_history(home: Path, work: Path, manifest: Mapping[str, Any]) -> None:
    """Continue the history of each edition in ``work`` from that of the present; it begins anew where that is lost.

    That of a past run is what was known then; the public, whose history has no runs, is told none.
    """
    for audience in manifest["editions"]:
        after = load_snapshot(work / audience / "facts")
        table = _history(home, audience, after, int(manifest["run"]), past=PRESENT in manifest)
        write_table(table, work / audience / "facts" / HISTORY_FILE)


def _history(home: Path, audience: str, after: Snapshot, run: int, *, past: bool) -> pa.Table:
    day = date.today().isoformat()
    number = run if audience == "organizers" else 0  # a run may be about people whom others do not see
    try:
        with of_present(home) as present:
            before = present.edition(audience)
            if not past:
                return continued(before.history, before.snapshot, after, number, day)
            told = before.history.filter(pc.less_equal(before.history["run"], number))
            return continued(told, after, after, number, day) if number else HISTORY.empty_table()
    except (NotPublished, SnapshotDamaged):
        return HISTORY.empty_table()

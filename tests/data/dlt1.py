"""The replies of a real course as a snapshot, read straight from its files, and the reference answers from R."""

from __future__ import annotations

import csv
from pathlib import Path

from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import rows


def read(path: Path) -> list[dict[str, str]]:
    """Records end in a bare CR in some of the files; some cells have blanks in front."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    found = csv.DictReader(text.split("\n"))
    return [{key: (value or "").strip() for key, value in record.items() if key} for record in found]


def dlt1(data: Path) -> Snapshot:
    people = read(data / "dlt1" / "dlt1-nodes.csv")
    replies = read(data / "dlt1" / "dlt1-edges.csv")
    groups = sorted({p["group"] for p in people} - {""})
    return Snapshot.build(
        {
            "leaders": rows(
                "leaders", [{"id": p["UID"], "name": p["UID"], "region": p["region"] or None} for p in people]
            ),
            "networks": rows("networks", [{"id": g, "name": g, "kind": "discussion group"} for g in groups]),
            "memberships": rows(
                "memberships",
                [{"id": f"m{p['UID']}", "from_id": p["UID"], "to_id": p["group"]} for p in people if p["group"]],
            ),
            "collaborations": rows(
                "collaborations",
                [{"id": f"c{i}", "from_id": r["Sender"], "to_id": r["Receiver"]} for i, r in enumerate(replies)],
            ),
        }
    )


def reference(data: Path, name: str) -> dict[str, dict[str, str]]:
    return {record["id"]: record for record in read(data / "dlt1" / name)}

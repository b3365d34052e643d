"""Two maps unlike the example, for whoever looks at pages: a real course, and three made-up rosters that share three.

Each is loaded and published once for all workers (``tests/published.py``).
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from netofnets.cli import netofnets_command
from tests.cases.conftest import command
from tests.conftest import ROOT
from tests.published import copy_of

__all__ = ["SHARED", "course_home", "three_home", "where_to_look"]

SHARED = ("Ida Moss", "Tom Reed", "Zoe Green")  # made up, as everybody in these rosters is
_TOPICS = ("reading aloud; phonics", "fractions", "outdoor learning; reading aloud", "")


def three_home(home: Path) -> Path:
    """Rosters of 12, 17 and 14 people: two are in the first and the second, one is in the second and the third.

    One cell is wrong: a day that there is not.
    """
    return copy_of(_three, home)


def course_home(home: Path, data: Path) -> Path:
    """The course MOOC-Ed DLT1: 445 people in six discussion groups and who replied to whom; nobody is in two groups."""
    return copy_of(_course, home, str(data))


def _three(home: Path) -> None:
    rosters = {
        "Rural Hub": ("Rural", 10, ("Zoe Green", "Ida Moss")),
        "Science Leads": ("Science", 14, SHARED),
        "Book Circle": ("Book", 13, ("Tom Reed",)),
    }
    for network, (prefix, count, both) in rosters.items():
        rows = [_row(f"{prefix} Person{i:02d}", i) for i in range(count)] + [_row(name, 0) for name in both]
        if prefix == "Book":
            rows[3]["start"] = "2024-02-31"
        file = home / f"{prefix.lower()}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows({**row, "network": network} for row in rows)
        done = CliRunner().invoke(
            netofnets_command, ["ingest", str(file), "--source", prefix.lower(), "--home", str(home)]
        )
        assert done.exit_code == (3 if prefix == "Book" else 0), done.output  # something was put aside
        file.unlink()
    command("publish", "--home", str(home))


def _row(name: str, at: int) -> dict[str, str]:
    address = name.replace(" ", ".").lower() + "@made-up.example"
    school = f"Made-up School {at % 5}"
    return {
        "name": name,
        "email": address,
        "school": school,
        "interests": _TOPICS[at % 4],
        "start": "2023-09-01",
        "network": "",
    }


def _course(home: Path, data: str) -> None:
    files = [str(Path(data) / "dlt1" / name) for name in ("dlt1-nodes.csv", "dlt1-edges.csv")]
    mapping = ROOT / "examples" / "mappings" / "mooc-ed-dlt1.toml"
    command("ingest", *files, "--mapping", str(mapping), "--home", str(home))
    command("publish", "--home", str(home))


def where_to_look(twin: Any) -> dict[str, str]:
    """An address of each page whose content depends on the data; ``twin(path)`` answers with the JSON of a page."""
    first, second = [b["leader"]["id"] for b in twin("/bridges.json")["report"]["leaders"][:2]]
    one, other = [row["network"]["id"] for row in twin("/networks.json")["list"]["rows"][:2]]
    named = twin(f"/leaders/{first}.json")["profile"]["interests"]
    found = {
        "front": "/",
        "networks on the map": "/atlas",
        "people on the map": "/atlas?level=people",
        "somebody on the map": f"/atlas?level=people&select={first}",
        "bridges": "/bridges",
        "overlap": "/overlap",
        "gaps": "/gaps",
        "introductions": "/introductions",
        "communities": "/communities",
        "networks": "/networks",
        "network": f"/networks/{one}",
        "leader": f"/leaders/{first}",
        "map of a leader": f"/leaders/{first}/map",
        "map of two networks": f"/overlap/map?first={one}&second={other}",
        "map of ways": f"/paths/map?from={first}&to={second}",
        "whom to convene": "/convene",
        "what if": f"/what-if?without={first}",
        "search": "/search?q=reading",
        "briefing": "/briefing",
        "tables": "/tables",
        "table": "/tables/overlap",
        "changes": "/changes",
    }
    if named:
        found["map of an interest"] = f"/interests/{named[0]['interest']['id']}/map"
    return found

"""CPU time and memory of ``netofnets publish`` by what has changed since the last time, beside publishing it fresh.

    python -m benchmarks.changed_publish --synth ../shared/tools/synth_networks.py --people 10000 100000

The planted networks are loaded from a roster with ``netofnets ingest``, and each figure is the command that a user
types, with start and imports. ``fresh``: nothing was published before. ``nothing``: the same again. ``school``: one
person's school is corrected in the roster, and loaded. ``membership``: one person is in one network more. ``afresh``:
the same facts computed again at will. ``audience``: fresh, when everybody may be seen by whoever has signed in, who
then sees the same ties as organizers. Ratios are those to ``fresh`` of the same run; memory is the highest resident set
of the process in MiB.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.load_memory import command
from benchmarks.roster_load import write_roster
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.settings import load_settings
from netofnets.store import open_store

Row = list[str]
Figure = tuple[float, float]


def measure(synth: Path, people: int, seed: int) -> dict[str, object]:
    """One size."""
    with tempfile.TemporaryDirectory() as folder:
        roster, home = Path(folder) / "roster.csv", Path(folder) / "home"
        write_roster(synth, people, seed, roster)
        load, publish = _words("ingest", roster, home), ["publish", "--home", str(home)]
        command(*load)
        found = {"fresh": command(*publish), "nothing": command(*publish)}
        for name, change in (("school", _corrected), ("membership", _joined)):
            _rewrite(roster, change)
            command(*load)
            found[name] = command(*publish)
        found["afresh"] = command(*publish, "--afresh")
        _show_everybody(home)
        shutil.rmtree(home / "published")
        found["audience"] = command(*publish)
    return {"people": people, **_told(found)}


def _words(name: str, roster: Path, home: Path) -> list[str]:
    return [name, str(roster), "--source", "bench", "--home", str(home)]


def _told(found: dict[str, Figure]) -> dict[str, float]:
    fresh = found["fresh"][1]
    told: dict[str, float] = {}
    for name, (peak, cpu) in found.items():
        told |= {f"{name}_cpu_s": round(cpu, 2), f"{name}_mib": round(peak), f"{name}_ratio": round(cpu / fresh, 3)}
    return told


def _rewrite(roster: Path, change: Callable[[list[Row]], None]) -> None:
    with roster.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    change(rows)
    with roster.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def _corrected(rows: list[Row]) -> None:
    """One cell of one person, in each row about them."""
    for row in rows:
        if row[0] == rows[0][0]:
            row[3] = "School that was spelled wrongly"


def _joined(rows: list[Row]) -> None:
    own = {row[6] for row in rows if row[0] == rows[0][0]}
    other = next(row for row in rows if row[6] not in own)
    rows.append([*rows[0][:6], *other[6:]])


def _show_everybody(home: Path) -> None:
    settings = load_settings(home=str(home))
    store = open_store(settings.store, settings)
    with store.writer("bench") as writer:
        people = sorted(claim.key for claim in writer.leaders())
    store.choose(VisibilityChoice(one, Visibility.SIGNED_IN, "bench", "measured") for one in people)
    store.close()


def main() -> None:
    """Run and print one line of JSON for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--synth", type=Path, required=True, help="path of synth_networks.py")
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for people in given.people:
        print(json.dumps(measure(given.synth, people, given.seed)), flush=True)


if __name__ == "__main__":
    main()

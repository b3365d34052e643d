"""The workbook of the Lantern family: one sheet of people, one of their memberships in the chapters."""

from __future__ import annotations

from datetime import date

from examples.generator.tables import Line, lines_of, rows_with_mistakes, tags
from examples.generator.world import World
from netofnets.export.workbook import Cell, workbook

__all__ = ["CHAPTERS", "lantern_files"]

CHAPTERS: dict[str, str] = {
    "lantern": "All",
    "lantern-coast": "Coast",
    "lantern-highlands": "Highlands",
    "lantern-rivers": "Rivers",
}
_FILE = "lantern.xlsx"
_PEOPLE = ("ID", "Name", "Email", "School", "Region", "Country", "Specialities")
_MEMBERSHIPS = ("Person", "Chapter", "Role", "From", "To")


def lantern_files(world: World) -> dict[str, bytes]:
    """The workbook."""
    lines = lines_of(world, "lantern", _FILE)
    people = {line.person.number: _person(line) for line in sorted(lines, key=lambda line: line.person.number)}
    return {
        _FILE: workbook(
            {
                "People": rows_with_mistakes(f"{_FILE}/People", _PEOPLE, people.values()),
                "Memberships": _with_dates(
                    rows_with_mistakes(f"{_FILE}/Memberships", _MEMBERSHIPS, map(_membership, lines))
                ),
            }
        )
    }


def _local(line: Line) -> str:
    return f"L{line.person.number:04d}"


def _person(line: Line) -> list[str]:
    person = line.person
    where = (person.school, person.region.name, person.region.country)
    return [_local(line), line.name, line.seen.email, *where, tags(line, ", ")]


def _membership(line: Line) -> list[str]:
    spell = line.membership
    end = spell.end.isoformat() if spell.end else ""
    return [_local(line), CHAPTERS[spell.network], spell.role, spell.start.isoformat(), end]


def _with_dates(table: list[list[str]]) -> list[list[Cell]]:
    """The table with real dates in the columns From and To, as a spreadsheet program keeps them."""
    return [[date.fromisoformat(c) if c[:2] == "20" and len(c) == 10 else c for c in row] for row in table]

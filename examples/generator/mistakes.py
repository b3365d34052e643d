"""The rows that are wrong on purpose, so that a reader sees what happens to such rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["MISTAKES", "Mistake", "mistakes_in"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong row: the cells under the headers of its file, and what is wrong in words."""

    file: str  # for a workbook: file/sheet
    wrong: str
    cells: Mapping[str, str]


MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        "partnerships.csv",
        "a network that is not in the register",
        {"network": "no-such-network", "partner": "P04", "brings": "rooms", "since": "2021-05-01"},
    ),
    Mistake(
        "rural-schools.csv",
        "nobody's name",
        {
            "Group": "Multigrade",
            "School": "Larkfield Primary School",
            "Since": "04/09/2021",
            "Interests": "team teaching",
        },
    ),
    Mistake(
        "rural-schools.csv",
        "a last day that does not exist",
        {
            "Group": "Small Schools",
            "Teacher": "Row WithBadDate",
            "School": "Mossbrook Community School",
            "Since": "01/02/2021",
            "Until": "31/02/2022",
        },
    ),
    Mistake(
        "city-schools.csv",
        "no network",
        {"Surname": "WithoutNetwork", "Given name": "Row", "Mail": "row.without@reedbank.example"},
    ),
    Mistake(
        "city-schools.csv",
        "an end before the start",
        {
            "Network": "Every Block",
            "Surname": "WithReversedDates",
            "Given name": "Row",
            "From": "01.09.2022",
            "Until": "31.08.2020",
        },
    ),
    Mistake(
        "lantern.xlsx/Memberships",
        "a person who is not on the other sheet",
        {"Person": "L9999", "Chapter": "Coast", "Role": "member", "From": "2021-09-01"},
    ),
    Mistake(
        "lesson-study-visits.csv",
        "a visitor whom the roster does not know",
        {"Visitor": "nobody@quillgate.example", "Visited": "also-nobody@quillgate.example", "Day": "2024-03-11"},
    ),
    Mistake(
        "global-classrooms.csv",
        "an address without a name",
        {"E-mail": "row.without.name@reedbank.example", "Country": "Kenya", "Since": "2023-12-01"},
    ),
)


def mistakes_in(file: str) -> list[Mistake]:
    """The mistakes that belong into a file."""
    return [mistake for mistake in MISTAKES if mistake.file == file]

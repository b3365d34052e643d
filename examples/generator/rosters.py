"""The rosters that one or several networks keep as delimited text, each with its own headers and habits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from examples.generator.spelling import spelled
from examples.generator.tables import Column, Line, Office, lines_of, tags, written
from examples.generator.world import World

__all__ = ["PROGRAMMES", "ROSTERS", "Roster", "roster_bytes", "roster_files"]

# What the rosters of several networks call each of them; the mapping files translate it into ids of the register.
PROGRAMMES: dict[str, str] = {
    "small-schools": "Small Schools",
    "multigrade": "Multigrade",
    "prairie": "Prairie & Plateau",
    "open-door": "Open Door",
    "every-block": "Every Block",
    "two-tongues": "Two Tongues",
    "inclusive-practice": "IPC",
    "calm-classrooms": "Calm",
    "policy-forum": "Policy Forum",
    "hybrid-roles": "Hybrid Roles",
}


@dataclass(frozen=True, slots=True)
class Roster:
    """One file of one source: what its columns are called and hold, who writes it, and in which order."""

    source: str
    file: str
    columns: Mapping[str, Column]
    office: Office = Office()
    in_order_of: Callable[[Line], tuple[str, ...]] | None = None  # None: an order that means nothing


def roster_files(world: World) -> dict[str, bytes]:
    """File name to bytes, for every roster that is delimited text and stands alone."""
    return {roster.file: roster_bytes(world, roster) for roster in ROSTERS}


def roster_bytes(world: World, roster: Roster) -> bytes:
    """The file of a roster."""
    lines = lines_of(world, roster.source, roster.file)
    if roster.in_order_of:
        lines = sorted(lines, key=roster.in_order_of)
    return written(roster.file, roster.columns, lines, roster.office)


def _day(day: date | None, pattern: str) -> str:
    return "" if day is None else day.strftime(pattern)


def _start(pattern: str) -> Column:
    return lambda line: _day(line.membership.start, pattern)


def _end(pattern: str) -> Column:
    return lambda line: _day(line.membership.end, pattern)


def _programme(line: Line) -> str:
    return PROGRAMMES[line.membership.network]


def _tags(separator: str) -> Column:
    return lambda line: tags(line, separator)


ROSTERS: tuple[Roster, ...] = (
    Roster(
        "hearthlight",
        "hearthlight-members.csv",
        {
            "Name": lambda line: line.name,
            "E-mail": lambda line: line.seen.email,
            "Works at": lambda line: line.person.school,
            "Town": lambda line: line.person.town,
            "Region": lambda line: line.person.region.name,
            "Grades": lambda line: line.person.grades,
            "Topics": _tags("; "),
            "Part": lambda line: line.membership.role,
            "Joined": _start("%Y-%m-%d"),
            "Left": _end("%Y-%m-%d"),
        },
    ),
    Roster(
        "rural-schools",
        "rural-schools.csv",
        {
            "Group": _programme,
            "Teacher": lambda line: line.name,
            "Email": lambda line: line.seen.email,
            "School": lambda line: line.person.school,
            "State or province": lambda line: line.person.region.name,
            "Since": _start("%d/%m/%Y"),
            "Until": _end("%d/%m/%Y"),
            "Role": lambda line: line.membership.role,
            "Interests": _tags(";"),
        },
        Office(encoding="cp1252"),
    ),
    Roster(
        "storyline",
        "storyline-people.csv",
        {
            "First name": lambda line: line.seen.given,
            "Last name": lambda line: line.seen.family,
            "Contact": lambda line: f"mailto:{line.seen.email}" if line.seen.email else "",
            "School": lambda line: line.person.school,
            "City": lambda line: line.person.town,
            "Country": lambda line: line.person.region.country,
            "Reading interests": _tags(", "),
            "I can help with": lambda line: spelled(line.draw, line.person.offers),
            "I am looking for": lambda line: spelled(line.draw, line.person.seeks),
            "Member since": _start("%Y"),
            "Left in": _end("%Y"),
        },
        Office(encoding="utf-8-sig"),
    ),
    Roster(
        "city-schools",
        "city-schools.csv",
        {
            "Network": _programme,
            "Surname": lambda line: line.seen.family,
            "Given name": lambda line: line.seen.given,
            "Mail": lambda line: line.seen.email,
            "Workplace": lambda line: line.person.school,
            "Role": lambda line: line.membership.role,
            "From": _start("%d.%m.%Y"),
            "Until": _end("%d.%m.%Y"),
            "Tags": _tags(", "),
        },
        Office(delimiter=";", newline="\r\n"),
    ),
    Roster(
        "metro-mentors",
        "metro-mentors.csv",
        {
            "Mentor": lambda line: f"{line.seen.family}, {line.seen.given}",
            "Email address": lambda line: line.seen.email or "n/a",
            "School": lambda line: line.person.school,
            "Years in education": lambda line: line.person.experience,
            "Started": _start("%m/%d/%Y"),
            "Stopped": _end("%m/%d/%Y"),
            "Topics": _tags(";"),
        },
        in_order_of=lambda line: (line.seen.family, line.seen.given),
    ),
    Roster(
        "inclusion",
        "inclusion.csv",
        {
            "Full name": lambda line: line.name,
            "Email": lambda line: line.seen.email,
            "Group": _programme,
            "School": lambda line: line.person.school,
            "Country code": lambda line: line.person.region.code,
            "Wants contact": lambda line: "x" if line.person.connect else "",
            "Joined": _start("%Y-%m-%d"),
            "Topics": _tags("; "),
        },
        Office(encoding="utf-8-sig"),
    ),
    Roster(
        "quiet-bell",
        "quiet-bell.csv",
        {
            "Name": lambda line: line.name,
            "Mail": lambda line: line.seen.email,
            "School": lambda line: line.person.school,
            "Joined": _start("%Y-%m"),
        },
    ),
    Roster(
        "many-minds",
        "many-minds.csv",
        {
            "name": lambda line: line.name,
            "mail": lambda line: line.seen.email,
            "school": lambda line: line.person.school,
            "reads about": _tags(" / "),
            "since": _start("%Y-%m-%d"),
        },
        Office(delimiter="\t"),
    ),
    Roster(
        "global-classrooms",
        "global-classrooms.csv",
        {
            "Name": lambda line: line.name,
            "E-mail": lambda line: line.seen.email,
            "School": lambda line: line.person.school,
            "Place": lambda line: line.person.town,
            "Country": lambda line: line.person.region.country,
            "Time zone": lambda line: line.person.region.time_zone,
            "Languages": lambda line: ", ".join(line.person.region.languages),
            "Interests": _tags(", "),
            "Since": _start("%Y-%m-%d"),
        },
    ),
    Roster(
        "saltmarsh",
        "saltmarsh.csv",
        {
            "Who": lambda line: line.name,
            "Address": lambda line: line.seen.email,
            "School": lambda line: line.person.school,
            "Class": lambda line: line.person.grades,
            "Likes": _tags(" & "),
            "Since": _start("%Y-%m-%d"),
        },
    ),
    Roster(
        "boat-and-bus",
        "boat-and-bus.csv",
        {
            "name": lambda line: line.name,
            "email": lambda line: line.seen.email,
            "school": lambda line: line.person.school,
            "region": lambda line: line.person.region.name,
            "role": lambda line: line.membership.role,
            "start": _start("%Y-%m-%d"),
            "end": _end("%Y-%m-%d"),
            "interests": _tags(";"),
        },
    ),
)

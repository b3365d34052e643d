"""The rosters that one or several networks keep as delimited text, each with its own headers and habits."""

from __future__ import annotations

from datetime import date

from ingest.example_data.spelling import spelled
from ingest.example_data.tables import Column, Line, Office, lines_of, tags, written
from ingest.example_data.world import World

__all__ = ["PROGRAMMES", "roster_files"]

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


def roster_files(world: World) -> dict[str, bytes]:
    """File name to bytes, for every roster that is delimited text and stands alone."""
    makers = (
        _hearthlight,
        _rural_schools,
        _storyline,
        _city_schools,
        _metro_mentors,
        _inclusion,
        _quiet_bell,
        _many_minds,
        _global_classrooms,
        _saltmarsh,
        _boat_and_bus,
    )
    return dict(maker(world) for maker in makers)


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


def _hearthlight(world: World) -> tuple[str, bytes]:
    file = "hearthlight-members.csv"
    columns: dict[str, Column] = {
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
    }
    return file, written(file, columns, lines_of(world, "hearthlight", file))


def _rural_schools(world: World) -> tuple[str, bytes]:
    file = "rural-schools.csv"
    columns: dict[str, Column] = {
        "Group": _programme,
        "Teacher": lambda line: line.name,
        "Email": lambda line: line.seen.email,
        "School": lambda line: line.person.school,
        "State or province": lambda line: line.person.region.name,
        "Since": _start("%d/%m/%Y"),
        "Until": _end("%d/%m/%Y"),
        "Role": lambda line: line.membership.role,
        "Interests": _tags(";"),
    }
    return file, written(file, columns, lines_of(world, "rural-schools", file), Office(encoding="cp1252"))


def _storyline(world: World) -> tuple[str, bytes]:
    file = "storyline-people.csv"
    columns: dict[str, Column] = {
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
    }
    return file, written(file, columns, lines_of(world, "storyline", file), Office(encoding="utf-8-sig"))


def _city_schools(world: World) -> tuple[str, bytes]:
    file = "city-schools.csv"
    columns: dict[str, Column] = {
        "Network": _programme,
        "Surname": lambda line: line.seen.family,
        "Given name": lambda line: line.seen.given,
        "Mail": lambda line: line.seen.email,
        "Workplace": lambda line: line.person.school,
        "Role": lambda line: line.membership.role,
        "From": _start("%d.%m.%Y"),
        "Until": _end("%d.%m.%Y"),
        "Tags": _tags(", "),
    }
    office = Office(delimiter=";", newline="\r\n")
    return file, written(file, columns, lines_of(world, "city-schools", file), office)


def _metro_mentors(world: World) -> tuple[str, bytes]:
    file = "metro-mentors.csv"
    columns: dict[str, Column] = {
        "Mentor": lambda line: f"{line.seen.family}, {line.seen.given}",
        "Email address": lambda line: line.seen.email or "n/a",
        "School": lambda line: line.person.school,
        "Years in education": lambda line: line.person.experience,
        "Started": _start("%m/%d/%Y"),
        "Stopped": _end("%m/%d/%Y"),
        "Topics": _tags(";"),
    }
    lines = sorted(lines_of(world, "metro-mentors", file), key=lambda line: (line.seen.family, line.seen.given))
    return file, written(file, columns, lines)


def _inclusion(world: World) -> tuple[str, bytes]:
    file = "inclusion.csv"
    columns: dict[str, Column] = {
        "Full name": lambda line: line.name,
        "Email": lambda line: line.seen.email,
        "Group": _programme,
        "School": lambda line: line.person.school,
        "Country code": lambda line: line.person.region.code,
        "Wants contact": lambda line: "x" if line.person.connect else "",
        "Joined": _start("%Y-%m-%d"),
        "Topics": _tags("; "),
    }
    return file, written(file, columns, lines_of(world, "inclusion", file), Office(encoding="utf-8-sig"))


def _quiet_bell(world: World) -> tuple[str, bytes]:
    file = "quiet-bell.csv"
    columns: dict[str, Column] = {
        "Name": lambda line: line.name,
        "Mail": lambda line: line.seen.email,
        "School": lambda line: line.person.school,
        "Joined": _start("%Y-%m"),
    }
    return file, written(file, columns, lines_of(world, "quiet-bell", file))


def _many_minds(world: World) -> tuple[str, bytes]:
    file = "many-minds.csv"
    columns: dict[str, Column] = {
        "name": lambda line: line.name,
        "mail": lambda line: line.seen.email,
        "school": lambda line: line.person.school,
        "reads about": _tags(" / "),
        "since": _start("%Y-%m-%d"),
    }
    return file, written(file, columns, lines_of(world, "many-minds", file), Office(delimiter="\t"))


def _global_classrooms(world: World) -> tuple[str, bytes]:
    file = "global-classrooms.csv"
    columns: dict[str, Column] = {
        "Name": lambda line: line.name,
        "E-mail": lambda line: line.seen.email,
        "School": lambda line: line.person.school,
        "Place": lambda line: line.person.town,
        "Country": lambda line: line.person.region.country,
        "Time zone": lambda line: line.person.region.time_zone,
        "Languages": lambda line: ", ".join(line.person.region.languages),
        "Interests": _tags(", "),
        "Since": _start("%Y-%m-%d"),
    }
    return file, written(file, columns, lines_of(world, "global-classrooms", file))


def _saltmarsh(world: World) -> tuple[str, bytes]:
    file = "saltmarsh.csv"
    columns: dict[str, Column] = {
        "Who": lambda line: line.name,
        "Address": lambda line: line.seen.email,
        "School": lambda line: line.person.school,
        "Class": lambda line: line.person.grades,
        "Likes": _tags(" & "),
        "Since": _start("%Y-%m-%d"),
    }
    return file, written(file, columns, lines_of(world, "saltmarsh", file))


def _boat_and_bus(world: World) -> tuple[str, bytes]:
    file = "boat-and-bus.csv"
    columns: dict[str, Column] = {
        "name": lambda line: line.name,
        "email": lambda line: line.seen.email,
        "school": lambda line: line.person.school,
        "region": lambda line: line.person.region.name,
        "role": lambda line: line.membership.role,
        "start": _start("%Y-%m-%d"),
        "end": _end("%Y-%m-%d"),
        "interests": _tags(";"),
    }
    return file, written(file, columns, lines_of(world, "boat-and-bus", file))

"""Rosters that come with a second table: who mentored, visited and led with whom, and what people came to."""

from __future__ import annotations

from datetime import date

from examples.generator.credentials import holding
from examples.generator.draw import Draw
from examples.generator.networks import COMMONS
from examples.generator.rosters import PROGRAMMES, Roster, roster_bytes
from examples.generator.spelling import spelled
from examples.generator.tables import (
    Column,
    Line,
    Office,
    draw_for,
    encoded,
    lines_of,
    rows_with_mistakes,
    tags,
    written,
)
from examples.generator.world import World

__all__ = ["EVENTS", "linked_files"]

EVENTS: tuple[tuple[str, str, str, str], ...] = (
    ("SM22", "Summer Meeting 2022", "conference", "2022-07-11"),
    ("SM23", "Summer Meeting 2023", "conference", "2023-07-10"),
    ("SM24", "Summer Meeting 2024", "conference", "2024-07-15"),
    ("WR23", "Workshop on Writing for the Public", "workshop", "2023-11-04"),
    ("RD24", "Read-Aloud Day", "campaign", "2024-03-06"),
    ("OL25", "Open Lessons Week", "campaign", "2025-02-03"),
)
_SHARES = ("0 %", "10 %", "20 %", "30 %", "40 %", "50 %", "60 %")

_LEADING = Roster(
    "leading-teachers",
    "leading-teachers.csv",
    {
        "No": lambda line: str(line.person.number),
        "Name": lambda line: line.name,
        "Email": lambda line: line.seen.email,
        "Programme": lambda line: PROGRAMMES[line.membership.network],
        "Role": lambda line: line.membership.role,
        "Share of time released": lambda line: _SHARES[line.person.release_time // 10],
        "Region": lambda line: line.person.region.name,
        "Time zone": lambda line: line.person.region.time_zone,
        "Languages": lambda line: "; ".join(line.person.region.languages),
        "Works on": lambda line: tags(line, "; "),
        "Offers": lambda line: spelled(line.draw, line.person.offers),
        "Seeks": lambda line: spelled(line.draw, line.person.seeks),
        "From": lambda line: line.membership.start.isoformat(),
        "To": lambda line: line.membership.end.isoformat() if line.membership.end else "",
        "Micro-credentials": lambda line: "; ".join(held.names) if (held := holding(line.person)) else "",
        "Issued by": lambda line: held.issuer if (held := holding(line.person)) else "",
        "Earned": lambda line: held.earned.isoformat() if (held := holding(line.person)) else "",
        "Valid until": lambda line: held.expires.isoformat() if (held := holding(line.person)) and held.expires else "",
    },
)
_LESSON_STUDY = Roster(
    "lesson-study",
    "lesson-study.csv",
    {
        "Teacher": lambda line: line.name,
        "Email": lambda line: line.seen.email,
        "School": lambda line: line.person.school,
        "Country": lambda line: line.person.region.country,
        "Languages": lambda line: ", ".join(line.person.region.languages),
        "Lessons about": lambda line: tags(line, ", "),
        "Start": lambda line: line.membership.start.isoformat(),
        "End": lambda line: line.membership.end.isoformat() if line.membership.end else "",
    },
)


def linked_files(world: World) -> dict[str, bytes]:
    """File name to bytes, for the sources that have more than one delimited file."""
    return _commons(world) | _leading(world) | _lesson_study(world)


def _member_number(number: int) -> str:
    # Spread over four digits, so that nobody takes the number for a rank or for another roster's number.
    return f"C{(number * 7) % 8999 + 1000}"


def _since(line: Line) -> date:
    return line.membership.start


def _commons(world: World) -> dict[str, bytes]:
    file = "commons-members.csv"
    columns: dict[str, Column] = {
        "Member no": lambda line: _member_number(line.person.number),
        "First": lambda line: line.seen.given,
        "Last": lambda line: line.seen.family,
        "E-mail": lambda line: line.seen.email,
        "Job": lambda line: line.person.job,
        "Country": lambda line: line.person.region.country,
        "Time zone": lambda line: line.person.region.time_zone,
        "Card since": lambda line: line.membership.start.isoformat(),
        "Card until": lambda line: line.membership.end.isoformat() if line.membership.end else "",
        "Interested in": lambda line: tags(line, ";") if line.draw.chance(0.4) else "",
    }
    # One row for each person: of somebody who came back, the list keeps the present card only.
    last = {line.person.number: line for line in sorted(lines_of(world, "teachers-commons", file), key=_since)}
    lines = sorted(last.values(), key=lambda line: _member_number(line.person.number))
    return {
        file: written(file, columns, lines, Office(encoding="utf-8-sig")),
        "commons-mentoring.csv": _mentoring(world),
        "commons-events.csv": _plain("commons-events.csv", ("Code", "Event", "Type", "Day"), [list(e) for e in EVENTS]),
        "commons-attendance.csv": _attendance(world),
        "commons-badges.csv": _badges(world),
    }


def _mentoring(world: World) -> bytes:
    rows = [
        [_member_number(tie.begun_by), _member_number(tie.other), tie.day.isoformat(), str(tie.count)]
        for tie in world.ties
        if tie.source == "teachers-commons"
    ]
    return _plain("commons-mentoring.csv", ("Mentor", "Mentee", "Since", "Meetings"), rows)


def _attendance(world: World) -> bytes:
    draw = draw_for("commons-attendance.csv")
    members = [person.number for person in world.people if COMMONS in person.networks]
    rows = [row for event in EVENTS for row in _crowd(draw, event[0], members)]
    return _plain("commons-attendance.csv", ("Code", "Member no", "Part"), rows)


def _badges(world: World) -> bytes:
    """One row for each credential of a member."""
    rows = []
    for person in world.people:
        if COMMONS in person.networks and (held := holding(person)):
            days = held.earned.isoformat(), held.expires.isoformat() if held.expires else ""
            rows += [[_member_number(person.number), name, held.issuer, *days] for name in held.names]
    return _plain("commons-badges.csv", ("Member no", "Badge", "Issued by", "Earned", "Valid until"), rows)


def _crowd(draw: Draw, code: str, members: list[int]) -> list[list[str]]:
    people = draw.sample(members, draw.between(18, 45))
    return [[code, _member_number(number), "led" if draw.chance(0.08) else "attended"] for number in people]


def _leading(world: World) -> dict[str, bytes]:
    pairs = [
        [str(tie.begun_by), str(tie.other), tie.day.isoformat()]
        for tie in world.ties
        if tie.source == "leading-teachers"
    ]
    return {
        _LEADING.file: roster_bytes(world, _LEADING),
        "leading-pairs.csv": _plain("leading-pairs.csv", ("No", "With no", "Day"), pairs),
    }


def _lesson_study(world: World) -> dict[str, bytes]:
    return {
        _LESSON_STUDY.file: roster_bytes(world, _LESSON_STUDY),
        "lesson-study-visits.csv": _plain("lesson-study-visits.csv", ("Visitor", "Visited", "Day"), _visits(world)),
    }


def _visits(world: World) -> list[list[str]]:
    """One row for each visit between people whose addresses the roster knows."""
    rows = []
    for tie in world.ties:
        if tie.source == "lesson-study":
            one, other = (world.seen[number, tie.source].email for number in (tie.begun_by, tie.other))
            if one and other:
                rows.append([one.lower(), other.lower(), tie.day.isoformat()])
    return rows


def _plain(file: str, headers: tuple[str, ...], rows: list[list[str]]) -> bytes:
    return encoded(rows_with_mistakes(file, headers, rows), Office())

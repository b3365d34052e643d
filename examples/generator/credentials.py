"""The made-up credentials: who issues which, who holds them, and the files that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from examples.generator.draw import Draw
from examples.generator.people import Person

__all__ = ["CREDENTIALS", "ISSUERS", "Credential", "Holding", "holding"]

_SEED = 62011
_SHARE = 0.3  # of the people who are asked about
_LASTING = 5  # years that one of the board is valid

BOARD, COLLEGE = "Larkfield Board for Micro-Credentials", "Ferrybridge College of Teaching"
ISSUERS: tuple[str, ...] = (BOARD, COLLEGE)


@dataclass(frozen=True, slots=True)
class Credential:
    """What an issuer gives for something shown."""

    name: str
    issuer: str
    about: str


CREDENTIALS: tuple[Credential, ...] = (
    Credential(
        "Coaching a Colleague", BOARD, "Three cycles of coaching, on film, with what the colleague says of them."
    ),
    Credential("Leading a Study Group", BOARD, "A year of meetings with their notes and what changed in class."),
    Credential("Reading Assessment Together", BOARD, "Student work read by a team, and the lessons planned from it."),
    Credential("Mentor of New Teachers", COLLEGE, "A term beside a new teacher, and a portfolio about it."),
    Credential("Families as Partners", COLLEGE, "An evening with families, prepared and evaluated with some of them."),
    Credential("Speaking for the Profession", COLLEGE, "A paper or a speech to those who decide about schools."),
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What one person holds, all of one issuer, earned on one day."""

    issuer: str
    names: tuple[str, ...]
    earned: date
    expires: date | None


def holding(person: Person) -> Holding | None:
    """What a person holds, the same in whatever roster it is written; None for most people."""
    draw = Draw(_SEED + person.number)  # of the person's own, so that nothing else of the world is drawn anew
    if not draw.chance(_SHARE):
        return None
    issuer = draw.pick(ISSUERS)
    names = draw.sample([c.name for c in CREDENTIALS if c.issuer == issuer], 1 + draw.below(2))
    earned = draw.day(date(2017, 9, 1), date(2025, 5, 31))
    expires = earned.replace(year=earned.year + _LASTING, day=min(earned.day, 28)) if issuer == BOARD else None
    return Holding(issuer, tuple(sorted(names)), earned, expires)

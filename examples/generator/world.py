"""The whole made-up world: people, what each roster knows of them, and who worked with whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from examples.generator.draw import Draw
from examples.generator.names import FAMILY, SHORT_FORMS
from examples.generator.networks import COMMONS
from examples.generator.people import Person, make_people
from examples.generator.sources import ORDER, source_of
from examples.generator.spelling import without_accents
from examples.generator.ties import Tie, make_ties

__all__ = ["SEED", "Seen", "World", "make_world"]

SEED = 20250901
_WITHOUT_EMAIL = 0.35
_TWICE = 24  # people whom two rosters know by different addresses: the program cannot join them by itself
_MARRIED = 8  # people whom one roster knows by another family name, with the same address


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as one source writes her; the same on all rows of the source."""

    given: str
    family: str
    email: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the rosters are written from, and the truth that they hide."""

    people: tuple[Person, ...]
    seen: dict[tuple[int, str], Seen]  # (number of the person, source)
    twice: frozenset[int]
    married: frozenset[int]
    ties: tuple[Tie, ...]

    def members(self, network: str) -> set[int]:
        """Numbers of the people who are, or were, in a network."""
        return {person.number for person in self.people if network in person.networks}


@cache
def make_world() -> World:
    """The one world of the example; the same on every call and every machine."""
    draw = Draw(SEED)
    people = make_people(draw)
    in_two = [p.number for p in people if len(_sources(p)) == 2 and not p.bridging]
    odd = draw.sample(in_two, _TWICE + _MARRIED)
    twice, married = frozenset(odd[:_TWICE]), frozenset(odd[_TWICE:])
    emails = _emails(draw, people)
    seen: dict[tuple[int, str], Seen] = {}
    for person in people:
        plain = Seen(person.given, person.family, emails[person.number])
        seen |= _views(draw, person, plain, person.number in twice, person.number in married)
    return World(tuple(people), seen, twice, married, make_ties(draw, people))


def _sources(person: Person) -> list[str]:
    return sorted({source_of(network) for network in person.networks}, key=ORDER.__getitem__)


def _emails(draw: Draw, people: list[Person]) -> dict[int, str]:
    """An address for everybody who is in several rosters or in the commons, for about 65 % in all."""
    free = [p.number for p in people if len(_sources(p)) == 1 and COMMONS not in p.networks and not p.bridging]
    without = set(draw.sample(free, round(_WITHOUT_EMAIL * len(people))))
    taken: set[str] = set()
    emails: dict[int, str] = {}
    for person in people:
        email = _address(draw, person)
        while email in taken:
            email = email.replace("@", f"{draw.between(2, 9)}@", 1)
        taken.add(email)
        emails[person.number] = "" if person.number in without else email
    return emails


def _address(draw: Draw, person: Person) -> str:
    given, family = (_mailable(part) for part in (person.given, person.family))
    name = draw.weighted((f"{given}.{family}", f"{given[0]}{family}", f"{given}_{family[0]}"), (0.7, 0.2, 0.1))
    domain = draw.weighted((f"{_mailable(person.school)}.example", "webmail.example"), (0.75, 0.25))
    return f"{name}@{domain}"


def _mailable(text: str) -> str:
    return "".join(
        c
        for c in without_accents(text).lower().replace("ø", "o").replace(" ", "-")
        if c.isascii() and (c.isalnum() or c == "-")
    )


def _views(draw: Draw, person: Person, plain: Seen, twice: bool, married: bool) -> dict[tuple[int, str], Seen]:
    """How each source writes the person: the first plainly, the others now and then in a way of their own."""
    views: dict[tuple[int, str], Seen] = {}
    for place, source in enumerate(_sources(person)):
        view = plain if place == 0 else _variant(draw, plain)
        if twice and place == 1:
            other = f"{_mailable(person.given)}-{person.number}@home.example"
            view = replace(view, email=other if draw.chance(0.5) else "")
        if married and place == 1:
            view = replace(plain, family=draw.pick([name for name in FAMILY if name != plain.family]))
        views[person.number, source] = view
    return views


def _variant(draw: Draw, plain: Seen) -> Seen:
    """Another spelling that people would still read as the same name."""
    how = draw.weighted(("plain", "short", "initial", "no accents", "capitals"), (0.45, 0.2, 0.1, 0.2, 0.05))
    if how == "short":
        return replace(plain, given=SHORT_FORMS.get(plain.given, plain.given))
    if how == "initial" and SHORT_FORMS.get(plain.given, plain.given)[0] == plain.given[0]:
        # Not for Robert: one roster may call him Bob, and nobody could tell that R. and Bob are one.
        return replace(plain, given=f"{plain.given[0]}.")
    if how == "no accents":
        return replace(plain, given=without_accents(plain.given), family=without_accents(plain.family))
    if how == "capitals":
        return replace(plain, family=plain.family.upper(), email=plain.email.title())
    return plain

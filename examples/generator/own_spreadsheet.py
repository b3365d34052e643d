"""A sheet of 30 rows such as a newcomer may have: a network that is not in the example yet, with headers of its own."""

from __future__ import annotations

from examples.generator.draw import Draw
from examples.generator.names import FAMILY, GIVEN
from examples.generator.networks import plan
from examples.generator.places import TOWN_ENDS, TOWN_STARTS
from examples.generator.sources import source_of
from examples.generator.spelling import spelled, without_accents
from examples.generator.tables import Office, draw_for, encoded, rows_with_mistakes
from examples.generator.world import World

__all__ = ["OWN_SHEET", "own_spreadsheet"]

OWN_SHEET = "seed-and-soil.csv"
_HEADERS = ("Teacher", "Contact e-mail", "Where I work", "What I care about", "Joined in")
_ROWS = 30
_KNOWN = (("prairie", 4), ("lantern-rivers", 4), ("hearthlight", 1))  # so that the map shows at once whom it shares


def own_spreadsheet(world: World) -> bytes:
    """The sheet: nine people of the example under their addresses, the others new."""
    draw = draw_for(OWN_SHEET)
    rows = [row for network, count in _KNOWN for row in _known(draw, world, network, count)]
    while len(rows) < _ROWS:
        rows.append(_new(draw))
    return encoded(rows_with_mistakes(OWN_SHEET, _HEADERS, draw.shuffled(rows)), Office())


def _known(draw: Draw, world: World, network: str, count: int) -> list[list[str]]:
    source = source_of(network)
    people = [p for p in world.people if p.networks == (network,) and world.seen[p.number, source].email]
    return [
        [f"{p.given} {p.family}", world.seen[p.number, source].email, p.school, _cares(draw), _year(draw)]
        for p in draw.sample(people, count)
    ]


def _new(draw: Draw) -> list[str]:
    given, family = draw.pick(GIVEN), draw.pick(FAMILY)
    plain = without_accents(f"{given}.{family}").lower().replace("ø", "o")
    email = f"{plain}@seed-and-soil.example" if draw.chance(0.7) else ""
    school = f"{draw.pick(TOWN_STARTS)}{draw.pick(TOWN_ENDS)} School"
    return [f"{given} {family}", email, school, _cares(draw), _year(draw)]


def _cares(draw: Draw) -> str:
    focus = (*plan("prairie").focus, "hands-on science", "family partnerships", "community schools")
    return ", ".join(spelled(draw, interest) for interest in draw.sample(focus, draw.between(1, 3)))


def _year(draw: Draw) -> str:
    return str(draw.between(2015, 2025))

"""The made-up people: which networks each joins, then name, place, school, interests and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from examples.generator.draw import Draw
from examples.generator.interests import INTERESTS
from examples.generator.names import FAMILY, GIVEN
from examples.generator.networks import (
    BLOCKS,
    BRIDGE_PATHS,
    COMMONS,
    ISLAND,
    NETWORKS,
    PENDANT,
    PENDANT_ANCHOR,
    Plan,
    plan,
)
from examples.generator.places import REGIONS, SCHOOL_KINDS, TOWN_ENDS, TOWN_STARTS, Region

__all__ = ["Membership", "Person", "make_people"]

_HOMES: dict[str, tuple[str, ...]] = {
    "rural": ("Mountain West", "Great Plains", "Great Plains", "Ontario", "Otago"),
    "city": ("Northeast", "Northeast", "Scotland", "Norte", "Jalisco", "Western Cape"),
    "science": ("Pacific Coast", "Pacific Coast", "Kerala", "Rift Valley"),
    "inclusion": ("Ontario", "Scotland", "Uusimaa", "Western Cape", "Northeast"),
    "leading": tuple(REGIONS),
    COMMONS: tuple(REGIONS),
    ISLAND: ("Otago",),
    PENDANT: ("Rift Valley", "Kerala"),
}
_COMMONS_SHARE = 0.26  # of those in a block; with the people who join nothing else it holds 30 % of everyone
_ROLES = ("member", "facilitator", "coordinator", "mentor", "steering group")
_ROLE_WEIGHTS = (0.82, 0.06, 0.05, 0.05, 0.02)
_JOBS = (
    "classroom teacher",
    "specialist teacher",
    "librarian",
    "instructional coach",
    "head of department",
    "school leader",
)
_JOB_WEIGHTS = (0.62, 0.12, 0.06, 0.08, 0.08, 0.04)
_EXPERIENCE = ("0-3 years", "4-10 years", "11-20 years", "more than 20 years")


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell in a network; ``end`` is empty while it lasts."""

    network: str
    role: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up teacher leader, as she really is; rosters write her in their own ways."""

    number: int
    given: str
    family: str
    region: Region
    town: str
    school: str
    grades: str
    job: str
    experience: str
    interests: tuple[str, ...]
    offers: str
    seeks: str
    release_time: int
    connect: bool
    bridging: bool
    memberships: tuple[Membership, ...]

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks joined, each once, in the order of joining."""
        return tuple(dict.fromkeys(membership.network for membership in self.memberships))


def make_people(draw: Draw) -> list[Person]:
    """Everybody, numbered from 1; the bridging leaders come first, and the one who links the pendant network."""
    special = [*BRIDGE_PATHS, (PENDANT, PENDANT_ANCHOR)]
    paths = [(path, True) for path in special]
    paths += [(path, False) for path in _ordinary_paths(draw)]
    names = _distinct_names(draw, len(paths))
    return [
        _person(draw, number, name, path, bridging)
        for number, (name, (path, bridging)) in enumerate(zip(names, paths, strict=True), start=1)
    ]


def _ordinary_paths(draw: Draw) -> list[tuple[str, ...]]:
    """The networks of everybody who does not bridge: all within one block, and the commons now and then."""
    paths: list[tuple[str, ...]] = []
    for network in NETWORKS:
        mates = [other for other in NETWORKS if other.block == network.block and other is not network]
        for _ in range(network.weight):
            path: tuple[str, ...] = (network.id,)
            if network.block in BLOCKS:
                path += _further(draw, mates)
                path += (COMMONS,) if draw.chance(_COMMONS_SHARE) else ()
            paths.append(path)
    return paths


def _further(draw: Draw, mates: list[Plan]) -> tuple[str, ...]:
    """More networks of the same block: none for half of the people, all of them for a few."""
    wanted = draw.weighted((0, 1, 2, len(mates)), (0.5, 0.33, 0.14, 0.03))
    chosen: list[str] = []
    while len(chosen) < wanted:
        other = draw.weighted(mates, [mate.weight for mate in mates])
        if other.id not in chosen:
            chosen.append(other.id)
    return tuple(chosen)


def _distinct_names(draw: Draw, count: int) -> list[tuple[str, str]]:
    """Names that are all different, but for a few namesakes at the end, as any large roster has."""
    names: dict[tuple[str, str], None] = {}
    while len(names) < count - 4:
        names[draw.pick(GIVEN), draw.pick(FAMILY)] = None
    distinct = list(names)
    return distinct + distinct[200:204]


def _person(draw: Draw, number: int, name: tuple[str, str], path: tuple[str, ...], bridging: bool) -> Person:
    home = plan(path[0]).block or path[0]
    region = REGIONS[draw.pick(_HOMES[home])]
    town = draw.pick(TOWN_STARTS) + draw.pick(TOWN_ENDS)
    kind, grades = draw.pick(SCHOOL_KINDS)
    interests = _interests(draw, path)
    leads = home == "leading" or bridging
    return Person(
        number=number,
        given=name[0],
        family=name[1],
        region=region,
        town=town,
        school=f"{town} {kind}",
        grades=grades,
        job=draw.weighted(_JOBS, _JOB_WEIGHTS),
        experience=draw.weighted(_EXPERIENCE, (0.15, 0.35, 0.35, 0.15)),
        interests=interests,
        offers=draw.pick(interests),
        seeks=draw.pick(tuple(INTERESTS)),
        release_time=10 * draw.between(1, 6) if leads and draw.chance(0.6) else 0,
        connect=draw.chance(0.55),
        bridging=bridging,
        memberships=tuple(spell for network in path for spell in _spells(draw, network, bridging)),
    )


def _interests(draw: Draw, path: tuple[str, ...]) -> tuple[str, ...]:
    """Two to five interests, most of them what the person's networks work on."""
    focuses = [interest for network in path if network != COMMONS for interest in plan(network).focus]
    focuses = focuses or list(plan(COMMONS).focus)
    chosen: dict[str, None] = {}
    wanted = draw.between(2, 5)
    while len(chosen) < wanted:
        chosen[draw.pick(focuses) if draw.chance(0.82) else draw.pick(tuple(INTERESTS))] = None
    return tuple(chosen)


def _spells(draw: Draw, network: str, bridging: bool) -> tuple[Membership, ...]:
    """One spell; for a few people an ended one, or one before the present one."""
    role = draw.weighted(_ROLES, _ROLE_WEIGHTS)
    start = draw.day(date(2014, 1, 1), date(2025, 5, 31))
    if not bridging and start.year < 2020 and draw.chance(0.12):
        first = Membership(network, "member", start, draw.day(date(2020, 1, 1), date(2021, 12, 31)))
        back = Membership(network, role, draw.day(date(2022, 6, 1), date(2025, 5, 31)))
        return (first, back) if draw.chance(0.3) else (first,)
    return (Membership(network, role, start),)

"""The facts of a person, each with the sources that state it and those that say something else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow.compute as pc

from netofnets.language import say
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Property
from netofnets.services.index import EditionIndex
from netofnets.services.person.provenance import Source, StatedClaim, part_of, source
from netofnets.services.words import shown

__all__ = ["Earlier", "Fact", "facts_of", "label_of"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of the person, as it stands, with the sources that state it."""

    name: str  # property name
    label: str  # "Time zone"
    value: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    private: bool = False  # contact data that only organizers see
    earlier: tuple[Earlier, ...] = ()  # what sources said before, the latest first


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a source said of a property before; ``until`` is the last day on which it was read to say so."""

    value: str
    source: str
    origin: str
    until: str


def facts_of(index: EditionIndex, leader: int, claims: tuple[StatedClaim, ...], *, private: bool) -> tuple[Fact, ...]:
    """Every stated property in the order of the schema; private ones only when asked for."""
    row = index.snapshot.cells("leaders").row(leader)
    earlier = index.earlier if index.earlier.num_rows else None
    before = earlier.filter(pc.equal(earlier["leader"], row["id"])).to_pylist() if claims and earlier else []
    told = [(one, json.loads(one["values"])) for one in before]
    return tuple(
        replace(_fact(index, prop, row[prop.name], claims), earlier=_earlier(prop, row[prop.name], told))
        for prop in LEADERS.properties
        if row[prop.name] is not None and row[prop.name] != [] and (private or not prop.private)
    )


def label_of(name: str) -> str:
    """A property of people as a label; one that this version does not know by its name."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


_LABELS: Mapping[str, str] = {
    "name": say("Name"),
    "email": say("Email"),
    "job": say("Job"),
    "grades": say("Grades"),
    "experience": say("Experience"),
    "school": say("School"),
    "place": say("Place"),
    "region": say("Region"),
    "country": say("Country"),
    "time_zone": say("Time zone"),
    "languages": say("Languages"),
    "release_time": say("Release time"),
    "connect": say("Connect"),
    "about": say("About"),
    "url": say("Url"),
}


def _earlier(prop: Property, value: Any, told: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[Earlier, ...]:
    """Other values than the one that stands; the last time that each source said each."""
    found: dict[tuple[str, str], Earlier] = {}
    for one, values in told:
        said = values.get(prop.name)
        if said not in (None, [], "") and not part_of(prop, said, value):
            key = (one["source"], shown(said))
            found.setdefault(key, Earlier(key[1], one["source"], one["origin"], one["day"]))
    return tuple(found.values())


def _fact(index: EditionIndex, prop: Property, value: Any, claims: tuple[StatedClaim, ...]) -> Fact:
    stated = [(c, c.values[prop.name]) for c in claims if c.values.get(prop.name) not in (None, [], "")]
    agree: list[Source] = []
    differ: list[Source] = []
    for claim, said in stated:
        (agree if part_of(prop, said, value) else differ).append(source(index, claim, shown(said)))
    return Fact(prop.name, label_of(prop.name), shown(value), tuple(agree), tuple(differ), prop.private)

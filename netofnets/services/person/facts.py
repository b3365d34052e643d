"""The facts of a person, each with the sources that state it and those that say something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Property
from netofnets.services.index import EditionIndex
from netofnets.services.person.provenance import Source, StatedClaim, part_of, source
from netofnets.services.words import shown

__all__ = ["Fact", "facts_of", "label_of"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of the person, as it stands, with the sources that state it."""

    name: str  # property name
    label: str  # "Time zone"
    value: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    private: bool = False  # contact data that only organizers see


def facts_of(index: EditionIndex, leader: int, claims: tuple[StatedClaim, ...], *, private: bool) -> tuple[Fact, ...]:
    """Every stated property in the order of the schema; private ones only when asked for."""
    row = index.snapshot.nodes["leaders"].slice(leader, 1).to_pylist()[0]
    return tuple(
        _fact(index, prop, row[prop.name], claims)
        for prop in LEADERS.properties
        if row[prop.name] is not None and row[prop.name] != [] and (private or not prop.private)
    )


def label_of(name: str) -> str:
    """A property's name as a label."""
    return name.replace("_", " ").capitalize()


def _fact(index: EditionIndex, prop: Property, value: Any, claims: tuple[StatedClaim, ...]) -> Fact:
    stated = [(c, c.values[prop.name]) for c in claims if c.values.get(prop.name) not in (None, [], "")]
    agree: list[Source] = []
    differ: list[Source] = []
    for claim, said in stated:
        (agree if part_of(prop, said, value) else differ).append(source(index, claim, shown(said)))
    return Fact(prop.name, label_of(prop.name), shown(value), tuple(agree), tuple(differ), prop.private)

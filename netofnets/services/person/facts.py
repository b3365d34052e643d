"""The facts of a person, each with the sources that state it and those that say something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.schema.identifiers import fold
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Property
from netofnets.services.index import EditionIndex
from netofnets.services.person.provenance import Source, StatedClaim

__all__ = ["Fact", "facts_of", "label_of", "shown"]


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
        _fact(prop, row[prop.name], claims)
        for prop in LEADERS.properties
        if row[prop.name] is not None and row[prop.name] != [] and (private or not prop.private)
    )


def label_of(name: str) -> str:
    """A property's name as a label."""
    return name.replace("_", " ").capitalize()


def shown(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _fact(prop: Property, value: Any, claims: tuple[StatedClaim, ...]) -> Fact:
    stated = [(c, c.values[prop.name]) for c in claims if c.values.get(prop.name) not in (None, [], "")]
    agree: list[Source] = []
    differ: list[Source] = []
    for claim, said in stated:
        source = Source(claim.source, claim.origin, claim.first_run, shown(said))
        (agree if _part_of(said, value) else differ).append(source)
    return Fact(prop.name, label_of(prop.name), shown(value), tuple(agree), tuple(differ), prop.private)


def _part_of(said: Any, value: Any) -> bool:
    """Whether a source supports the value: the same but for case and accents, or one part of a union."""
    if isinstance(value, list):
        return isinstance(said, list | tuple) and set(said) <= set(value)
    if isinstance(value, str):
        return fold(str(said)) == fold(value)
    return bool(said == value)

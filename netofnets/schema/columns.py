"""The columns of every table that can be loaded, derived from the declaration of kinds; plus the roster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import LiteralString

from netofnets.errors import SchemaError
from netofnets.schema.kinds import (
    CREDENTIALS,
    LEADERS,
    NETWORKS,
    NODE_KINDS,
    ORGANIZATIONS,
    RELATIONSHIP_KINDS,
    node_kind,
    relationship_kind,
)
from netofnets.schema.model import NodeKind, Property, PropertyType, RelationshipKind
from netofnets.schema.modes import MODES

__all__ = ["IDENTIFIED_BY_NAME", "Column", "Shape", "end_names", "shape", "shapes"]

IDENTIFIED_BY_NAME = "interests"
"""The one node kind without ids: a vocabulary shared by all sources, in which the wording is the id."""

# Where both ends are of one kind, or its part says more than its kind, the second end has a name of its own.
_SECOND_END: dict[str, LiteralString] = {
    "collaborations": "other_leader",
    "network_parts": "part_of",
    "broader_interests": "broader_interest",
    "related_interests": "related_interest",
    "credential_issuers": "issuer",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, how its cells are checked, and whether it may hold several values."""

    name: str
    property: Property
    is_id: bool = False
    several: bool = False
    listed: bool = False  # one value in a cell, or several where a mapping says what stands between them
    alternative: bool = False  # another way to say what an id column says; not part of the template


@dataclass(frozen=True, slots=True)
class Shape:
    """What one kind of table may hold; of each tuple in ``needs`` at least one column must be there."""

    name: str
    help: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> Column:
        """The column called ``name``; :class:`SchemaError` when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise SchemaError(f"{self.name} has no column {name!r}")

    @property
    def template(self) -> tuple[str, ...]:
        """The header of the template."""
        return tuple(column.name for column in self.columns if not column.alternative)


@cache
def shapes() -> dict[str, Shape]:
    """All shapes by name: ``roster`` first, then one for each kind."""
    nodes = {kind.name: _node_shape(kind) for kind in NODE_KINDS}
    ties = {kind.name: _tie_shape(kind) for kind in RELATIONSHIP_KINDS}
    return {"roster": _roster(), **nodes, **ties}


def shape(name: str) -> Shape:
    """The shape called ``name``; :class:`SchemaError` when there is none."""
    try:
        return shapes()[name]
    except KeyError:
        raise SchemaError(f"there is no table {name!r}; the tables are {', '.join(shapes())}") from None


def end_names(kind: RelationshipKind) -> tuple[LiteralString, LiteralString]:
    """What the two ends of a relationship are called in columns: ``("leader", "network")`` for memberships."""
    first, second = node_kind(kind.source).label.lower(), node_kind(kind.target).label.lower()
    return first, _SECOND_END.get(kind.name, second)


def _id(name: LiteralString, sentence: str, *, alternative: bool = False) -> Column:
    return Column(name, Property(name, PropertyType.TEXT, sentence), is_id=True, alternative=alternative)


def _text(name: LiteralString, sentence: str, *, alternative: bool = False, several: bool = False) -> Column:
    kind = PropertyType.TEXTS if several else PropertyType.TEXT
    return Column(name, Property(name, kind, sentence), several=several, alternative=alternative)


def _values(properties: tuple[Property, ...], prefix: str = "") -> list[Column]:
    return [Column(prefix + p.name, p, several=p.type is PropertyType.TEXTS) for p in properties]


def _interest_columns() -> list[Column]:
    return [_text(mode.column, mode.help, several=True) for mode in sorted(MODES, key=lambda mode: mode.column)]


def _credential_columns() -> list[Column]:
    start, end = relationship_kind("leader_credentials").properties
    return [
        _text("credentials", "What the person holds; several are separated by semicolons.", several=True),
        _text("credential_issuer", "The name of the organization that issued all of them."),
        Column("credential_earned", replace(start, help="The day all of them were earned.")),
        Column("credential_expires", replace(end, help="The last day that all of them are valid.")),
    ]


def _issuer_columns() -> list[Column]:
    return [
        _id("issuer_id", "The id of the organization that issues it."),
        _text("issuer", "The name of the organization that issues it, instead of the id."),
    ]


def _roster() -> Shape:
    membership = relationship_kind("memberships")
    network_name = replace(NETWORKS.property("name"), help="The network's name.")
    columns = [
        _id(
            "leader_id",
            "The id of the person in this source; without it the email tells people apart, else name and school.",
        ),
        *_values(LEADERS.properties),
        *_interest_columns(),
        *_credential_columns(),
        _id("network_id", "The id of the network; without it the name tells networks apart."),
        Column("network", network_name, listed=True),
        *_values(tuple(p for p in NETWORKS.properties if p.name != "name"), "network_"),
        _id("part_of_id", "The id of the larger network that this one is a part of."),
        Column("part_of", replace(network_name, help="The name of the larger network that this one is a part of.")),
        *_values(membership.properties),
        _id("organization_id", "The id of the person's employer or partner organization."),
        Column("organization", replace(ORGANIZATIONS.property("name"), help="The organization's name.")),
        Column("organization_kind", ORGANIZATIONS.property("kind")),
        _text("organization_role", "What the person does there."),
    ]
    needs = (("leader_id", "email", "name"),)
    return Shape("roster", "One row for each membership: a person in a network.", tuple(columns), needs)


def _node_shape(kind: NodeKind) -> Shape:
    if kind.name == IDENTIFIED_BY_NAME:
        return Shape(kind.name, kind.help, tuple(_values(kind.properties)), (("name",),))
    columns = [_id("id", "The id in this source; without it " + _known_by(kind)), *_values(kind.properties)]
    if kind is LEADERS:
        columns += [*_interest_columns(), *_credential_columns()]
    if kind is NETWORKS:
        columns.append(_id("part_of_id", "The id of the larger network that this one is a part of."))
    if kind is CREDENTIALS:
        columns += _issuer_columns()
    return Shape(kind.name, kind.help, tuple(columns), (("name",),))


def _known_by(kind: NodeKind) -> str:
    known = {LEADERS.name: "the email tells people apart, else name and school."}
    known[CREDENTIALS.name] = "name and issuer tell them apart."
    return known.get(kind.name, "the name tells them apart.")


def _tie_shape(kind: RelationshipKind) -> Shape:
    first, second = end_names(kind)
    ends = [*_end_columns(kind.source, first), *_end_columns(kind.target, second)]
    columns = [c for c in ends if not c.alternative] + _values(kind.properties) + [c for c in ends if c.alternative]
    if kind.name == "collaborations":
        sentence = 'The day of one event, instead of first and last (with rows = "events").'
        columns.append(Column("date", Property("date", PropertyType.DATE, sentence), alternative=True))
    needs = tuple(
        tuple(c.name for c in ends if c.name in (end, f"{end}_id", f"{end}_email")) for end in (first, second)
    )
    return Shape(kind.name, kind.help, tuple(columns), needs)


def _end_columns(kind: str, name: LiteralString) -> list[Column]:
    label = node_kind(kind).label.lower()
    if kind == IDENTIFIED_BY_NAME:
        return [_text(name, f"The wording of the {name.replace('_', ' ')}.", several=True)]
    columns = [
        _id(f"{name}_id", f"The id of the {name.replace('_', ' ')}."),
        _text(name, f"The exact name of the {label}, instead of the id.", alternative=True),
    ]
    if kind == LEADERS.name:
        declared = replace(LEADERS.property("email"), help="The person's email address, instead of the id.")
        columns.append(Column(f"{name}_email", declared, alternative=True))
    return columns

"""The dataclasses that the schema is declared in, and their checks.

Names, labels and types are words of the program (``LiteralString``), never of a user: queries are built of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString

from netofnets.errors import SchemaError

__all__ = ["Kind", "Merge", "NodeKind", "Property", "PropertyType", "RelationshipKind", "Visibility"]

_LABEL = re.compile(r"[A-Z][A-Za-z]*\Z")
_TYPE = re.compile(r"[A-Z][A-Z_]*\Z")
_NAME = re.compile(r"[a-z][a-z_]*\Z")


class PropertyType(StrEnum):
    """How a property is written, checked and stored."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # ISO 8601 calendar date, kept as text: sorts, compares and travels unchanged
    EMAIL = "email"
    URL = "url"
    YES_NO = "yes_no"
    TEXTS = "texts"  # a sorted list of distinct texts


class Visibility(StrEnum):
    """Who may see a person or a field, from least to most visible."""

    HIDDEN = "hidden"
    ORGANIZERS = "organizers"
    SHARED_NETWORK = "shared_network"
    SIGNED_IN = "signed_in"
    PUBLIC = "public"

    @property
    def rank(self) -> int:
        """Position in the order ``hidden`` (0) to ``public`` (4)."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Visibility)}


class Merge(StrEnum):
    """How one value is made of what several rows or sources say; none depends on the order of reading or loading."""

    MAJORITY = "majority"  # the value told most often; ties go to the source that sorts first
    SMALLEST = "smallest"
    LARGEST = "largest"
    UNION = "union"  # of lists
    JOINED = "joined"  # all that is told, in one text


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a kind, with the sentence that explains it everywhere."""

    name: LiteralString
    type: PropertyType
    help: str
    required: bool = False
    private: bool = False  # contact data: only organizers see it, whatever the person's own level
    indexed: bool = False
    searched: float = 0.0  # how much a word found here counts in searches (the name: 1); 0: not searched
    choices: tuple[str, ...] = ()
    merge: Merge = Merge.MAJORITY
    others_in: str = ""  # the property (a list) that keeps the values that were told and not taken

    def __post_init__(self) -> None:
        if not _NAME.match(self.name) or not self.help.endswith("."):
            raise SchemaError(f"property {self.name!r}: give it a lower_case name and one help sentence")


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node: ``name`` in Python, SQLite and file names, ``label`` in Neo4j."""

    name: LiteralString
    label: LiteralString
    help: str
    properties: tuple[Property, ...]

    def __post_init__(self) -> None:
        if not _LABEL.match(self.label) or not _NAME.match(self.name):
            raise SchemaError(f"node kind {self.name!r}: not a usable name or label")

    def property(self, name: str) -> Property:
        """The property called ``name``; :class:`SchemaError` when there is none."""
        return _find(self.name, self.properties, name)


@dataclass(frozen=True, slots=True)
class RelationshipKind:
    """A kind of relationship: ``name`` in Python, SQLite and file names, ``type`` in Neo4j.

    ``source`` and ``target`` name node kinds. ``distinguishing`` properties tell several relationships of one pair
    apart (two spells of membership that start on different days).
    """

    name: LiteralString
    type: LiteralString
    source: LiteralString
    target: LiteralString
    help: str
    forward: str  # how it reads from the source: "belongs to"
    reverse: str  # how it reads from the target: "members"
    properties: tuple[Property, ...] = ()
    distinguishing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _TYPE.match(self.type) or not _NAME.match(self.name):
            raise SchemaError(f"relationship kind {self.name!r}: not a usable name or type")
        for name in self.distinguishing:
            self.property(name)

    def property(self, name: str) -> Property:
        """The property called ``name``; :class:`SchemaError` when there is none."""
        return _find(self.name, self.properties, name)


Kind = NodeKind | RelationshipKind


def _find(kind: str, properties: tuple[Property, ...], name: str) -> Property:
    for candidate in properties:
        if candidate.name == name:
            return candidate
    raise SchemaError(f"{kind} has no property {name!r}; it has {', '.join(p.name for p in properties)}")

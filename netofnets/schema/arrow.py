"""The Arrow columns of every kind: how facts look as tables, everywhere the same."""

from __future__ import annotations

import pyarrow as pa

from netofnets.schema.kinds import kind
from netofnets.schema.model import PropertyType, RelationshipKind

__all__ = [
    "CLAIMS",
    "DECISIONS",
    "EARLIER",
    "EARLIER_TIES",
    "GROUPS",
    "LEVELS",
    "MARKS",
    "QUESTIONS",
    "READINGS",
    "arrow_schema",
    "arrow_type",
]

_TYPES: dict[PropertyType, pa.DataType] = {
    PropertyType.INTEGER: pa.int64(),
    PropertyType.NUMBER: pa.float64(),
    PropertyType.YES_NO: pa.bool_(),
    PropertyType.TEXTS: pa.list_(pa.string()),
}

CLAIMS = pa.schema(
    [
        ("kind", pa.string()),
        ("entity", pa.string()),
        ("source", pa.string()),
        ("local_id", pa.string()),
        ("values", pa.string()),  # JSON with sorted keys
        ("origin", pa.string()),
        ("first_run", pa.int64()),
    ]
)

DECISIONS = pa.schema(
    [
        ("topic", pa.string()),
        ("subjects", pa.list_(pa.string())),
        ("value", pa.string()),
        ("who", pa.string()),
        ("why", pa.string()),
        ("at", pa.string()),
    ]
)

# How many leaders there are at least whom an audience is not shown, in groups (netofnets.graph.group_counts).
GROUPS = pa.schema([("kind", pa.string()), ("first", pa.string()), ("second", pa.string()), ("least", pa.int64())])

# When each source was read: its runs, in their order, and the day of each (UTC, ISO).
READINGS = pa.schema([("source", pa.string()), ("run", pa.int64()), ("day", pa.string())])

# What sources said of leaders before; ``day`` is that on which the source was last read to say so.
EARLIER = pa.schema(
    [
        ("leader", pa.string()),
        ("source", pa.string()),
        ("values", pa.string()),  # JSON
        ("origin", pa.string()),
        ("until", pa.int64()),  # a run
        ("day", pa.string()),
    ]
)

# The same of ties of a leader, to whatever is (or was) at the other end.
EARLIER_TIES = pa.schema(
    [
        ("leader", pa.string()),
        ("kind", pa.string()),  # of the relationship
        ("direction", pa.string()),  # to | from: whether the leader is where it begins, or ends
        ("other", pa.string()),  # canonical id
        ("name", pa.string()),  # of the other: as it stands, else as it was called last
        ("source", pa.string()),
        ("values", pa.string()),  # JSON
        ("origin", pa.string()),
        ("until", pa.int64()),  # a run
        ("day", pa.string()),
        ("first_run", pa.int64()),
    ]
)

# What people chose who may see them (field empty) or one of their fields.
LEVELS = pa.schema([("leader", pa.string()), ("field", pa.string()), ("level", pa.string())])

# What people said of themselves, as far as an edition is told: the id of a leader or of a tie of theirs, the field of
# the leader (else empty), what was said, and the day.
MARKS = pa.schema([("id", pa.string()), ("field", pa.string()), ("mark", pa.string()), ("day", pa.string())])

# Pairs of people, networks or organizations that may be one, as organizers are asked about them; see
# netofnets.resolution.questions. Only of people is there a probability.
QUESTIONS = pa.schema(
    [
        ("kind", pa.string()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("probability", pa.float64()),
        ("reasons", pa.list_(pa.string())),
        ("against", pa.list_(pa.string())),
        ("put_off", pa.bool_()),
        ("shared", pa.int64()),
        ("opened", pa.int64()),
        ("change", pa.float64()),
    ]
)


def arrow_type(property_type: PropertyType) -> pa.DataType:
    """The Arrow type of a property; dates stay ISO text."""
    return _TYPES.get(property_type, pa.string())


def arrow_schema(name: str) -> pa.Schema:
    """Columns of kind ``name``: ``id``, for relationships ``from_id`` and ``to_id``, then the properties."""
    declared = kind(name)
    ends = [("from_id", pa.string()), ("to_id", pa.string())] if isinstance(declared, RelationshipKind) else []
    properties = [(p.name, arrow_type(p.type)) for p in declared.properties]
    return pa.schema([("id", pa.string()), *ends, *properties])

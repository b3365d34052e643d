"""Which cells a row cannot do without, given the columns that are mapped."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.schema.columns import Shape, end_names
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import RelationshipKind
from netofnets.schema.text import BadValue

__all__ = ["Required", "required_groups"]


@dataclass(frozen=True, slots=True)
class Required:
    """At least one of these positions must have a value, else the row is refused as ``missing``."""

    positions: tuple[int, ...]
    missing: BadValue


def required_groups(shape: Shape, columns: tuple[str, ...]) -> list[Required]:
    """What each row of a table of ``shape`` with these ``columns`` must have, in the order of checking."""
    declared = BY_NAME.get(shape.name)
    groups: list[tuple[tuple[str, ...], str, str]]
    if isinstance(declared, RelationshipKind):
        groups = [((f"{end}_id", f"{end}_email", end), f"missing_{end}", end) for end in end_names(declared)]
    elif shape.name == "roster":
        groups = _roster(columns)
    else:
        groups = [(("id",), "missing_id", "id"), (("name",), "missing_name", "name")]
    found = [(tuple(columns.index(n) for n in names if n in columns), code, what) for names, code, what in groups]
    return [Required(positions, _missing(code, what)) for positions, code, what in found if positions]


def _roster(columns: tuple[str, ...]) -> list[tuple[tuple[str, ...], str, str]]:
    groups: list[tuple[tuple[str, ...], str, str]] = [
        (("leader_id",), "missing_id", "id"),
        (("name",), "missing_name", "name"),
    ]
    if "leader_id" not in columns and "name" not in columns:
        groups.append((("email",), "missing_email", "email address"))
    network = "network_id" if "network_id" in columns else "network"
    return [*groups, ((network,), "missing_network", "network")]


def _missing(code: str, what: str) -> BadValue:
    return BadValue(code, f"The row has no {what.replace('_', ' ')}.", "Fill in the cell, or remove the row.")

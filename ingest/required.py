"""Which cells a row cannot do without, given the columns that are mapped, and what sort of cell a column takes."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.language import say
from netofnets.schema.columns import Column, Shape, end_names
from netofnets.schema.kinds import BY_NAME
from netofnets.schema.model import PropertyType, RelationshipKind
from netofnets.schema.text import BadValue

__all__ = ["Required", "can_do_without", "required_groups", "sort_of"]

_SORTS = {
    PropertyType.INTEGER: "number",
    PropertyType.NUMBER: "number",
    PropertyType.YES_NO: "flag",
    PropertyType.DATE: "date",
}
# Without its last day something would still be going on, without its warning a network would be shown to everybody.
_MEANS_MORE_WHEN_EMPTY = ("end", "last", "sensitive")


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
    return BadValue(
        code, say("The row has no {what}.", what=what.replace("_", " ")), say("Fill in the cell, or remove the row.")
    )


def can_do_without(shape: Shape, column: Column, groups: list[Required], position: int) -> bool:
    """Whether a bad cell of this column costs the cell alone: the row without it says less, but nothing else."""
    if column.is_id or column.property.choices:
        return False
    if column.property.name in _MEANS_MORE_WHEN_EMPTY:
        return False
    return not any(position in group.positions for group in groups)


def sort_of(column: Column) -> str:
    """``id``, ``name``, ``several``, ``number``, ``flag``, ``date`` or ``text``: what a cell of the column holds."""
    if column.is_id:
        return "id"
    if column.several:
        return "several"
    if column.property.required:
        return "name"
    return _SORTS.get(column.property.type, "text")

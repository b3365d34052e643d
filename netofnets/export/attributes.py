"""The attributes of nodes and edges in GraphML and GEXF: names and types from the schema, values as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netofnets.graph.interchange import Node, Tie, attributes
from netofnets.schema.cells import joined
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import PropertyType

__all__ = ["NODE_ATTRIBUTES", "TIE_ATTRIBUTES", "written"]

# GraphML and GEXF agree on these names of types; everything else is text.
_TYPES = {PropertyType.INTEGER: "long", PropertyType.NUMBER: "double", PropertyType.YES_NO: "boolean"}


def _declared(kinds: Any) -> dict[str, str]:
    """Name -> type of every attribute that nodes, or edges, of these kinds may have."""
    found = {"kind": "string"}
    for kind in kinds:
        for prop in kind.properties:
            found["type" if prop.name == "kind" else prop.name] = _TYPES.get(prop.type, "string")
    return found


NODE_ATTRIBUTES: dict[str, str] = _declared(NODE_KINDS)
TIE_ATTRIBUTES: dict[str, str] = _declared(RELATIONSHIP_KINDS)


def written(of: Node | Tie) -> Iterator[tuple[str, str]]:
    """Name and text of each attribute that has a value: lists joined, ``true`` and ``false`` in XML's words."""
    for name, value in attributes(of).items():
        if isinstance(value, bool):
            yield name, "true" if value else "false"
        elif isinstance(value, list):
            yield name, joined(value)
        else:
            yield name, repr(value) if isinstance(value, float) else str(value)

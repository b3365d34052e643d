"""Kumu: a workbook with the sheets Elements and Connections, or a blueprint in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from netofnets.export.workbook import Cell, workbook
from netofnets.graph.interchange import Node, Tie, nodes_of, ties_of
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.cells import joined
from netofnets.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS
from netofnets.schema.model import Kind

__all__ = ["blueprint", "field", "kumu_workbook", "type_of"]

# Kumu gives these fields a place of their own. An address is called Contact: from a field Email, Kumu lets every
# reader's browser ask another site for a picture of the person.
_FIELDS = {"name": "Label", "about": "Description", "email": "Contact"}
_SEPARATOR = "|"  # of several values in one cell
_ELEMENT, _CONNECTION = ("ID", "Label", "Type"), ("ID", "From", "To", "Direction", "Type")
_BOTH_WAYS = "related_interests"


def field(name: str) -> str:
    """What a property is called in Kumu: ``time_zone`` is ``Time zone``."""
    return _FIELDS.get(name, name.replace("_", " ").capitalize())


def type_of(kind: Kind) -> str:
    """The Type of an element (``Leader``) or connection (``Member of``)."""
    return getattr(kind, "label", "") or kind.type.replace("_", " ").capitalize()  # type: ignore[union-attr]


def blueprint(snapshot: Snapshot) -> Iterator[str]:
    """The blueprint piece by piece: an element or connection a line, lists as lists."""
    yield '{\n"elements": ['
    yield from _listed(nodes_of(snapshot), _element)
    yield '\n],\n"connections": ['
    yield from _listed(ties_of(snapshot), _connection)
    yield "\n]\n}\n"


def kumu_workbook(snapshot: Snapshot) -> Iterator[bytes]:
    """The workbook; several values in one cell are separated by ``|``, as Kumu reads them."""
    fields = {kinds: _columns(kinds) for kinds in (NODE_KINDS, RELATIONSHIP_KINDS)}
    elements, connections = ((*_ELEMENT, *fields[NODE_KINDS]), (*_CONNECTION, *fields[RELATIONSHIP_KINDS]))
    yield workbook(
        {
            "Elements": _sheet(elements, map(_element, nodes_of(snapshot))),
            "Connections": _sheet(connections, map(_connection, ties_of(snapshot))),
        }
    )


def _columns(kinds: Iterable[Kind]) -> tuple[str, ...]:
    names = dict.fromkeys(field(prop.name) for kind in kinds for prop in kind.properties)
    return tuple(name for name in names if name not in _ELEMENT)


def _element(node: Node) -> dict[str, Any]:
    stated = {field(name): value for name, value in node.values.items()}
    label = stated.pop("Label", node.id)
    return {"ID": node.id, "Label": label, "Type": type_of(node.kind), **stated}


def _connection(tie: Tie) -> dict[str, Any]:
    direction = "mutual" if tie.kind.name == _BOTH_WAYS else "directed"
    ends = {"ID": tie.id, "From": tie.source, "To": tie.target, "Direction": direction, "Type": type_of(tie.kind)}
    return {**ends, **{field(name): value for name, value in tie.values.items()}}


def _sheet(header: tuple[str, ...], records: Iterable[dict[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    yield header
    for record in records:
        cells = (record.get(name) for name in header)
        yield tuple(joined(cell, _SEPARATOR) if isinstance(cell, list) else cell for cell in cells)


def _listed(records: Iterable[Any], shaped: Callable[[Any], dict[str, Any]]) -> Iterator[str]:
    for number, record in enumerate(records):
        # The keys that a blueprint is read by are small letters; those of fields are as people read them.
        known = {*_ELEMENT, *_CONNECTION, "Description"}
        values = {(n.lower() if n in known else n): v for n, v in shaped(record).items()}
        yield ("," if number else "") + "\n" + json.dumps(values, ensure_ascii=False, allow_nan=False)

"""Who comes with what is selected on the map of people, where not everybody fits: once for all who click in a disc."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netofnets.services.index import EditionIndex, Ints
from netofnets.services.map.colours import Groups
from netofnets.services.map.columns import columns, ordered
from netofnets.services.map.marks import come_with, guests_at, rows_to_come
from netofnets.services.map.scene import SceneNode

__all__ = ["Guests", "guests_of"]

_MANY, _KEPT = 500, 4  # guests of a disc that are worth keeping for the next click in it, and of so many discs


@dataclass(frozen=True, slots=True)
class Guests:
    """Marks in the order of the map, their ids, and the first portion of them as the script of the map gets it."""

    nodes: tuple[SceneNode, ...]
    ids: frozenset[str]
    marks: Mapping[str, Any]


def guests_of(index: EditionIndex, groups: Groups, kind: str, chosen: int) -> Guests:
    """Those who come with a network or a leader (a position); nearly all members of a large disc bring the same."""
    rows = rows_to_come(index, come_with(index, kind, chosen))
    if len(rows) < _MANY:
        return _made(index, groups, rows)
    return index.lately("guests", (groups.title, rows.tobytes()), lambda: _made(index, groups, rows), _KEPT)


def _made(index: EditionIndex, groups: Groups, rows: Ints) -> Guests:
    nodes = tuple(ordered(guests_at(index, groups, rows)))
    return Guests(nodes, frozenset(node.id for node in nodes), columns(nodes))

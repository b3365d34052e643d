"""Who was erased, counted; and letting somebody back who asks for it, or another person of the same name in."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.schema.identifiers import record_id
from netofnets.schema.tombstones import ADDRESS, NAME, RECORD, Marks, Tombstone
from netofnets.store.base import Store
from netofnets.store.operations import lift

__all__ = ["Counted", "count", "drop", "let_another_in", "let_back"]

_NOBODY = "nobody was erased by that; netofnets tombstones count tells how many were"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people were erased, by how many marks they would be known, and how many under keys that are not here."""

    people: int
    marks: int
    unknown: int


def count(store: Store, marks: Marks | None) -> Counted:
    """Count the people whose tombstones a store holds; ``marks`` are those of the home's key."""
    left = store.tombstones()
    foreign = {one.person for one in _foreign(left, marks)}
    return Counted(len({one.person for one in left}), len(left), len(foreign))


def let_back(store: Store, marks: Marks | None, *, email: str = "", source: str = "", local_id: str = "") -> int:
    """Let somebody who was erased come back with the next load, by an address or a source's id; how many people.

    ``source`` may be the namespace that several sources share their ids in. :class:`NotFound` when it
    was nobody's.
    """
    left = store.tombstones()
    wanted: set[tuple[str, str]] = set()
    if marks is not None and email:
        wanted.add((ADDRESS, marks.address(email)))
    if marks is not None and local_id:
        wanted.add((RECORD, marks.record(record_id("leaders", source, local_id))))
    people = {one.person for one in left if (one.kind, one.mark) in wanted}
    if not people:
        raise NotFound(_NOBODY)
    lift(store, [one for one in left if one.person in people])
    return len(people)


def let_another_in(store: Store, marks: Marks | None, name: str, organization: str = "") -> int:
    """Say that somebody of a name, at an organization if one is given, is another person; how many marks that lifts.

    Who was erased is known by ids and addresses as before. :class:`NotFound` when nobody of that name was erased.
    """
    wanted = marks.name(name, organization) if marks is not None else ""
    found = [one for one in store.tombstones() if one.kind == NAME and one.mark == wanted]
    if not found:
        raise NotFound(_NOBODY)
    return lift(store, found)


def drop(store: Store, marks: Marks | None) -> int:
    """Give up the tombstones whose key is lost; of how many people they were."""
    gone = _foreign(store.tombstones(), marks)
    lift(store, gone)
    return len({one.person for one in gone})


def _foreign(left: tuple[Tombstone, ...], marks: Marks | None) -> list[Tombstone]:
    return [one for one in left if marks is None or one.key != marks.key]

"""Introductions that a person is asked about: on their own page, without a name or an address before it may be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.schema.identity import Identity
from netofnets.schema.introductions import agreed, introductions, of_person
from netofnets.schema.records import Decision
from netofnets.services.index import index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import ORGANIZER

__all__ = ["AskedOf", "asked_of"]

_TOLD = ("asked", "accepted", "met")


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One introduction. The other's name and the reason are empty where they may not be told yet; the address is there
    only when both have said yes themselves."""

    number: int  # among the person's own: an id would tell of somebody whom they may not see
    other: Ref
    state: str
    why: str
    mine: bool  # whether the person has said yes
    address: str


def asked_of(
    published: Published, decisions: Sequence[Decision], identity: Identity, person: str, visible: Callable[[str], bool]
) -> tuple[AskedOf, ...]:
    """The introductions of a person (canonical id), the latest first; ``visible`` says whom the person may see."""
    found = []
    for number, (other, one) in of_person(introductions(decisions, identity.canonical), person).items():
        if one.state not in _TOLD:
            continue
        said = agreed(decisions, person, other, identity.canonical)
        both = {person, other} <= said
        told = both or visible(other)
        name, address = _contact(published, other)
        asked = next((s for s in reversed(one.steps) if s.value == "asked"), one.steps[-1])
        ref = Ref("leaders", other, name) if told else Ref("leaders", "", "")
        found.append(
            AskedOf(number, ref, one.state, asked.why if told else "", person in said, address if both else "")
        )
    return tuple(reversed(found))


def _contact(published: Published, leader: str) -> tuple[str, str]:
    snapshot = index_of(published, ORGANIZER).snapshot
    try:
        at = snapshot.position("leaders", leader)
    except NotFound:
        return "", ""
    return tuple(str(snapshot.value("leaders", at, name) or "") for name in ("name", "email"))  # type: ignore[return-value]

"""Who may see what of a person: one pure rule, on which editions, circles and a person's own page stand."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from netofnets.schema.model import Visibility

__all__ = ["IMPORTED", "NOBODY", "Standing", "Who", "least", "may_see", "standing"]

# What an import may show until the person says otherwise: never the public.
IMPORTED = Visibility.SHARED_NETWORK


class Standing(StrEnum):
    """What somebody who looks is to a person, from the most distant to the nearest."""

    STRANGER = "stranger"
    SIGNED_IN = "signed_in"
    FELLOW = "fellow"  # of one network with the person
    ORGANIZER = "organizer"  # of one of the person's networks, or of the whole map
    SELF = "self"


_LEAST: dict[Standing, Visibility] = {
    Standing.STRANGER: Visibility.PUBLIC,
    Standing.SIGNED_IN: Visibility.SIGNED_IN,
    Standing.FELLOW: Visibility.SHARED_NETWORK,
    Standing.ORGANIZER: Visibility.ORGANIZERS,
    Standing.SELF: Visibility.HIDDEN,
}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who looks: known at all, the networks that they organize, their own record and its networks (ids).

    ``unseen`` are the leaders who do not want to be seen by them.
    """

    signed_in: bool = False
    organizes: frozenset[str] = field(default_factory=frozenset)
    record: str = ""
    fellow_in: frozenset[str] = field(default_factory=frozenset)
    unseen: frozenset[str] = field(default_factory=frozenset)

    @property
    def networks(self) -> frozenset[str]:
        """The networks whose people they see more of than others do."""
        return self.organizes | self.fellow_in if self.signed_in else frozenset()


NOBODY = Who()


def standing(who: Who, person: str, networks: Set[str]) -> Standing:
    """What ``who`` is to the person with this id who is in these networks."""
    if not who.signed_in:
        return Standing.STRANGER
    if who.record == person:
        return Standing.SELF
    if not who.organizes.isdisjoint(networks):
        return Standing.ORGANIZER
    return Standing.SIGNED_IN if who.fellow_in.isdisjoint(networks) else Standing.FELLOW


def least(one: Standing) -> Visibility:
    """The most careful level that a person can choose and still be shown to somebody who stands so to them."""
    return _LEAST[one]


@cache  # asked for everybody and each field of theirs, and there are few answers
def may_see(one: Standing, whole: Visibility, part: Visibility | None = None, *, private: bool = False) -> bool:
    """Whether somebody who stands so to a person sees the person; with ``part`` or ``private``, one of the fields.

    ``whole`` is the level of the person, ``part`` that of the field where the person chose one; a field never shows
    more than the person. ``private``: contact data, for organizers and the person alone.
    """
    if private and least(one).rank > Visibility.ORGANIZERS.rank:
        return False
    return min(whole, part or whole, key=lambda level: level.rank).rank >= least(one).rank

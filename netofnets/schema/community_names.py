"""Names that people gave to communities, read from the log of decisions: by number, the last one counts."""

from __future__ import annotations

from collections.abc import Iterable

from netofnets.schema.records import Decision
from netofnets.schema.topics import COMMUNITY_NAME

__all__ = ["LONGEST_NAME", "community_names", "plain_name"]

LONGEST_NAME = 80  # characters: it stands in legends and lists


def community_names(decisions: Iterable[Decision]) -> dict[int, Decision]:
    """The decision that stands for each community that has a name: number -> decision.

    The first subject of a decision is the number, the others are networks that were in the community when it was named:
    where numbers were given anew, as in a home without a past, they tell that the number means something else now. An
    empty value takes a name back.
    """
    found: dict[int, Decision] = {}
    for decision in decisions:
        if decision.topic != COMMUNITY_NAME or not decision.subjects or not decision.subjects[0].isdecimal():
            continue
        found[int(decision.subjects[0])] = decision
    return {number: decision for number, decision in found.items() if decision.value}


def plain_name(name: str) -> str:
    """A name as it is compared with others: capitals and blanks aside."""
    return " ".join(name.split()).casefold()

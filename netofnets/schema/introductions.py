"""Introductions of two people: what may follow what, and how far each has come, read from the log of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from netofnets.schema.records import Decision
from netofnets.schema.topics import INTRODUCTION, INTRODUCTION_ANSWER, INTRODUCTION_STATES

__all__ = ["NEXT", "OPEN", "Introduction", "agreed", "introductions", "of_person", "open_with"]

# State -> what may follow; empty: nothing has been recorded of these two. Who declined may be asked again, for a new
# reason; who accepted may think better of it. What was set aside may be taken up again.
NEXT: dict[str, tuple[str, ...]] = {
    "": ("suggested", "asked", "dismissed"),
    "suggested": ("asked", "dismissed"),
    "asked": ("accepted", "declined"),
    "accepted": ("met", "declined"),
    "declined": ("asked",),
    "met": (),
    "dismissed": ("suggested", "asked"),
}

# They were asked, and have neither met nor said no: this takes their time, where a suggestion costs nobody anything.
OPEN = ("asked", "accepted")


@dataclass(frozen=True, slots=True)
class Introduction:
    """All that was recorded of two people, ``first < second`` by canonical id, oldest step first."""

    first: str
    second: str
    steps: tuple[Decision, ...]

    @property
    def state(self) -> str:
        """What it has come to."""
        return self.steps[-1].value


def introductions(decisions: Iterable[Decision], canonical: Callable[[str], str] = str) -> tuple[Introduction, ...]:
    """One introduction for each two people, in the order in which they began.

    ``canonical`` gives the id that a record goes by now, so that what was decided about either of two records that are
    one person counts for that person. Two records that have become one person are no pair any more.
    """
    found: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        if decision.topic != INTRODUCTION or decision.value not in INTRODUCTION_STATES:
            continue
        pair = sorted({canonical(record) for record in decision.subjects})
        if len(pair) == 2:
            found.setdefault((pair[0], pair[1]), []).append(decision)
    return tuple(Introduction(first, second, tuple(steps)) for (first, second), steps in found.items())


def of_person(found: Iterable[Introduction], person: str) -> dict[int, tuple[str, Introduction]]:
    """The introductions of a person by number, from 1 in the order in which they began, each with the other person."""
    own = [one for one in found if person in (one.first, one.second)]
    return {at: (one.second if one.first == person else one.first, one) for at, one in enumerate(own, 1)}


def agreed(
    decisions: Iterable[Decision], first: str, second: str, canonical: Callable[[str], str] = str
) -> frozenset[str]:
    """Which of the two have said yes themselves since they were asked last."""
    said: set[str] = set()
    for decision in sorted(decisions, key=lambda one: (one.run, one.topic != INTRODUCTION_ANSWER)):
        pair = [canonical(record) for record in decision.subjects]
        if decision.topic == INTRODUCTION and set(pair) == {first, second} and decision.value == "asked":
            said.clear()
        elif decision.topic == INTRODUCTION_ANSWER and set(pair) == {first, second}:
            (said.add if decision.value == "yes" else said.discard)(pair[0])
    return frozenset(said)


def open_with(found: Iterable[Introduction], person: str) -> tuple[str, ...]:
    """With whom a person is in an introduction that is open."""
    pairs = ((one.first, one.second) for one in found if one.state in OPEN and person in (one.first, one.second))
    return tuple(second if first == person else first for first, second in pairs)

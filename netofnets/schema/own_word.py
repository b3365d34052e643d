"""What people say of single facts about themselves: right, not right, no longer so; read from the log of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from netofnets.schema.kinds import LEADERS, RELATIONSHIP_KINDS
from netofnets.schema.records import Decision
from netofnets.schema.topics import OWN_WORD

__all__ = ["DOUBTED", "TELLABLE", "TIES", "About", "Said", "Word", "word_in", "words_of", "written"]

TELLABLE: tuple[str, ...] = tuple(p.name for p in LEADERS.properties if not p.private)
"""The fields that people can correct themselves.

An address is not among them: records are joined by it, so it has to be proven, not told.
"""

TIES: tuple[str, ...] = tuple(k.name for k in RELATIONSHIP_KINDS if "leaders" in (k.source, k.target))
"""The kinds of ties of a person."""


class Said(StrEnum):
    """What was said of a fact last, from what keeps least back to what keeps most back."""

    TAKEN_BACK = "taken-back"  # by the person: as if nothing had been said
    STANDS = "stands"  # by an organizer who looked into a dispute: the fact is right
    TOLD = "told"
    CONFIRMED = "confirmed"
    LEFT = "left"  # a membership or a workplace that is over
    DISPUTED = "disputed"
    UPHELD = "upheld"  # by an organizer: the person is right, the source is not


DOUBTED = frozenset({Said.DISPUTED, Said.UPHELD})
"""What is shown to organizers alone and counts in no measure."""

About = tuple[str, str, str]
"""Canonical id of the person, a field or a kind of tie, and the canonical id at the other end of a tie (else empty)."""


@dataclass(frozen=True, slots=True)
class Word:
    """The last word on one fact: what was said, on which day (ISO), and by whom."""

    said: Said
    day: str
    who: str
    run: int = 0


def written(said: Said, what: str, end: str = "") -> str:
    """The value of a decision that says so of a field, or of a tie of a kind with ``end``."""
    return " ".join(filter(None, (said, what, end)))


def word_in(decision: Decision) -> tuple[Said, str, str] | None:
    """What a decision says of which field or tie; None when it is no word that this version knows."""
    if decision.topic != OWN_WORD or not decision.subjects:
        return None
    said, _, rest = decision.value.partition(" ")
    what, _, end = rest.partition(" ")
    known = said in list(Said) and (what in TIES if end else what in {p.name for p in LEADERS.properties})
    return (Said(said), what, end) if known else None


def words_of(decisions: Iterable[Decision], canonical: Callable[[str], str] = str) -> dict[About, Word]:
    """The word that stands on each fact: on one record the last, among the records of a person what keeps most back.

    The first subject of a decision is who says it; ``canonical`` gives the id that a record goes by now.
    """
    last: dict[About, Word] = {}
    for decision in decisions:
        if (found := word_in(decision)) is not None:
            said, what, end = found
            word = Word(said, decision.at[:10], decision.who, decision.run)
            last[decision.subjects[0], what, canonical(end) if end else ""] = word
    kept: dict[About, Word] = {}
    order = list(Said)
    for (record, what, end), word in last.items():
        about = canonical(record), what, end
        other = kept.get(about)
        if other is None or (order.index(word.said), word.day) >= (order.index(other.said), other.day):
            kept[about] = word
    return {about: word for about, word in kept.items() if word.said is not Said.TAKEN_BACK}

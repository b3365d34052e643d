"""What travels between the rooms: claims of sources, judgements about identity, choices, decisions, runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from netofnets.schema.model import Visibility

__all__ = [
    "BY_HAND",
    "BY_PERSON",
    "CORRECTING",
    "JUDGED",
    "Claim",
    "Decision",
    "Entity",
    "Judgement",
    "PastClaim",
    "Run",
    "Value",
    "Verdict",
    "VisibilityChoice",
    "last_verdicts",
]

BY_HAND = "edited by hand in Neo4j"
"""The source of what was changed on nodes themselves and adopted: it corrects what other sources list."""

BY_PERSON = "told by the person"
"""The source of what people say about themselves: it stands over what rosters and hands say of them."""

CORRECTING = frozenset({BY_HAND, BY_PERSON})
"""Sources that correct what others list and list nobody themselves: nobody is recognised by what they say."""

JUDGED: tuple[str, ...] = ("leaders", "networks", "organizations")
"""Kinds of nodes that people are asked about: are these two one? Interests belong to concepts instead."""

Value = str | int | float | bool | tuple[str, ...] | None


def _appended_in() -> int:
    """The run that appended a row to a log; 0 before stores kept that. No part of what the row says."""
    return field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as one source states it.

    ``key`` is the id of the source's record: :func:`record_id` for nodes, :func:`relationship_id` over the two
    endpoint *records* for relationships. ``from_id`` and ``to_id`` are those endpoint records, empty for nodes.
    ``origin`` says where it was read (``roster.csv:17`` or ``book.xlsx/People:17``), ``first_run`` the run that first
    brought it; neither is part of what is claimed.
    """

    kind: str
    key: str
    source: str
    values: Mapping[str, Value]
    local_id: str = ""
    from_id: str = ""
    to_id: str = ""
    origin: str = ""
    first_run: int = 0


@dataclass(frozen=True, slots=True)
class PastClaim:
    """What a source stated before a run changed or withdrew it.

    ``until`` is the last run that it stood in; 0 in changes: the run before theirs. Not ``stated``: it did not stand
    until then, and came back afterwards with its first run (the claim is its address, and says nothing).
    """

    claim: Claim
    until: int = 0
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """A node or relationship as it stands, derived from the claims about it.

    ``id`` is canonical; ``from_id`` and ``to_id`` are canonical node ids, empty for nodes.
    """

    kind: str
    id: str
    values: Mapping[str, Value]
    claims: tuple[Claim, ...] = field(default=(), compare=False)
    from_id: str = ""
    to_id: str = ""


class Verdict(StrEnum):
    """What somebody (or a rule) decided about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    UNDONE = "undone"  # the load that brought a rule's verdict was undone: as if the two had never been compared


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the append-only log of identity; ``left < right`` are record ids of one of :data:`JUDGED`."""

    left: str
    right: str
    verdict: Verdict
    who: str  # "rule:same-email" or a person
    why: str
    model: str = ""
    at: str = ""  # UTC time for people to read; order comes from the log
    run: int = _appended_in()


def last_verdicts(log: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """What counts of a log of identity: the last judgement on each pair of records, the smaller id first."""
    return {(min(j.left, j.right), max(j.left, j.right)): j for j in log}


@dataclass(frozen=True, slots=True)
class VisibilityChoice:
    """One row of the append-only log of who may see a person (``field`` empty) or one of the person's fields."""

    record: str
    level: Visibility
    who: str
    why: str
    field: str = ""
    at: str = ""
    run: int = _appended_in()


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the append-only log of what people decided about the map: an introduction, a community's name.

    ``topic`` says what kind of decision, ``subjects`` whom or what it is about (ids of records; sorted where the order
    means nothing), ``value`` what was decided. Who is erased is forgotten here too, with every row about them.
    """

    topic: str
    subjects: tuple[str, ...]
    value: str
    who: str
    why: str
    at: str = ""
    run: int = _appended_in()


@dataclass(frozen=True, slots=True)
class Run:
    """One numbered load of one source. Numbers come from the store, never from a clock."""

    number: int
    source: str
    status: str  # running | done | failed
    started: str
    finished: str = ""
    report: str = ""  # JSON counts

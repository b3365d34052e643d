"""What ties a person to networks, organizations, interests, activities and other people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netofnets.language import joined, say, say_count
from netofnets.schema.modes import mode_words
from netofnets.services.find.credentials import issuers_of
from netofnets.services.index import EditionIndex, slice_of
from netofnets.services.person.provenance import Source, told
from netofnets.services.refs import Ref, ref

__all__ = [
    "LISTS",
    "Affiliation",
    "Collaboration",
    "HeldCredential",
    "HeldInterest",
    "Membership",
    "Taken",
    "activities_of",
    "affiliations_of",
    "collaborations_of",
    "credentials_of",
    "interests_of",
    "memberships_of",
    "times",
]

LISTS: Mapping[str, str] = {
    "memberships": say("memberships"),
    "affiliations": say("schools and partners"),
    "interests": say("interests"),
    "collaborations": say("direct ties"),
    "activities": say("activities"),
    "credentials": say("credentials"),
}
"""The lists of ties that a page about somebody has, and what their rows are called."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell in a network; dates are ISO or empty."""

    network: Ref
    role: str
    start: str
    end: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    past: bool = False  # over by the day that counts; on the record, and counted nowhere


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Work for or with an organization."""

    organization: Ref
    role: str
    start: str
    end: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    past: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """Part taken in an activity."""

    activity: Ref
    role: str
    date: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else


@dataclass(frozen=True, slots=True)
class HeldInterest:
    """An interest, how it is held, and how many people hold it."""

    interest: Ref
    mode: str
    held_by: int
    words: str  # "held by 14 of 1,203 people"
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else


@dataclass(frozen=True, slots=True)
class HeldCredential:
    """A credential, from the day it was earned; days are ISO or empty."""

    credential: Ref
    issuers: tuple[Ref, ...]
    start: str
    end: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    past: bool = False  # expired by the day that counts


@dataclass(frozen=True, slots=True)
class Collaboration:
    """A direct tie; ``words`` says it whole: "mentors (3 times, 2024-01-02 to 2024-06-30)"."""

    leader: Ref
    direction: str  # to | from
    kind: str
    count: int | None
    first: str
    last: str
    words: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else


def memberships_of(index: EditionIndex, leader: int) -> tuple[Membership, ...]:
    """Every spell in a network, those that are over last, by name of the network and first day."""
    found = [
        Membership(
            index.network(network),
            row["role"] or "",
            row["start"] or "",
            row["end"] or "",
            *told(index, "memberships", row["id"], row),
            _over(index, row),
        )
        for network, row in _from(index, "memberships", leader)
    ]
    return tuple(sorted(found, key=lambda m: (m.past, m.network.name.casefold(), m.network.id, m.start)))


def affiliations_of(index: EditionIndex, leader: int) -> tuple[Affiliation, ...]:
    """Organizations that the person works for or with."""
    found = (
        Affiliation(
            ref(index.snapshot, "organizations", at),
            r["role"] or "",
            r["start"] or "",
            r["end"] or "",
            *told(index, "affiliations", r["id"], r),
            _over(index, r),
        )
        for at, r in _from(index, "affiliations", leader)
    )
    return tuple(sorted(found, key=lambda a: a.past))


def interests_of(index: EditionIndex, leader: int) -> tuple[HeldInterest, ...]:
    """Interests, the rarest first."""
    found = []
    for at, row in _from(index, "leader_interests", leader):
        holders = int(index.interests.group_sizes[at])
        words = say_count(
            "named by {holders:,} of {n:,} person",
            "named by {holders:,} of {n:,} people",
            index.people,
            holders=holders,
        )
        said = told(index, "leader_interests", row["id"], row)
        found.append(HeldInterest(ref(index.snapshot, "interests", at), mode_words(row["mode"]), holders, words, *said))
    return tuple(sorted(found, key=lambda h: (h.held_by, h.interest.name.casefold(), h.mode)))


def collaborations_of(index: EditionIndex, leader: int, only: int | None = None) -> tuple[Collaboration, ...]:
    """Direct ties in both directions, by name of the other person; ties to oneself are left out.

    ``only``: those to this one person.
    """
    edges, cells = index.snapshot.edges["collaborations"], index.snapshot.cells("collaborations")
    rows = [(r, "to", int(edges.target[r])) for r in slice_of(edges.source, leader)]
    rows += [(int(r), "from", int(edges.source[r])) for r in index.arriving("collaborations")[leader]]
    found = [
        _collaboration(index, cells.row(r), way, other)
        for r, way, other in rows
        if other != leader and only in (None, other)
    ]
    return tuple(sorted(found, key=lambda c: (c.leader.name.casefold(), c.leader.id, c.direction, c.kind)))


def credentials_of(index: EditionIndex, leader: int) -> tuple[HeldCredential, ...]:
    """Credentials, those that are valid first, then the latest first."""
    found = [
        HeldCredential(
            ref(index.snapshot, "credentials", at),
            issuers_of(index, at),
            row["start"] or "",
            row["end"] or "",
            *told(index, "leader_credentials", row["id"], row),
            _over(index, row),
        )
        for at, row in _from(index, "leader_credentials", leader)
    ]
    found.sort(key=lambda held: (held.credential.name.casefold(), held.credential.id))
    found.sort(key=lambda held: held.start, reverse=True)
    return tuple(sorted(found, key=lambda held: held.past))


def activities_of(index: EditionIndex, leader: int) -> tuple[Taken, ...]:
    """Activities taken part in, the latest first."""
    found = [
        Taken(
            ref(index.snapshot, "activities", at),
            row["role"] or "",
            str(index.snapshot.value("activities", at, "date") or ""),
            *told(index, "participations", row["id"], row),
        )
        for at, row in _from(index, "participations", leader)
    ]
    return tuple(sorted(found, key=lambda t: (t.date, t.activity.name), reverse=True))


def times(count: int) -> str:
    """How often two worked together."""
    return say_count("{n:,} time", "{n:,} times", count)


def _over(index: EditionIndex, row: dict[str, Any]) -> bool:
    """Whether a spell had ended by the day that everything is computed as of."""
    return bool(row["end"]) and bool(index.as_of) and row["end"] < index.as_of


def _from(index: EditionIndex, kind: str, leader: int) -> list[tuple[int, dict[str, Any]]]:
    edges = index.record.edges[kind]
    rows = slice_of(edges.source, leader)
    cells = index.record.cells(kind)
    return [(int(edges.target[r]), cells.row(r)) for r in rows]


def _collaboration(index: EditionIndex, row: dict[str, Any], direction: str, other: int) -> Collaboration:
    kind, count = row["kind"] or say("works together"), row["count"]
    first, last = row["first"] or "", row["last"] or ""
    about = [times(count)] if count and count > 1 else []
    if first and last and first != last:
        about.append(say("{first} to {last}", first=first, last=last))
    elif first or last:
        about.append(first or last)
    words = say("{kind} ({about})", kind=kind, about=joined(about, ", ")) if about else kind
    said = told(index, "collaborations", row["id"], row)
    return Collaboration(index.leader(other), direction, kind, count, first, last, words, *said)

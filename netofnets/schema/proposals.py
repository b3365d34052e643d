"""Proposals: what a text was taken to say, with the place and the quote, until somebody accepts or rejects it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from netofnets.language import say
from netofnets.schema.identifiers import INTEREST_NAMESPACE, fold, proposal_id, record_id, relationship_id
from netofnets.schema.kinds import kind as kind_named
from netofnets.schema.model import RelationshipKind
from netofnets.schema.records import Claim, Decision
from netofnets.schema.rows import interest_key
from netofnets.schema.topics import ANSWER, ARTICLE, PROPOSAL

__all__ = [
    "LEADER",
    "MENTIONED",
    "Answer",
    "Place",
    "Proposal",
    "Thing",
    "answers",
    "in_article",
    "naming",
    "proposals",
]

_CHARACTERS = re.compile(r":[0-9]+-[0-9]+\Z")
LEADER, MENTIONED = "leader", "mentioned"


_WHAT: Mapping[str, str] = {
    "leaders": say("leader"),
    "networks": say("network"),
    "organizations": say("organization"),
    "interests": say("interest"),
    "activities": say("activity"),
    "credentials": say("credential"),
}
_TIES: Mapping[str, Callable[[str, str], str]] = {
    "memberships": lambda a, b: say("{first} belongs to {second}", first=a, second=b),
    "affiliations": lambda a, b: say("{first} works with {second}", first=a, second=b),
    "leader_interests": lambda a, b: say("{first} is interested in {second}", first=a, second=b),
    "partnerships": lambda a, b: say("{first} partners with {second}", first=a, second=b),
    "network_focuses": lambda a, b: say("{first} works on {second}", first=a, second=b),
    "organization_focuses": lambda a, b: say("{first} works on {second}", first=a, second=b),
    "collaborations": lambda a, b: say("{first} works with {second}", first=a, second=b),
    "network_parts": lambda a, b: say("{first} is part of {second}", first=a, second=b),
    "participations": lambda a, b: say("{first} took part in {second}", first=a, second=b),
    "leader_credentials": lambda a, b: say("{first} holds {second}", first=a, second=b),
    "credential_issuers": lambda a, b: say("{first} is issued by {second}", first=a, second=b),
    "broader_interests": lambda a, b: say("{first} is part of the wider {second}", first=a, second=b),
    "related_interests": lambda a, b: say("{first} is close to {second}", first=a, second=b),
}


class Answer(StrEnum):
    """What somebody said to a proposal; nothing said yet is ``open``."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: ``quote`` are characters ``start`` to ``end`` of the file, the mention ``at`` to ``until``."""

    file: str
    start: int
    end: int
    at: int
    until: int
    quote: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node as a text names it; one name of one kind is one thing within a source, an interest everywhere."""

    kind: str
    name: str

    @property
    def local_id(self) -> str:
        """What the source calls it."""
        return interest_key(self.name) if self.kind == "interests" else fold(self.name)

    def record(self, source: str) -> str:
        """The id of the record that it becomes."""
        return record_id(self.kind, INTEREST_NAMESPACE if self.kind == "interests" else source, self.local_id)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A node (one of ``things``) or a relationship (two), as a detector read it in an article of ``source``.

    ``people`` are the records of everybody whom the quotes name, the proposal's own first (``own`` of them), with those
    of the map called the same; who is erased or hidden among them takes the proposal along.
    """

    source: str
    kind: str
    things: tuple[Thing, ...]
    places: tuple[Place, ...]
    detector: str
    reason: str
    standing: str = ""  # of a person: leader or mentioned
    values: dict[str, str] = field(default_factory=dict)  # of a relationship: role, mode, kind
    people: tuple[str, ...] = ()
    own: int = 0
    known: tuple[str, ...] = ()  # ids on the map of those that are called the same

    @property
    def id(self) -> str:
        """From what is said and the first quote, not from where: the same words elsewhere propose nothing new."""
        said = [f"{thing.kind}:{thing.local_id}" for thing in self.things]
        values = [f"{name}={value}" for name, value in sorted(self.values.items())]
        return proposal_id(PROPOSAL, self.source, self.kind, *said, *values, fold(self.places[0].quote))

    @property
    def words(self) -> str:
        """What is proposed, in words."""
        names = [thing.name for thing in self.things]
        if len(names) == 1:
            what = say("mentioned, not shown as a leader") if self.standing == MENTIONED else _WHAT[self.kind]
            return say("{name}: {what}", name=names[0], what=what)
        tie = _TIES[self.kind](*names)
        told = ", ".join(value for name, value in sorted(self.values.items()) if name != "mode")
        return say("{tie} ({told})", tie=tie, told=told) if told else tie

    def claims(self) -> tuple[Claim, ...]:
        """What the source claims once it is accepted: the node; or the relationship, after an interest at its end."""
        origin = f"{self.places[0].file}:{self.places[0].start}-{self.places[0].end}"
        nodes = {thing.record(self.source): thing for thing in self.things}
        declared = kind_named(self.kind)
        if not isinstance(declared, RelationshipKind):
            return tuple(_node(record, thing, self.source, origin) for record, thing in nodes.items())
        start, end = (thing.record(self.source) for thing in self.things)
        distinguishing = tuple(self.values.get(name, "") for name in declared.distinguishing)
        key = relationship_id(self.kind, start, end, distinguishing)
        tie = Claim(self.kind, key, self.source, dict(self.values), "", start, end, origin)
        interests = (_node(r, t, self.source, origin) for r, t in nodes.items() if t.kind == "interests")
        return (*interests, tie)

    def decision(self, at: str) -> Decision:
        """The row of the log that keeps it."""
        value = {k: v for k, v in asdict(self).items() if k not in ("source", "reason", "detector", "people")}
        value["source"] = self.source
        subjects = (self.id, *self.people)
        return Decision(PROPOSAL, subjects, _json(value), f"detector:{self.detector}", self.reason, at)


def in_article(origin: str) -> bool:
    """Whether a claim with this origin is an accepted proposal: characters from and to, where a table has a row."""
    return bool(_CHARACTERS.search(origin))


def _node(record: str, thing: Thing, source: str, origin: str) -> Claim:
    return Claim(thing.kind, record, source, {"name": thing.name}, thing.local_id, origin=origin)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _read(row: Decision) -> Proposal:
    told: dict[str, Any] = json.loads(row.value)
    told["things"] = tuple(Thing(**thing) for thing in told["things"])
    told["places"] = tuple(Place(**place) for place in told["places"])
    told["known"] = tuple(told["known"])
    return Proposal(**told, detector=row.who.removeprefix("detector:"), reason=row.why, people=row.subjects[1:])


def proposals(decisions: Iterable[Decision]) -> dict[str, Proposal]:
    """The proposals in a log, by id, in the order in which they were first made."""
    found: dict[str, Proposal] = {}
    for row in decisions:
        if row.topic == PROPOSAL:
            found.setdefault(row.subjects[0], _read(row))
    return found


def answers(decisions: Iterable[Decision]) -> dict[str, Answer]:
    """What was last said to each proposal that somebody answered, by id."""
    return {row.subjects[0]: Answer(row.value) for row in decisions if row.topic == ANSWER}


def naming(decisions: Iterable[Decision], records: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    """Ids of the proposals and articles that are about one of these records or name one of these people.

    A name counts as whole words, without case and accents: also that of a file.
    """
    about = frozenset(records)
    spelled = [f" {_spelled(name)} " for name in names if _spelled(name)]
    found = set()
    for row in decisions:
        if row.topic in (PROPOSAL, ARTICLE) and row.subjects[0] not in found:
            text = f" {_spelled(' '.join(_texts(json.loads(row.value))))} " if spelled else ""
            if about.intersection(row.subjects) or any(name in text for name in spelled):
                found.add(row.subjects[0])
    return tuple(sorted(found))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a decoded JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _spelled(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())

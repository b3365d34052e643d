"""The profile of a leader: facts with their sources, ties, and what the analyses say with definitions."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.collaborators import Suggestions
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = [
    "Affiliation",
    "Collaboration",
    "Fact",
    "HeldInterest",
    "Membership",
    "Profile",
    "Score",
    "Source",
    "Taken",
    "leader_profile",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is stated. ``value`` is what this source says, in words."""

    source: str
    origin: str  # file:row
    first_run: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of the person, as it stands, with the sources that state it."""

    name: str  # property name
    label: str  # "Time zone"
    value: str
    sources: tuple[Source, ...]
    disagreeing: tuple[Source, ...]  # sources that say something else
    private: bool = False  # contact data that only organizers see


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell in a network; dates are ISO or empty."""

    network: Ref
    role: str
    start: str
    end: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Work for or with an organization."""

    organization: Ref
    role: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Part taken in an activity."""

    activity: Ref
    role: str
    date: str


@dataclass(frozen=True, slots=True)
class HeldInterest:
    """An interest, how it is held, and how many people hold it."""

    interest: Ref
    mode: str
    held_by: int
    words: str  # "held by 14 of 1,203 people"


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


@dataclass(frozen=True, slots=True)
class Score:
    """One number of an analysis; ``value`` is None when it is not defined for this person, and ``words`` says why."""

    measure: str
    name: str
    title: str
    value: float | None
    words: str
    definition: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The page of a leader. ``moved`` is True when the id asked for is an old record of the person: redirect."""

    version: str
    leader: Ref
    moved: bool
    summary: str
    facts: tuple[Fact, ...]
    email: str | None  # organizers only
    memberships: tuple[Membership, ...]
    affiliations: tuple[Affiliation, ...]
    interests: tuple[HeldInterest, ...]
    collaborations: tuple[Collaboration, ...]
    activities: tuple[Taken, ...]
    bridging: bool
    reason: str  # why bridging; empty when not
    community: str  # label of the community, empty when none
    scores: tuple[Score, ...]
    suggestions: Suggestions
    records: tuple[str, ...]  # all record ids of the person, the canonical one first


def leader_profile(published: Published, viewer: Viewer, leader: str) -> Profile:
    """Everything this viewer may know of a leader; :class:`NotFound` for a missing and for a hidden one alike."""
    raise NotImplementedError

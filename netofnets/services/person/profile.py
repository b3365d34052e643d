"""The profile of a leader: facts with their sources, ties, and what the analyses say with definitions."""

from __future__ import annotations

from dataclasses import dataclass, field

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import say, say_count
from netofnets.services.bounded import bounded
from netofnets.services.groups.rows import community_of
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.networks.introductions import Introduction, introductions_of
from netofnets.services.person.collaborators import Suggestions, suggest
from netofnets.services.person.earlier_ties import EarlierTie, earlier_ties_of
from netofnets.services.person.evidence import Quotation, quotations_of
from netofnets.services.person.facts import Fact, facts_of
from netofnets.services.person.in_common import Common, common_with
from netofnets.services.person.lineage import lineage_size
from netofnets.services.person.own_said import Words
from netofnets.services.person.provenance import Source, canonical_leader, claims_about, records_of
from netofnets.services.person.said import said_of
from netofnets.services.person.scores import Score, scores_of
from netofnets.services.person.ties import (
    LISTS,
    Affiliation,
    Collaboration,
    HeldCredential,
    HeldInterest,
    Membership,
    Taken,
    activities_of,
    affiliations_of,
    collaborations_of,
    credentials_of,
    interests_of,
    memberships_of,
)
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = [
    "Affiliation",
    "Collaboration",
    "EarlierTie",
    "Fact",
    "HeldCredential",
    "HeldInterest",
    "Membership",
    "Profile",
    "Quotation",
    "Score",
    "Source",
    "Taken",
    "leader_profile",
]


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
    credentials: tuple[HeldCredential, ...]
    bridging: bool
    reason: str  # why bridging; empty when not
    community: Ref | None
    scores: tuple[Score, ...]
    introductions: tuple[Introduction, ...]  # of the balanced list
    suggestions: Suggestions
    lineage: int  # people whom this one brought in, and these, and so on
    common: Common | None  # what the reader has in common with this person; None for the reader, or for nobody
    records: tuple[str, ...]  # all record ids of the person, the canonical one first
    quotations: tuple[Quotation, ...] = ()  # from articles, as somebody accepted them; organizers only
    earlier_ties: tuple[EarlierTie, ...] = ()  # what a source no longer states; organizers only
    said: Words = field(default_factory=dict)  # what the person said of these facts; organizers only
    left_out: str = ""  # which lists are longer than what is listed, in words


_LISTS = {
    **LISTS,
    "introductions": say("introductions"),
    "records": say("records"),
    "quotations": say("quotes"),
    "earlier_ties": say("earlier ties"),
}


def leader_profile(published: Published, viewer: Viewer, leader: str) -> Profile:
    """Everything this viewer may know of a leader; :class:`NotFound` for a missing and for a hidden one alike."""
    index = index_of(published, viewer)
    at, moved = _found(index, leader)
    reference = index.leader(at)
    claims = claims_about(index, "leaders", reference.id)
    facts = facts_of(index, at, claims, private=viewer.sees_people)
    memberships = memberships_of(index, at)
    collaborations = collaborations_of(index, at)
    profile = Profile(
        index.version,
        reference,
        moved,
        _summary(index, at, collaborations),
        facts,
        next((f.value for f in facts if f.name == "email"), None),
        memberships,
        affiliations_of(index, at),
        interests_of(index, at),
        collaborations,
        activities_of(index, at),
        credentials_of(index, at),
        bool(index.bridging[at]),
        index.reason(at),
        community_of(index, "leaders", at),
        scores_of(index, at),
        introductions_of(index, viewer, at),
        suggest(index, viewer, at),
        lineage_size(index, at),
        common_with(index, viewer, [at]).get(at),
        records_of(claims, reference.id),
        quotations_of(index, reference.id),
        earlier_ties_of(index, at),
        said_of(index, at),
    )
    return bounded(profile, _LISTS)


def _found(index: EditionIndex, leader: str) -> tuple[int, bool]:
    try:
        return index.snapshot.position("leaders", leader), False
    except NotFound:
        now = canonical_leader(index, leader)
        if now == leader:
            raise
        return index.snapshot.position("leaders", now), True


def _summary(index: EditionIndex, leader: int, collaborations: tuple[Collaboration, ...]) -> str:
    networks = listed([n.name for n in index.networks_of(leader)], 4)
    others = len({c.leader.id for c in collaborations})
    if not others:
        return say("In {networks}.", networks=networks) if networks else say("In no network.")
    if not networks:
        return say_count(
            "In no network; works directly with {n:,} person.",
            "In no network; works directly with {n:,} people.",
            others,
        )
    return say_count(
        "In {networks}; works directly with {n:,} person.",
        "In {networks}; works directly with {n:,} people.",
        others,
        networks=networks,
    )

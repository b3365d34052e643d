"""On a person's own page: what they said of facts, what they allow, and every score about them, before anybody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.model import Visibility
from netofnets.schema.modes import MODE_NAMES
from netofnets.schema.own_word import DOUBTED, words_of
from netofnets.schema.purposes import PURPOSES, SCORES, WHEREABOUTS, Purpose, declined
from netofnets.schema.records import BY_PERSON, Decision
from netofnets.schema.topics import PURPOSE
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.person.provenance import claims_about
from netofnets.services.person.scores import Score, scores_of
from netofnets.services.refs import ref
from netofnets.services.viewer import ANONYMOUS, ORGANIZER, Viewer, signed_in

__all__ = [
    "Consent",
    "OwnScores",
    "Told",
    "Words",
    "consents",
    "declined_by",
    "in_own_words",
    "levels_in_force",
    "own_scores",
    "words_about",
]


@dataclass(frozen=True, slots=True)
class Told:
    """The person's own last word on a fact: told, confirmed, disputed, left, or what an organizer made of a dispute."""

    said: str
    day: str


Words = Mapping[str, Told]
"""By field, or by ``kind id`` of a tie with the id at its other end."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A purpose, whether the person allows it, and since when they have said so (empty: they were not asked yet)."""

    purpose: Purpose
    allowed: bool
    since: str


@dataclass(frozen=True, slots=True)
class OwnScores:
    """What is measured of the person, as organizers see it. No rank: it would count people whom the person may not see.

    ``off``: the person declined scores, and none are made; ``seen_by``: who else is shown these.
    """

    off: bool
    bridging: bool
    scores: tuple[Score, ...]
    seen_by: str


def words_about(decisions: Sequence[Decision], identity: Identity, person: str) -> dict[str, Told]:
    """The last word on each fact of a person (canonical id)."""
    return {
        f"{what} {end}".rstrip(): Told(str(word.said), word.day)
        for (leader, what, end), word in words_of(decisions, identity.canonical).items()
        if leader == person
    }


def consents(decisions: Sequence[Decision], identity: Identity, person: str) -> tuple[Consent, ...]:
    """Every purpose, as a person (canonical id) decided on it."""
    no = declined(decisions, identity.canonical)
    days = {
        one.value.partition(" ")[0]: one.at[:10]
        for one in decisions
        if one.topic == PURPOSE and identity.canonical(one.subjects[0]) == person
    }
    return tuple(Consent(p, person not in no.get(p.name, ()), days.get(p.name, "")) for p in PURPOSES)


def declined_by(decisions: Sequence[Decision], identity: Identity, person: str) -> frozenset[str]:
    """The purposes that a person (canonical id) has declined."""
    return frozenset(name for name, people in declined(decisions, identity.canonical).items() if person in people)


def levels_in_force(
    whole: Visibility, chosen: Mapping[str, Visibility], spoken: Words, no: Collection[str]
) -> dict[str, Visibility]:
    """The level of each field that has one of its own, by choice, by dispute, or because whereabouts are kept back."""
    found = dict(chosen)
    for what, told in spoken.items():
        if " " not in what and told.said in DOUBTED:
            found[what] = min(found.get(what, whole), Visibility.ORGANIZERS, key=lambda one: one.rank)
    return found | (dict.fromkeys(("school", "place"), Visibility.HIDDEN) if WHEREABOUTS in no else {})


def in_own_words(index: EditionIndex, leader: int) -> dict[str, str]:
    """By mode, the interests that the person themselves named."""
    named: dict[str, list[str]] = {mode: [] for mode in MODE_NAMES}
    edges = index.record.edges["leader_interests"]
    for row in (edges.source == leader).nonzero()[0].tolist():
        mode, tie = (edges.table[column][row].as_py() for column in ("mode", "id"))
        if mode in named and any(c.source == BY_PERSON for c in claims_about(index, "leader_interests", tie)):
            named[mode].append(ref(index.snapshot, "interests", int(edges.target[row])).name)
    return {mode: "; ".join(sorted(names, key=str.casefold)) for mode, names in named.items()}


def own_scores(published: Published, person: str) -> OwnScores:
    """The scores that organizers see of a person; none of whoever is in no edition."""
    index = index_of(published, ORGANIZER)
    try:
        at = index.snapshot.position("leaders", person)
    except NotFound:
        return OwnScores(False, False, (), "")
    if index.snapshot.declining(SCORES)[at]:
        return OwnScores(True, False, (), "")
    found = tuple(one for one in scores_of(index, at) if one.value is not None and one.name != "rank")
    return OwnScores(False, bool(index.bridging[at]), found, _seen_by(published, person))


def _seen_by(published: Published, person: str) -> str:
    if _is_in(published, ANONYMOUS, person):
        return say("everybody")
    if _is_in(published, signed_in(), person):
        return say("everybody who has signed in")
    return say("organizers of the whole map")


def _is_in(published: Published, viewer: Viewer, person: str) -> bool:
    return person in set(index_of(published, viewer).snapshot.labels("leaders")[0])

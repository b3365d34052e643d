"""A person's own page: every fact with its source, who can see it, and what others would be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.circle import rows_about
from netofnets.graph.edition import latest_levels, readings
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say
from netofnets.schema.identity import Identity
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility
from netofnets.schema.own_word import TELLABLE
from netofnets.schema.policy import IMPORTED, Standing, may_see
from netofnets.schema.purposes import MAP
from netofnets.schema.records import Decision, Judgement, VisibilityChoice
from netofnets.schema.topics import OWN_WORDS
from netofnets.services.index import EditionIndex
from netofnets.services.introduced.asked import AskedOf, asked_of
from netofnets.services.person.circle import in_edition, is_known
from netofnets.services.person.facts import Fact, facts_of, label_of
from netofnets.services.person.facts_edition import FactsEdition
from netofnets.services.person.own_said import (
    Consent,
    OwnScores,
    Told,
    Words,
    consents,
    declined_by,
    in_own_words,
    levels_in_force,
    own_scores,
    words_about,
)
from netofnets.services.person.provenance import claims_about, records_of
from netofnets.services.person.roster import rows_of_person
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
from netofnets.services.words import shown
from netofnets.store.base import Facts

__all__ = ["LEVELS", "OWN_LISTS", "Log", "OwnField", "OwnPage", "Seen", "own_page", "own_rows"]

LEVELS: Mapping[Visibility, str] = {
    Visibility.HIDDEN: say("nobody but you"),
    Visibility.ORGANIZERS: say("organizers of your networks"),
    Visibility.SHARED_NETWORK: say("people of your networks"),
    Visibility.SIGNED_IN: say("everybody who has signed in"),
    Visibility.PUBLIC: say("everybody, without an account, too"),
}
"""The levels in words, each with all those before it."""

_LEVELLED = tuple((p.name, label_of(p.name)) for p in LEADERS.properties if p.name != "name")
_LOOKING = {
    Standing.STRANGER: say("Somebody without an account"),
    Standing.SIGNED_IN: say("Somebody who has signed in"),
    Standing.FELLOW: say("Somebody in one of your networks"),
    Standing.ORGANIZER: say("An organizer of one of your networks"),
}


@dataclass(frozen=True, slots=True)
class Log:
    """What the store knows beside the facts, and how to read all of it where what is published does not tell."""

    choices: Sequence[VisibilityChoice]
    judgements: Sequence[Judgement]
    scan: Callable[[], Facts]
    decisions: Sequence[Decision] = ()  # of what people say of themselves, and of introductions


@dataclass(frozen=True, slots=True)
class OwnField:
    """A fact and who can see it; ``chosen`` is the level of this field alone, None where it goes with the person."""

    fact: Fact
    chosen: Visibility | None
    seen_by: str
    said: Told | None  # the person's own last word on it


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody who looks is shown of the person: nothing, or these facts."""

    standing: Standing
    title: str
    shown: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything that is kept of the person who reads it."""

    version: str
    leader: Ref
    level: Visibility
    seen_by: str
    fields: tuple[OwnField, ...]
    fields_left: tuple[tuple[str, str], ...]  # (name, label) of facts that a level may be chosen for
    memberships: tuple[Membership, ...]
    affiliations: tuple[Affiliation, ...]
    interests: tuple[HeldInterest, ...]
    collaborations: tuple[Collaboration, ...]
    activities: tuple[Taken, ...]
    credentials: tuple[HeldCredential, ...]
    seen: tuple[Seen, ...]
    on_the_map: bool  # the reader's own edition shows a page with scores
    words: Words  # own words on ties: "memberships n..." to the word
    tellable: tuple[tuple[str, str, str], ...]  # (name, label, value as it stands) of what the person can correct
    interests_told: Mapping[str, str]  # mode to the interests that the person themselves named, in one line
    consents: tuple[Consent, ...]
    scores: OwnScores
    asked: tuple[AskedOf, ...]  # introductions that organizers ask the person about
    records: tuple[str, ...]
    left_out: str = ""  # which lists are longer than what a page lists of it (OWN_LISTS); a download holds everything


OWN_LISTS = {**LISTS, "asked": say("introductions"), "records": say("records")}


def own_page(published: Published, viewer: Viewer, log: Log, withdrawn: frozenset[str] = frozenset()) -> OwnPage:
    """The reader's own record, with ties to whom they may see; :class:`NotFound` when there is none (any more)."""
    if not viewer.who.record:
        raise NotFound("only a member's account has a record of its own")
    identity = Identity(log.judgements)
    person = identity.canonical(viewer.who.record)
    levels = latest_levels(log.choices, {c.record: identity.canonical(c.record) for c in log.choices})
    spoken = words_about(log.decisions, identity, person)
    visible = partial(_is_visible, published, viewer, withdrawn)
    index = _index(published, person, levels, log, visible)
    at = index.snapshot.position("leaders", person)
    claims = claims_about(index, "leaders", person)
    facts = facts_of(index, at, claims, private=True)
    chosen = {field: level for (leader, field), level in levels.items() if leader == person and field}
    whole, no = levels.get((person, ""), IMPORTED), declined_by(log.decisions, identity, person)
    in_force = levels_in_force(whole, chosen, spoken, no)
    return OwnPage(
        index.version,
        index.leader(at),
        whole,
        LEVELS[whole],
        _fields(facts, whole, chosen, spoken, in_force),
        _LEVELLED,
        memberships_of(index, at),
        affiliations_of(index, at),
        interests_of(index, at),
        collaborations_of(index, at),
        activities_of(index, at),
        credentials_of(index, at),
        tuple(_seen(one, title, facts, whole, in_force, no) for one, title in _LOOKING.items()),
        in_edition(published, viewer, "leaders", person),
        spoken,
        tuple((name, label_of(name), _as_typed(index, at, name)) for name in TELLABLE),
        in_own_words(index, at),
        consents(log.decisions, identity, person),
        own_scores(published, person),
        asked_of(published, log.decisions, identity, person, visible),
        records_of(claims, person),
    )


def own_rows(published: Published, viewer: Viewer, log: Log) -> list[dict[str, Any]]:
    """The reader's own record as rows of a roster, to be loaded elsewhere."""
    if not viewer.who.record:
        raise NotFound("only a member's account has a record of its own")
    identity = Identity(log.judgements)
    person = identity.canonical(viewer.who.record)
    levels = latest_levels(log.choices, {c.record: identity.canonical(c.record) for c in log.choices})
    snapshot = _index(published, person, levels, log, lambda _: False).record
    return rows_of_person(snapshot, snapshot.position("leaders", person))


def _index(
    published: Published,
    person: str,
    levels: Mapping[tuple[str, str], Visibility],
    log: Log,
    visible: Callable[[str], bool],
) -> EditionIndex:
    base = published.edition("organizers")
    rows = _rows_of(base, person, levels, log, visible, published.run)
    return EditionIndex(FactsEdition(base, rows, base.as_of, earlier=True))


def _is_visible(published: Published, viewer: Viewer, withdrawn: frozenset[str], other: str) -> bool:
    seen = in_edition(published, viewer, "leaders", other) or is_known(published, viewer, other)
    return seen and other not in withdrawn


def _fields(
    facts: Sequence[Fact],
    whole: Visibility,
    chosen: Mapping[str, Visibility],
    spoken: Words,
    in_force: Mapping[str, Visibility],
) -> tuple[OwnField, ...]:
    return tuple(
        OwnField(f, chosen.get(f.name), _seen_by(f, whole, in_force.get(f.name)), spoken.get(f.name)) for f in facts
    )


def _rows_of(
    base: Edition,
    person: str,
    levels: Mapping[tuple[str, str], Visibility],
    log: Log,
    shown: Callable[[str], bool],
    run: int,
) -> Snapshot:
    """The person's rows and those at the other ends, from what is published; from the store what is not in there."""
    hidden = [level for (leader, _), level in levels.items() if leader == person and not _published(level)]
    everybody, told = base.snapshot, base.snapshot.readings
    since = any(one.run > run for one in log.decisions if one.topic in OWN_WORDS and one.subjects[0] == person)
    if hidden or since or person not in set(everybody.labels("leaders")[0]):
        facts = log.scan()
        everybody, told = Snapshot.build(facts.tables, facts.claims), readings(facts.runs, facts.claims)
    at = everybody.position("leaders", person)
    edges = everybody.edges["collaborations"]
    mine = (edges.source == at) | (edges.target == at)
    ids, _ = everybody.labels("leaders")
    tied = np.unique(np.concatenate([edges.source[mine], edges.target[mine]])).tolist()
    people = np.array(sorted({at, *(one for one in tied if shown(ids[one]))}), dtype=np.int64)
    tables, claims = rows_about(everybody, people)
    return Snapshot.build(tables, claims, readings=told)


def _as_typed(index: EditionIndex, leader: int, name: str) -> str:
    value = index.snapshot.value("leaders", leader, name)
    return "; ".join(value) if isinstance(value, list) else shown(value) if value is not None else ""


def _published(level: Visibility) -> bool:
    return may_see(Standing.ORGANIZER, level)


def _seen_by(fact: Fact, whole: Visibility, part: Visibility | None) -> str:
    level = min(whole, part or whole, key=lambda one: one.rank)
    if fact.private:
        level = min(level, Visibility.ORGANIZERS, key=lambda one: one.rank)
    return LEVELS[level]


def _seen(
    stands: Standing,
    title: str,
    facts: Sequence[Fact],
    whole: Visibility,
    in_force: Mapping[str, Visibility],
    no: Collection[str],
) -> Seen:
    if MAP in no and stands in (Standing.STRANGER, Standing.SIGNED_IN):
        return Seen(stands, title, False, ())
    labels = [f.label for f in facts if may_see(stands, whole, in_force.get(f.name), private=f.private)]
    return Seen(stands, title, may_see(stands, whole), tuple(labels))

"""Whom a leader should meet: people with shared interests, from other networks first, each with true reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from netofnets.graph.published import Published
from netofnets.language import say, say_count
from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.networks.introductions import ground_of
from netofnets.services.person.in_common import Held, hours_words, in_circle, ways_of_talking
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, quoted

__all__ = ["Suggestion", "Suggestions", "suggest", "suggestions"]

PER_NETWORK = 3
_MOST_LISTED = 50
_KEPT = 64
_INTERESTS = 512  # that were named lately
_LOOKED_AT = 400  # candidates whose languages and hours are compared
_NO_LANGUAGE, _NO_HOURS = 0.5, 0.7  # what is left of a score without a common language, without a common hour


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person worth meeting."""

    leader: Ref
    outside: bool  # in none of the networks that make up the asking leader's circle
    reasons: tuple[str, ...]  # 'both name "lesson study" (named by 14 of 1,203 people)'; "you both" to this person
    interests: tuple[Ref, ...]  # shared, rarest first
    networks: tuple[Ref, ...]
    detail: str
    score: float  # see :func:`suggestions`
    hours: float | None = None  # shared working hours (8 to 17 local) when both time zones are known


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions for one leader: people of other networks, then of the own ones."""

    version: str
    leader: Ref
    outside: tuple[Suggestion, ...]
    inside: tuple[Suggestion, ...]
    note: str


def suggestions(published: Published, viewer: Viewer, leader: str, *, limit: int = 10) -> Suggestions:
    """People with shared interests; at most 3 of one network; nobody already known as collaborator.

    Nor anybody who said no to being connected, with whom an introduction stands, or who has the same first and last
    name. Of another network is who shares no circle with the leader (a member of a part is in its wholes too) and is in
    some network that is neither part nor whole of the leader's own.

    Score: -ln(holders / people) summed over shared interests, counted once more where one offers what the other seeks;
    halved without a common language, times 0.7 without a common working hour (both only when known of both people).
    :class:`NotFound` when this viewer has no such leader.
    """
    index = index_of(published, viewer)
    return suggest(index, viewer, index.snapshot.position("leaders", leader), limit)


def suggest(index: EditionIndex, viewer: Viewer, leader: int, limit: int = 10) -> Suggestions:
    """Like :func:`suggestions`, by position. The last few are kept: a profile asks twice, for its list and its map."""
    voice = _voice(index, leader, viewer)
    limit = min(max(limit, 0), _MOST_LISTED)
    kept: dict[tuple[int, int, _Voice], Suggestions] = index.memo.setdefault("suggested", {})
    key = (leader, limit, voice)
    if (found := kept.get(key)) is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = _suggest(index, leader, limit, voice)
    return found


def _suggest(index: EditionIndex, leader: int, limit: int, voice: _Voice) -> Suggestions:
    candidates, scores = _candidates(index, leader)
    inside, own = in_circle(index, leader), Held.by(index, leader)
    lists = []
    for wanted in (~inside[candidates], inside[candidates]):
        met = _met(index, leader, *_best(index, candidates[wanted], scores[wanted]), limit)
        lists.append(tuple(_suggestion(index, own, m, voice, outside=not inside[m.other]) for m in met))
    return Suggestions(index.version, index.leader(leader), lists[0], lists[1], _note(index, leader, lists))


def _candidates(index: EditionIndex, leader: int) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Everybody who shares an interest, with the scores that languages and hours have not changed yet."""
    everything, offers, seeks = index.interests, index.with_mode(OFFERS), index.with_mode(SEEKS)
    found: list[tuple[npt.NDArray[np.int32], float]] = []
    for mine, theirs in ((everything, everything), (offers, seeks), (seeks, offers)):
        found += [(theirs.actors_of(int(i)), _rarity(index, int(i))) for i in mine.groups_of(leader)]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0)
    every = np.zeros(index.people)
    for actors, weight in found:
        every[actors] += weight  # nobody is twice among the actors of one interest
    ground = ground_of(index)
    every[index.collaborators_of(leader)] = 0.0
    every[[leader, *(p for pair in ground.ledger if leader in pair for p in pair)]] = 0.0
    candidates = np.flatnonzero(every > 0)
    kept = ~ground.said_no[candidates] & (ground.namesake[candidates] != ground.namesake[leader])
    return candidates[kept].astype(np.int64), every[candidates[kept]]


def _rarity(index: EditionIndex, interest: int) -> float:
    return index.once("rarities", lambda: _Rarities(index))[interest]


class _Rarities(dict[int, float]):
    """Of each interest that somebody asked about; the rarer the higher."""

    def __init__(self, index: EditionIndex) -> None:
        self._sizes, self._people = index.interests.group_sizes, index.people

    def __missing__(self, interest: int) -> float:
        found = self[interest] = -log(int(self._sizes[interest]) / self._people)
        return found


def _best(index: EditionIndex, people: Ints, scores: npt.NDArray[np.float64]) -> tuple[Ints, npt.NDArray[np.float64]]:
    rounded = np.round(scores, 9)
    if len(people) > _LOOKED_AT:  # those who come after the last one looked at need no order
        near = np.flatnonzero(rounded >= np.partition(rounded, -_LOOKED_AT)[-_LOOKED_AT])
        people, scores, rounded = people[near], scores[near], rounded[near]
    order = np.lexsort((index.name_order[people], -rounded))[:_LOOKED_AT]
    return people[order], scores[order]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A candidate with what two people need besides an interest: a language and an hour of the day."""

    other: int
    score: float
    languages: tuple[str, ...] | None  # None: not known of both
    hours: float | None


def _met(index: EditionIndex, leader: int, people: Ints, scores: npt.NDArray[np.float64], limit: int) -> list[_Meeting]:
    """The first candidates, best first, after languages and hours have changed their scores."""
    ways = ways_of_talking(index)
    kinds, which = np.unique(ways.of[people], return_inverse=True)
    talks = [ways.between(int(ways.of[leader]), kind) for kind in kinds.tolist()]
    left = [(_NO_LANGUAGE if common == () else 1.0) * (_NO_HOURS if hours == 0 else 1.0) for common, hours in talks]
    found = np.round(scores * np.array(left or [1.0])[which], 6) if len(people) else scores
    order = _capped(index, people, np.lexsort((index.name_order[people], -found)), limit)
    return [_Meeting(int(people[at]), float(found[at]), *talks[int(which[at])]) for at in order]


@dataclass(frozen=True, slots=True)
class _Voice:
    """How reasons speak: "you" is said to the person alone whom they are about (no ``name``)."""

    name: str

    def work_in(self, languages: str) -> str:
        if self.name:
            return say("both work in {languages}", languages=languages)
        return say("you both work in {languages}", languages=languages)

    def name_both(self, interest: str) -> str:
        if self.name:
            return say("both name {interest}", interest=interest)
        return say("you both name {interest}", interest=interest)

    def offered(self, interest: str) -> str:
        if self.name:
            return say("offers what {name} seeks: {interest}", name=self.name, interest=interest)
        return say("offers what you seek: {interest}", interest=interest)

    def sought(self, interest: str) -> str:
        if self.name:
            return say("seeks what {name} offers: {interest}", name=self.name, interest=interest)
        return say("seeks what you offer: {interest}", interest=interest)


def _voice(index: EditionIndex, leader: int, viewer: Viewer) -> _Voice:
    reference = index.leader(leader)
    return _Voice("" if viewer.me == reference.id else reference.name or say("this person"))


def _suggestion(index: EditionIndex, own: Held, meeting: _Meeting, voice: _Voice, *, outside: bool) -> Suggestion:
    other, hours = meeting.other, meeting.hours
    held = Held.by(index, other)
    shared = sorted(sorted(own.every & held.every), key=lambda i: -_rarity(index, i))
    reasons = _interest_reasons(index, own.offered(held), shared, voice)
    if meeting.languages is not None:
        languages = meeting.languages
        reasons.append(voice.work_in(listed(languages)) if languages else say("no common language is stated"))
    if hours is not None:
        reasons.append(hours_words(hours))
    if index.asking[other]:
        reasons.append(say("asked to be connected with others"))
    return Suggestion(
        index.leader(other),
        outside,
        tuple(reasons),
        tuple(ref(index.snapshot, "interests", i) for i in shared),
        index.networks_of(other),
        index.detail_of(other),
        meeting.score,
        hours,
    )


def _interest_reasons(
    index: EditionIndex, offered: tuple[list[int], list[int]], shared: list[int], voice: _Voice
) -> list[str]:
    theirs, mine = offered
    told = [voice.offered(_held(index, i)) for i in theirs]
    told += [voice.sought(_held(index, i)) for i in mine]
    told += [voice.name_both(_held(index, i)) for i in shared if i not in theirs and i not in mine]
    return told[:4]


def _held(index: EditionIndex, interest: int) -> str:
    return index.lately("interests named", interest, lambda: _named(index, interest), _INTERESTS)


def _named(index: EditionIndex, interest: int) -> str:
    holders = int(index.interests.group_sizes[interest])
    name = quoted(ref(index.snapshot, "interests", interest).name)
    return say("{name} (named by {holders:,} of {people:,} people)", name=name, holders=holders, people=index.people)


def _capped(index: EditionIndex, people: Ints, order: Ints, limit: int) -> list[int]:
    """The first ``limit`` places of the order, at most 3 of one network (who is in several counts for each)."""
    turns: Counter[int] = Counter()
    taken: list[int] = []
    for at in order.tolist():
        if len(taken) >= limit:
            break
        networks = index.memberships.groups_of(int(people[at])).tolist()
        if networks and min(turns[network] for network in networks) >= PER_NETWORK:
            continue
        turns.update(networks)
        taken.append(at)
    return taken


def _note(index: EditionIndex, leader: int, lists: list[tuple[Suggestion, ...]]) -> str:
    if not len(index.interests.groups_of(leader)):
        return say("No interest is known, so nobody can be suggested; add interests to find people who share them.")
    if not lists[0] and not lists[1]:
        return say("Nobody else names one of these interests.")
    if not lists[0]:
        return say(
            "Suggested are no people of other networks, at most {most} of one network; rarer interests count more.",
            most=PER_NETWORK,
        )
    return say_count(
        "Suggested are {n:,} person of other networks, at most {most} of one network; rarer interests count more.",
        "Suggested are {n:,} people of other networks, at most {most} of one network; rarer interests count more.",
        len(lists[0]),
        most=PER_NETWORK,
    )

"""The reader's own page: who am I here, which are my networks, how far do I reach, whom do I bridge, whom to meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.graph.published import Published
from netofnets.graph.vocabulary import words_in
from netofnets.language import joined, say, say_count
from netofnets.schema.purposes import SEARCH
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.person.collaborators import Suggestions, suggest
from netofnets.services.person.in_common import in_circle
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Candidate", "Mine", "MePage", "MyNetwork", "me_page"]

_CANDIDATES = 20
_MEET = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the reader may be."""

    leader: Ref
    detail: str
    networks: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class MyNetwork:
    """A network of the reader's."""

    network: Ref
    members: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What the map says to the reader about herself."""

    leader: Ref
    networks: tuple[MyNetwork, ...]  # by name
    reach: str  # "1,014 of 1,232 people are in none of your networks"
    reached: int  # other people in the networks of the circle
    works_with: int  # people with a direct tie
    joins: str  # what hangs on the reader between networks; empty when she joins none
    bridging: str  # why she is called bridging; empty when not
    meet: Suggestions


@dataclass(frozen=True, slots=True)
class MePage:
    """Who is reading: found, or the people that a name may mean."""

    version: str
    text: str
    summary: str
    candidates: tuple[Candidate, ...]  # at most 20
    candidates_total: int
    mine: Mine | None


def me_page(published: Published, viewer: Viewer, text: str = "") -> MePage:
    """The reader's page when it is known who reads; with a text, the people whom this viewer sees under such a name."""
    index = index_of(published, viewer)
    found = _named(index, text) if text else []
    shown = tuple(_candidate(index, p) for p in found[:_CANDIDATES])
    mine = _mine(index, viewer) if viewer.me else None
    return MePage(index.version, text, _summary(index, viewer, text, len(found)), shown, len(found), mine)


def _named(index: EditionIndex, text: str) -> list[int]:
    """People of whose names each word of a text begins a word, by name."""
    asked = words_in(text[:200])
    if not asked:
        return []
    key = "name words"
    names: list[list[str]] = index.once(
        key, lambda: [words_in(name or "") for name in index.snapshot.names("leaders").to_pylist()]
    )
    unfound = index.snapshot.declining(SEARCH)
    fits = [
        p for p, own in enumerate(names) if not unfound[p] and all(any(w.startswith(a) for w in own) for a in asked)
    ]
    return [int(p) for p in index.by_name(np.array(fits, dtype=np.int64))]


def _candidate(index: EditionIndex, leader: int) -> Candidate:
    return Candidate(index.leader(leader), index.detail_of(leader), index.networks_of(leader))


def _mine(index: EditionIndex, viewer: Viewer) -> Mine:
    at = index.snapshot.position("leaders", viewer.me)
    sizes = index.memberships.group_sizes
    own = sorted(index.memberships.groups_of(at).tolist(), key=lambda n: (index.network(n).name.casefold(), n))
    reached = int(np.count_nonzero(in_circle(index, at))) - 1
    return Mine(
        index.leader(at),
        tuple(MyNetwork(index.network(n), int(sizes[n])) for n in own),
        _reach(index, viewer, reached),
        reached,
        len(index.collaborators_of(at)),
        index.joins(at),
        index.reason(at),
        suggest(index, viewer, at, _MEET),
    )


def _reach(index: EditionIndex, viewer: Viewer, reached: int) -> str:
    others = index.people - 1
    met = (
        say_count("{n:,} other person is in your networks", "{n:,} other people are in your networks", reached)
        if reached
        else say("No other people are in your networks")
    )
    if reached == others:
        return say("{met}: everybody.", met=met) if viewer.sees_people else say("{met}: everybody shown here.", met=met)
    counts = {"met": met, "rest": others - reached, "others": others}
    if viewer.sees_people:
        return say("{met}; {rest:,} of the {others:,} others are in none of them.", **counts)
    return say("{met}; {rest:,} of the {others:,} others shown here are in none of them.", **counts)


def _summary(index: EditionIndex, viewer: Viewer, text: str, found: int) -> str:
    if text:
        return _found(viewer, found)
    if viewer.me:
        return say("What this map says to you: your networks, how far they reach, and whom you might meet.")
    if not index.people:
        return say("Pick yourself among no people: no account, nothing to remember.")
    return say_count(
        "Pick yourself among {n:,} person: no account, nothing to remember.",
        "Pick yourself among {n:,} people: no account, nothing to remember.",
        index.people,
    )


def _found(viewer: Viewer, found: int) -> str:
    told = [
        say_count("{n:,} person has such a name.", "{n:,} people have such a name.", found)
        if found
        else say("Nobody shown here has such a name.")
    ]
    if found > _CANDIDATES:
        told.append(say("The first {most} are shown; write more of the name.", most=_CANDIDATES))
    if not viewer.sees_people:
        told.append(say("You see only {shown}; nobody else can be picked here.", shown=viewer.shown))
    return joined(told)

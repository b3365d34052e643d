"""What a reader and somebody else share: networks, languages, hours, and what one offers and the other seeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.hours import shared_hours
from netofnets.analysis.parts import circles, kin
from netofnets.graph.arrow_files import in_one
from netofnets.graph.twomode import TwoMode
from netofnets.language import say
from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.networks.indicators import with_parts
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, number, quoted

__all__ = [
    "Common",
    "Held",
    "circle",
    "common_with",
    "held_by_both",
    "hours_words",
    "in_circle",
    "me_of",
    "talking",
    "ways_of_talking",
]

_MANY = 50
_BETWEEN = "\n"  # is in no name of a language
_PAIRS = 4_096  # of ways of talking that are at hand


@dataclass(frozen=True, slots=True)
class Common:
    """What the reader (``viewer.me``) and somebody else have in common, for pages that say "you"."""

    outside: bool  # in none of the networks that make up the reader's circle
    networks: tuple[Ref, ...]  # in both
    interests: tuple[Ref, ...]  # named by both, rarest first
    words: tuple[str, ...]  # "in none of your networks", "offers what you seek: ...", "you both work in English"


def me_of(index: EditionIndex, viewer: Viewer) -> int:
    """The position of the reader among the leaders; -1 when nobody said who is reading."""
    return index.snapshot.position("leaders", viewer.me) if viewer.me else -1


def circle(index: EditionIndex, leader: int) -> Ints:
    """The networks of a leader; those that hold more than half of many people say nothing about whom one knows."""
    own = index.memberships.groups_of(leader).astype(np.int64)
    if index.people < _MANY:
        return own
    return own[index.memberships.group_sizes[own] <= index.people / 2]


def in_circle(index: EditionIndex, leader: int) -> npt.NDArray[np.bool_]:
    """Who is in the circle of a leader, the leader too; shape (leaders,).

    That is whoever shares one of its networks, or is only in parts or wholes of them: who takes the same course is
    of no other network for being in another of its groups.
    """
    inside = np.zeros(index.people, dtype=bool)
    whole = with_parts(index)
    counted = index.once("circles", lambda: circles(whole))
    for network in whole.groups_of(leader).tolist():
        if counted[network]:
            inside[whole.actors_of(network)] = True
    own = index.memberships.groups_of(leader)
    related = index.once("kin", lambda: kin(index.snapshot))
    if not related.nnz and counted[own].all():  # then whoever is in them alone is inside already
        inside[leader] = True
        return inside
    family = np.union1d(own, related[own].indices)
    in_family = np.concatenate([index.memberships.actors_of(int(n)) for n in family]) if len(family) else own
    people, within = np.unique(in_family, return_counts=True)
    inside[people[within == index.memberships.degrees[people]]] = True
    inside[leader] = True
    return inside


def held_by_both(mine: TwoMode, theirs: TwoMode, leader: int, other: int) -> list[int]:
    """Groups of ``leader`` in one table that are groups of ``other`` in another."""
    return sorted({*mine.groups_of(leader).tolist()} & {*theirs.groups_of(other).tolist()})  # a few of each


@dataclass(frozen=True, slots=True)
class Held:
    """The interests of somebody: all of them, and those that they offer and seek."""

    every: frozenset[int]
    offers: frozenset[int]
    seeks: frozenset[int]

    @classmethod
    def by(cls, index: EditionIndex, leader: int) -> Held:
        """Those of a leader."""
        ties = index.interests, index.with_mode(OFFERS), index.with_mode(SEEKS)
        return cls(*(frozenset(one.groups_of(leader).tolist()) for one in ties))

    def offered(self, other: Held) -> tuple[list[int], list[int]]:
        """Interests that the other offers and this one seeks, and the other way round."""
        theirs = self.seeks & other.offers
        return sorted(theirs), sorted((self.offers & other.seeks) - theirs)


def talking(mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[tuple[str, ...] | None, float | None]:
    """Languages and working hours a day that two people share, by ``languages`` and ``time_zone``; None: not known."""
    known = mine["languages"] and theirs["languages"]
    common = tuple(sorted(set(mine["languages"]) & set(theirs["languages"]))) if known else None
    return common, shared_hours(mine["time_zone"], theirs["time_zone"])


class Ways:
    """The ways in which people can talk, by languages and time zone: each that occurs, and ``of``: which is whose."""

    def __init__(self, people: pa.Table) -> None:
        spoken = pc.fill_null(pc.binary_join(in_one(people["languages"]), _BETWEEN), "").dictionary_encode()
        zones = pc.fill_null(in_one(people["time_zone"]), "").dictionary_encode()
        many = max(len(zones.dictionary), 1)
        codes = spoken.indices.to_numpy().astype(np.int64) * many + zones.indices.to_numpy()
        kinds, which = np.unique(codes, return_inverse=True)
        said, where = spoken.dictionary.to_pylist(), zones.dictionary.to_pylist()
        self.of = which.astype(np.int32)
        self._kinds = [
            {
                "languages": said[kind // many].split(_BETWEEN) if said[kind // many] else [],
                "time_zone": where[kind % many],
            }
            for kind in kinds.tolist()
        ]
        self.between = lru_cache(_PAIRS)(self._between)

    def _between(self, mine: int, theirs: int) -> tuple[tuple[str, ...] | None, float | None]:
        """What :func:`talking` says of two ways."""
        return talking(self._kinds[mine], self._kinds[theirs])


def ways_of_talking(index: EditionIndex) -> Ways:
    """In which ways the people of an edition can talk."""
    return index.once("ways of talking", lambda: Ways(index.snapshot.nodes["leaders"]))


def hours_words(hours: float) -> str:
    """Working hours in common, in words."""
    if not hours:
        return say("no working hours in common")
    if hours == 1:
        return say("1 working hour a day in common")
    return say("{hours} working hours a day in common", hours=number(hours))


def common_with(index: EditionIndex, viewer: Viewer, people: Sequence[int]) -> dict[int, Common]:
    """For each of these people what the reader has in common with them; nothing when nobody said who is reading."""
    me = me_of(index, viewer)
    others = [p for p in people if p != me]
    if me < 0 or not others:
        return {}
    nodes = index.snapshot.nodes["leaders"].select(["languages", "time_zone"])
    mine = nodes.slice(me, 1).to_pylist()[0]
    rows = nodes.take(pa.array(others)).to_pylist()
    close = frozenset(circle(index, me).tolist())
    return {p: _common(index, viewer, me, close, p, talking(mine, row)) for p, row in zip(others, rows, strict=True)}


def _common(
    index: EditionIndex,
    viewer: Viewer,
    me: int,
    close: frozenset[int],
    other: int,
    talk: tuple[tuple[str, ...] | None, float | None],
) -> Common:
    both = held_by_both(index.memberships, index.memberships, me, other)
    networks = tuple(sorted((index.network(n) for n in both), key=lambda r: (r.name.casefold(), r.id)))
    own, held = Held.by(index, me), Held.by(index, other)
    shared = sorted(own.every & held.every, key=lambda i: (int(index.interests.group_sizes[i]), i))
    theirs, mine = own.offered(held)
    words = [_networks(viewer, networks, close & set(both))]
    words += [say("offers what you seek: {interests}", interests=_named(index, theirs))] if theirs else []
    words += [say("seeks what you offer: {interests}", interests=_named(index, mine))] if mine else []
    languages, hours = talk
    if languages is not None:
        words.append(
            say("you both work in {languages}", languages=listed(languages))
            if languages
            else say("no common language is stated")
        )
    if hours is not None:
        words.append(hours_words(hours))
    interests = tuple(ref(index.snapshot, "interests", i) for i in shared)
    return Common(not close & set(both), networks, interests, tuple(words))


def _networks(viewer: Viewer, networks: tuple[Ref, ...], close: set[int] | frozenset[int]) -> str:
    if not networks:
        if viewer.sees_people:
            return say("in none of your networks")
        return say("in none of your networks that are shown here")
    names = listed([n.name for n in networks])
    if close:
        return say("with you in {networks}", networks=names)
    return say("with you only in {networks}, where most people are", networks=names)


def _named(index: EditionIndex, interests: list[int]) -> str:
    return listed([quoted(ref(index.snapshot, "interests", i).name) for i in interests])

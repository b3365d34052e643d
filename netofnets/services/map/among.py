"""A few networks side by side: who is in both of two, or in which of several, and who in one of them only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.networks.layers import pairs_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, share_words

__all__ = ["MOST_AMONG", "Among", "Part", "among", "named_in"]

MOST_AMONG = 30  # networks that are looked at side by side
_PARTS, _PEOPLE = 12, 30  # listed: the fullest combinations, and people of each


@dataclass(frozen=True, slots=True)
class Part:
    """The people who are in exactly these of the networks; the first by name, and how many there are."""

    title: str
    people: tuple[Ref, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Among:
    """Networks that were chosen, what they share, and others that could be added (those they share members with)."""

    networks: tuple[Ref, ...]
    summary: str
    parts: tuple[Part, ...]
    others: tuple[Ref, ...]
    missing: int = 0  # chosen ids that this viewer has not


def named_in(text: str, added: str = "") -> tuple[str, ...]:
    """The ids in a list with commas and one more, each once, at most :data:`MOST_AMONG`."""
    found = dict.fromkeys(one.strip() for one in (*text.split(","), added))
    return tuple(one for one in found if one)[:MOST_AMONG]


def among(published: Published, viewer: Viewer, ids: Sequence[str]) -> Among:
    """The networks of these ids side by side, in that order."""
    index = index_of(published, viewer)
    chosen = [at for at in (_position(index, one) for one in ids) if at >= 0]
    networks = tuple(index.network(at) for at in chosen)
    parts = _parts(index, chosen, networks) if index.people else ()
    return Among(networks, _summary(index, chosen), parts, _others(index, chosen), len(ids) - len(chosen))


def _position(index: EditionIndex, network: str) -> int:
    try:
        return index.snapshot.position("networks", network)
    except NotFound:
        return -1


def _parts(index: EditionIndex, chosen: Sequence[int], networks: Sequence[Ref]) -> tuple[Part, ...]:
    """In several first, those in most of them before; then who is in one only."""
    inside = np.zeros(index.people, dtype=np.int64)
    for bit, at in enumerate(chosen):
        inside[index.memberships.actors_of(at)] |= 1 << bit
    masks, counts = np.unique(inside[inside > 0], return_counts=True)
    order = sorted(range(len(masks)), key=lambda n: (-int(masks[n]).bit_count(), -counts[n], masks[n]))
    found = []
    for n in order[:_PARTS]:
        mask = int(masks[n])
        names = [r.name for bit, r in enumerate(networks) if mask >> bit & 1]
        found.append(_part(index, _title(names, len(networks)), np.flatnonzero(inside == mask)))
    return tuple(found)


def _title(names: Sequence[str], of: int) -> str:
    if len(names) == 1:
        return say("Only in {networks}", networks=names[0]) if of > 1 else say("In {networks}", networks=names[0])
    return say("In both") if of == 2 else say("In {networks}", networks=listed(names, 4))


def _part(index: EditionIndex, title: str, people: Ints) -> Part:
    shown = index.by_name(people)[:_PEOPLE]
    return Part(title, tuple(index.leader(int(p)) for p in shown), len(people))


def _summary(index: EditionIndex, chosen: Sequence[int]) -> str:
    if not index.people:
        return say("Who is in them is not shown to you.") if chosen else ""
    if len(chosen) == 2:
        rows = np.intersect1d(pairs_of(index, "members", chosen[0]), pairs_of(index, "members", chosen[1]))
        if not len(rows):
            return say("Nobody who is shown is in both.")
        pair = index.pairs[2].slice(int(rows[0]), 1).to_pylist()[0]
        return joined([share_words(pair["shared"], pair["expected"]), "."], "")
    members = [index.memberships.actors_of(at) for at in chosen]
    times = np.bincount(np.concatenate([*members, np.zeros(0, dtype=np.int64)]).astype(np.int64))
    several = int((times > 1).sum())
    return _people_in(int((times > 0).sum()), len(chosen), several)


def _people_in(people: int, networks: int, several: int) -> str:
    where = say_count("in {n:,} network", "in {n:,} networks", networks) if networks else say("in no networks")
    if not people:
        return say("No people {where}, {several:,} of them in more than one.", where=where, several=several)
    return say_count(
        "{n:,} person {where}, {several:,} of them in more than one.",
        "{n:,} people {where}, {several:,} of them in more than one.",
        people,
        where=where,
        several=several,
    )


def _others(index: EditionIndex, chosen: Sequence[int]) -> tuple[Ref, ...]:
    """What could be added: networks that share members with any of them, and the largest; by name."""
    first, second, _ = index.pairs
    rows = np.concatenate([pairs_of(index, "members", at) for at in chosen] or [np.zeros(0, dtype=np.int64)])
    sizes = index.memberships.group_sizes
    near = np.unique(np.concatenate([first[rows], second[rows]]))
    near = near[np.argsort(-sizes[near], kind="stable")]
    largest = np.argsort(-sizes, kind="stable")[:_PEOPLE]
    kept = dict.fromkeys([*near.tolist(), *largest.tolist()])
    refs = [index.network(at) for at in [at for at in kept if at not in chosen][: 3 * _PEOPLE]]
    return tuple(sorted(refs, key=lambda r: (r.name.casefold(), r.id)))

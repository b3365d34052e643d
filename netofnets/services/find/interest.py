"""One interest: who offers, seeks or practises it, network by network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.graph.vocabulary import words_in
from netofnets.language import joined, say, say_count
from netofnets.schema.modes import MODE_NAMES, OFFERS, mode_words
from netofnets.services.bounded import bounded
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.person.in_common import common_with, in_circle, me_of
from netofnets.services.refs import Ref, ref
from netofnets.services.unseen import UnseenGroup, unseen_in
from netofnets.services.viewer import Viewer
from netofnets.services.words import number, quoted

__all__ = ["Holder", "InterestPage", "NetworkHolders", "RelatedInterest", "interest_page"]

_SHOWN = 12  # people of each network
_NETWORKS = 40
_RELATED = 12
_TIES = (("broader_interests", say("wider"), say("narrower")), ("related_interests", say("close"), say("close")))


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the interest, and how: offers, seeks, practises (empty when not said)."""

    leader: Ref
    modes: tuple[str, ...]
    detail: str = ""
    to_me: tuple[str, ...] = ()  # what the reader has in common with this person


@dataclass(frozen=True, slots=True)
class NetworkHolders:
    """People with the interest in one network; ``network`` is None for people without a network."""

    network: Ref | None
    total: int
    people: tuple[Holder, ...]  # at most 12, those who offer first


@dataclass(frozen=True, slots=True)
class RelatedInterest:
    """Another interest and how it is tied to this one."""

    interest: Ref
    shared: int  # people who hold both
    words: str  # "12 people hold both; 3 expected by chance", or "wider", "narrower", "close"


@dataclass(frozen=True, slots=True)
class InterestPage:
    """The page of an interest."""

    version: str
    interest: Ref
    aliases: tuple[str, ...]
    domain: str
    summary: str
    people_total: int
    outside: int | None  # of them in none of the reader's networks; None when nobody said who is reading
    by_mode: tuple[tuple[str, int], ...]
    networks: tuple[NetworkHolders, ...]  # by number of people, at most 40
    networks_total: int
    focused: tuple[Ref, ...]  # networks and organizations that say they work on it
    related: tuple[RelatedInterest, ...]
    unseen: str = ""  # how many leaders name it at least who are not shown
    unseen_networks: tuple[UnseenGroup, ...] = ()  # where they are, at most 40
    left_out: str = ""  # which lists, beside that of people, are longer than what is listed, in words


_LISTS = {
    "aliases": say("ways of writing it"),
    "focused": say("networks and organizations that work on it"),
    "related": say("interests close to it"),
}


def interest_page(published: Published, viewer: Viewer, interest: str) -> InterestPage:
    """People by network, co-held and neighbouring interests; :class:`NotFound` when there is no such interest."""
    index = index_of(published, viewer)
    at, unseen = index.snapshot.position("interests", interest), unseen_in(index, viewer)
    if not unseen.tells_of(interest):
        raise NotFound(f"there is no interest with id {interest!r}")
    node = index.snapshot.nodes["interests"].slice(at, 1).to_pylist()[0]
    holders = index.by_name(index.interests.actors_of(at))
    by_mode = [(mode, len(index.with_mode(mode).actors_of(at))) for mode in MODE_NAMES]
    networks, total = _by_network(index, at, holders)
    reference = ref(index.snapshot, "interests", at)
    page = InterestPage(
        index.version,
        reference,
        _other_wordings(node["name"], node["aliases"] or ()),
        node["domain"] or "",
        _summary(reference.name, len(holders), total, unseen.words("interest", interest)),
        len(holders),
        _outside(index, viewer, holders),
        tuple((mode_words(mode), count) for mode, count in by_mode if count),
        _to_reader(index, viewer, networks),
        total,
        _focused(index, at),
        tuple(r for r in _related(index, at, holders) if unseen.tells_of(r.interest.id)),
        unseen.words("interest", interest),
        unseen.networks_of(interest, _NETWORKS),
    )
    return bounded(page, _LISTS)


def _summary(name: str, holders: int, networks: int, unseen: str) -> str:
    named = quoted(name)
    if unseen and not holders:
        return say("{interest} is named by {unseen}.", interest=named, unseen=unseen)
    where = say_count("in {n:,} network", "in {n:,} networks", networks) if networks else say("in no networks")
    if holders:
        shown = say_count(
            "{n:,} person {where} names {interest}",
            "{n:,} people {where} name {interest}",
            holders,
            where=where,
            interest=named,
        )
    else:
        shown = say("No people {where} name {interest}", where=where, interest=named)
    if unseen:
        return say("{shown}; and so do {unseen}.", shown=shown, unseen=unseen)
    return joined([shown, "."], "")


def _other_wordings(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Aliases that differ in more than case, accents and hyphens."""
    wordings = {tuple(words_in(a)): a for a in sorted(aliases, reverse=True)}
    return tuple(sorted(a for words, a in wordings.items() if words != tuple(words_in(name))))


def _by_network(index: EditionIndex, interest: int, holders: Ints) -> tuple[tuple[NetworkHolders, ...], int]:
    """Networks by number of holders, at most 40, people without a network last; and how many networks there are."""
    modes: dict[int, list[str]] = {}
    ties = index.snapshot.edges["leader_interests"]
    for row in index.arriving("leader_interests")[interest].tolist():
        if index.modes[row] >= 0:
            modes.setdefault(int(ties.source[row]), []).append(MODE_NAMES[index.modes[row]])
    offering = np.array([0 if OFFERS in modes.get(int(h), ()) else 1 for h in holders], dtype=np.int64)
    ordered = holders[np.argsort(offering, kind="stable")]
    people: dict[int, list[int]] = {}
    for leader in ordered.tolist():
        for network in index.memberships.groups_of(leader).tolist() or [-1]:
            people.setdefault(network, []).append(leader)
    found = sorted(people.items(), key=lambda item: (item[0] < 0, -len(item[1]), item[0]))
    listed = tuple(
        NetworkHolders(
            None if network < 0 else index.network(network),
            len(members),
            tuple(_holder(index, p, modes) for p in members[:_SHOWN]),
        )
        for network, members in found[:_NETWORKS]
    )
    return listed, sum(network >= 0 for network in people)


def _outside(index: EditionIndex, viewer: Viewer, holders: Ints) -> int | None:
    me = me_of(index, viewer)
    return int(np.count_nonzero(~in_circle(index, me)[holders])) if me >= 0 else None


def _to_reader(index: EditionIndex, viewer: Viewer, networks: tuple[NetworkHolders, ...]) -> tuple[NetworkHolders, ...]:
    """The same with what the reader has in common with each; networks of others come first."""
    me = me_of(index, viewer)
    if me < 0:
        return networks
    place = {h.leader.id: index.snapshot.position("leaders", h.leader.id) for n in networks for h in n.people}
    known = common_with(index, viewer, list(place.values()))

    def told(holder: Holder) -> Holder:
        common = known.get(place[holder.leader.id])
        return replace(holder, to_me=common.words) if common else holder

    own = {index.network(int(n)).id for n in index.memberships.groups_of(me)}
    found = (replace(n, people=tuple(map(told, n.people))) for n in networks)
    return tuple(sorted(found, key=lambda n: n.network is not None and n.network.id in own))


def _holder(index: EditionIndex, leader: int, modes: dict[int, list[str]]) -> Holder:
    return Holder(index.leader(leader), tuple(map(mode_words, modes.get(leader, ()))), index.detail_of(leader))


def _focused(index: EditionIndex, interest: int) -> tuple[Ref, ...]:
    found = []
    for kind, relationship in (("networks", "network_focuses"), ("organizations", "organization_focuses")):
        found += [ref(index.snapshot, kind, int(n)) for n in index.snapshot.incidence(relationship).actors_of(interest)]
    return tuple(found)


def _related(index: EditionIndex, interest: int, holders: Ints) -> tuple[RelatedInterest, ...]:
    found: dict[int, str] = {}
    for kind, forward, backward in _TIES:
        edges = index.snapshot.edges[kind]
        found |= {int(t): forward for t in edges.target[edges.source == interest]}
        found |= {int(s): backward for s in edges.source[edges.target == interest]}
    shared = np.bincount(index.interests.csr[holders].indices, minlength=index.snapshot.count("interests"))
    expected = index.interests.group_sizes * (len(holders) / max(index.people, 1))
    shared[interest] = 0
    telling = np.flatnonzero((shared > 1) & (shared > expected))
    best = telling[np.argsort(-(shared[telling] - expected[telling]), kind="stable")][:_RELATED]
    words = {int(i): _hold_both(int(shared[i]), float(expected[i])) for i in best}
    return tuple(
        RelatedInterest(ref(index.snapshot, "interests", i), int(shared[i]), found.get(i) or words[i])
        for i in [*found, *(i for i in words if i not in found)]
    )


def _hold_both(shared: int, expected: float) -> str:
    return say("{shared:,} people hold both; {expected} expected by chance", shared=shared, expected=number(expected))

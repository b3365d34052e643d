"""The people of the reader's own networks, as facts: who they are, what they do, and why the reader is shown them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from weakref import WeakKeyDictionary

from netofnets.errors import NotFound
from netofnets.graph.circle import Circle, circle_of, read_levels
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.vocabulary import words_in
from netofnets.schema.policy import Standing, Who
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.paged import Paged, paged
from netofnets.services.person.circle_words import NO_NETWORKS, people_words, why_words
from netofnets.services.person.facts import Fact, facts_of
from netofnets.services.person.facts_edition import FactsEdition
from netofnets.services.person.own_said import Words
from netofnets.services.person.provenance import canonical_leader
from netofnets.services.person.said import said_of
from netofnets.services.person.ties import (
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
from netofnets.services.refs import Ref, path_of, ref
from netofnets.services.viewer import ORGANIZER, Viewer
from netofnets.services.words import listed

__all__ = [
    "CirclePage",
    "KnownPerson",
    "KnownRow",
    "circle_page",
    "circle_snapshot",
    "in_edition",
    "is_known",
    "known_person",
    "name_shown",
    "organizes",
]

_KEPT = 64  # circles of one publication that are kept


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One person of the circle, in a line."""

    leader: Ref
    detail: str  # job, school, region, country
    through: tuple[str, ...]  # names of the networks that the reader shares or organizes
    in_full: bool  # the reader organizes one of them
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CirclePage:
    """The people of the reader's networks, page by page."""

    version: str
    summary: str
    networks: tuple[Ref, ...]  # the reader's own, by name
    network: str  # the one that is looked at; empty: all
    text: str
    rows: tuple[KnownRow, ...]  # those of the page
    paged: Paged
    total: int


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person of the circle: facts alone. Nothing here was computed from anybody else."""

    version: str
    leader: Ref
    why: str  # why the reader is shown this
    facts: tuple[Fact, ...]
    memberships: tuple[Membership, ...]
    affiliations: tuple[Affiliation, ...]
    interests: tuple[HeldInterest, ...]
    collaborations: tuple[Collaboration, ...]
    activities: tuple[Taken, ...]
    credentials: tuple[HeldCredential, ...]
    in_edition: bool  # the reader sees a page with scores of this person, too
    said: Words  # what the person said of these facts, told to whoever organizes one of their networks


@dataclass(frozen=True, slots=True)
class _Known:
    index: EditionIndex
    circle: Circle
    who: Who


_CIRCLES: WeakKeyDictionary[Edition, OrderedDict[tuple[Who, str], _Known]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def circle_page(
    published: Published,
    viewer: Viewer,
    *,
    network: str = "",
    text: str = "",
    limit: int | None = 50,
    page: int = 1,
) -> CirclePage:
    """The people whom the reader is shown because of networks of their own, by name; ``text`` are words to look for."""
    known = _circle(published, viewer)
    snapshot = known.index.snapshot
    theirs = [n for n in snapshot.labels("networks")[0] if n in known.who.networks]
    own = [ref(snapshot, "networks", snapshot.position("networks", n)) for n in theirs]
    networks = sorted((_linked(published, viewer, n) for n in own), key=lambda r: (r.name.casefold(), r.id))
    rows = (_row(known, at) for at in known.index.by_name(range(known.index.people)).tolist())
    asked, through = words_in(text), known.circle.through
    found = [row for row in rows if (not network or network in through[row.leader.id]) and _fits(row, asked)]
    names = {r.id: r.name for r in networks}
    summary = _summary(viewer, names, names.get(network, ""), text, len(found))
    at = paged(len(found), limit, page)
    shown = tuple(found[at.rows])
    return CirclePage(known.index.version, summary, tuple(networks), network, text, shown, at, len(found))


def known_person(published: Published, viewer: Viewer, leader: str) -> KnownPerson:
    """The facts of one person of the reader's circle; :class:`NotFound` for everybody else, alike."""
    known = _circle(published, viewer)
    index = known.index
    at = index.snapshot.position("leaders", leader)
    link = partial(_linked, published, viewer)
    return KnownPerson(
        index.version,
        index.leader(at),
        _why(known, leader),
        facts_of(index, at, (), private=True),  # what is not for the reader is not among the facts
        tuple(replace(m, network=link(m.network)) for m in memberships_of(index, at)),
        tuple(replace(a, organization=link(a.organization)) for a in affiliations_of(index, at)),
        tuple(replace(i, interest=link(i.interest)) for i in interests_of(index, at)),
        collaborations_of(index, at),
        activities_of(index, at),
        tuple(replace(c, credential=link(c.credential), issuers=()) for c in credentials_of(index, at)),
        in_edition(published, viewer, "leaders", leader),
        said_of(index, at),
    )


def is_known(published: Published, viewer: Viewer, leader: str) -> bool:
    """Whether a leader is of the reader's circle."""
    try:
        return leader in _circle(published, viewer).circle.standings
    except NotFound:
        return False


def organizes(published: Published, viewer: Viewer, leader: str) -> bool:
    """Whether the reader organizes a network of this leader's, or the whole map, and the leader is shown there."""
    if viewer.sees_people:
        return in_edition(published, viewer, "leaders", leader)
    try:
        return _circle(published, viewer).circle.standings.get(leader) is Standing.ORGANIZER
    except NotFound:
        return False


def circle_snapshot(published: Published, viewer: Viewer) -> Snapshot:
    """The rows of the reader's circle; :class:`NotFound` for readers who have no networks of their own."""
    return _circle(published, viewer).circle.facts


def name_shown(published: Published, viewer: Viewer, leader: str) -> str:
    """The name of a leader whom the reader is shown, on the map or in the circle; empty for everybody else, alike."""
    snapshots = [viewer.edition(published).snapshot]
    with suppress(NotFound):
        snapshots.append(_circle(published, viewer).index.snapshot)
    for snapshot in snapshots:
        with suppress(NotFound):
            return str(snapshot.value("leaders", snapshot.position("leaders", leader), "name") or "")
    return ""


def _circle(published: Published, viewer: Viewer) -> _Known:
    """The reader's circle; :class:`NotFound` for readers who have no networks of their own."""
    if not viewer.has_circle:
        raise NotFound("only organizers of named networks and members with a record have networks of their own here")
    base = published.edition("organizers")
    key = (viewer.who, viewer.as_of)
    with _LOCK:
        kept = _CIRCLES.setdefault(base, OrderedDict())
        if (found := kept.pop(key, None)) is None:
            found = _made(published, base, viewer)
        kept[key] = found
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return found


def _made(published: Published, base: Edition, viewer: Viewer) -> _Known:
    who = _with_networks(index_of(published, ORGANIZER), viewer.who)
    circle = circle_of(base.snapshot, base.present, read_levels(base.levels), who)
    day = circle.facts.turned(viewer.as_of) if viewer.as_of else base.as_of
    return _Known(EditionIndex(FactsEdition(base, circle.facts, day)), circle, who)


def _with_networks(index: EditionIndex, who: Who) -> Who:
    """The record as it goes today, with the networks that it is in; whoever is hidden is in none that counts."""
    if not who.record:
        return who
    snapshot = index.snapshot
    try:
        record = canonical_leader(index, who.record)
        at = snapshot.position("leaders", record)
    except NotFound:
        return replace(who, record="")
    ids, _ = snapshot.labels("networks")
    own = frozenset(ids[n] for n in snapshot.incidence("memberships").groups_of(at).tolist())
    return replace(who, record=record, fellow_in=own)


def _row(known: _Known, at: int) -> KnownRow:
    index = known.index
    leader = index.leader(at)
    here = replace(leader, href=path_of("circle", leader.id))
    ids, names = index.snapshot.labels("networks")
    called = dict(zip(ids, names, strict=True))
    through = tuple(sorted(called[n] for n in known.circle.through[leader.id] if n in called))
    held = sorted(
        {ref(index.snapshot, "interests", int(i)).name for i in index.interests.groups_of(at)}, key=str.casefold
    )
    full = known.circle.standings[leader.id] is Standing.ORGANIZER
    return KnownRow(here, index.detail_of(at), through, full, tuple(held))


def _fits(row: KnownRow, asked: list[str]) -> bool:
    own = words_in(" ".join((row.leader.name, row.detail, *row.interests, *row.through)))
    return all(any(word.startswith(one) for word in own) for one in asked)


def _summary(viewer: Viewer, networks: dict[str, str], chosen: str, text: str, found: int) -> str:
    if not networks:
        return NO_NETWORKS
    return people_words(viewer, chosen or listed(sorted(networks.values(), key=str.casefold), 4), text, found)


def _why(known: _Known, leader: str) -> str:
    ids, names = known.index.record.labels("networks")
    called = dict(zip(ids, names, strict=True))
    through = listed(sorted(called[n] for n in known.circle.through[leader] if n in called), 4)
    stands = known.circle.standings[leader]
    return why_words(stands, through)


def _linked(published: Published, viewer: Viewer, there: Ref) -> Ref:
    """The reference, linked to a page where the reader has one about it."""
    return there if in_edition(published, viewer, there.kind, there.id) else replace(there, href="")


def in_edition(published: Published, viewer: Viewer, kind: str, node: str) -> bool:
    """Whether the edition that this viewer reads has a node, and so a page about it."""
    try:
        viewer.edition(published).snapshot.position(kind, node)
    except NotFound:
        return False
    return True

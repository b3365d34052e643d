"""What people dispute of themselves, for the organizers who can look into it: of their networks, or of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.own_word import About, Said, Word
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.person.circle import circle_snapshot, organizes
from netofnets.services.person.facts import label_of
from netofnets.services.person.provenance import Source, claims_about, source
from netofnets.services.refs import Ref, path_of, ref
from netofnets.services.viewer import ORGANIZER, Viewer
from netofnets.services.words import shown

__all__ = ["Doubt", "doubts"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fact that the person disputes, as it stands; ``stated`` says which rosters say so, to whom that is told."""

    leader: Ref
    what: str
    end: str
    title: str
    value: str
    since: str
    stated: tuple[str, ...]


def doubts(published: Published, viewer: Viewer, words: Mapping[About, Word]) -> tuple[Doubt, ...]:
    """What is disputed by the ``words`` of now and is published, the oldest first.

    An organizer of networks is told of their people, and of whoever disputes being in one of these networks.
    """
    index = index_of(published, ORGANIZER)
    seen = index.record if viewer.sees_people else circle_snapshot(published, viewer)
    found = []
    for (leader, what, end), word in words.items():
        if word.said is Said.DISPUTED:
            if viewer.sees_people or _is_theirs(published, viewer, seen, (leader, what, end)):
                found.append(_doubt(index, viewer, (leader, what, end), word.day))
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: (one.since, one.leader.name.casefold(), one.what, one.end)))


def _is_theirs(published: Published, viewer: Viewer, seen: Snapshot, about: About) -> bool:
    """Who is in a network is for the organizer of that network to say, anything else for each who has the person."""
    leader, what, end = about
    if what == "memberships":
        return end in viewer.who.organizes
    return organizes(published, viewer, leader) and _there(seen, what, end)


def _there(seen: Snapshot, what: str, end: str) -> bool:
    return not end or end in set(seen.labels(_other(what))[0])


def _other(what: str) -> str:
    return relationship_kind(what).target


def _doubt(index: EditionIndex, viewer: Viewer, about: About, day: str) -> Doubt | None:
    leader, what, end = about
    try:
        at = index.snapshot.position("leaders", leader)
        if end:
            value = ref(index.snapshot, _other(what), index.snapshot.position(_other(what), end)).name
        else:
            value = shown(index.snapshot.value("leaders", at, what))
    except NotFound:
        return None
    who = index.leader(at) if viewer.sees_people else Ref("leaders", leader, index.leader(at).name, _link(leader))
    stated = () if end or not viewer.sees_people else _stated(index, leader, what)
    title = relationship_kind(what).forward if end else label_of(what)
    return Doubt(who, what, end, title, value, day, stated)


def _link(leader: str) -> str:
    return path_of("circle", leader)


def _stated(index: EditionIndex, leader: str, what: str) -> tuple[str, ...]:
    told = [
        source(index, c) for c in claims_about(index, "leaders", leader) if c.values.get(what) not in (None, [], "")
    ]
    return tuple(_place(s) for s in told)


def _place(stated: Source) -> str:
    if stated.row:
        return say("{source}, {file} row {row}", source=stated.source, file=stated.file, row=stated.row)
    return f"{stated.source}, {stated.file}"

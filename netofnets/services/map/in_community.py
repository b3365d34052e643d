"""One community of a map, by the number that lasts from one publication to the next: its networks and people, what the
panel says of it, and the list to choose it from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from netofnets.graph.published import Published
from netofnets.language import capital, joined, listed, say, say_count
from netofnets.services.find.choices import Mask, top
from netofnets.services.find.filters import Facet, FacetValue
from netofnets.services.groups.listing import by_community, sureness, typical
from netofnets.services.groups.rows import CommunityRow, community_ref, community_rows
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map.phrases import first_part
from netofnets.services.map.selection import Neighbour, Selection
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import number

__all__ = ["NearbyCommunity", "communities_at_hand", "community_facet", "community_panel", "in_community"]

_LISTED = 40  # communities in the list, the largest first
_AT_HAND = 4
_NETWORKS, _PEOPLE, _TERMS = 20, 60, 5  # in the panel; the page of the community has more
_UNDIVIDED = say("No division of these people is found: this is a part that has no ties to the rest, or all of them.")


@dataclass(frozen=True, slots=True)
class NearbyCommunity:
    """A community to begin with: its reference, and its networks and people in words."""

    ref: Ref
    detail: str


def in_community(published: Published, viewer: Viewer, community: str) -> frozenset[str]:
    """Ids of the networks and people of a community as it is published, also for the map of another day; an unknown
    number names nobody."""
    index, number = _present(published, viewer), _number(community)
    if number < 0:
        return frozenset()
    own = [(kind, np.flatnonzero(index.communities(kind) == number)) for kind in ("networks", "leaders")]
    return frozenset(one for kind, at in own for one in index.snapshot.ids(kind).take(at).to_pylist())


def community_panel(published: Published, viewer: Viewer, community: str) -> Selection | None:
    """What the panel of a map says of a community as it is published; None when this edition has none of that number.

    Its networks, the largest first; its bridging leaders by name, as far as this viewer is shown them.
    """
    index, which = _present(published, viewer), _number(community)
    row = next((r for r in community_rows(index) if r.community == which), None)
    if row is None:
        return None
    bridging = index.by_name(np.flatnonzero((index.communities("leaders") == which) & index.bridging))
    people = tuple(index.leader(int(p)) for p in bridging[:_PEOPLE])
    facts = [(say("Bridging leaders"), number(len(bridging)))] if len(bridging) else []
    if terms := typical(by_community(index, "community_terms").get(which, []), ("interests",))[:_TERMS]:
        facts.append((say("Typical interests"), listed([term.name for term in terms])))
    if row.sure:
        facts.append((say("How sure"), capital(row.sure)))
    ref, networks = community_ref(index, which), _networks(index, which)
    return Selection(ref, _summary(index, row), tuple(facts), networks, people, len(bridging))


def communities_at_hand(published: Published, viewer: Viewer) -> tuple[NearbyCommunity, ...]:
    """The largest communities, where a division is found; none where all are in one."""
    index = _present(published, viewer)
    rows = community_rows(index)
    if len(rows) < 2 or not sureness(index).found:
        return ()
    return tuple(
        NearbyCommunity(replace(community_ref(index, r.community), name=first_part(r.label)), _has(r))
        for r in rows[:_AT_HAND]
    )


def community_facet(published: Published, viewer: Viewer, fits: Mask, chosen: str) -> Facet:
    """The communities, with how many of the people who fit are in each."""
    index = _present(published, viewer)
    of = index.communities("leaders")
    counts = np.bincount(of[fits & (of >= 0)], minlength=max(index.community_labels, default=-1) + 1).astype(np.int64)
    kept = top(counts, _LISTED)
    number = _number(chosen)
    if number in index.community_labels and number not in kept:
        kept.append(number)
    values = (
        FacetValue(str(n), first_part(index.label_of(n)), int(counts[n]) if n < len(counts) else 0, n == number)
        for n in kept
    )
    return Facet("community", say("Community"), tuple(values))


def _summary(index: EditionIndex, row: CommunityRow) -> str:
    told = say("A community of {networks_and_people}.", networks_and_people=_has(row))
    return told if sureness(index).found else joined([told, _UNDIVIDED])


def _has(row: CommunityRow) -> str:
    networks = say_count("{n:,} network", "{n:,} networks", row.networks_count)
    return listed([networks, say_count("{n:,} person", "{n:,} people", row.leaders)])


def _networks(index: EditionIndex, community: int) -> tuple[Neighbour, ...]:
    """The largest networks, and how many of the members of each are in the community too."""
    people, sizes = index.communities("leaders") == community, index.memberships.group_sizes
    own = np.flatnonzero(index.communities("networks") == community)
    refs = sorted(
        ((-int(sizes[n]), index.network(n), n) for n in own.tolist()), key=lambda o: (o[0], o[1].name, o[1].id)
    )
    inside = ((ref, int(people[index.memberships.actors_of(n)].sum()), -size) for size, ref, n in refs[:_NETWORKS])
    return tuple(Neighbour(ref, within, words=_within(within, members)) for ref, within, members in inside)


def _within(inside: int, members: int) -> str:
    if not members:
        return say("no members")
    return say_count("{inside:,} of {n:,} member in it", "{inside:,} of {n:,} members in it", members, inside=inside)


def _present(published: Published, viewer: Viewer) -> EditionIndex:
    return index_of(published, replace(viewer, as_of=""))


def _number(community: str) -> int:
    return int(community) if community.isascii() and community.isdecimal() and len(community) < 10 else -1

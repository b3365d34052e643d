"""The page of a network: members, neighbours, what it depends on, whom its members should meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.graph.published import Published
from netofnets.language import capital, joined, say, say_count
from netofnets.services.bounded import LISTED, bounded
from netofnets.services.groups.rows import community_of
from netofnets.services.index import EditionIndex, Ints, index_of, slice_of
from netofnets.services.map.selection import Neighbour, Neighbours, neighbours_of, overlapping
from netofnets.services.networks.gaps import GapRow, gaps_of
from netofnets.services.networks.indicators import Indicator, indicators_of, measured, with_parts
from netofnets.services.networks.islands import Island, island_of
from netofnets.services.networks.layers import LayerOf, layers_of
from netofnets.services.networks.listing import NetworkRow, NetworksList, networks_list
from netofnets.services.networks.network_parts import (
    Member,
    NetworkInterest,
    Partner,
    interests_of,
    members_of,
    partners_of,
)
from netofnets.services.paged import Paged, paged
from netofnets.services.person.evidence import Quotation, quotations_of
from netofnets.services.refs import Ref, ref
from netofnets.services.unseen import UnseenGroup, unseen_in
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = [
    "Indicator",
    "Member",
    "NetworkInterest",
    "NetworkPage",
    "NetworkRow",
    "NetworksList",
    "Partner",
    "hinge_of",
    "network_page",
    "networks_list",
]

_GAPS, _INTERESTS = 3, 10


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The page of a network."""

    version: str
    network: Ref
    summary: str
    facts: tuple[tuple[str, str], ...]  # (label, value): kind, region, country, about, url
    community: Ref | None
    members: tuple[Member, ...]  # bridging first, then by name; those of the page
    paged: Paged  # of the members
    members_total: int  # its own
    with_parts: int  # and those of its parts, each person once
    bridging: tuple[Member, ...]
    neighbours: tuple[Neighbour, ...]
    layers: tuple[LayerOf, ...]  # in which it is joined with others
    island: Island | None  # when no overlap of it is beyond chance
    hinge: Ref | None  # the person through whom all ties to other networks go
    indicators: tuple[Indicator, ...]
    partners: tuple[Partner, ...]
    interests: tuple[NetworkInterest, ...]
    focuses: tuple[Ref, ...]
    parts: tuple[Ref, ...]
    parents: tuple[Ref, ...]
    ties_inside: int  # pairs of members who work together
    ties_outside: int  # pairs of a member and somebody outside
    gaps: tuple[GapRow, ...]  # networks that it should meet, the first three
    quotations: tuple[Quotation, ...] = ()  # from articles, as somebody accepted them; organizers only
    unseen: str = ""  # how many leaders it has at least who are not shown
    unseen_neighbours: tuple[UnseenGroup, ...] = ()  # networks that have such leaders in common with it
    unseen_interests: tuple[UnseenGroup, ...] = ()  # what such leaders work on, at most ten
    left_out: str = ""  # which lists, beside that of members, are longer than what is listed, in words


_LISTS = {
    "neighbours": say("networks that share members with it"),
    "partners": say("partners"),
    "interests": say("interests"),
    "focuses": say("subjects"),
    "parts": say("parts"),
    "parents": say("networks that it is a part of"),
    "quotations": say("quotes"),
    "unseen_neighbours": say("networks that have leaders who are not shown in common with it"),
}


def network_page(
    published: Published, viewer: Viewer, network: str, *, limit: int | None = 100, page: int = 1
) -> NetworkPage:
    """Everything about a network, ``limit`` members a page; :class:`NotFound` for a missing and a hidden one alike."""
    index = index_of(published, viewer)
    at = index.snapshot.position("networks", network)
    ordered, bridging = _ordered(index, at)
    at_members = paged(len(ordered), limit, page)
    overlaps, hinge, found = overlapping(index, at), hinge_of(index, at), measured(index, at)
    neighbours = neighbours_of(index, at, overlaps, LISTED)
    island, unseen = island_of(index, viewer, at), unseen_in(index, viewer)
    found_page = NetworkPage(
        index.version,
        index.network(at),
        _summary(index, at, neighbours, overlaps, hinge, island, viewer),
        _facts(index, at),
        community_of(index, "networks", at),
        members_of(index, at, ordered[at_members.rows]),
        at_members,
        len(ordered),
        found.members,
        members_of(index, at, bridging[:LISTED]),
        neighbours,
        layers_of(index, at),
        island,
        hinge,
        indicators_of(found) if found.members else (),
        partners_of(index, at),
        interests_of(index, ordered),
        _nodes(index, "network_focuses", "interests", at),
        _parts(index, at),
        _nodes(index, "network_parts", "networks", at),
        found.inside,
        found.outside,
        gaps_of(index, at, _GAPS),
        quotations_of(index, network),
        *(unseen.words("network", network), unseen.shared_with(network), unseen.subjects_of(network, _INTERESTS)),
    )
    return bounded(found_page, _LISTS, {"neighbours": len(overlaps)})


def _ordered(index: EditionIndex, network: int) -> tuple[Ints, Ints]:
    """The members of a network, bridging leaders first, then by name; and those who are bridging."""
    every = index.by_name(index.memberships.actors_of(network))
    bridging = every[index.bridging[every]]
    return np.concatenate([bridging, every[~index.bridging[every]]]), bridging


def hinge_of(index: EditionIndex, network: int) -> Ref | None:
    """The one person through whom all ties of a network to others go; None when there are several or none."""
    row = index.row_of("dependence", "network", index.network(network).id)
    person = index.table("dependence")["sole_link"][row].as_py() if row >= 0 else None
    return index.leader(index.snapshot.position("leaders", person)) if person else None


def _summary(
    index: EditionIndex,
    network: int,
    neighbours: tuple[Neighbour, ...],
    overlaps: Neighbours,
    hinge: Ref | None,
    island: Island | None,
    viewer: Viewer,
) -> str:
    unseen = unseen_in(index, viewer).words("network", index.network(network).id)
    known = len(index.memberships.actors_of(network)) > 0
    if unseen and not known:
        return say("{network} has {unseen}.", network=index.network(network).name, unseen=unseen)
    shown = _of_shown(index, network, neighbours, overlaps, hinge, island)
    if viewer.sees_people or not known:
        return shown
    if unseen:
        of = say("That is said of members who are shown to you; it has {unseen}.", unseen=unseen)
    else:
        of = say("That is said of members who are shown to you alone.")
    return joined([shown, of])


def _of_shown(
    index: EditionIndex,
    network: int,
    neighbours: tuple[Neighbour, ...],
    overlaps: Neighbours,
    hinge: Ref | None,
    island: Island | None,
) -> str:
    name = index.network(network).name
    if not len(index.memberships.actors_of(network)):
        return say("{network}: no member is shown.", network=name)
    size = say("{network} has {members}.", network=name, members=_size(index, network))
    return joined([size, _stands(neighbours, overlaps, hinge, island)])


def _stands(neighbours: tuple[Neighbour, ...], overlaps: Neighbours, hinge: Ref | None, island: Island | None) -> str:
    """How a network with members stands to others."""
    if hinge:
        return say("It hangs on one person: all its ties to other networks go through {name}.", name=hinge.name)
    if island and not neighbours:
        if island.alone:
            return say("It stands alone: {why}.", why=island.words)
        return capital(say("{all}.", all=island.words))
    if overlaps.validated:
        validated = [n.ref.name for n in neighbours[: overlaps.validated]]
        validated += [""] * (overlaps.validated - len(validated))  # counted, not named
        return say("It shares more members than chance would give with {networks}.", networks=listed(validated, 4))
    if not neighbours:
        return say("It shares members with no networks; these data tell none of that from chance.")
    return say_count(
        "It shares members with {n:,} network; these data tell none of that from chance.",
        "It shares members with {n:,} networks; these data tell none of that from chance.",
        len(overlaps),
    )


def _size(index: EditionIndex, network: int) -> str:
    own, whole = int(index.memberships.group_sizes[network]), int(with_parts(index).group_sizes[network])
    if own == whole:
        return say_count("{n:,} member", "{n:,} members", own)
    return say_count(
        "{n:,} member of its own, {whole:,} with its parts (each person once)",
        "{n:,} members of its own, {whole:,} with its parts (each person once)",
        own,
        whole=whole,
    )


_FACTS = {
    "kind": say("Kind"),
    "region": say("Region"),
    "country": say("Country"),
    "about": say("About"),
    "url": say("Url"),
}


def _facts(index: EditionIndex, network: int) -> tuple[tuple[str, str], ...]:
    row = index.snapshot.nodes["networks"].slice(network, 1).to_pylist()[0]
    facts = [(label, str(row[name])) for name, label in _FACTS.items() if row[name]]
    if row["sensitive"]:
        facts.append((say("Sensitive"), say("membership is not shown to the public")))
    return tuple(facts)


def _nodes(index: EditionIndex, kind: str, target: str, network: int) -> tuple[Ref, ...]:
    edges = index.snapshot.edges[kind]
    return tuple(ref(index.snapshot, target, int(edges.target[r])) for r in slice_of(edges.source, network))


def _parts(index: EditionIndex, network: int) -> tuple[Ref, ...]:
    edges = index.snapshot.edges["network_parts"]
    return tuple(index.network(int(s)) for s in edges.source[index.arriving("network_parts")[network]])

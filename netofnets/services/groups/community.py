"""One community: what is typical of it, who is at its core, who stands on its border, and what it belongs to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.groups.listing import Sureness, Typical, by_community, sureness, typical
from netofnets.services.groups.rows import CommunityRow, community_ref, community_rows
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.measures import Definition, defined
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Border", "CommunityPage", "DeclaredCell", "InNetwork", "Member", "community_page"]

_BORDER = 0.25  # share of somebody's ties that another community has for them to stand on the border
_PEOPLE = 12
_TERMS = 6


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody at the core: the share of their ties that stays inside, and how many networks they are in."""

    leader: Ref
    strength: float
    networks: int


@dataclass(frozen=True, slots=True)
class Border:
    """Somebody whose ties go to another community as well."""

    leader: Ref
    strength: float
    second: Ref
    second_strength: float


@dataclass(frozen=True, slots=True)
class InNetwork:
    """A network of the community, and how many of its members are in the community too."""

    network: Ref
    members: int
    inside: int


@dataclass(frozen=True, slots=True)
class DeclaredCell:
    """A declared group that the community holds more of than its size gives."""

    against: str
    group: str
    found: int
    expected: float


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """Everything the page of one community shows."""

    version: str
    row: CommunityRow
    sure: Sureness
    typical: tuple[Typical, ...]
    networks: tuple[InNetwork, ...]
    core: tuple[Member, ...]
    border: tuple[Border, ...]
    border_total: int
    wider: tuple[Ref, ...]  # the other communities of the wider group
    cells: tuple[DeclaredCell, ...]  # declared groups that it holds more of than its size gives
    fewer: int  # declared groups that it holds fewer of
    definitions: tuple[Definition, ...]


def community_page(published: Published, viewer: Viewer, community: str, *, limit: int = 30) -> CommunityPage:
    """The page of one community, by its number; :class:`NotFound` when this edition has none such."""
    index = index_of(published, viewer)
    row = next((r for r in community_rows(index) if str(r.community) == community), None)
    if row is None:
        raise NotFound(say("there is no community {number!r}; numbers are never used again", number=community))
    terms = by_community(index, "community_terms").get(row.community, [])
    border = _border(index, row.community)
    return CommunityPage(
        index.version,
        row,
        sureness(index),
        tuple(t for kind in ("interests", "networks", "regions") for t in typical(terms, (kind,))[:_TERMS]),
        _networks(index, row.community),
        _core(index, row.community),
        border[: max(limit, 0)],
        len(border),
        _wider(index, row.community),
        *_cells(index, row.community),
        tuple(defined(index, m) for m in ("communities", "community_summary", "community_terms", "comparison_cells")),
    )


def _networks(index: EditionIndex, community: int) -> tuple[InNetwork, ...]:
    people = index.communities("leaders") == community
    found = []
    for network in np.flatnonzero(index.communities("networks") == community).tolist():
        members = index.memberships.actors_of(network)
        found.append(InNetwork(index.network(network), len(members), int(people[members].sum())))
    return tuple(sorted(found, key=lambda n: (-n.members, n.network.name.casefold(), n.network.id)))


def _core(index: EditionIndex, community: int) -> tuple[Member, ...]:
    """Those whose ties stay inside, with most networks and direct ties first."""
    table = index.table("communities").slice(0, index.people)
    own = np.flatnonzero(index.communities("leaders") == community)
    strength = table["strength"].fill_null(0.0).to_numpy()[own]
    networks = np.diff(index.memberships.csr.indptr)[own]
    ties = np.diff(index.collaborators.indptr)[own]
    order = np.lexsort((index.name_order[own], -(networks + ties), -np.round(strength, 6)))[:_PEOPLE]
    return tuple(Member(index.leader(int(own[i])), float(strength[i]), int(networks[i])) for i in order)


def _border(index: EditionIndex, community: int) -> tuple[Border, ...]:
    """Those of the community with at least a quarter of their ties in another, those nearest to leaving first."""
    table = index.table("communities").slice(0, index.people)
    second = table["second"].fill_null(-1).to_numpy()
    other = table["second_strength"].fill_null(0.0).to_numpy()
    strength = table["strength"].fill_null(0.0).to_numpy()
    own = np.flatnonzero((index.communities("leaders") == community) & (other >= _BORDER) & (second >= 0))
    order = own[np.lexsort((index.name_order[own], -np.round(other[own], 6)))]
    return tuple(
        Border(index.leader(int(i)), float(strength[i]), community_ref(index, int(second[i])), float(other[i]))
        for i in order
    )


def _wider(index: EditionIndex, community: int) -> tuple[Ref, ...]:
    rows = index.table("community_summary").to_pylist()
    own = next(r["wider"] for r in rows if r["community"] == community)
    others = [r["community"] for r in rows if own is not None and r["wider"] == own and r["community"] != community]
    return tuple(community_ref(index, int(c)) for c in others)


def _cells(index: EditionIndex, community: int) -> tuple[tuple[DeclaredCell, ...], int]:
    """The declared groups that it holds more of, those that say most first, and how many it holds fewer of."""
    if not sureness(index).found:
        return (), 0  # what is compared then is the nearest division, whose groups are no communities
    rows = [r for r in by_community(index, "comparison_cells").get(community, []) if r["unexpected"]]
    more = [r for r in rows if r["unexpected"] == "more"]
    more.sort(key=lambda r: (-r["found"] * math.log(max(r["ratio"], 1.0)), r["against"], str(r["group"])))
    cells = (DeclaredCell(r["against"], str(r["group"] or ""), r["found"], r["expected"]) for r in more[:_PEOPLE])
    return tuple(cells), len(rows) - len(more)

"""The page of a network: members, neighbours, what it depends on, whom its members should meet."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.atlas import Neighbour
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = [
    "Indicator",
    "Member",
    "NetworkInterest",
    "NetworkPage",
    "NetworkRow",
    "NetworksList",
    "Partner",
    "network_page",
    "networks_list",
]


@dataclass(frozen=True, slots=True)
class Member:
    """A member with the roles held and the other networks the person is in."""

    leader: Ref
    roles: tuple[str, ...]
    since: str
    other_networks: tuple[Ref, ...]
    bridging: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization that works with the network."""

    organization: Ref
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class NetworkInterest:
    """An interest of the members; ``lift`` compares with all people."""

    interest: Ref
    members: int
    lift: float
    words: str  # "31 of 80 members; 2.4 times as common as among everybody"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One plain indicator with its definition and what would improve it."""

    name: str
    label: str
    value: str
    definition: str
    improve: str


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The page of a network."""

    version: str
    network: Ref
    summary: str
    facts: tuple[tuple[str, str], ...]  # (label, value): kind, region, country, about, url
    community: str
    members: tuple[Member, ...]  # bridging first, then by name; at most ``limit``
    members_total: int
    bridging: tuple[Member, ...]
    neighbours: tuple[Neighbour, ...]
    island: bool
    hinge: Ref | None  # the person through whom all ties to other networks go
    indicators: tuple[Indicator, ...]
    partners: tuple[Partner, ...]
    interests: tuple[NetworkInterest, ...]
    focuses: tuple[Ref, ...]
    parts: tuple[Ref, ...]
    parents: tuple[Ref, ...]
    ties_inside: int  # pairs of members who work together
    ties_outside: int  # pairs of a member and somebody outside


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One line of the list of networks."""

    network: Ref
    kind: str
    region: str
    country: str
    members: int
    bridging: int
    neighbours: int  # networks that share a member
    validated: int  # of them, more than chance
    community: str
    note: str  # island; hangs on one person; empty


@dataclass(frozen=True, slots=True)
class NetworksList:
    """All networks of this viewer's edition."""

    version: str
    summary: str
    rows: tuple[NetworkRow, ...]  # largest first


def networks_list(published: Published, viewer: Viewer) -> NetworksList:
    """All networks with members, neighbours and what stands out."""
    raise NotImplementedError


def network_page(published: Published, viewer: Viewer, network: str, *, limit: int = 200) -> NetworkPage:
    """Everything about a network; :class:`NotFound` for a missing and for a hidden one alike."""
    raise NotImplementedError

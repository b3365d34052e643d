"""What belongs to a network: members, partners, interests that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, slice_of
from netofnets.services.refs import Ref, ref
from netofnets.services.words import number

__all__ = ["Member", "NetworkInterest", "Partner", "interests_of", "members_of", "partners_of"]

_INTERESTS = 10
_LEAST = 2  # members who must name an interest before it counts as theirs


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


def members_of(index: EditionIndex, network: int, leaders: Ints) -> tuple[Member, ...]:
    """These members of a network, in the order given, with the roles and first day of all their spells."""
    edges = index.snapshot.edges["memberships"]
    own = index.arriving("memberships")[network]
    own = own[np.isin(edges.source[own], leaders)]
    cells, spells = index.snapshot.cells("memberships"), dict[int, list[dict[str, Any]]]()
    for leader, row in zip(edges.source[own].tolist(), own.tolist(), strict=True):
        spells.setdefault(leader, []).append(cells.row(row, ("role", "start")))
    found, this = [], index.network(network).id
    for leader in leaders.tolist():
        rows = spells.get(leader, [])
        others = tuple(n for n in index.networks_of(leader) if n.id != this)
        roles = tuple(sorted({row["role"] for row in rows if row["role"]}))
        since = min((row["start"] for row in rows if row["start"]), default="")
        bridging = bool(index.bridging[leader])
        found.append(Member(index.leader(leader), roles, since, others, bridging, index.reason(leader)))
    return tuple(found)


def partners_of(index: EditionIndex, network: int) -> tuple[Partner, ...]:
    """Organizations that work with a network, by name."""
    edges = index.snapshot.edges["partnerships"]
    found = []
    for row in slice_of(edges.source, network):
        at = int(edges.target[row])
        kind = str(index.snapshot.value("organizations", at, "kind") or "")
        role = str(edges.table["role"][row].as_py() or "")
        found.append(Partner(ref(index.snapshot, "organizations", at), kind, role))
    return tuple(sorted(found, key=lambda p: (p.organization.name.casefold(), p.organization.id, p.role)))


def interests_of(index: EditionIndex, leaders: Ints) -> tuple[NetworkInterest, ...]:
    """Interests that these members name more often than people in general, by how much more often."""
    if not len(leaders):
        return ()
    held = np.bincount(index.interests.ties_of(leaders)[1], minlength=index.snapshot.count("interests"))
    common = index.interests.group_sizes / index.people
    telling = np.flatnonzero((held >= _LEAST) & (held > common * len(leaders)))
    surplus = held[telling] - common[telling] * len(leaders)
    best = telling[np.argsort(-surplus, kind="stable")][:_INTERESTS]
    found = []
    for interest in best.tolist():
        lift = float(held[interest] / len(leaders) / common[interest])
        part = say_count(
            "{part:,} of {n:,} member", "{part:,} of {n:,} members", len(leaders), part=int(held[interest])
        )
        words = joined([part, say("{lift} times as common as among everybody", lift=number(lift))], "; ")
        found.append(NetworkInterest(ref(index.snapshot, "interests", interest), int(held[interest]), lift, words))
    return tuple(found)

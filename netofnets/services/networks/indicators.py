"""Plain indicators of a network: each with its definition and what would improve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex
from netofnets.services.words import counted

__all__ = ["Indicator", "Measured", "indicators_of", "measured"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One plain indicator with its definition and what would improve it."""

    name: str
    label: str
    value: str
    definition: str
    improve: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the indicators of one network are made of."""

    members: int
    in_others: int  # members who are in another network too
    reached: int  # other networks that share a member
    hinge: str  # name of the one person through whom all ties to others go
    partners: int
    tied: int  # members with at least one direct tie
    inside: int  # pairs of members who work together
    outside: int  # pairs of a member and somebody else
    offering: int  # members who offer something
    seeking: int  # members who seek something


def measured(index: EditionIndex, network: int, hinge: str) -> Measured:
    """Count what the indicators of a network are made of."""
    members = index.memberships.actors_of(network)
    inside = np.zeros(index.people, dtype=bool)
    inside[members] = True
    ties = index.collaborators[members]
    within = int(np.count_nonzero(inside[ties.indices]))
    return Measured(
        members=len(members),
        in_others=int(np.count_nonzero(index.memberships.degrees[members] > 1)),
        reached=len(index.pairs_of(network)),
        hinge=hinge,
        partners=len(index.snapshot.incidence("partnerships").groups_of(network)),
        tied=int(np.count_nonzero(np.diff(ties.indptr))),
        inside=within // 2,
        outside=ties.nnz - within,
        offering=int(np.count_nonzero(index.with_mode(OFFERS).degrees[members])),
        seeking=int(np.count_nonzero(index.with_mode(SEEKS).degrees[members])),
    )


def indicators_of(found: Measured) -> tuple[Indicator, ...]:
    """The indicators in words; one that says nothing about this network is left out."""
    return tuple(
        Indicator(declared.name, declared.label, declared.value(found), declared.definition, declared.improve)
        for declared in _INDICATORS
        if declared.tells(found)
    )


def _always(_: Measured) -> bool:
    return True


def _has_ties(found: Measured) -> bool:
    return found.inside + found.outside > 0


def _has_exchange(found: Measured) -> bool:
    return found.offering + found.seeking > 0


def _dependence(found: Measured) -> str:
    if not found.reached:
        return "not defined: no member is in another network"
    if found.hinge:
        return f"all ties to other networks go through {found.hinge}"
    return f"no: {found.in_others:,} members tie it to other networks"


def _reach(found: Measured) -> str:
    return f"{_share(found.in_others, found.members)} in others too; {counted(found.reached, 'network')} reached"


def _exchange(found: Measured) -> str:
    offering = f"{counted(found.offering, 'member')} {'offers' if found.offering == 1 else 'offer'}"
    return f"{offering}, {found.seeking:,} {'seeks' if found.seeking == 1 else 'seek'} something"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {counted(whole, 'member')}" if whole else "no members"


@dataclass(frozen=True, slots=True)
class _Declared:
    name: str
    label: str
    value: Callable[[Measured], str]
    definition: str
    improve: str
    tells: Callable[[Measured], bool] = _always


_INDICATORS = (
    _Declared(
        "reach",
        "Reach beyond itself",
        _reach,
        "Members who are in at least one other network, and the networks they are in.",
        "Invite two members to join or visit a network that none of them knows.",
    ),
    _Declared(
        "dependence",
        "Dependence on one person",
        _dependence,
        "Whether all members shared with other networks are one and the same person.",
        "Bring a second person into the tie, so that it survives when one leaves.",
    ),
    _Declared(
        "activity",
        "Members who work with somebody",
        lambda found: _share(found.tied, found.members),
        "Members with at least one recorded collaboration, inside the network or outside.",
        "Pair members who share an interest; record who works with whom.",
        _has_ties,
    ),
    _Declared(
        "openness",
        "Direct ties that leave the network",
        lambda found: f"{found.outside:,} of {counted(found.inside + found.outside, 'tie')}",
        "Pairs who work together of whom one is a member and one is not, of all pairs with a member.",
        "Plan one activity together with a neighbouring network.",
        _has_ties,
    ),
    _Declared(
        "partners",
        "Outside partners",
        lambda found: counted(found.partners, "organization"),
        "Organizations that the network says it works with.",
        "Record partners, or win one that can offer time, space or funds.",
    ),
    _Declared(
        "exchange",
        "Offers and needs",
        _exchange,
        "Members who say that they can help with an interest, and who say that they look for help.",
        "Ask members what they offer and what they seek.",
        _has_exchange,
    ),
)

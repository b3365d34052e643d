"""Plain indicators of a network: each with its definition and what would improve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from netofnets.analysis.rolled_up import rolled_up
from netofnets.graph.twomode import TwoMode
from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.words import counted

__all__ = ["Indicator", "Measured", "indicators_of", "measured", "with_parts"]


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
    """What the indicators of one network are made of; its members are those of its parts too, each once."""

    members: int
    in_others: int  # members who are in a network that is neither part nor whole of it
    reached: int  # such other networks
    hinges: tuple[str, ...]  # names of the one or two people through whom all ties to others go; else empty
    partners: int
    active: int  # members with a direct tie or an activity
    inside: int  # pairs of members who work together
    outside: int  # pairs of a member and somebody else
    offering: int  # members who offer something
    seeking: int  # members who seek something
    offered: int  # interests that a member offers
    sought: int  # interests that a member seeks
    met: int  # of these, the ones that another member offers


def with_parts(index: EditionIndex) -> TwoMode:
    """Memberships with those of each network's parts, everybody once."""
    return index.once("with_parts", lambda: rolled_up(index.snapshot))


def measured(index: EditionIndex, network: int) -> Measured:
    """Count what the indicators of a network are made of."""
    members = with_parts(index).actors_of(network).astype(np.int64)
    inside = np.zeros(index.people, dtype=bool)
    inside[members] = True
    ties = index.collaborators[members]
    within = int(np.count_nonzero(inside[ties.indices]))
    stated = index.table("dependence").slice(network, 1).to_pylist()[0]  # a row for each network, in their order
    offers, seeks = index.with_mode(OFFERS), index.with_mode(SEEKS)
    took_part = index.snapshot.incidence("participations").degrees[members] > 0
    sought = _held(seeks, members)
    return Measured(
        members=len(members),
        in_others=int(stated["shared_members"]),
        reached=int(stated["networks_reached"]),
        hinges=_names(index, [stated[c] for c in ("sole_link", "one_of_two", "other_of_two")]),
        partners=len(index.snapshot.incidence("partnerships").groups_of(network)),
        active=int(np.count_nonzero((np.diff(ties.indptr) > 0) | took_part)),
        inside=within // 2,
        outside=ties.nnz - within,
        offering=int(np.count_nonzero(offers.degrees[members])),
        seeking=int(np.count_nonzero(seeks.degrees[members])),
        offered=int(np.count_nonzero(_held(offers, members))),
        sought=int(np.count_nonzero(sought)),
        met=_met(offers, seeks, members, np.flatnonzero(sought)),
    )


def _names(index: EditionIndex, people: list[str | None]) -> tuple[str, ...]:
    at = (index.snapshot.position("leaders", person) for person in people if person)
    return tuple(index.leader(person).name for person in at)


def _held(held: TwoMode, members: Ints) -> Ints:
    """How many of the members hold each interest."""
    return np.bincount(held.csr[members].indices, minlength=int(held.csr.shape[1])).astype(np.int64)


def _met(offers: TwoMode, seeks: TwoMode, members: Ints, sought: Ints) -> int:
    """Interests that one member seeks and another offers."""
    met = 0
    for interest in sought.tolist():
        givers = np.intersect1d(offers.actors_of(interest), members)
        takers = np.intersect1d(seeks.actors_of(interest), members)
        met += len(givers) > 0 and len(np.union1d(givers, takers)) > 1
    return met


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


def _is_active(found: Measured) -> bool:
    return found.active > 0


def _has_exchange(found: Measured) -> bool:
    return found.offering + found.seeking > 0


def _dependence(found: Measured) -> str:
    if not found.reached:
        return "not defined: no member is in another network"
    if found.hinges:
        return f"all ties to other networks go through {' and '.join(found.hinges)}"
    return f"no: {found.in_others:,} members tie it to other networks"


def _reach(found: Measured) -> str:
    return f"{_share(found.in_others, found.members)} in others too; {counted(found.reached, 'network')} reached"


def _exchange(found: Measured) -> str:
    offering = f"{counted(found.offering, 'member')} {'offers' if found.offering == 1 else 'offer'}"
    seeking = f"{found.seeking:,} {'seeks' if found.seeking == 1 else 'seek'} something"
    return f"{offering}, {seeking}"


def _spread(found: Measured) -> str:
    if not found.sought:
        return f"{counted(found.offered, 'interest')} offered, none sought"
    inside = f"{found.met:,} of the {found.sought:,} sought {'is' if found.met == 1 else 'are'} offered inside"
    return f"{counted(found.offered, 'interest')} offered; {inside}"


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
        "Members who are in at least one other network, and the networks they are in. A part and its whole are not "
        "other networks.",
        "Invite two members to join or visit a network that none of them knows.",
    ),
    _Declared(
        "dependence",
        "Dependence on one person, or on two",
        _dependence,
        "Whether all members shared with other networks are one and the same person, or the same two.",
        "Bring one more person into the tie, so that it survives when somebody leaves.",
    ),
    _Declared(
        "activity",
        "Active members",
        lambda found: _share(found.active, found.members),
        "Members with at least one recorded collaboration, inside the network or outside, or an activity taken part "
        "in. Those of its parts count, each person once.",
        "Pair members who share an interest; record who works with whom and who took part.",
        _is_active,
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
    _Declared(
        "spread",
        "Spread of offers and needs",
        _spread,
        "Interests that a member offers, and of those that a member seeks, the ones that another member offers.",
        "Ask a neighbouring network for what nobody here offers.",
        _has_exchange,
    ),
)

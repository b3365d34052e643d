"""Plain indicators of a network: each with its definition and what would improve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.analysis.rolled_up import rolled_up
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, listed, say, say_count
from netofnets.schema.modes import OFFERS, SEEKS
from netofnets.services.index import EditionIndex, Ints

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
    ties, degrees = _tied(index, members)
    within = int(np.count_nonzero(np.isin(ties, members)))
    stated = index.cells("dependence").row(network)  # a row for each network, in their order
    offers, seeks = index.with_mode(OFFERS), index.with_mode(SEEKS)
    took_part = index.snapshot.incidence("participations").degrees[members] > 0
    sought, given = _held(seeks, members), _held(offers, members)
    return Measured(
        members=len(members),
        in_others=int(stated["shared_members"]),
        reached=int(stated["networks_reached"]),
        hinges=_names(index, [stated[c] for c in ("sole_link", "one_of_two", "other_of_two")]),
        partners=len(index.snapshot.incidence("partnerships").groups_of(network)),
        active=int(np.count_nonzero((degrees > 0) | took_part)),
        inside=within // 2,
        outside=len(ties) - within,
        offering=int(np.count_nonzero(offers.degrees[members])),
        seeking=int(np.count_nonzero(seeks.degrees[members])),
        offered=int(np.count_nonzero(given)),
        sought=int(np.count_nonzero(sought)),
        met=_met(offers, seeks, members, (sought > 0) & (given > 0)),
    )


def _names(index: EditionIndex, people: list[str | None]) -> tuple[str, ...]:
    at = (index.snapshot.position("leaders", person) for person in people if person)
    return tuple(index.leader(person).name for person in at)


def _held(held: TwoMode, members: Ints) -> Ints:
    """How many of the members hold each interest."""
    return np.bincount(held.ties_of(members)[1], minlength=int(held.csr.shape[1])).astype(np.int64)


def _met(offers: TwoMode, seeks: TwoMode, members: Ints, both: npt.NDArray[np.bool_]) -> int:
    """Interests that one member seeks and another offers, of those that members do ``both`` with."""
    ways = [one.ties_of(members) for one in (offers, seeks)]
    pairs = np.unique(np.concatenate([interests.astype(np.int64) * len(members) + who for who, interests in ways]))
    people = np.bincount(pairs // max(len(members), 1), minlength=len(both))
    return int(np.count_nonzero(both & (people > 1)))


def _tied(index: EditionIndex, members: Ints) -> tuple[npt.NDArray[np.int32], Ints]:
    """Whom the members work with directly, one after the other, and with how many each does."""
    ties = index.collaborators
    return TwoMode(ties).ties_of(members)[1], np.diff(ties.indptr)[members].astype(np.int64)


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
        return say("not defined: no member is in another network")
    if found.hinges:
        return say("all ties to other networks go through {names}", names=listed(found.hinges))
    return say("no: {members:,} members tie it to other networks", members=found.in_others)


def _reach(found: Measured) -> str:
    n = found.reached
    reached = say_count("{n:,} network reached", "{n:,} networks reached", n) if n else say("no networks reached")
    return joined([say("{share} in others too", share=_share(found.in_others, found.members)), reached], "; ")


def _exchange(found: Measured) -> str:
    n = found.offering
    offering = say_count("{n:,} member offers", "{n:,} members offer", n) if n else say("no members offer")
    return joined([offering, say_count("{n:,} seeks something", "{n:,} seek something", found.seeking)], ", ")


def _spread(found: Measured) -> str:
    n = found.offered
    offered = say_count("{n:,} interest offered", "{n:,} interests offered", n) if n else say("no interests offered")
    if not found.sought:
        return joined([offered, say("none sought")], ", ")
    inside = say_count(
        "{n:,} of the {sought:,} sought is offered inside",
        "{n:,} of the {sought:,} sought are offered inside",
        found.met,
        sought=found.sought,
    )
    return joined([offered, inside], "; ")


def _share(part: int, whole: int) -> str:
    if not whole:
        return say("no members")
    return say_count("{part:,} of {n:,} member", "{part:,} of {n:,} members", whole, part=part)


def _openness(found: Measured) -> str:
    ties = found.inside + found.outside
    return say_count("{part:,} of {n:,} tie", "{part:,} of {n:,} ties", ties, part=found.outside)


def _partners(found: Measured) -> str:
    n = found.partners
    return say_count("{n:,} organization", "{n:,} organizations", n) if n else say("no organizations")


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
        say("Reach beyond itself"),
        _reach,
        say(
            "Members who are in at least one other network, and the networks they are in. A part and its whole are not "
            "other networks."
        ),
        say("Invite two members to join or visit a network that none of them knows."),
    ),
    _Declared(
        "dependence",
        say("Dependence on one person, or on two"),
        _dependence,
        say("Whether all members shared with other networks are one and the same person, or the same two."),
        say("Bring one more person into the tie, so that it survives when somebody leaves."),
    ),
    _Declared(
        "activity",
        say("Active members"),
        lambda found: _share(found.active, found.members),
        say(
            "Members with at least one recorded collaboration, inside the network or outside, or an activity taken "
            "part in. Those of its parts count, each person once."
        ),
        say("Pair members who share an interest; record who works with whom and who took part."),
        _is_active,
    ),
    _Declared(
        "openness",
        say("Direct ties that leave the network"),
        _openness,
        say("Pairs who work together of whom one is a member and one is not, of all pairs with a member."),
        say("Plan one activity together with a neighbouring network."),
        _has_ties,
    ),
    _Declared(
        "partners",
        say("Outside partners"),
        _partners,
        say("Organizations that the network says it works with."),
        say("Record partners, or win one that can offer time, space or funds."),
    ),
    _Declared(
        "exchange",
        say("Offers and needs"),
        _exchange,
        say("Members who say that they can help with an interest, and who say that they look for help."),
        say("Ask members what they offer and what they seek."),
        _has_exchange,
    ),
    _Declared(
        "spread",
        say("Spread of offers and needs"),
        _spread,
        say("Interests that a member offers, and of those that a member seeks, the ones that another member offers."),
        say("Ask a neighbouring network for what nobody here offers."),
        _has_exchange,
    ),
)

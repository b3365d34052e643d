"""One interest: who offers, seeks or practises it, network by network."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Holder", "InterestPage", "NetworkHolders", "RelatedInterest", "interest_page"]


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the interest, and how: offers, seeks, practises (empty when not said)."""

    leader: Ref
    modes: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NetworkHolders:
    """People with the interest in one network; ``network`` is None for people without a network."""

    network: Ref | None
    total: int
    people: tuple[Holder, ...]  # at most 12, those who offer first


@dataclass(frozen=True, slots=True)
class RelatedInterest:
    """Another interest and how it is tied to this one."""

    interest: Ref
    shared: int  # people who hold both
    words: str  # "held together by 12 people; 3 would be expected", or "wider", "narrower", "close to"


@dataclass(frozen=True, slots=True)
class InterestPage:
    """The page of an interest."""

    version: str
    interest: Ref
    aliases: tuple[str, ...]
    domain: str
    summary: str
    people_total: int
    by_mode: tuple[tuple[str, int], ...]
    networks: tuple[NetworkHolders, ...]  # by number of people
    focused: tuple[Ref, ...]  # networks and organizations that say they work on it
    related: tuple[RelatedInterest, ...]


def interest_page(published: Published, viewer: Viewer, interest: str) -> InterestPage:
    """People by network, co-held and neighbouring interests; :class:`NotFound` when there is no such interest."""
    raise NotImplementedError

"""Whom a leader should meet: people with shared interests, from other networks first, each with true reasons."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Suggestion", "Suggestions", "suggestions"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person worth meeting."""

    leader: Ref
    outside: bool  # shares no network with the asking leader
    reasons: tuple[str, ...]  # 'you both work on "lesson study" (held by 14 of 1,203 people)'
    interests: tuple[Ref, ...]  # shared, rarest first
    networks: tuple[Ref, ...]
    detail: str
    score: float  # sum of -ln(holders / people) over the shared interests, plus complements
    hours: float | None = None  # shared working hours (8 to 17 local) when both time zones are known


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions for one leader: people of other networks, then of the own ones."""

    version: str
    leader: Ref
    outside: tuple[Suggestion, ...]
    inside: tuple[Suggestion, ...]
    note: str


def suggestions(published: Published, viewer: Viewer, leader: str, *, limit: int = 10) -> Suggestions:
    """People with shared, rarity-weighted interests; at most 3 of one network; nobody already known as collaborator.

    :class:`NotFound` when this viewer has no such leader.
    """
    raise NotImplementedError

"""The first sentence of the front page, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.language import capital, joined, say, say_count
from netofnets.services.unseen import at_least_words
from netofnets.services.viewer import Viewer

__all__ = ["Counts", "front_words"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much this viewer's edition holds."""

    leaders: int
    networks: int
    interests: int
    organizations: int
    collaborations: int
    communities: int
    validated_overlaps: int
    connectors: int
    bridging_leaders: int
    unseen: int = 0  # at least so many leaders who are not shown


def front_words(counts: Counts, viewer: Viewer, empty: bool) -> str:
    """How much there is, who joins networks, and what can be claimed."""
    if empty:
        return say("Nothing is to be seen here yet.")
    n = counts.networks
    networks = say_count("{n:,} network", "{n:,} networks", n) if n else say("no networks")
    unseen = at_least_words(counts.unseen)
    if unseen and not counts.leaders:
        return capital(say("{networks} with {unseen}.", networks=networks, unseen=unseen))
    if not counts.leaders and not viewer.sees_people:
        return capital(say("{networks}; who is in them is not shown to you.", networks=networks))
    n = counts.leaders
    leaders = say_count("{n:,} leader", "{n:,} leaders", n) if n else say("no leaders")
    start = capital(say("{leaders} in {networks}", leaders=leaders, networks=networks))
    if unseen:
        start = say("{start}, and {unseen}", start=start, unseen=unseen)
    if not counts.connectors:
        return say("{all}.", all=start)
    joins = say_count("{n:,} person joins networks", "{n:,} people join networks", counts.connectors)
    if not counts.bridging_leaders:
        return say("{all}: {joins}.", all=start, joins=joins)
    return say("{all}: {joins}; {claims}.", all=start, joins=joins, claims=_claims(counts))


def _claims(counts: Counts) -> str:
    claims = [
        say_count("{n:,} of them is called bridging", "{n:,} of them are called bridging", counts.bridging_leaders)
    ]
    if n := counts.validated_overlaps:
        claims.append(say_count("{n:,} overlap is above chance", "{n:,} overlaps are above chance", n))
    return joined(claims, ", ")

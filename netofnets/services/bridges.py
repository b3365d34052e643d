"""Who holds networks together: bridging leaders with reasons, and the communities they join."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.measures import Definition
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["BridgeReport", "BridgingLeader", "CommunityRow", "bridge_report"]


@dataclass(frozen=True, slots=True)
class BridgingLeader:
    """One bridging leader; a score is None where it is not defined."""

    rank: int
    leader: Ref
    reason: str
    rank_words: str  # "rank 3; between 2 and 7 when memberships are resampled"
    networks: tuple[Ref, ...]
    communities: tuple[str, ...]  # labels of the communities the networks lie in
    first_network: Ref | None
    second_network: Ref | None
    score: float | None
    participation: float | None
    strength: float | None
    blocks: int | None
    block_score: float | None
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One community of people and networks."""

    community: int
    label: str
    leaders: int
    networks_count: int
    networks: tuple[Ref, ...]  # the largest, at most 8
    terms: tuple[str, ...]
    agreement: float | None


@dataclass(frozen=True, slots=True)
class BridgeReport:
    """The bridges page. ``found`` is False when the data show no bridging structure; ``summary`` then says so."""

    version: str
    found: bool
    summary: str
    leaders: tuple[BridgingLeader, ...]
    total: int  # bridging leaders that fit the filter
    communities: tuple[CommunityRow, ...]
    definitions: tuple[Definition, ...]
    network: Ref | None = None  # the filter
    community: int | None = None  # the filter


def bridge_report(
    published: Published, viewer: Viewer, *, network: str = "", community: int | None = None, limit: int = 50
) -> BridgeReport:
    """Ranked bridging leaders, and the communities with labels; filters: members of a network, of a community."""
    raise NotImplementedError

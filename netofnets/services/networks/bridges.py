"""Who holds networks together: bridging leaders with reasons, and the communities they join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.services.groups.rows import CommunityRow, community_rows
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.measures import Definition, defined
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted, rank_words

__all__ = ["BridgeReport", "BridgingLeader", "CommunityRow", "bridge_report", "by_rank", "community_rows"]


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
    index = index_of(published, viewer)
    chosen = index.snapshot.position("networks", network) if network else None
    wanted = index.bridging.copy()
    if chosen is not None:
        inside = np.zeros(index.people, dtype=bool)
        inside[index.memberships.actors_of(chosen)] = True
        wanted &= inside
    if community is not None:
        wanted &= index.communities("leaders") == community
    ranked = by_rank(index, np.flatnonzero(wanted))
    found = bool(index.bridging.any())
    return BridgeReport(
        index.version,
        found,
        _summary(index, found),
        tuple(_bridging(index, int(p)) for p in ranked[: max(limit, 0)]),
        len(ranked),
        community_rows(index),
        tuple(defined(index, m) for m in ("bridges", "communities", "overlap")),
        None if chosen is None else index.network(chosen),
        community,
    )


def by_rank(index: EditionIndex, leaders: Ints) -> Ints:
    """Bridging leaders by rank; equal ranks by name."""
    ranks = np.asarray(pc.fill_null(index.table("bridges")["rank"], np.iinfo(np.int64).max).to_numpy())
    return leaders[np.lexsort((index.name_order[leaders], ranks[index.bridge_row[leaders]]))]


def _bridging(index: EditionIndex, leader: int) -> BridgingLeader:
    row = index.table("bridges").slice(int(index.bridge_row[leader]), 1).to_pylist()[0]
    networks = index.memberships.groups_of(leader)
    joined = sorted({int(c) for c in index.communities("networks")[networks] if c >= 0})
    return BridgingLeader(
        row["rank"],
        index.leader(leader),
        row["reason"] or "",
        rank_words(row["rank"], row["rank_low"], row["rank_high"]),
        index.networks_of(leader),
        tuple(index.label_of(c) for c in joined),
        _network(index, row["first_network"]),
        _network(index, row["second_network"]),
        row["score"],
        row["participation"],
        row["strength"],
        row["blocks"],
        row["block_score"],
        row["rank_low"],
        row["rank_high"],
    )


def _network(index: EditionIndex, network: str | None) -> Ref | None:
    return index.network(index.snapshot.position("networks", network)) if network else None


def _summary(index: EditionIndex, found: bool) -> str:
    if not index.people:
        return "There are no people to show."
    if not found:
        return "No bridging structure was found: memberships that cross networks look like chance. Nobody is ranked."
    leaders = np.flatnonzero(index.bridging)
    joined = np.unique(index.communities("networks")[index.memberships.csr[leaders].indices])
    who = "1 person stands" if len(leaders) == 1 else f"{len(leaders):,} people stand"
    communities = counted(int(np.count_nonzero(joined >= 0)), "community", "communities")
    return f"{who} between networks of {communities} where chance alone would put more."

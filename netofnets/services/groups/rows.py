"""Communities as rows and references: what other pages show of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from netofnets.language import say
from netofnets.services.index import EditionIndex
from netofnets.services.refs import Ref, path_of
from netofnets.services.words import said

__all__ = ["CommunityRow", "community_of", "community_ref", "community_rows", "sure_words"]

_LISTED = 8
_FIRM, _FAIR = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One community of people and networks."""

    community: int
    label: str  # the name that a person gave it, else its description
    description: str  # made from the data
    named: bool
    href: str
    leaders: int
    networks_count: int
    networks: tuple[Ref, ...]  # the largest, at most 8
    terms: tuple[str, ...]
    agreement: float | None
    sure: str


def community_rows(index: EditionIndex) -> tuple[CommunityRow, ...]:
    """The communities, largest first, each with its largest networks."""
    return index.once(
        "community_rows", lambda: tuple(_row(index, row) for row in index.table("community_summary").to_pylist())
    )


def community_ref(index: EditionIndex, community: int) -> Ref:
    """Reference to a community by its number."""
    return Ref("communities", str(community), index.label_of(community), path_of("communities", str(community)))


def community_of(index: EditionIndex, kind: str, position: int) -> Ref | None:
    """Reference to the community of a leader or a network; None when it is in none."""
    community = int(index.communities(kind)[position])
    return community_ref(index, community) if community >= 0 else None


def sure_words(agreement: float | None) -> str:
    """How much of a community single runs find again, in words."""
    if agreement is None:
        return ""
    if agreement >= _FIRM:
        return say("firm: {share:.0%} of it is found again by single runs", share=agreement)
    if agreement >= _FAIR:
        return say("fairly firm: {share:.0%} of it is found again by single runs", share=agreement)
    return say("loose: {share:.0%} of it is found again by single runs", share=agreement)


def _row(index: EditionIndex, row: dict[str, Any]) -> CommunityRow:
    number = int(row["community"])
    networks = np.flatnonzero(index.communities("networks") == number)
    largest = networks[np.argsort(-index.memberships.group_sizes[networks], kind="stable")][:_LISTED]
    return CommunityRow(
        number,
        index.label_of(number),
        said(row, "description") or index.label_of(number),
        number in index.named_communities,
        path_of("communities", str(number)),
        int(row["leaders"]),
        int(row["networks"]),
        tuple(index.network(int(n)) for n in largest),
        tuple(str(row["terms"]).split("; ")) if row["terms"] else (),
        row["agreement"],
        sure_words(row["agreement"]),
    )

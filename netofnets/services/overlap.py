"""Which networks overlap, more than chance would make them; and which stand alone."""

from __future__ import annotations

from dataclasses import dataclass

from netofnets.graph.published import Published
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Island", "Matrix", "OverlapReport", "OverlapRow", "overlap_report"]


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """Two networks and the members they share."""

    first: Ref
    second: Ref
    shared: int
    first_size: int
    second_size: int
    expected: float | None
    ratio: float | None
    q: float | None
    validated: bool
    words: str  # "14 people are in both; 2.1 would be expected by chance"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Shared members of each pair, networks in order of community so that blocks show; the diagonal is the size."""

    networks: tuple[Ref, ...]
    communities: tuple[int | None, ...]  # of each network
    shared: tuple[tuple[int, ...], ...]
    validated: tuple[tuple[bool, ...], ...]
    largest: int  # largest count off the diagonal
    note: str = ""  # what was left out


@dataclass(frozen=True, slots=True)
class Island:
    """A network without a validated overlap."""

    network: Ref
    members: int
    shared_any: int  # members who are in any other network
    words: str


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """The overlap page."""

    version: str
    summary: str
    rows: tuple[OverlapRow, ...]  # validated first, then by ratio of shared to expected
    rows_total: int  # pairs that fit the filter
    pairs: int  # all pairs that share a member
    validated: int
    matrix: Matrix
    islands: tuple[Island, ...]
    note: str
    network: Ref | None = None  # the filter


def overlap_report(
    published: Published, viewer: Viewer, *, network: str = "", validated_only: bool = False, limit: int = 200
) -> OverlapReport:
    """Pairs of networks with shared, expected, ratio and q; the matrix; the islands.

    ``network`` limits the rows to the pairs of one network (:class:`NotFound` when there is none such).
    """
    raise NotImplementedError

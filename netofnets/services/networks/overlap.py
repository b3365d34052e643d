"""Which networks overlap, more than chance would make them; and which stand alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from netofnets.analysis.layers import NAMES
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.networks.islands import Island, islands_of
from netofnets.services.networks.layers import Layer, Pairs, flags, layer_words, layers_in, pairs_in, pairs_of
from netofnets.services.paged import NO_PAGES, Paged, paged
from netofnets.services.refs import Ref
from netofnets.services.review import open_questions_words
from netofnets.services.unseen import in_both_words, unseen_in
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, share_words, verdict_words

__all__ = ["Island", "Layer", "Matrix", "OverlapReport", "OverlapRow", "UnseenPair", "overlap_report"]

MATRIX_SIDE = 60  # more rows and columns than this cannot be read


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
    verdict: str  # what these data can say about chance


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
class UnseenPair:
    """Two networks with leaders in both who are not shown: at least so many."""

    first: Ref
    second: Ref
    least: int
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
    islands: tuple[Island, ...]  # those with members
    unseen: int  # networks without a member, or without one who is shown
    note: str
    network: Ref | None = None  # the filter
    layer: str = "members"
    layers: tuple[Layer, ...] = ()
    questions: str = ""  # how many open questions could change these figures
    unseen_pairs: tuple[UnseenPair, ...] = ()  # with leaders in both who are not shown; at most ``limit``
    unseen_total: int = 0
    paged: Paged = NO_PAGES  # of the rows
    islands_paged: Paged = NO_PAGES


def overlap_report(
    published: Published,
    viewer: Viewer,
    *,
    network: str = "",
    validated_only: bool = False,
    layer: str = "members",
    limit: int | None = 200,
    page: int = 1,
    islands_page: int = 1,
) -> OverlapReport:
    """Pairs of networks (of ``network``, if given) with shared, expected, ratio and q; the matrix; the islands.

    ``layer`` is one of :data:`netofnets.analysis.layers.NAMES`; its pairs take the place of shared members.
    """
    index = index_of(published, viewer)
    chosen = index.snapshot.position("networks", network) if network else None
    layer = layer if layer in NAMES else "members"
    pairs, rows = pairs_in(index, layer), _ordered(index, layer, chosen, validated_only)
    islands, unseen = islands_of(index, viewer), _unseen(index, viewer, network)
    at, at_islands = paged(len(rows), limit, page), paged(len(islands), limit, islands_page)
    return OverlapReport(
        index.version,
        _summary(index, viewer, islands),
        tuple(_row(index, pairs, int(r), layer) for r in rows[at.rows]),
        len(rows),
        len(pairs[0]),
        int(flags(index, layer).sum()),
        index.once(("matrix", layer), lambda: _matrix(index, layer)),
        islands[at_islands.rows],
        int(np.count_nonzero(index.memberships.group_sizes == 0)),
        _note(at),
        None if chosen is None else index.network(chosen),
        layer,
        layers_in(index),
        open_questions_words(index.questions),
        unseen[:limit],
        len(unseen),
        *(at, at_islands),
    )


def _note(at: Paged) -> str:
    if at.pages < 2:
        return ""
    return say_count("showing {shown} of {n:,} pair", "showing {shown} of {n:,} pairs", at.total, shown=at.shown)


def _unseen(index: EditionIndex, viewer: Viewer, network: str) -> tuple[UnseenPair, ...]:
    """The pairs (of one network) that have leaders in common who are not shown, most first."""
    place = {i: at for at, i in enumerate(index.snapshot.ids("networks").to_pylist())}
    return tuple(
        UnseenPair(index.network(place[a]), index.network(place[b]), least, in_both_words(least))
        for a, b, least in unseen_in(index, viewer).shared
        if not network or network in (a, b)
    )


def _ordered(index: EditionIndex, layer: str, network: int | None, validated_only: bool) -> Ints:
    """Rows of the pairs that fit: validated first, then by ratio and by how much is shared."""

    def build() -> Ints:
        table = pairs_in(index, layer)[2]
        ratio = np.asarray(pc.fill_null(table["ratio"], -1.0).to_numpy())
        shared = np.asarray(table["shared"].to_numpy())
        return np.lexsort((-shared, -ratio, ~flags(index, layer))).astype(np.int64)

    order = index.once(("pairs by ratio", layer), build)
    if network is not None:
        place = index.once(("places by ratio", layer), lambda: np.argsort(order))
        order = order[np.sort(place[pairs_of(index, layer, network)])]
    return order[flags(index, layer)[order]] if validated_only else order


def _row(index: EditionIndex, pairs: Pairs, row: int, layer: str) -> OverlapRow:
    first, second, table = pairs
    pair = table.slice(row, 1).to_pylist()[0]
    sizes = index.memberships.group_sizes
    members = layer == "members"
    return OverlapRow(
        index.network(int(first[row])),
        index.network(int(second[row])),
        pair["shared"],
        int(sizes[first[row]]),
        int(sizes[second[row]]),
        pair["expected"],
        pair["ratio"],
        pair["q"],
        bool(pair["validated"]),
        share_words(pair["shared"], pair["expected"]) if members else layer_words(pair, layer),
        verdict_words(bool(pair["validated"]), pair["least"]) if members else _layer_verdict(pair),
    )


def _layer_verdict(pair: dict[str, Any]) -> str:
    return say("beyond chance") if pair["validated"] else say("not told apart from chance")


def _matrix(index: EditionIndex, layer: str) -> Matrix:
    first, second, table = pairs_in(index, layer)
    sizes = index.memberships.group_sizes
    largest = np.argsort(-sizes, kind="stable")[:MATRIX_SIDE]
    communities = index.communities("networks")
    of = np.where(communities[largest] < 0, np.iinfo(np.int64).max, communities[largest])
    order = largest[np.lexsort((largest, -sizes[largest], of))]
    place = np.full(len(sizes), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    shared = np.zeros((len(order), len(order)), dtype=np.int64)
    validated = np.zeros(shared.shape, dtype=bool)
    a, b = place[first], place[second]
    inside = (a >= 0) & (b >= 0)
    for x, y in ((a[inside], b[inside]), (b[inside], a[inside])):
        shared[x, y] = table["shared"].to_numpy()[inside]
        validated[x, y] = flags(index, layer)[inside]
    most = int(shared.max(initial=0))
    np.fill_diagonal(shared, sizes[order])
    return Matrix(
        tuple(index.network(int(n)) for n in order),
        tuple(int(communities[n]) if communities[n] >= 0 else None for n in order),
        tuple(tuple(line) for line in shared.tolist()),
        tuple(tuple(line) for line in validated.tolist()),
        most,
        _left_out(len(order), len(sizes)),
    )


def _left_out(shown: int, networks: int) -> str:
    if shown >= networks:
        return ""
    return say("the {shown:,} largest of {networks:,} networks", shown=shown, networks=networks)


def _summary(index: EditionIndex, viewer: Viewer, islands: tuple[Island, ...]) -> str:
    pairs, validated = len(index.pairs[0]), int(flags(index, "members").sum())
    networks = index.snapshot.count("networks")
    if networks < 2:
        return say("There are not two networks to compare.")
    if np.count_nonzero(index.memberships.group_sizes) < 2 and not viewer.sees_people:
        if pairs := len(unseen_in(index, viewer).shared):
            return say_count(
                "{n:,} pair of networks shares leaders who are not shown to you; how many at least, is said below.",
                "{n:,} pairs of networks share leaders who are not shown to you; how many at least, is said below.",
                pairs,
            )
        return say("There are not two networks whose members are shown, so which of them overlap is not shown.")
    parts = [_sharing(pairs, networks * (networks - 1) // 2, everybody=viewer.sees_people)]
    if validated:
        parts.append(
            say_count(
                "{n:,} share more members than chance would give (validated).",
                "{n:,} share more members than chance would give (validated).",
                validated,
            )
        )
    elif not pairs:
        pass
    elif pc.all(index.table("overlap")["least"].is_null()).as_py():
        parts.append(
            say("These networks are too few or too small for anybody to tell that from chance; counts are facts.")
        )
    else:
        parts.append(say("None of these overlaps can be told apart from chance; counts are facts."))
    if alone := [i.network.name for i in islands if not i.shared_any]:
        parts.append(_alone(alone, everybody=viewer.sees_people))
    return joined(parts)


def _sharing(pairs: int, of: int, *, everybody: bool) -> str:
    every = say_count("{n:,} pair of networks", "{n:,} pairs of networks", of)
    if everybody:
        return say_count(
            "Of {pairs}, {n:,} shares at least one member.",
            "Of {pairs}, {n:,} share at least one member.",
            pairs,
            pairs=every,
        )
    return say_count(
        "Of {pairs}, {n:,} shares at least one member who is shown.",
        "Of {pairs}, {n:,} share at least one member who is shown.",
        pairs,
        pairs=every,
    )


def _alone(networks: list[str], *, everybody: bool) -> str:
    names = listed(networks, 4)
    if everybody:
        return say_count(
            "{networks} shares no member with any other.",
            "{networks} share no member with any other.",
            len(networks),
            networks=names,
        )
    return say_count(
        "{networks} shares no member who is shown with any other.",
        "{networks} share no member who is shown with any other.",
        len(networks),
        networks=names,
    )

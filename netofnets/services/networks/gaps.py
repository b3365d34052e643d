"""Gaps: two networks that should meet, why, and who in either could begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.typical import typical_interests
from netofnets.errors import NotFound
from netofnets.graph.published import Published
from netofnets.graph.twomode import TwoMode
from netofnets.language import joined, say, say_count
from netofnets.schema.gaps_aside import gaps_aside
from netofnets.schema.records import Decision
from netofnets.schema.topics import GAP
from netofnets.services.index import EditionIndex, Ints, index_of, positions
from netofnets.services.measures import Definition, defined
from netofnets.services.paged import Paged, paged
from netofnets.services.refs import Ref, ref
from netofnets.services.rows_of import RowsOf
from netofnets.services.viewer import Viewer
from netofnets.services.words import said

__all__ = ["Aside", "Beginner", "GapRow", "GapsReport", "first_gap", "gaps_of", "gaps_report"]

_BEGINNERS = 3  # people named of either network
_INTERESTS = 6


@dataclass(frozen=True, slots=True)
class Beginner:
    """Somebody of one of the two networks who cares about what both work on."""

    leader: Ref
    words: str  # "names 3 of these interests; asked to be connected"


@dataclass(frozen=True, slots=True)
class GapRow:
    """Two networks with much in common and hardly anybody who joins them."""

    rank: int
    first: Ref
    second: Ref
    reason: str
    verdict: str  # what these data can say about chance
    fewer: bool  # chance would give more people in both
    interests: tuple[Ref, ...]  # typical of both, the rarest first, at most 6
    shared: int
    by_size: float
    ties: int
    first_people: tuple[Beginner, ...]
    second_people: tuple[Beginner, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A gap that an organizer set aside: by whom, why and when."""

    first: Ref
    second: Ref
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class GapsReport:
    """The gaps page."""

    version: str
    summary: str
    rows: tuple[GapRow, ...]  # those of the page
    paged: Paged
    total: int
    definitions: tuple[Definition, ...]
    network: Ref | None = None  # the filter
    none: str = ""  # why there is no gap, as far as these data can tell; empty where there is one
    aside: tuple[Aside, ...] = ()  # what is not among the rows, the last first; organizers alone are told


def gaps_report(
    published: Published,
    viewer: Viewer,
    decisions: Sequence[Decision] | None = None,
    *,
    network: str = "",
    limit: int | None = 20,
    page: int = 1,
) -> GapsReport:
    """The gaps by rank; ``network`` keeps those of one network (:class:`NotFound` when there is none such).

    Organizers are not shown what is set aside, by the log of ``decisions`` as it stands (None: as it was published).
    """
    index = index_of(published, viewer)
    log = index.snapshot.decided(GAP) if decisions is None else decisions
    aside = gaps_aside(log) if viewer.sees_people else {}
    chosen = index.snapshot.position("networks", network) if network else None
    table = index.table("gaps")
    if chosen is not None:
        table = table.take(pa.array(_gaps_with(index)[chosen]))
    found, table = table.num_rows, _without(table, aside)
    at = paged(table.num_rows, limit, page)
    rows = tuple(_row(index, row) for row in table[at.rows].to_pylist())
    return GapsReport(
        index.version,
        _summary(index, table.num_rows, found - table.num_rows),
        rows,
        at,
        table.num_rows,
        tuple(defined(index, measure) for measure in ("gaps", "layers", "overlap")),
        None if chosen is None else index.network(chosen),
        "" if found else _why_none(index, viewer),
        tuple(_asides(index, aside, network)),
    )


def gaps_of(index: EditionIndex, network: int, limit: int) -> tuple[GapRow, ...]:
    """The first gaps of one network that are not set aside."""
    rows, aside = _gaps_with(index)[network], _aside(index)
    table = index.table("gaps").take(pa.array(rows if aside else rows[: max(limit, 0)]))
    return tuple(_row(index, row) for row in _without(table, aside)[: max(limit, 0)].to_pylist())


def _gaps_with(index: EditionIndex) -> RowsOf:
    """The gaps of each network, by rank."""

    def build() -> RowsOf:
        ends = (positions(index.snapshot, "networks", index.table("gaps")[side]) for side in ("first", "second"))
        return RowsOf.ending_at(index.snapshot.count("networks"), *ends)

    return index.once("gaps of", build)


def first_gap(index: EditionIndex) -> tuple[Ref, Ref, str] | None:
    """The two networks of the first gap that is not set aside, and why they should meet; None when there is none."""
    aside = _aside(index)
    found = _without(index.table("gaps")[: len(aside) + 1], aside)
    if not found.num_rows:
        return None
    row = found[:1].to_pylist()[0]
    first, second = (index.network(index.snapshot.position("networks", row[side])) for side in ("first", "second"))
    return first, second, said(row)


def _aside(index: EditionIndex) -> Mapping[tuple[str, str], Decision]:
    """The gaps set aside as it was published, for whom the edition tells them."""
    return gaps_aside(index.snapshot.decided(GAP))


def _without(table: pa.Table, aside: Mapping[tuple[str, str], Decision]) -> pa.Table:
    if not aside:
        return table
    pairs = zip(table["first"].to_pylist(), table["second"].to_pylist(), strict=True)
    return table.filter(pa.array([(min(pair), max(pair)) not in aside for pair in pairs], pa.bool_()))


def _asides(index: EditionIndex, aside: Mapping[tuple[str, str], Decision], network: str) -> Iterable[Aside]:
    for pair, decided in sorted(aside.items(), key=lambda one: one[1].at, reverse=True):
        if not network or network in pair:
            try:
                first, second = (index.network(index.snapshot.position("networks", one)) for one in pair)
            except NotFound:
                continue  # one of them is gone since
            yield Aside(first, second, decided.who, decided.why, decided.at)


def _row(index: EditionIndex, row: dict[str, Any]) -> GapRow:
    ends = [index.snapshot.position("networks", row[side]) for side in ("first", "second")]
    members = [index.memberships.actors_of(end).astype(np.int64) for end in ends]
    both = _interests_of_both(index, *ends)
    return GapRow(
        row["rank"],
        index.network(ends[0]),
        index.network(ends[1]),
        said(row),
        _verdict(row),
        bool(row["fewer"]),
        tuple(ref(index.snapshot, "interests", int(i)) for i in both[:_INTERESTS]),
        row["shared"],
        row["by_size"],
        row["ties"],
        _beginners(index, members[0], both),
        _beginners(index, members[1], both),
    )


def _interests_of_both(index: EditionIndex, first: int, second: int) -> Ints:
    """Interests that are typical of both networks, the rarest first."""
    typical: TwoMode = index.once(
        "typical", lambda: typical_interests(index.snapshot, float(index.parameters["gaps"]["alpha"]))
    )
    both = np.intersect1d(typical.groups_of(first), typical.groups_of(second)).astype(np.int64)
    return both[np.lexsort((both, typical.group_sizes[both]))]


def _are_in(people: Ints, holders: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Which of the people are among the holders, both sorted."""
    if not len(holders):
        return np.zeros(len(people), dtype=np.bool_)
    places = holders.searchsorted(people.astype(holders.dtype))  # of one type, else all holders would be copied
    return np.asarray(holders[np.minimum(places, len(holders) - 1)] == people)


def _beginners(index: EditionIndex, members: Ints, interests: Ints) -> tuple[Beginner, ...]:
    """Members who name most of the interests; who asked to be connected first, who said no never."""
    people = members[~index.unwilling[members]]
    asked = index.asking[people]
    named = np.zeros(len(people), dtype=np.int64)
    for interest in interests.tolist():
        named += _are_in(people, index.interests.actors_of(interest))
    order = np.lexsort((index.name_order[people], -named, ~asked))
    chosen = order[named[order] > 0][:_BEGINNERS]
    return tuple(
        Beginner(
            index.leader(int(people[at])),
            _names(int(named[at]), asked=bool(asked[at])),
        )
        for at in chosen
    )


def _names(interests: int, *, asked: bool) -> str:
    named = say_count("names {n:,} of these interests", "names {n:,} of these interests", interests)
    return joined([named, say("asked to be connected")], "; ") if asked else named


def _verdict(row: dict[str, Any]) -> str:
    if row["fewer"]:
        return say("Chance alone would put more people in both.")
    return say("A fact: with so few people these data cannot say that chance would put more in both.")


def _why_none(index: EditionIndex, viewer: Viewer) -> str:
    """Why no gap is listed: what is not shown or not known, else what so many people can tell."""
    if not viewer.sees_people:
        return say("You see only {shown}; what is not shown may well be a gap.", shown=viewer.shown)
    if not _interests_known(index):
        return say(
            "A gap needs networks whose interests are known: from a column of interests in a roster, or from what a "
            "network states as its focus."
        )
    return say(
        "An interest is typical of a network where more of its members name it than chance explains. With few people, "
        "few networks or interests that everybody names, that often cannot be told; it does not say that there is no "
        "gap."
    )


def _interests_known(index: EditionIndex) -> bool:
    return bool(index.interests.csr.nnz or index.snapshot.incidence("network_focuses").csr.nnz)


def _summary(index: EditionIndex, total: int, aside: int) -> str:
    networks = int(np.count_nonzero(index.memberships.group_sizes))
    if networks < 2:
        return say("There are not two networks with members that are shown.")
    if not _interests_known(index):
        return say("No interests are known, so it cannot be said which networks have much in common.")
    if not total and aside:
        return say_count("The only gap is set aside.", "All {n:,} gaps are set aside.", aside)
    if not total:
        return say(
            "Of no two networks can these data tell that they have much in common and lack people who join them."
        )
    return say_count(
        "{n:,} pair of networks has much in common, and hardly anybody joins them.",
        "{n:,} pairs of networks have much in common, and hardly anybody joins them.",
        total,
    )

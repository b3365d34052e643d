"""Introductions: who of different networks should meet, why, what it would change, and whom the list reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.introduction_fairness import PHRASES
from netofnets.analysis.introduction_ground import Ground
from netofnets.analysis.introduction_reasons import effect_of, reasons_for
from netofnets.analysis.introductions import MODES, introduce
from netofnets.graph.published import Published
from netofnets.language import Message
from netofnets.services.index import EditionIndex, index_of, positions
from netofnets.services.long_work import one_at_a_time
from netofnets.services.measures import Definition, defined
from netofnets.services.networks.introduction_words import after_filter, nothing, sentence
from netofnets.services.paged import Paged, paged
from netofnets.services.refs import Ref, ref
from netofnets.services.rows_of import RowsOf, rows_with
from netofnets.services.viewer import Viewer
from netofnets.services.words import said

__all__ = [
    "Introduction",
    "IntroductionsReport",
    "Reached",
    "ground_of",
    "introductions_of",
    "introductions_report",
]

_LOOKED_AT = 40_000  # pairs of people compared for one pair of networks, when a page asks
_BETWEEN = 20
_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two people who should meet."""

    rank: int
    first: Ref
    first_detail: str
    first_network: Ref  # of the pair of networks that the introduction is for
    second: Ref
    second_detail: str
    second_network: Ref
    reasons: tuple[str, ...]
    effect: str
    interests: tuple[Ref, ...]  # that both name, the rarest first
    before: int | None  # steps between the two networks today; None where nothing shown leads there
    after: int  # once they have met
    opens: int  # pairs of networks that nothing joins today
    ways: int  # what joins the two networks today
    likelihood: float
    gap: float
    score: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Reached:
    """One group of people, and its share of the introductions."""

    by: str  # region | kind of workplace | kind of network | size of network
    group: str
    people: float
    share: float
    suggested: float
    suggested_share: float
    ratio: float
    alert: bool  # four times its share or more, a quarter or less


@dataclass(frozen=True, slots=True)
class IntroductionsReport:
    """The introductions page."""

    version: str
    summary: str
    mode: str  # safe | balanced | bold
    modes: tuple[str, ...]
    rows: tuple[Introduction, ...]  # those of the page
    paged: Paged
    total: int
    advice: str  # where there is nothing: why, and what to do
    outcomes: int  # introductions from which the likelihood was learned; 0: stated weights
    fairness: tuple[Reached, ...]
    alerts: tuple[Reached, ...]
    definitions: tuple[Definition, ...]
    choices: tuple[Ref, ...]  # networks to choose from, by name; of many the largest
    network: Ref | None = None  # the filter
    other: Ref | None = None  # with ``network``: a pair of networks


def introductions_report(
    published: Published,
    viewer: Viewer,
    *,
    mode: str = "balanced",
    network: str = "",
    other: str = "",
    limit: int | None = 30,
    page: int = 1,
) -> IntroductionsReport:
    """The introductions of a mode by rank; of one network, or between two (:class:`NotFound` for an unknown one)."""
    index = index_of(published, viewer)
    chosen = [index.snapshot.position("networks", n) for n in (network, other) if n]
    table = _between(index, mode, *chosen) if len(chosen) == 2 else _listed(index, mode)
    if len(chosen) == 1:
        table = table.filter(_members(index, table, chosen[0]))
    told = _row if len(chosen) == 2 else _kept
    at = paged(table.num_rows, limit, page)
    rows = tuple(told(index, viewer, row) for row in table[at.rows].to_pylist())
    filters = tuple(index.network(n) for n in chosen)
    reached = _reached(index, mode) if not chosen else ()
    outcomes = pc.max(index.table("introductions")["outcomes"]).as_py() or 0
    return IntroductionsReport(
        index.version,
        after_filter(filters, table.num_rows) if filters else sentence(table.num_rows, pc.sum(table["opens"]).as_py()),
        mode,
        tuple(MODES),
        rows,
        at,
        table.num_rows,
        "" if table.num_rows else nothing(index, viewer, filters),
        outcomes,
        reached,
        tuple(r for r in reached if r.alert),
        tuple(defined(index, measure) for measure in ("introductions", "introduction_fairness")),
        _choices(index, chosen),
        *filters,
    )


def introductions_of(index: EditionIndex, viewer: Viewer, leader: int) -> tuple[Introduction, ...]:
    """The introductions of one leader in the balanced list."""
    table = _listed(index, "balanced")

    def build() -> RowsOf:
        ends = (positions(index.snapshot, "leaders", table[side]) for side in ("first", "second"))
        return RowsOf.ending_at(index.people, *ends)

    rows = index.once("introductions of", build)[leader]
    return tuple(_kept(index, viewer, row) for row in table.take(pa.array(rows)).to_pylist()) if len(rows) else ()


def _listed(index: EditionIndex, mode: str) -> pa.Table:
    table = index.table("introductions")
    return index.once(("introductions", mode), lambda: rows_with(table, "beta", MODES[mode]))


def _choices(index: EditionIndex, chosen: list[int]) -> tuple[Ref, ...]:
    sizes = index.memberships.group_sizes
    largest = np.argsort(-sizes, kind="stable")[:_CHOICES]
    shown = sorted({*largest[sizes[largest] > 0].tolist(), *chosen})
    return tuple(sorted((index.network(n) for n in shown), key=lambda r: (r.name.casefold(), r.id)))


def ground_of(index: EditionIndex) -> Ground:
    """What introductions stand on, computed once per edition."""

    def build() -> Ground:
        with one_at_a_time():
            return Ground(index.snapshot)

    return index.once("introductions", build)


def _between(index: EditionIndex, mode: str, first: int, second: int) -> pa.Table:
    """The introductions between two networks, also where the list for all has others that are more urgent."""
    given = index.parameters["introductions"]
    return introduce(
        ground_of(index),
        [MODES[mode]],
        rows=_BETWEEN,
        per_person=given["per_person"],
        per_pair=_BETWEEN,
        outcomes=given["outcomes"],
        between=(first, second),
        looked_at=_LOOKED_AT,
    )


def _members(index: EditionIndex, table: pa.Table, network: int) -> pa.Array:
    """Rows in which one of the two is a member."""
    ids = index.snapshot.ids("leaders").take(pa.array(index.memberships.actors_of(network)))
    return pc.or_(*(pc.is_in(table[side], value_set=ids) for side in ("first", "second")))


def _kept(index: EditionIndex, viewer: Viewer, row: dict[str, Any]) -> Introduction:
    """A row of the published lists; there are few, and they are asked for again and again."""
    key = ("introduction", viewer.sees_people, row["beta"], row["rank"])
    told = _published(row) if viewer.sees_people else None
    return index.once(key, lambda: _row(index, viewer, row, told))


def _published(row: dict[str, Any]) -> tuple[tuple[str, ...], str] | None:
    """Reasons and effect as they were published, for whoever sees everybody; None where no messages are kept."""
    why = said(row)
    if type(why) is not Message or why.kind != "joined":
        return None
    return why.parts[1:], said(row, "effect")


def _row(
    index: EditionIndex, viewer: Viewer, row: dict[str, Any], told: tuple[tuple[str, ...], str] | None = None
) -> Introduction:
    first, second = (index.snapshot.position("leaders", row[side]) for side in ("first", "second"))
    pair = tuple(index.snapshot.position("networks", row[side]) for side in ("first_network", "second_network"))
    networks = (pair[0], pair[1])
    reasons, effect = told or _told(ground_of(index), (first, second), networks, row, shown=not viewer.sees_people)
    return Introduction(
        row["rank"],
        index.leader(first),
        index.detail_of(first),
        index.network(networks[0]),
        index.leader(second),
        index.detail_of(second),
        index.network(networks[1]),
        reasons,
        effect,
        tuple(ref(index.snapshot, "interests", i) for i in _named_by_both(index, first, second)),
        row["before"],
        1,
        row["opens"],
        row["ways"],
        row["likelihood"],
        row["gap"],
        row["score"],
        round(row["similarity"], 6),
    )


def _told(
    ground: Ground, people: tuple[int, int], networks: tuple[int, int], row: dict[str, Any], *, shown: bool
) -> tuple[tuple[str, ...], str]:
    """Reasons and effect of a row, recounted."""
    before = -1 if row["before"] is None else row["before"]
    return tuple(reasons_for(ground, *people, networks, shown=shown)), effect_of(ground, networks, before, row["opens"])


def _named_by_both(index: EditionIndex, first: int, second: int) -> list[int]:
    """Interests that both name, the rarest first."""
    both = {*index.interests.groups_of(first).tolist()} & {*index.interests.groups_of(second).tolist()}
    return sorted(both, key=lambda i: (index.interests.group_sizes[i], i))


def _reached(index: EditionIndex, mode: str) -> tuple[Reached, ...]:
    """The groups of every grouping that tells at least two apart, those with most for their size first."""
    table = index.table("introduction_fairness")
    rows = table.filter(pc.equal(table["beta"], MODES[mode])).to_pylist()
    found = []
    for by in dict.fromkeys(row["by"] for row in rows):
        own = sorted((r for r in rows if r["by"] == by), key=lambda r: (-r["ratio"], r["group"]))
        if len(own) > 1:
            found += [
                Reached(
                    PHRASES.get(by, by),
                    PHRASES.get(r["group"], r["group"]),
                    r["people"],
                    r["share"],
                    r["suggested"],
                    r["suggested_share"],
                    r["ratio"],
                    r["alert"],
                )
                for r in own
            ]
    return tuple(found)

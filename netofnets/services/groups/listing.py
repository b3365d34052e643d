"""Which communities there are, how sure that is, and what was declared that comes near."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from netofnets.graph.published import Published
from netofnets.language import capital, joined, say, say_count
from netofnets.services.groups.rows import CommunityRow, community_ref, community_rows
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.measures import Definition, defined
from netofnets.services.paged import Paged, paged
from netofnets.services.refs import Ref, path_of
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, number

__all__ = [
    "AnyGroup",
    "Card",
    "CommunityList",
    "Sureness",
    "Typical",
    "by_community",
    "community_list",
    "nearest_division",
    "sureness",
    "typical",
]

_TERMS = 5
_HIDDEN = say("Memberships and ties are not shown here, and neither are communities.")


@dataclass(frozen=True, slots=True)
class Typical:
    """Something that is more frequent in a community than elsewhere."""

    kind: str  # interests | networks | regions
    name: str
    href: str
    found: int
    lift: float
    q: float
    words: str  # "4.4 times as frequent; q below 0.001"


@dataclass(frozen=True, slots=True)
class Card:
    """One community in the list."""

    row: CommunityRow
    typical: tuple[Typical, ...]  # interests and regions; of networks only where there is nothing else
    nearest: str  # the declared group that comes nearest, in words; empty when none does
    wider: tuple[Ref, ...]  # the other communities of the wider group


@dataclass(frozen=True, slots=True)
class AnyGroup:
    """A group of the division that comes nearest to one, where none is found."""

    leaders: int
    networks: tuple[Ref, ...]  # the largest
    people: tuple[Ref, ...]  # those with most weight inside, where it has no network


@dataclass(frozen=True, slots=True)
class Sureness:
    """Whether a division is found, and what other seeds, fewer ties and the second method make of it."""

    found: bool
    words: str
    seeds: float | None
    left_out: float | None
    methods: float | None
    communities: int


@dataclass(frozen=True, slots=True)
class CommunityList:
    """The page of all communities."""

    version: str
    summary: str
    sure: Sureness
    cards: tuple[Card, ...]  # those of the page
    paged: Paged
    total: int
    nearest_division: tuple[AnyGroup, ...]  # only where no division is found
    definitions: tuple[Definition, ...]


def community_list(published: Published, viewer: Viewer, *, limit: int | None = 50, page: int = 1) -> CommunityList:
    """The communities, largest first, with what is typical, how sure they are, and what declared group is nearest."""
    index = index_of(published, viewer)
    sure, rows = sureness(index), community_rows(index)
    terms = by_community(index, "community_terms")
    cells = by_community(index, "comparison_cells")
    wider, at = _wider(index), paged(len(rows), limit, page)
    cards = tuple(
        Card(
            row,
            typical(terms.get(row.community, []))[:_TERMS],
            _nearest(cells.get(row.community, [])) if sure.found else "",
            tuple(community_ref(index, c) for c in wider.get(row.community, ())),
        )
        for row in rows[at.rows]
    )
    return CommunityList(
        index.version,
        _summary(index, rows, sure, viewer),
        sure,
        cards,
        at,
        len(rows),
        () if sure.found else nearest_division(index),
        tuple(defined(index, m) for m in ("communities", "community_methods", "community_terms", "comparison")),
    )


def sureness(index: EditionIndex) -> Sureness:
    """How sure the division of this edition is."""
    row = index.table("community_methods").to_pylist()[0]
    found = bool(row["pays"])
    values = (row["seeds"], row["left_out"], row["agreement"])
    return Sureness(found, _sure(found, *values), *values, int(row["communities"]))


def typical(rows: list[dict[str, Any]], kinds: tuple[str, ...] = ()) -> tuple[Typical, ...]:
    """Rows of the table ``community_terms`` in words; networks only where asked for or where there is nothing else."""
    chosen = [r for r in rows if r["kind"] in (kinds or ("interests", "regions"))]
    return tuple(
        Typical(
            r["kind"],
            str(r["term"] or ""),
            path_of(r["kind"], r["id"]) if r["id"] else "",
            int(r["found"]),
            float(r["lift"]),
            float(r["q"]),
            joined([say("{lift} times as frequent as elsewhere", lift=number(r["lift"])), _q(r["q"])], "; "),
        )
        for r in (chosen or ([] if kinds else rows))
    )


def _q(value: float) -> str:
    return say("q below {q:.3f}", q=0.001) if value < 0.001 else say("q {number}", number=number(value))


def by_community(index: EditionIndex, measure: str) -> dict[int, list[dict[str, Any]]]:
    """The rows of a table by the number of their community; worked out once per edition."""
    key = ("by community", measure)

    def build() -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for row in index.table(measure).to_pylist():
            found.setdefault(int(row["community"]), []).append(row)
        return found

    return index.once(key, build)


def _nearest(cells: list[dict[str, Any]]) -> str:
    """The declared group that a community holds most beyond its share."""
    more = [c for c in cells if c["unexpected"] == "more"]
    if not more:
        return ""
    best = max(more, key=lambda c: (c["found"] * math.log(max(c["ratio"], 1.0)), str(c["group"])))
    return say(
        "{group}: {found:,} people, {expected} expected",
        group=best["group"],
        found=best["found"],
        expected=number(best["expected"]),
    )


def _wider(index: EditionIndex) -> dict[int, tuple[int, ...]]:
    """For each community the others of its wider group."""
    table = index.table("community_summary")
    pairs = list(zip(table["community"].to_pylist(), table["wider"].to_pylist(), strict=True))
    groups: dict[int, list[int]] = {}
    for community, wide in pairs:
        if wide is not None:
            groups.setdefault(int(wide), []).append(int(community))
    return {int(c): tuple(o for o in groups[int(w)] if o != c) for c, w in pairs if w is not None}


def _sure(found: bool, seeds: float | None, left_out: float | None, methods: float | None) -> str:
    parts = []
    if seeds is not None:
        parts.append(say("three runs with other seeds agree to {seeds:.2f}", seeds=seeds))
    if left_out is not None:
        parts.append(say("with a fifth of the ties left out {part:.2f} of it is found again", part=left_out))
    if methods is not None:
        parts.append(say("a second method, spectral clustering, agrees to {methods:.2f}", methods=methods))
    if not parts:
        return ""
    agreement = capital(say("{agreements} (1 is the same, 0 is chance).", agreements=listed(parts)))
    if found:
        return agreement
    weak = say("That does not say that there are no groups: the ties may be too few to show them.")
    return joined([weak, agreement])


def _summary(index: EditionIndex, rows: tuple[CommunityRow, ...], sure: Sureness, viewer: Viewer) -> str:
    if not viewer.sees_people:
        only = say("Only {shown} counts here.", shown=viewer.shown)
        return joined([_found(index, rows, sure), only]) if rows else _HIDDEN
    return _found(index, rows, sure) if rows else say("Nobody has a membership or a direct tie: no communities.")


def _found(index: EditionIndex, rows: tuple[CommunityRow, ...], sure: Sureness) -> str:
    if sure.found:
        people = int(np.count_nonzero(index.communities("leaders") >= 0))
        return say_count(
            "{n:,} community of {people}: their ties are described in fewer words with these groups than without any.",
            "{n:,} communities of {people}: their ties are described in fewer words with these groups than without "
            "any.",
            len(rows),
            people=say_count("{n:,} person", "{n:,} people", people),
        )
    return say_count(
        "No division found. All who have ties hang together, and no division of them describes the ties better than "
        "none.",
        "No division found. The ties fall into {n:,} separate parts, and no division of them describes the ties better "
        "than none.",
        len(rows),
    )


def nearest_division(index: EditionIndex) -> tuple[AnyGroup, ...]:
    """The groups that come nearest to a division, largest first; none when there is only one."""
    return index.once("nearest_division", lambda: _any_groups(index))


def _any_groups(index: EditionIndex) -> tuple[AnyGroup, ...]:
    table = index.table("divisions")
    groups = table["consensus"].fill_null(-1).to_numpy()
    people, networks = groups[: index.people], groups[index.people :]
    if groups.max(initial=-1) < 1:
        return ()
    sizes, ties = index.memberships.group_sizes, np.diff(index.collaborators.indptr)
    found = []
    for group in range(int(groups.max()) + 1):
        own, places = np.flatnonzero(people == group), np.flatnonzero(networks == group)
        largest = places[np.argsort(-sizes[places], kind="stable")][:4]
        busiest = own[np.argsort(-ties[own], kind="stable")][:4]
        found.append(
            AnyGroup(
                len(own), tuple(index.network(int(n)) for n in largest), tuple(index.leader(int(p)) for p in busiest)
            )
        )
    return tuple(found)

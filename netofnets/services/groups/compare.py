"""Detected against declared: a verdict for each declared grouping, and the matrix of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.groups.listing import Sureness, nearest_division, sureness
from netofnets.services.groups.rows import community_ref
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.measures import Definition, defined
from netofnets.services.refs import Ref, path_of
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed, number

__all__ = ["Cell", "Compared", "ComparisonPage", "comparison_page"]

_ROWS, _COLUMNS = 40, 24
_TITLES = {"regions": say("regions"), "schools": say("schools")}
_VERDICTS = {
    "much the same": say("much the same"),
    "unrelated": say("unrelated"),
    "different": say("different"),
    "one community only": say("one community only"),
    "one group only": say("one group only"),
    "not compared": say("not compared"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One declared grouping beside the communities."""

    against: str
    title: str
    groups: int
    people: int
    ami: float | None
    information: float | None
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a declared group are in a community; ``unexpected`` is more, less or empty."""

    found: int
    expected: float | None
    unexpected: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """All comparisons, and one of them as a matrix: communities in rows, declared groups in columns."""

    version: str
    sure: Sureness
    compared: tuple[Compared, ...]
    chosen: Compared | None
    groups: tuple[Ref, ...]
    communities: tuple[Ref, ...]
    matrix: tuple[tuple[Cell, ...], ...]
    note: str  # what the matrix leaves out
    definitions: tuple[Definition, ...]


def comparison_page(published: Published, viewer: Viewer, *, against: str = "") -> ComparisonPage:
    """The comparisons of this edition; the matrix is that of ``against``, or of the first."""
    index = index_of(published, viewer)
    compared = tuple(_compared(row) for row in index.table("comparison").to_pylist())
    chosen = next((c for c in compared if c.against == against), compared[0] if compared else None)
    rows = [r for r in index.table("comparison_cells").to_pylist() if chosen and r["against"] == chosen.against]
    groups, communities, left_out = _ends(rows)
    found = {(r["community"], r["id"] or r["group"]): r for r in rows}
    return ComparisonPage(
        index.version,
        sureness(index),
        compared,
        chosen,
        tuple(_group(row) for row in groups),
        tuple(_community(index, c) for c in communities),
        tuple(tuple(_cell(found.get((c, g["id"] or g["group"]))) for g in groups) for c in communities),
        left_out,
        tuple(defined(index, m) for m in ("comparison", "comparison_cells")),
    )


def _ends(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[int], str]:
    """The groups with most people, the communities with most people, and what does not fit."""
    groups: dict[str, dict[str, Any]] = {}
    people: dict[str, int] = {}
    inside: dict[int, int] = {}
    for row in rows:
        key = row["id"] or row["group"]
        groups.setdefault(key, row)
        people[key] = people.get(key, 0) + row["found"]
        inside[row["community"]] = inside.get(row["community"], 0) + row["found"]
    kept = sorted(groups, key=lambda key: (-people[key], str(groups[key]["group"]), key))[:_COLUMNS]
    largest = sorted(inside, key=lambda c: (-inside[c], c))[:_ROWS]
    return [groups[key] for key in kept], largest, _left_out(len(kept), len(groups), len(largest), len(inside))


def _left_out(kept: int, groups: int, largest: int, inside: int) -> str:
    parts = []
    if groups > kept:
        parts.append(say("the {kept:,} largest of {groups:,} groups", kept=kept, groups=groups))
    if inside > largest:
        parts.append(say("the {largest:,} largest of {all:,} communities", largest=largest, all=inside))
    return say("Shown are {parts}.", parts=listed(parts)) if parts else ""


def _group(row: dict[str, Any]) -> Ref:
    kind = "networks" if row["against"].startswith("networks:") else "organizations" if row["id"] else "regions"
    return Ref(kind, row["id"] or "", str(row["group"] or ""), path_of(kind, row["id"]) if row["id"] else "")


def _community(index: EditionIndex, community: int) -> Ref:
    """A community; where none is found, a group of the nearest division, which has no page."""
    if sureness(index).found:
        return community_ref(index, community)
    near = nearest_division(index)
    around = [r.name for group in near[community - 1 : community] for r in (*group.networks, *group.people)]
    return Ref(
        "communities", str(community), say("group {number}, with {names}", number=community, names=listed(around[:2]))
    )


def _cell(row: dict[str, Any] | None) -> Cell:
    return Cell(0, None, "") if row is None else Cell(row["found"], row["expected"], row["unexpected"] or "")


def _compared(row: dict[str, Any]) -> Compared:
    title = _title(row["against"])
    return Compared(
        row["against"],
        title,
        row["groups"],
        row["people"],
        row["ami"],
        row["information"],
        _VERDICTS.get(row["verdict"], row["verdict"]),
        _words(title, row),
    )


def _title(against: str) -> str:
    if against.startswith("networks:"):
        return say("networks of kind {kind}", kind=against.removeprefix("networks:"))
    return _TITLES.get(against, against)


def _words(title: str, row: dict[str, Any]) -> str:
    if row["verdict"] == "much the same":
        return say("Communities and {title} are much the same groups of people.", title=title)
    if row["verdict"] == "unrelated":
        return say(
            "Communities and {title} have nothing to do with one another: either says nothing about the other.",
            title=title,
        )
    if row["verdict"] == "different":
        share = max(row["information"] or 0.0, 0.0)
        return say(
            "Communities and {title} are different groups that share {percent} % of their information. "
            "Neither is wrong: ties follow something else too.",
            title=title,
            percent=number(100 * share),
        )
    why = _VERDICTS.get(row["verdict"], row["verdict"])
    return say("Communities and {title} cannot be compared: {why}.", title=title, why=why)

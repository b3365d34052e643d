"""Whom to convene: a set of people, and what each adds to those before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netofnets.analysis.convene import CONVENE, MOST, MOST_JOINED, pairs_joined
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.long_work import one_at_a_time
from netofnets.services.measures import Definition, defined
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import said

__all__ = ["ConvenePage", "Convened", "convene_page"]


@dataclass(frozen=True, slots=True)
class Convened:
    """One person of the set."""

    place: int
    leader: Ref
    adds: int
    reached: int  # by all up to here
    reason: str
    networks: tuple[Ref, ...]
    bridging: bool


@dataclass(frozen=True, slots=True)
class ConvenePage:
    """The set, in the order in which each next person adds most."""

    version: str
    summary: str
    k: int
    cover: str  # networks | pairs
    people: tuple[Convened, ...]
    reached: int
    total: int  # what anybody brings
    at_most: int  # what no set of as many people could pass
    definition: Definition
    truncated: bool = False  # whether it was not worked out, since it would take too long


def convene_page(published: Published, viewer: Viewer, *, k: int = 6, cover: str = "networks") -> ConvenePage:
    """Who together are in most networks (or join most pairs of them), k people at most."""
    index = index_of(published, viewer)
    if cover == "pairs" and pairs_joined(index.snapshot) > MOST_JOINED:
        told = say(
            "Too many pairs of networks are joined for a page. In a terminal, ask: netofnets convene --cover pairs"
        )
        return ConvenePage(index.version, told, k, cover, (), 0, 0, 0, defined(index, "convene"), truncated=True)
    rows = _rows(index, cover)[:k]
    people = tuple(_convened(index, row) for row in rows)
    last = rows[-1] if rows else {"reached": 0, "of": 0, "at_most": 0}
    return ConvenePage(
        index.version,
        _summary(people, last, cover),
        k,
        cover,
        people,
        last["reached"],
        last["of"],
        last["at_most"],
        defined(index, "convene"),
    )


def _rows(index: EditionIndex, cover: str) -> list[dict[str, Any]]:
    """The longest set; a smaller one is its beginning, as each person is chosen after those before."""
    key = ("convene", cover)

    def build() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = CONVENE(index.snapshot, {}, {"k": MOST, "cover": cover}).to_pylist()
        return found

    return index.once(key, build, turn=one_at_a_time)


def _convened(index: EditionIndex, row: dict[str, Any]) -> Convened:
    at = index.snapshot.position("leaders", row["leader"])
    return Convened(
        row["place"],
        index.leader(at),
        row["adds"],
        row["reached"],
        said(row),
        index.networks_of(at),
        bool(index.bridging[at]),
    )


def _summary(people: tuple[Convened, ...], last: dict[str, Any], cover: str) -> str:
    if not people and cover == "networks":
        return say("Nobody to convene: nobody shown here is in a network.")
    if not people:
        return say("Nobody to convene: nobody shown here joins two.")
    return joined([_reach(len(people), last["reached"], last["of"], cover), _bound(len(people), last)])


def _reach(people: int, reached: int, of: int, cover: str) -> str:
    if cover == "networks":
        return say_count(
            "{n:,} person is in {reached:,} of {all}.",
            "{n:,} people are in {reached:,} of {all}.",
            people,
            reached=reached,
            all=say_count("{n:,} network", "{n:,} networks", of),
        )
    return say_count(
        "{n:,} person joins {reached:,} of {all}.",
        "{n:,} people join {reached:,} of {all}.",
        people,
        reached=reached,
        all=say_count("{n:,} pair of networks", "{n:,} pairs of networks", of),
    )


def _bound(people: int, last: dict[str, Any]) -> str:
    """How near the best set that is."""
    best = min(last["at_most"], last["of"])
    if last["reached"] >= best:
        return say_count("Nobody does better.", "No other {n:,} could do better.", people)
    return say("The best {people:,} could reach {best:,} at most.", people=people, best=best)

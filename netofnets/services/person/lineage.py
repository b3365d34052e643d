"""The lineage of a leader: whom this person brought in to leading, whom these did, and how far it spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.analysis.lineage import Arc, Step, arcs_of, lineage_from
from netofnets.graph.published import Published
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Branch", "BroughtIn", "Generation", "LineagePage", "Way", "lineage_page", "lineage_size"]

_LISTED = 200  # people of one generation
_DRAWN = 14  # people of one generation in the picture
_WIDTH, _STEP, _TOP = 190, 30, 40

_MENTORED, _COACHED, _LED, _OBSERVED = say("mentored"), say("coached"), say("led together"), say("observed at work")
_DONE = {"mentors": _MENTORED, "mentored": _MENTORED, "coaches": _COACHED, "coached": _COACHED}
_DONE |= {"co-led": _LED, "co-leads": _LED, "observed": _OBSERVED, "observes": _OBSERVED}


@dataclass(frozen=True, slots=True)
class Way:
    """By whom somebody was brought in, and how: "mentored, 2021-03-01"."""

    leader: Ref
    words: str


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Somebody who was reached; the first way is the nearest, the others came too."""

    leader: Ref
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """People who are equally many ties away, by name."""

    number: int
    total: int
    people: tuple[BroughtIn, ...]  # at most 200


@dataclass(frozen=True, slots=True)
class Branch:
    """A mark of the picture: its person and place, and the place of whoever brought the person in."""

    leader: Ref
    x: int
    y: int
    from_x: int
    from_y: int


@dataclass(frozen=True, slots=True)
class LineagePage:
    """The lineage of a leader. ``picture`` has at most 14 people of each generation, drawn from left to right."""

    version: str
    leader: Ref
    summary: str
    generations: tuple[Generation, ...]
    total: int
    brought_by: tuple[Way, ...]  # who brought this leader in
    picture: tuple[Branch, ...]
    width: int
    height: int


def lineage_page(published: Published, viewer: Viewer, leader: str) -> LineagePage:
    """Whom a leader brought in, generation by generation; :class:`NotFound` for a missing and a hidden one alike."""
    index = index_of(published, viewer)
    at = index.snapshot.position("leaders", leader)
    steps = lineage_from(_arcs(index), at)
    generations = tuple(_generation(index, steps, n) for n in sorted({s.generation for s in steps}))
    picture = _picture(index, at, steps)
    return LineagePage(
        index.version,
        index.leader(at),
        _summary(index.leader(at).name, generations),
        generations,
        len(steps),
        _brought_by(index, at),
        picture,
        max((b.x for b in picture), default=0) + _WIDTH,
        max((b.y for b in picture), default=0) + _TOP,
    )


def lineage_size(index: EditionIndex, leader: int) -> int:
    """How many people a leader reached in this way."""
    return len(lineage_from(_arcs(index), leader))


def _arcs(index: EditionIndex) -> dict[int, tuple[Arc, ...]]:
    return index.once("lineage", lambda: arcs_of(index.snapshot))


def _summary(name: str, generations: tuple[Generation, ...]) -> str:
    if not generations:
        return say(
            "No mentoring, observing or co-leading by which {name} brought somebody in is on record here.", name=name
        )
    first, rest = generations[0].total, sum(g.total for g in generations[1:])
    begun = say_count(
        "{name} mentored, was observed by or led together with {n:,} person.",
        "{name} mentored, was observed by or led together with {n:,} people.",
        first,
        name=name,
    )
    if not rest:
        return joined([begun, say("As far as is on record, it went no further.")])
    spread = say_count(
        "Through them it spread to {rest:,} more, over {n:,} generation.",
        "Through them it spread to {rest:,} more, over {n:,} generations.",
        len(generations),
        rest=rest,
    )
    return joined([begun, spread])


def _generation(index: EditionIndex, steps: tuple[Step, ...], number: int) -> Generation:
    own = {s.person: s for s in steps if s.generation == number}
    ordered = index.by_name(np.asarray(sorted(own), dtype=np.int64)).tolist()
    people = tuple(BroughtIn(index.leader(p), tuple(_way(index, *way) for way in own[p].by)) for p in ordered[:_LISTED])
    return Generation(number, len(own), people)


def _way(index: EditionIndex, one: int, kind: str, day: str) -> Way:
    return Way(index.leader(one), joined([part for part in (_DONE[kind], day) if part], ", "))


def _brought_by(index: EditionIndex, leader: int) -> tuple[Way, ...]:
    ways = [(arc.first, one, arc.kind) for one, arcs in _arcs(index).items() for arc in arcs if arc.to == leader]
    return tuple(_way(index, one, kind, day) for day, one, kind in sorted(ways))


def _picture(index: EditionIndex, leader: int, steps: tuple[Step, ...]) -> tuple[Branch, ...]:
    """Generations as columns; in each, people stand in the order of whoever brought them in."""
    if not steps:
        return ()
    places: dict[int, tuple[int, int]] = {leader: (0, 0)}
    columns: list[list[Step]] = []
    for number in sorted({s.generation for s in steps}):
        rank = {p: row for row, p in enumerate(places)}
        ready = [s for s in steps if s.generation == number and s.by[0][0] in places]
        ready.sort(key=lambda s: (rank[s.by[0][0]], int(index.name_order[s.person])))
        columns.append(ready[:_DRAWN])
        places |= {s.person: (number, row) for row, s in enumerate(columns[-1])}
    at = {leader: (_WIDTH // 2, _TOP)}
    found = [Branch(index.leader(leader), *at[leader], *at[leader])]
    for column in columns:
        for row, step in enumerate(column):
            at[step.person] = (_WIDTH // 2 + _WIDTH * step.generation, _TOP + row * _STEP)
            found.append(Branch(index.leader(step.person), *at[step.person], *at[step.by[0][0]]))
    return tuple(found)

"""The ways from one person to another as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from netofnets.errors import NotFound
from netofnets.language import joined, say
from netofnets.services.index import EditionIndex
from netofnets.services.map.phrases import WHO_AND_WHAT, members_words
from netofnets.services.map.scene import Legend, Scene, SceneEdge, SceneNode
from netofnets.services.person.paths import Path, Paths, Step
from netofnets.services.refs import Ref, person_detail

__all__ = ["along_paths"]

_WIDE, _BETWEEN_WAYS = 460.0, 170.0  # from one end to the other; between the middles of two ways
_GROUPS = (
    ("end", say("From and to"), 0),
    ("broker", say("On the way"), 2),
    ("network", say("Network of two on the way"), 1),
)


def along_paths(index: EditionIndex, answer: Paths) -> Scene:
    """Both ends at the sides, each way in a row of its own; a step without a direct tie leads past a network.

    :class:`NotFound` when the answer does not say who the two are.
    """
    start, end = answer.start, answer.end
    if start is None or end is None or start.id == end.id:
        raise NotFound("choose two different people, each by a name that only one has, or by id")
    drawing = _Drawing(index)
    for person, x in ((start, -_WIDE), (end, _WIDE)):
        drawing.person(person, x, 0.0, "end")
    for row, way in enumerate(answer.paths):
        drawing.way(way, _height(row))
    nodes = tuple(drawing.nodes.values())
    legend = tuple(Legend(key, label, slot, sum(n.group == key for n in nodes)) for key, label, slot in _GROUPS)
    return Scene(
        "focus",
        say("From {first} to {second}", first=start.name, second=end.name),
        joined(list(filter(None, (answer.summary, *answer.joins)))),
        nodes,
        tuple(drawing.edges),
        tuple(entry for entry in legend if entry.count),
        WHO_AND_WHAT,
        answer.note,
        index.version,
    )


def _height(row: int) -> float:
    """The first way straight across, the second above it, the third below."""
    return (0.0, _BETWEEN_WAYS, -_BETWEEN_WAYS)[row % 3] * (1 + row // 3)


@dataclass
class _Drawing:
    index: EditionIndex
    nodes: dict[str, SceneNode] = field(default_factory=dict)
    edges: list[SceneEdge] = field(default_factory=list)

    def person(self, who: Ref, x: float, y: float, group: str) -> None:
        at = self.index.snapshot.position("leaders", who.id)
        detail, bridging = person_detail(self.index.snapshot, at), bool(self.index.bridging[at])
        radius, weight = (16.0, 1e6) if group == "end" else (11.0, 1e3)
        mark = SceneNode(
            who.id, "leaders", who.name, round(x, 2), y, radius, group, "member", bridging, detail, who.href, weight
        )
        self.nodes.setdefault(who.id, mark)

    def way(self, way: Path, y: float) -> None:
        wide = 2 * _WIDE / len(way.steps)
        for number, step in enumerate(way.steps):
            left = -_WIDE + number * wide
            if number:
                self.person(step.first, left, y, "broker")
            self._step(step, left + wide / 2, y)

    def _step(self, step: Step, x: float, y: float) -> None:
        """A line for a direct tie, else two by way of the smallest network that both are in."""
        ends = [self.index.snapshot.position("leaders", r.id) for r in (step.first, step.second)]
        words = joined(step.evidence, "; ")
        if self.index.collaborators[ends[0], ends[1]]:
            self.edges.append(SceneEdge(step.first.id, step.second.id, 2.0, words, always=True))
            return
        over = self.index.memberships
        both = np.intersect1d(over.groups_of(ends[0]), over.groups_of(ends[1]))
        network = int(min(both, key=lambda n: (over.group_sizes[n], n)))
        me, size = self.index.network(network), int(over.group_sizes[network])
        disc = SceneNode(
            me.id, "networks", me.name, round(x, 2), y, round(min(44.0, 18.0 + 1.5 * size**0.5), 2), "network", "disc",
            False, members_words(size), me.href, float(size),
        )  # fmt: skip
        self.nodes.setdefault(me.id, disc)
        self.edges += [SceneEdge(r.id, me.id, 1.0, words, always=True) for r in (step.first, step.second)]

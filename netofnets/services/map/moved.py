"""What changed since a day, as marks of a map: who joined and left, which networks and people join anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from netofnets.analysis.differences import Differences
from netofnets.errors import SettingsError
from netofnets.graph.published import Published
from netofnets.language import joined, said_by, say, say_count
from netofnets.services.change_words import summary
from netofnets.services.changes import compared
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.map.rows import SceneRow
from netofnets.services.map.scene import Scene
from netofnets.services.networks.layers import backbone
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = ["Met", "Moved", "Movement", "moved", "told_in_rows"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A mark that changed: how many joined and left a network; of a person what is new, in ``words`` either way."""

    id: str
    words: str
    badge: str = ""  # beside a disc: "+3", "−1" or "+3 −1"


@dataclass(frozen=True, slots=True)
class Met:
    """Two networks that share somebody now and shared nobody, or share more than chance gives and did not."""

    first: str
    second: str
    words: str


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved on one map since a day (or a run). ``wrong`` says why what was asked for is neither."""

    since: str
    summary: str
    marks: tuple[Moved, ...] = ()
    met: tuple[Met, ...] = ()  # those that are drawn
    met_total: int = 0
    joining: tuple[str, ...] = ()  # ids of all networks that join anew
    note: str = ""  # how many lines are drawn of how many, or that nothing changed that could be marked
    wrong: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Of the marks that changed, and of networks that join anew."""
        return frozenset({m.id for m in self.marks} | {*self.joining})


def moved(
    published: Published, viewer: Viewer, scene: Scene, since: str, *, links: int = 60, select: str = ""
) -> Movement:
    """What changed on a scene since ``since``, a day or for organizers the number of a run, up to the viewer's day.

    Of networks that join anew at most ``links`` are drawn, and those of ``select``: more than by chance first, then
    those who share most, as other lines are.
    """
    try:
        found = compared(published, replace(viewer, as_of=""), since=since, as_of=viewer.as_of)
    except SettingsError as wrong:
        return Movement(since, "", wrong=said_by(wrong))
    told = summary(found.differences, found.since)
    drawn = frozenset(node.id for node in scene.nodes)
    people = _people(found.differences) if scene.level == "people" else []
    marks = tuple(one for one in [*_networks(found.differences), *people] if one.id in drawn)
    every = [pair for pair in _met(found.differences) if pair.first in drawn and pair.second in drawn]
    joining = tuple(sorted({end for pair in every for end in (pair.first, pair.second)}))
    if scene.level != "networks":
        return Movement(found.since, told, marks, joining=joining, note=_note(found.differences, marks, 0, 0))
    rank = _ranks(index_of(published, viewer))
    every.sort(key=lambda pair: (rank.get((pair.first, pair.second), len(rank)), pair.first, pair.second))
    met = tuple(pair for n, pair in enumerate(every) if n < links or select in (pair.first, pair.second))
    return Movement(
        found.since, told, marks, met, len(every), joining, _note(found.differences, marks, len(met), len(every))
    )


def _ranks(index: EditionIndex) -> Mapping[tuple[str, str], int]:
    """The place of each pair of networks, either way round, among those that share members."""

    def build() -> dict[tuple[str, str], int]:
        ids, order = index.snapshot.ids("networks"), backbone(index, "members")
        first, second = (ids.take(pa.array(end[order])).to_pylist() for end in index.pairs[:2])
        found = {pair: n for n, pair in enumerate(zip(first, second, strict=True))}
        return found | {(b, a): n for (a, b), n in found.items()}

    return index.once("rank of each pair", build)


def _note(found: Differences, marks: tuple[Moved, ...], drawn: int, met: int) -> str:
    if met:
        return say_count(
            "showing {drawn:,} of {n:,} new link", "showing {drawn:,} of {n:,} new links", met, drawn=drawn
        )
    return "" if marks or found.empty else say("what changed has no mark on this map")


def told_in_rows(rows: tuple[SceneRow, ...], movement: Movement | None) -> tuple[SceneRow, ...]:
    """The table beside the map, with what changed of each mark."""
    words = {one.id: one.words for one in movement.marks} if movement else {}
    return tuple(replace(r, detail=joined([r.detail, words[r.id]], "; ")) if r.id in words else r for r in rows)


def _networks(found: Differences) -> list[Moved]:
    came, left = (Counter(network for _, network in pairs) for pairs in (found.joined, found.left))
    marks = []
    for network in sorted({*came, *left}):
        more, fewer = came[network], left[network]
        badge = " ".join([f"+{more:,}"] * bool(more) + [f"\N{MINUS SIGN}{fewer:,}"] * bool(fewer))
        told = [say("{n:,} joined", n=more)] * bool(more) + [say("{n:,} left", n=fewer)] * bool(fewer)
        marks.append(Moved(network, listed(told), badge))
    return marks


def _people(found: Differences) -> list[Moved]:
    """Each person who changed once, with all that is new of them."""
    came, left = (Counter(leader for leader, _ in pairs) for pairs in (found.joined, found.left))
    called, connecting = set(found.bridging), set(found.connecting)
    marks = []
    for leader in sorted({*came, *left, *called, *connecting}):
        told = [say_count("joined {n:,} network", "joined {n:,} networks", came[leader])] * bool(came[leader])
        told += [say_count("left {n:,} network", "left {n:,} networks", left[leader])] * bool(left[leader])
        told += [say("called bridging now")] * (leader in called)
        told += [say("joins networks now")] * (leader in connecting - called)
        marks.append(Moved(leader, listed(told, 4)))
    return marks


def _met(found: Differences) -> list[Met]:
    met = {*found.met}
    words = dict.fromkeys(met, say("share somebody now"))
    words |= {pair: say("share more than chance gives now") for pair in found.validated if pair not in met}
    return [Met(*pair, told) for pair, told in sorted(words.items())]

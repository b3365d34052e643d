"""How do I reach somebody: ways past other people, each step with what it rests on, and alternatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import dijkstra

from netofnets.analysis.ways import TIE, Ground, Way, ground, ways
from netofnets.graph.published import Published
from netofnets.language import joined, listed, say
from netofnets.services.find.naming import Candidates, meant, refuse_unclear
from netofnets.services.index import EditionIndex, index_of
from netofnets.services.networks.layers import pairs_in, pairs_of
from netofnets.services.networks.what_if import standing_now
from netofnets.services.person.path_words import (
    LAYERS,
    both_in,
    fewer_words,
    in_no_network,
    no_way,
    note_words,
    together_words,
    way_words,
    ways_words,
)
from netofnets.services.person.ties import Collaboration, collaborations_of
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["STEPS", "Path", "Paths", "Step", "paths", "required_paths"]

STEPS = 4
_WAYS = 3
_PAIRS = 4  # pairs of networks that are named where no way is found
_NEAR = 30  # networks of each of the two that are compared then, the largest
_VISITS = 30_000_000  # ties and memberships gone over; with millions of people that is one way


@dataclass(frozen=True, slots=True)
class Step:
    """From one person to the next; ``evidence`` says what is on record between them, the strongest first."""

    first: Ref
    second: Ref
    evidence: tuple[str, ...]
    length: float


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the one to the other; ``brokers`` are the people between."""

    sentence: str
    brokers: tuple[Ref, ...]
    steps: tuple[Step, ...]
    length: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The answer; ``start`` and ``end`` are None when nobody was asked about, or a name decides nothing."""

    version: str
    start: Ref | None
    end: Ref | None
    without: Ref | None
    summary: str
    paths: tuple[Path, ...]
    joins: tuple[str, ...]  # where no way is found: what joins their networks
    unclear: tuple[Candidates, ...]
    note: str
    truncated: bool = False  # whether not everything was looked for, since it would take too long


def paths(published: Published, viewer: Viewer, start: str, end: str, *, without: str = "") -> Paths:
    """The ways from ``start`` to ``end`` in at most four steps, at most three, no two past the same person.

    People are named by id or by a name that only one has; without ``start`` it is the reader's own way, when the reader
    has said who that is. ``without`` is somebody not to be asked. A step over a direct tie is 1 long, one over a
    network of n members 1 + log10(n); a network of nearly everybody is none. Who asked not to be connected with others
    is nobody to lead past.
    """
    index = index_of(published, viewer)
    given = [(f, t) for f, t in (("from", start or (viewer.me if end else "")), ("to", end), ("without", without)) if t]
    found = [Candidates(field, text, meant(index, "leaders", text)) for field, text in given]
    unclear = tuple(c for c in found if len(c.meant) != 1)
    who = {c.field: c.meant[0] for c in found if len(c.meant) == 1}
    one, other, left_out = who.get("from"), who.get("to"), who.get("without")
    note = note_words(viewer)
    if unclear or one is None or other is None:
        return Paths(index.version, one, other, left_out, "", (), (), unclear, note)
    if len({r.id for r in who.values()}) < len(who):
        return Paths(index.version, one, other, left_out, say("Name different people."), (), (), (), note)
    ends = [index.snapshot.position("leaders", r.id) for r in (one, other)]
    over = _ground(index)
    most = _affordable(over)
    led = ways(over, ends[0], ends[1], _barred(index, left_out), most=most, steps=STEPS)
    told = tuple(_path(index, over, way) for way in led)
    joins = () if told else _joins(index, viewer, ends)
    fewer = len(told) == most < _WAYS
    crowded = bool(joins) and any(len(index.memberships.groups_of(at)) > _NEAR for at in ends)
    if fewer:
        note = joined([part for part in (note, fewer_words(most)) if part])
    summary = _summary(viewer, told, left_out)
    return Paths(index.version, one, other, left_out, summary, told, joins, (), note, fewer or crowded)


def required_paths(answer: Paths) -> Paths:
    """The answer, or :class:`SettingsError` that says which name decided nothing."""
    refuse_unclear(answer.unclear)
    return answer


def _affordable(over: Ground) -> int:
    """How many ways are looked for: each goes over all ties and memberships once a step."""
    once = 2 * len(over.member) + int(over.tied.nnz)
    return min(max(_VISITS // max(once * (STEPS - 1), 1), 1), _WAYS)


def _ground(index: EditionIndex) -> Ground:
    return index.once("ground", lambda: ground(index.snapshot))


def _barred(index: EditionIndex, left_out: Ref | None) -> npt.NDArray[np.bool_]:
    """Who asked not to be connected, and who is not to be asked."""
    barred = index.snapshot.unwilling()
    if left_out is not None:
        barred[index.snapshot.position("leaders", left_out.id)] = True
    return barred


def _path(index: EditionIndex, over: Ground, way: Way) -> Path:
    people = [index.leader(p) for p in way.people]
    pairs = zip(way.people[:-1], way.people[1:], strict=True)
    taken = [_step(index, over, a, b) for a, b in pairs]
    steps = tuple(step for step, _ in taken)
    hops = ((step.first.name, network, step.second.name) for step, network in taken)
    return Path(way_words(hops), tuple(people[1:-1]), steps, round(way.length, 6))


def _step(index: EditionIndex, over: Ground, first: int, second: int) -> tuple[Step, str]:
    """A step, and the name of the network that it leads through; empty for a direct tie."""
    ties = sorted(collaborations_of(index, first, second), key=lambda c: c.direction != "to")
    both = np.intersect1d(over.memberships.groups_of(first), over.memberships.groups_of(second)).astype(np.int64)
    both = both[np.isfinite(over.width[both])]
    both = both[np.lexsort((both, over.width[both]))]
    evidence = [_tie_words(index, first, c) for c in ties]
    evidence += [both_in(index.network(int(n)).name, int(over.memberships.group_sizes[n])) for n in both]
    network = "" if ties else index.network(int(both[0])).name
    length = TIE if ties else float(over.width[both[0]])
    return Step(index.leader(first), index.leader(second), tuple(evidence), round(length, 6)), network


def _tie_words(index: EditionIndex, first: int, tie: Collaboration) -> str:
    ends = (index.leader(first).name, tie.leader.name)
    one, other = ends if tie.direction == "to" else ends[::-1]
    return say("{one} to {other}: {words}", one=one, other=other, words=tie.words)


def _summary(viewer: Viewer, found: tuple[Path, ...], left_out: Ref | None) -> str:
    if not found:
        return no_way(viewer, left_out, steps=STEPS)
    if not found[0].brokers:
        return together_words(len(found) - 1, tied=found[0].length == TIE)
    return ways_words(len(found), left_out, steps=STEPS)


def _joins(index: EditionIndex, viewer: Viewer, ends: list[int]) -> tuple[str, ...]:
    """How near the networks of the two are, the nearest pairs first."""
    networks = [_largest(index, index.memberships.groups_of(at).astype(np.int64)) for at in ends]
    if not all(map(len, networks)):
        missing = [index.leader(at).name for at, own in zip(ends, networks, strict=True) if not len(own)]
        return (in_no_network(viewer, missing),)
    steps = dijkstra(standing_now(index).near, directed=False, unweighted=True, indices=networks[0])[:, networks[1]]
    order = np.argsort(steps, axis=None, kind="stable")[:_PAIRS]
    rows, columns = np.unravel_index(order, steps.shape)
    return tuple(
        _joined(index, float(steps[r, c]), int(networks[0][r]), int(networks[1][c]))
        for r, c in zip(rows, columns, strict=True)
    )


def _largest(index: EditionIndex, networks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    sizes = index.memberships.group_sizes[networks]
    return np.sort(networks[np.argsort(-sizes, kind="stable")[:_NEAR]])


def _joined(index: EditionIndex, steps: float, first: int, second: int) -> str:
    one, other = index.network(first).name, index.network(second).name
    if first == second:
        return say("Both are in {network}, which nearly everybody is in.", network=one)
    common = listed(_in_common(index, first, second))
    if not np.isfinite(steps):
        far = say("nothing that is known leads from one to the other")
    elif steps == 1:
        far = say("directly joined")
    else:
        far = say("{steps:,} steps apart", steps=int(steps))
    if common:
        return say(
            "{one} and {other}: {far}; they have {common} in common.", one=one, other=other, far=far, common=common
        )
    return say("{one} and {other}: {far}.", one=one, other=other, far=far)


def _in_common(index: EditionIndex, first: int, second: int) -> list[str]:
    """How many partners, schools and typical interests two networks have in common, of each that there are any."""
    found = []
    for layer, words in LAYERS.items():
        rows = np.intersect1d(pairs_of(index, layer, first), pairs_of(index, layer, second))
        found += [words(pairs_in(index, layer)[2]["shared"][int(row)].as_py()) for row in rows]
    return found

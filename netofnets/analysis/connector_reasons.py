"""One sentence for each connector, true when recounted: on whom what hangs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from netofnets.analysis.cuts import Cut
from netofnets.analysis.joining import Joining
from netofnets.graph.snapshot import Snapshot
from netofnets.language import listed, say, say_count

__all__ = ["TIE_NOUNS", "reasons"]

Ints = npt.NDArray[np.int64]

_FEW = 10  # so many ties are counted, more of them are given in percent

# What several ties of a kind are called, where all ties are of that kind.
TIE_NOUNS = {
    "replied": say("replies"),
    "mentors": say("mentoring ties"),
    "observed": say("observations"),
    "co-led": say("co-led events"),
}
_ANY_TIES = say("direct ties")


def reasons(snapshot: Snapshot, found: Joining, best: Ints, leaders: Ints, cut: Mapping[int, Cut]) -> list[str | None]:
    """Sentences for ``leaders``: of what they would cut off, else of the pair ``best`` that hangs most on each."""
    people = snapshot.names("leaders").to_pylist()
    networks = [str(name) for name in snapshot.names("networks").to_pylist()]
    ties = _noun(snapshot)
    told: list[str | None] = []
    for leader, at in zip(leaders.tolist(), best.tolist(), strict=True):
        name = people[leader] or say("This person")
        if leader in cut:
            told.append(_cut_sentence(name, networks, found, at, cut[leader]))
        else:
            told.append(_pair_sentence(name, networks, found, at, ties) if at >= 0 else None)
    return told


def _noun(snapshot: Snapshot) -> str:
    kinds = pc.unique(snapshot.edges["collaborations"].table["kind"]).to_pylist()
    return TIE_NOUNS.get(kinds[0] or "", _ANY_TIES) if len(kinds) == 1 else _ANY_TIES


def _cut_sentence(name: str, networks: Sequence[str], found: Joining, at: int, cut: Cut) -> str:
    """What would be parted, by the names of the two networks that the leader joins where they lie on either side."""
    near, far = cut.off[0], cut.stays
    if at >= 0:
        own = sorted((int(found.first[at]), int(found.second[at])), key=lambda n: n not in cut.off)
        if own[0] in cut.off and own[1] not in cut.off:
            near, far = own
    return say(
        "Without {name} nothing would lead from {off} to {rest}.",
        name=name,
        off=_and_more(networks[near], cut.cut_off - 1),
        rest=_and_more(networks[far], cut.sizes[0] - 1),
    )


def _and_more(network: str, others: int) -> str:
    return listed([network, say_count("{n:,} more", "{n:,} more", others)]) if others else network


def _pair_sentence(name: str, networks: Sequence[str], found: Joining, at: int, ties: str) -> str:
    first, second = networks[found.first[at]], networks[found.second[at]]
    people, carried = int(found.people[at]), float(found.carried[at])
    part = carried / float(found.ties[at]) if carried else 0.0
    if not found.both[at] or part > 1.0 / people:
        return _carries(name, carried, float(found.ties[at]), noun=ties, first=first, second=second)
    return say_count(
        "{name} is the only person in both {first} and {second}.",
        "{name} is one of {n:,} people in both {first} and {second}.",
        people,
        name=name,
        first=first,
        second=second,
    )


def _carries(name: str, carried: float, ties: float, **of: str) -> str:
    """How much of the ties: all of them, so many of a few, or a percentage that rounds nothing to the whole."""
    if ties == 1:
        return say("{name} carries the only one of the {noun} between {first} and {second}.", name=name, **of)
    if carried == ties:
        return say("{name} carries all {ties:,.0f} {noun} between {first} and {second}.", name=name, ties=ties, **of)
    if ties < _FEW:
        return say(
            "{name} carries {carried:,.0f} of the {ties:,.0f} {noun} between {first} and {second}.",
            name=name,
            carried=carried,
            ties=ties,
            **of,
        )
    share = min(max(round(100.0 * carried / ties), 1), 99)
    return say(
        "{name} carries {share:d} % of the {ties:,.0f} {noun} between {first} and {second}.",
        name=name,
        share=share,
        ties=ties,
        **of,
    )

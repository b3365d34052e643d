"""One sentence for each connector, true when recounted: on whom what hangs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.cuts import Cut
from netofnets.analysis.joining import Joining
from netofnets.graph.snapshot import Snapshot
from netofnets.language import listed, say, say_count
from netofnets.language.columns import Sentences, after, either, of_each, said_of, say_count_each, say_each

__all__ = ["TIE_NOUNS", "reasons"]

Floats = npt.NDArray[np.float64]
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


def reasons(snapshot: Snapshot, found: Joining, best: Ints, leaders: Ints, cut: Mapping[int, Cut]) -> Sentences:
    """Sentences for ``leaders``: of what they would cut off, else of the pair ``best`` that hangs most on each."""
    people = snapshot.names("leaders").take(pa.array(leaders)).to_pylist()
    networks = [str(name) for name in snapshot.names("networks").to_pylist()]
    names = of_each([name or say("This person") for name in people])
    told = _of_pairs(names, of_each(networks), found, best, _noun(snapshot))
    cutting = [row for row, leader in enumerate(leaders.tolist()) if leader in cut]
    if not cutting:
        return told
    of_cuts = [
        _cut_sentence(people[row] or say("This person"), networks, found, int(best[row]), cut[int(leaders[row])])
        for row in cutting
    ]
    at = np.arange(len(leaders))
    at[cutting] = len(leaders) + np.arange(len(cutting))
    return after([told, of_each(of_cuts)]).take(at)


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


def _of_pairs(names: Sentences, networks: Sentences, found: Joining, best: Ints, noun: str) -> Sentences:
    """On whom the pair ``best`` hangs: people in both networks, or ties between the two; null without a pair."""
    there = best >= 0
    at = best[there]
    people, carried, ties = found.people[at], *(each[at].astype(np.float64) for each in (found.carried, found.ties))
    part = np.divide(carried, ties, out=np.zeros(len(at)), where=ties > 0)
    by_ties = ~found.both[at] | (part > 1.0 / np.maximum(people, 1))
    of = {
        "name": names.take(np.flatnonzero(there)),
        "first": networks.take(found.first[at]),
        "second": networks.take(found.second[at]),
    }
    in_both = say_count_each(
        "{name} is the only person in both {first} and {second}.",
        "{name} is one of {n:,} people in both {first} and {second}.",
        people,
        **of,
    )
    told = in_both if not by_ties.any() else either(by_ties, _carries(carried, ties, {**of, "noun": noun}), in_both)
    rows = np.full(len(best), -1, dtype=np.int64)
    rows[there] = np.arange(len(at))
    return told.take(rows)


def _carries(carried: Floats, ties: Floats, of: dict[str, Any]) -> Sentences:
    """How much of the ties: all of them, so many of a few, or a percentage that rounds nothing to the whole."""
    of = {**of, "noun": said_of(of["noun"], len(ties))}
    share = np.clip(np.rint(100.0 * carried / np.maximum(ties, 1.0)), 1, 99).astype(np.int64)
    only = say_each("{name} carries the only one of the {noun} between {first} and {second}.", **of)
    whole = say_each("{name} carries all {ties:,.0f} {noun} between {first} and {second}.", ties=ties, **of)
    few = say_each(
        "{name} carries {carried:,.0f} of the {ties:,.0f} {noun} between {first} and {second}.",
        carried=carried,
        ties=ties,
        **of,
    )
    many = say_each(
        "{name} carries {share:d} % of the {ties:,.0f} {noun} between {first} and {second}.",
        share=share,
        ties=ties,
        **of,
    )
    return either(ties == 1, only, either(carried == ties, whole, either(ties < _FEW, few, many)))

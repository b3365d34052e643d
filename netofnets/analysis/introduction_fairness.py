"""Whether introductions reach everybody: the share of each region, kind of school, kind and size of network in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.measure import Measure, Output, Results
from netofnets.analysis.tables import booleans, floats, positions, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["ALERT", "INTRODUCTION_FAIRNESS", "introduction_fairness", "PHRASES"]

Floats = npt.NDArray[np.float64]

ALERT = 4.0
_ENOUGH = 5.0  # expected suggestions below which a share says nothing
_SIZES = (
    (20, say("20 members or fewer")),
    (100, say("21 to 100 members")),
    (500, say("101 to 500 members")),
)
_LARGEST = say("more than 500 members")
_UNKNOWN = say("not stated")
_BY = (say("region"), say("kind of workplace"), say("kind of network"), say("size of network"))
PHRASES = {str(one): one for one in (*_BY, *(words for _, words in _SIZES), _LARGEST, _UNKNOWN)}
"""What ``by`` and ``group`` hold where it is not said by the data, as messages."""


@dataclass(frozen=True)
class _Grouping:
    """Leaders by groups; whoever is in several has an equal share in each, so that rows add up to 1."""

    by: str
    names: list[str]
    share: sp.csr_array


def introduction_fairness(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`INTRODUCTION_FAIRNESS`."""
    suggested = results["introductions"]
    belongs = snapshot.incidence("memberships").degrees > 0
    able = (belongs & ~snapshot.unwilling()).astype(np.float64)
    groupings = _groupings(snapshot)
    columns: dict[str, list[object]] = {name: [] for name in ("beta", "by", "group", "people", "suggested")}
    for beta in pc.unique(suggested["beta"]).to_pylist():
        own = suggested.filter(pc.equal(suggested["beta"], beta))
        ends = np.concatenate([positions(own[side], snapshot.ids("leaders")) for side in ("first", "second")])
        turns = np.bincount(ends, minlength=len(able)).astype(np.float64)
        for grouping in groupings:
            people, named = able @ grouping.share, turns @ grouping.share
            kept = np.flatnonzero(people > 0)
            order = kept[np.lexsort((kept, -people[kept]))]
            columns["beta"] += [beta] * len(order)
            columns["by"] += [grouping.by] * len(order)
            columns["group"] += [grouping.names[int(g)] for g in order]
            columns["people"] += people[order].tolist()
            columns["suggested"] += named[order].tolist()
    return _table(columns)


def _table(columns: dict[str, list[object]]) -> pa.Table:
    people, suggested = (np.array(columns[name], dtype=np.float64) for name in ("people", "suggested"))
    _, part = np.unique(
        [f"{b} {by}" for b, by in zip(columns["beta"], columns["by"], strict=True)], return_inverse=True
    )
    totals = [np.bincount(part, values)[part] if len(part) else values for values in (people, suggested)]
    share = np.divide(people, totals[0], out=np.zeros(len(people)), where=totals[0] > 0)
    own = np.divide(suggested, totals[1], out=np.zeros(len(people)), where=totals[1] > 0)
    ratio = np.round(np.divide(own, share, out=np.ones(len(people)), where=share > 0), 9)
    telling = share * totals[1] >= _ENOUGH
    return table(
        {
            "beta": floats(np.array(columns["beta"], dtype=np.float64)),
            "by": texts([str(by) for by in columns["by"]]),
            "group": texts([str(group) for group in columns["group"]]),
            "people": floats(np.round(people, 6)),
            "share": floats(np.round(share, 9)),
            "suggested": floats(np.round(suggested, 6)),
            "suggested_share": floats(np.round(own, 9)),
            "ratio": floats(ratio),
            "expected": floats(np.round(share * totals[1], 6)),
            "alert": booleans(telling & ((ratio >= ALERT) | (ratio <= 1.0 / ALERT))),
        }
    )


def _groupings(snapshot: Snapshot) -> list[_Grouping]:
    memberships, affiliations = snapshot.incidence("memberships").csr, snapshot.incidence("affiliations").csr
    everybody = sp.eye_array(snapshot.count("leaders"), format="csr")
    sizes = snapshot.incidence("memberships").group_sizes.tolist()
    return [
        _grouping(_BY[0], everybody, _words(snapshot, "leaders", "region")),
        _grouping(_BY[1], affiliations, _words(snapshot, "organizations", "kind")),
        _grouping(_BY[2], memberships, _words(snapshot, "networks", "kind")),
        _grouping(_BY[3], memberships, [_size(int(size)) for size in sizes]),
    ]


def _words(snapshot: Snapshot, kind: str, name: str) -> list[str]:
    return [str(value).strip() or _UNKNOWN if value else _UNKNOWN for value in snapshot.nodes[kind][name].to_pylist()]


def _size(members: int) -> str:
    return next((words for most, words in _SIZES if members <= most), _LARGEST)


def _grouping(by: str, ties: sp.csr_array, words: list[str]) -> _Grouping:
    """Leaders by the words of what they are tied to; those tied to nothing are not stated."""
    names = sorted(set(words) - {_UNKNOWN}) + [_UNKNOWN]
    at = {name: place for place, name in enumerate(names)}
    of = sp.csr_array(
        (np.ones(len(words)), (np.arange(len(words)), [at[word] for word in words])), shape=(len(words), len(names))
    )
    degree = np.diff(ties.indptr)
    share = sp.csr_array(sp.diags_array(1.0 / np.maximum(degree, 1)) @ ties.astype(np.float64) @ of)
    loose = np.flatnonzero(degree == 0)
    rest = sp.csr_array((np.ones(len(loose)), (loose, np.full(len(loose), at[_UNKNOWN]))), shape=share.shape)
    return _Grouping(by, names, sp.csr_array(share + rest))


INTRODUCTION_FAIRNESS = Measure(
    id="introduction_fairness",
    title=say("Whom introductions reach"),
    question=say("Does each region, kind of workplace, kind and size of network get its share of the introductions?"),
    run=introduction_fairness,
    outputs=(
        Output("beta", say("The list of introductions, by how much the gap counts in it.")),
        Output("by", say("What people are grouped by: region, kind of workplace, kind of network, size of network.")),
        Output("group", say('The group; "{unknown}" where the data do not say.', unknown="not stated")),
        Output(
            "people",
            say(
                "People in it who could be introduced: in a network, and not said no. Whoever is in several has an "
                "equal share in each."
            ),
        ),
        Output("share", say("Its share of these people, 0 to 1.")),
        Output("suggested", say("How often people of it are in the list.")),
        Output("suggested_share", say("Its share of the list, 0 to 1.")),
        Output("ratio", say("suggested_share / share: 1 is its share, 2 twice as much.")),
        Output("expected", say("How often people of it would be in the list if the shares were equal.")),
        Output("alert", say("Whether ratio is 4 or more, or 1/4 or less, where at least 5 would be expected.")),
    ),
    needs=("introductions",),
    use=say("To notice that introductions pass by a region or by small networks, before they are made."),
    misleads=say(
        "Equal shares are no goal in themselves: networks that hardly anything joins are meant to get more. A "
        "group that the data do not name is not seen here."
    ),
    command="introduction-fairness",
    order=(("beta", "ascending"), ("by", "ascending"), ("ratio", "descending"), ("group", "ascending")),
)

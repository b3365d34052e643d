"""Detected against declared: how far the communities are what regions, schools or kinds of networks say already."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.affiliation import affiliation
from netofnets.analysis.chance import at_least, at_most, benjamini_hochberg
from netofnets.analysis.communities import numbers_of
from netofnets.analysis.community_methods import shown_division
from netofnets.analysis.declared import ALL, Declared, declared
from netofnets.analysis.divisions import pays
from netofnets.analysis.information import contingency, reduced_information
from netofnets.analysis.leiden import agreement
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.tables import booleans, floats, integers, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["COMPARISON", "COMPARISON_CELLS", "comparison", "comparison_cells"]

_SAME = 0.75  # normalised information from which two groupings are called much the same
_CELLS = 1_000_000  # of a table of communities and groups; larger ones are not compared
_WHOLE = 100  # groups up to which every cell with somebody in it is listed, not only the unexpected ones

_AGAINST = say("{regions}, {schools} or {networks}.", regions="regions", schools="schools", networks="networks:KIND")
_WITH = Parameter("with", ALL, say("What to compare with: regions, schools, networks:KIND, or all of them."))


def comparison(snapshot: Snapshot, results: Results, **given: str) -> pa.Table:
    """The table of :data:`COMPARISON`."""
    leaders = _division(snapshot, results)[0]
    graph = affiliation(snapshot)
    found = {"division_found": pays(graph, shown_division(graph, results))}
    rows = [_compared(grouping, leaders) | found for grouping in declared(snapshot, given["with"])]
    of = {name: [row[name] for row in rows] for name in (output.name for output in COMPARISON.outputs)}
    return table(
        {
            "against": texts(of["against"]),
            "groups": integers(of["groups"]),
            "people": integers(of["people"]),
            "communities": integers(of["communities"]),
            "ami": floats(of["ami"]),
            "information": floats(of["information"]),
            "verdict": texts(of["verdict"]),
            "division_found": booleans(of["division_found"]),
        }
    )


def comparison_cells(snapshot: Snapshot, results: Results, *, alpha: float, **given: str) -> pa.Table:
    """The table of :data:`COMPARISON_CELLS`."""
    leaders, numbers = _division(snapshot, results)
    parts = [_cells(grouping, leaders, numbers, alpha) for grouping in declared(snapshot, given["with"])]
    return pa.concat_tables(parts or [_cells(_nothing(len(leaders)), leaders, numbers, alpha)]).combine_chunks()


def _division(snapshot: Snapshot, results: Results) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Group of every leader, and the number of each group: of its community, or a place by size where none is found."""
    shown = shown_division(affiliation(snapshot), results).astype(np.int64)
    groups, numbers = int(shown.max(initial=-1)) + 1, numbers_of(results["communities"])
    same = groups == len(numbers) and groups > 1
    return shown[: snapshot.count("leaders")], numbers if same else np.arange(1, groups + 1)


def _compared(grouping: Declared, leaders: npt.NDArray[np.int64]) -> dict[str, Any]:
    own = grouping.single()
    both = (own >= 0) & (leaders >= 0)
    groups, communities = len(np.unique(own[both])), len(np.unique(leaders[both]))
    small = groups * communities <= _CELLS
    ami = agreement(leaders.astype(np.int32), own.astype(np.int32)) if small and groups > 1 < communities else None
    information = reduced_information(contingency(leaders, own)) if small and both.any() else np.nan
    return {
        "against": grouping.name,
        "groups": groups,
        "people": int(both.sum()),
        "communities": communities,
        "ami": np.nan if ami is None else ami,
        "information": information,
        "verdict": _verdict(information, groups, communities),
    }


def _verdict(information: float, groups: int, communities: int) -> str:
    if communities < 2:
        return "one community only"
    if groups < 2:
        return "one group only"
    if np.isnan(information):
        return "not compared"
    if information <= 0.0:
        return "unrelated"
    return "much the same" if information >= _SAME else "different"


def _cells(
    grouping: Declared, leaders: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64], alpha: float
) -> pa.Table:
    """Everybody counts in every group of theirs; expected is the same share of each group in every community."""
    known = np.flatnonzero((leaders >= 0) & (np.diff(grouping.has.indptr) > 0))
    height, width = len(numbers), int(grouping.has.shape[1])
    member = sp.csr_array((np.ones(len(known)), (leaders[known], np.arange(len(known)))), shape=(height, len(known)))
    found = np.asarray((member @ sp.csr_array(grouping.has[known])).toarray()).reshape(height, width)
    if height * width > _CELLS:
        found = found[:, :0]
    sizes, holders = np.bincount(leaders[known], minlength=height), found.sum(axis=0)
    expected = np.outer(sizes, holders) / max(len(known), 1)
    more, less = (q.reshape(found.shape) for q in _both_ways(found.ravel(), expected.ravel()))
    over, under = (more < alpha) & (found > expected), (less < alpha) & (found < expected)
    listed = over | under | ((found > 0) & (width <= _WHOLE))
    row, column = np.nonzero(listed & (height > 1))
    at = pa.array(column, pa.int64())
    words = np.where(over, "more", np.where(under, "less", ""))[row, column]
    return table(
        {
            "against": texts([grouping.name] * len(row)),
            "community": integers(numbers[row]),
            "id": pa.nulls(len(row), pa.string()) if grouping.ids is None else grouping.ids.take(at),
            "group": grouping.names.take(at),
            "found": integers(np.rint(found[row, column])),
            "expected": floats(expected[row, column]),
            "ratio": floats(found[row, column] / np.maximum(expected[row, column], 1e-300)),
            "q": floats(np.where(found > expected, more, less)[row, column]),
            "unexpected": texts([str(w) or None for w in words]),
        }
    )


def _both_ways(
    found: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    tests = 2 * len(found)
    together = benjamini_hochberg(np.concatenate([at_least(found, expected), at_most(found, expected)]), tests)
    return together[: len(found)], together[len(found) :]


def _nothing(people: int) -> Declared:
    return Declared("", sp.csr_array((people, 0)), None, pa.array([], pa.string()))


COMPARISON = Measure(
    id="comparison",
    title=say("Detected against declared"),
    question=say("Do the communities say what regions, schools or kinds of networks say already?"),
    run=comparison,
    outputs=(
        Output("against", _AGAINST),
        Output("groups", say("Its groups that hold somebody with a community.")),
        Output("people", say("People compared: with a community, and with a group (the smallest, of several).")),
        Output("communities", say("Communities that they are in.")),
        Output("ami", say("Adjusted mutual information: 1 the same groups, 0 as by chance; empty when not compared.")),
        Output(
            "information",
            say(
                "Reduced mutual information, normalised: 1 the same groups; 0 or less: saying how the two correspond "
                "costs as much as it tells. Null when not compared."
            ),
        ),
        Output(
            "verdict",
            say(
                "{same} (information of 0.75 or more), {different}, or {unrelated} (0 or less).",
                same="much the same",
                different="different",
                unrelated="unrelated",
            ),
        ),
        Output(
            "division_found", say("Whether the communities pay for their description; else the nearest is compared.")
        ),
    ),
    parameters=(_WITH,),
    needs=("divisions", "communities"),
    references=(
        "Newman, Cantwell, Young 2020: Improved mutual information measure, doi:10.1103/PhysRevE.101.042304",
        "Jerdee, Kirkley, Newman 2024: Improved estimates for the number of non-negative integer matrices, "
        "doi:10.1098/rspa.2023.0470",
        "Peel, Larremore, Clauset 2017: The ground truth about metadata, doi:10.1126/sciadv.1602548",
    ),
    use=say("To see whether people hold together along the lines that are drawn for them, or along others."),
    misleads=say(
        "Neither is the truth about the other: different means that ties follow something else too, not that "
        "either is wrong. Where the communities do not pay for their description, the nearest division is compared."
    ),
    command="compare",
)

COMPARISON_CELLS = Measure(
    id="comparison_cells",
    title=say("Detected against declared, cell by cell"),
    question=say("Which declared groups are more, or less, in a community than their size gives?"),
    run=comparison_cells,
    outputs=(
        Output("against", _AGAINST),
        Output("community", say("Number of the community.")),
        Output("id", say("Id of the declared group, a network or an organization; empty for a region.")),
        Output("group", say("Its name.")),
        Output("found", say("Leaders in both.")),
        Output("expected", say("Leaders in both if every community had the same share of the group.")),
        Output("ratio", say("found / expected.")),
        Output("q", say("False discovery rate at which the cell would be called unexpected.")),
        Output(
            "unexpected", say("{more}, {less}, or empty where chance explains the number.", more="more", less="less")
        ),
    ),
    parameters=(_WITH, Parameter("alpha", 0.01, say("False discovery rate below which a cell is unexpected."))),
    needs=("divisions", "communities"),
    references=("Benjamini and Hochberg 1995: Controlling the false discovery rate",),
    use=say("To see where a community and a declared group part ways."),
    misleads=say(
        "People in several networks of a kind count in each. Of groupings with over a hundred groups only "
        "unexpected cells are listed."
    ),
    command="compare-cells",
)

"""Which networks share members, and whether that is more than chance gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.analysis.chance import at_least, benjamini_hochberg, chance_of, least_telling
from netofnets.analysis.engine import Engine, pairs
from netofnets.analysis.local import LOCAL
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.parts import are_kin
from netofnets.analysis.tables import booleans, floats, integers, pick, positions, table
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import say

__all__ = ["OVERLAP", "Tested", "overlap", "shared_members", "tested"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEAST_SHARED = 2  # one person in common is a person, not an overlap


def shared_members(memberships: TwoMode, engine: Engine = LOCAL) -> tuple[Ints, Ints, Ints]:
    """Pairs of networks with members in common: first, second (first < second) and how many; sorted."""
    first, second, shared = engine.shared(pairs(memberships.csr)).columns
    return first.to_numpy(), second.to_numpy(), shared.to_numpy()


def overlap(snapshot: Snapshot, results: Results, *, alpha: float, engine: Engine = LOCAL) -> pa.Table:
    """The table of :data:`OVERLAP`."""
    every = tested(snapshot, alpha, engine)
    ids = snapshot.ids("networks")
    return every.filter(pa.array(~are_kin(snapshot, positions(every["first"], ids), positions(every["second"], ids))))


def tested(snapshot: Snapshot, alpha: float, engine: Engine = LOCAL) -> pa.Table:
    """All pairs that share members, tested; parts with their wholes as well. Columns as of :data:`OVERLAP`."""
    sizes, ids = snapshot.incidence("memberships").group_sizes, snapshot.ids("networks")
    found = Tested.of(snapshot, alpha, engine)
    least = found.least(alpha)
    return table(
        {
            "first": pick(ids, found.first),
            "second": pick(ids, found.second),
            "shared": integers(found.shared),
            "first_size": integers(sizes[found.first]),
            "second_size": integers(sizes[found.second]),
            "expected": floats(found.expected),
            "ratio": floats(found.ratio),
            "p": floats(found.p),
            "q": floats(found.q),
            "validated": booleans(found.validated),
            "least": integers(least, least <= np.minimum(sizes[found.first], sizes[found.second])),
        }
    )


@dataclass(frozen=True)
class Tested:
    """Every pair of networks that share members, by position, first < second, held against chance."""

    first: Ints
    second: Ints
    shared: Ints
    expected: Floats
    p: Floats
    q: Floats
    validated: npt.NDArray[np.bool_]
    tests: int

    @classmethod
    def of(cls, snapshot: Snapshot, alpha: float, engine: Engine = LOCAL) -> Tested:
        """The pairs of a snapshot; ``alpha`` is the false discovery rate below which one is validated."""
        memberships = snapshot.incidence("memberships")
        first, second, shared = shared_members(memberships, engine)
        null = chance_of(memberships)
        classes = null.network_class[first], null.network_class[second]
        expected = null.expected_shared()[classes] if len(first) else np.zeros(0)
        networks = int((memberships.group_sizes > 0).sum())
        tests = networks * (networks - 1) // 2
        p = at_least(shared, expected)
        q = benjamini_hochberg(p, tests)
        return cls(first, second, shared, expected, p, q, (q < alpha) & (shared >= LEAST_SHARED), tests)

    @property
    def ratio(self) -> Floats:
        """Members in common by those expected, null where none are."""
        found: Floats = np.full(len(self.shared), np.nan)
        return np.divide(self.shared, self.expected, out=found, where=self.expected > 0)

    def least(self, alpha: float) -> Ints:
        """Members in common from which on each pair would be validated if it alone stood out."""
        expected, each = np.unique(self.expected, return_inverse=True)  # classes of sizes are far fewer than pairs
        least: Ints = least_telling(expected, self.tests, alpha, LEAST_SHARED)[each]
        return least


_REFERENCES = (
    "Tumminello and others 2011: Statistically validated networks, doi:10.1371/journal.pone.0017994",
    "Saracco, Di Clemente, Gabrielli, Squartini 2015: Randomizing bipartite networks, doi:10.1038/srep10595",
    "Benjamini and Hochberg 1995: Controlling the false discovery rate",
)

OVERLAP = Measure(
    id="overlap",
    title=say("Overlap of networks"),
    question=say("Which networks share members, and is it more than chance would give?"),
    run=overlap,
    outputs=(
        Output(
            "first", say("Network, by id; the smaller id of the two. A part and its whole are no pair."), of="networks"
        ),
        Output("second", say("The other network."), of="networks"),
        Output("shared", say("Leaders who belong to both (at least 1).")),
        Output("first_size", say("Members of the first network.")),
        Output("second_size", say("Members of the second network.")),
        Output(
            "expected",
            say("Leaders in both if memberships were dealt anew: leaders keep their number, networks their size."),
        ),
        Output("ratio", say("shared / expected.")),
        Output("p", say("Chance of at least so many shared members in one such pair (Poisson tail).")),
        Output("q", say("False discovery rate over all pairs of networks, also those that share nobody.")),
        Output("validated", say("q is below alpha and at least 2 leaders are shared.")),
        Output(
            "least",
            say(
                "Leaders in both from which on one such pair would be validated; empty when the smaller network has "
                "not as many members, so that these data could not have shown it."
            ),
        ),
    ),
    parameters=(Parameter("alpha", 0.01, say("False discovery rate below which an overlap counts as validated.")),),
    references=_REFERENCES,
    use=say("To see which networks already know each other through their members, small and large alike."),
    misleads=say(
        "Partial rosters hide overlap; and one person under two names in two rosters hides it too. A pair that is "
        "not validated may still share people: these data cannot tell that from chance."
    ),
    command="overlap",
    order=(("q", "ascending"), ("shared", "descending"), ("first", "ascending"), ("second", "ascending")),
    on_engine=True,
)

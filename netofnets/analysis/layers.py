"""Layers between networks: shared members, direct ties, partners, schools, and interests that could join them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from netofnets.analysis.chance import at_least, benjamini_hochberg
from netofnets.analysis.in_common import Common, apart_from, features_in_common, schools, tie_pairs, without_kin
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.parts import circles, kin
from netofnets.analysis.strongest import Strongest, strongest_in_common
from netofnets.analysis.tables import booleans, floats, integers, pick, positions, table
from netofnets.analysis.typical import typical_interests
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["LAYERS", "NAMES", "STRONGEST", "layers"]

STRONGEST = 50
"""Pairs of one network that are listed of a layer that grows with the square of the networks."""

# In the order in which they are shown, each with what is counted.
NAMES = {
    "members": say("people in both"),
    "ties": say("pairs of people who work together across"),
    "partners": say("partners of both"),
    "schools": say("schools with people of both"),
    "interests": say("interests typical of both"),
}
_LEAST = 2  # one of anything is a fact, not a layer


def layers(snapshot: Snapshot, results: Results, *, alpha: float, most: int) -> pa.Table:
    """The table of :data:`LAYERS`."""
    related, wanted = kin(snapshot), circles(snapshot.incidence("memberships"))
    found = {
        "members": _members(snapshot, results["overlap"]),
        "ties": tie_pairs(snapshot),
        "partners": features_in_common(snapshot.incidence("partnerships")),
        "schools": features_in_common(schools(snapshot)),
    }
    parts = [_tested(name, without_kin(found.pop(name), related, wanted), snapshot, alpha) for name in list(found)]
    apart = apart_from(related, wanted)
    could = strongest_in_common(typical_interests(snapshot, alpha), apart, most=most, alpha=alpha, least=_LEAST)
    parts.append(_listed("interests", could, snapshot, alpha))
    return pa.concat_tables(parts).combine_chunks()


def _members(snapshot: Snapshot, overlap: pa.Table) -> Common:
    ids = snapshot.ids("networks")
    first, second = positions(overlap["first"], ids), positions(overlap["second"], ids)
    filled = int((snapshot.incidence("memberships").group_sizes > 0).sum())
    shared = overlap["shared"].to_numpy().astype(np.float64)
    expected = overlap["expected"].fill_null(0.0).to_numpy()
    return Common(first, second, shared, expected, filled * (filled - 1) // 2)


def _tested(name: str, common: Common, snapshot: Snapshot, alpha: float) -> pa.Table:
    q = benjamini_hochberg(at_least(common.found, common.expected), max(common.pairs, 1))
    return _listed(name, Strongest(common.first, common.second, common.found, common.expected, q), snapshot, alpha)


def _listed(name: str, common: Strongest, snapshot: Snapshot, alpha: float) -> pa.Table:
    ids, q = snapshot.ids("networks"), common.q
    ratio = np.divide(common.found, common.expected, out=np.full(len(q), np.nan), where=common.expected > 0)
    order = np.lexsort((common.second, common.first, -common.found, np.round(q, 12)))
    # Put in order before they become columns: of a million pairs of ids no second copy is made.
    return table(
        {
            "first": pick(ids, common.first[order]),
            "second": pick(ids, common.second[order]),
            "layer": pa.repeat(pa.scalar(name), len(order)),
            "observed": integers(common.found[order]),
            "expected": floats(common.expected[order]),
            "ratio": floats(ratio[order]),
            "q": floats(q[order]),
            "validated": booleans(((q < alpha) & (common.found >= _LEAST))[order]),
        }
    )


LAYERS = Measure(
    id="layers",
    title=say("Layers between networks"),
    question=say("In which ways are two networks joined, and in which could they be?"),
    run=layers,
    outputs=(
        Output(
            "first", say("Network, by id; the smaller id of the two. A part and its whole are no pair."), of="networks"
        ),
        Output("second", say("The other network."), of="networks"),
        Output(
            "layer",
            say(
                "{members} (people in both), {ties} (pairs of people who work together, by direction, one in each "
                "network alone), {partners} (organizations that partner with both), {schools} (workplaces of people of "
                "the one alone and of the other alone; what people of more than 500 networks write is no workplace), "
                "{interests} (typical of both: stated as a focus, named by a third of the members, or more frequent "
                "among them than elsewhere). The first four join, the last could.",
                **{layer: layer for layer in ("members", "ties", "partners", "schools", "interests")},
            ),
        ),
        Output("observed", say("How many there are, at least 1.")),
        Output(
            "expected",
            say(
                "How many chance would give: for ties with everybody keeping how many they begin and how many reach "
                "them, for the others with every network and every person, partner, school or interest keeping its "
                "number."
            ),
        ),
        Output("ratio", say("observed / expected; empty where chance would give none.")),
        Output("q", say("False discovery rate over all pairs of networks in this layer (Poisson tail).")),
        Output("validated", say("q is below alpha and there are at least 2.")),
    ),
    parameters=(
        Parameter("alpha", 0.01, say("False discovery rate below which a layer counts as validated.")),
        Parameter(
            "most",
            STRONGEST,
            say(
                "Of interests, which join nobody by themselves, so many pairs of each network are listed, those that "
                "chance explains least, and all that are validated; q is over all pairs all the same."
            ),
        ),
    ),
    needs=("overlap",),
    references=(
        "Tumminello and others 2011: Statistically validated networks, doi:10.1371/journal.pone.0017994",
        "Saracco, Di Clemente, Gabrielli, Squartini 2015: Randomizing bipartite networks, doi:10.1038/srep10595",
        "Newman 2010: Networks, chapter 13 (configuration model)",
    ),
    use=say("To see what else joins two networks that share nobody, and what they could meet about."),
    misleads=say(
        "What no roster states is not there: partners and schools are often left out. With few networks a layer "
        "may be complete and still not validated; then the data cannot tell it from chance."
    ),
    command="layers",
)

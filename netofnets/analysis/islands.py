"""Networks without an overlap beyond chance, with what joins them all the same; and those that stand alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.measure import Measure, Output, Results
from netofnets.analysis.parts import wholes
from netofnets.analysis.tables import booleans, integers, pick, positions, table
from netofnets.analysis.ties import arcs, once
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say

__all__ = ["ISLANDS", "islands"]

Ints = npt.NDArray[np.int64]


def islands(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`ISLANDS`."""
    pairs, layers = results["overlap"], results["layers"]
    ids = snapshot.ids("networks")
    sharing = _pairs_of(pairs, ids)
    firm = _pairs_of(pairs.filter(pairs["validated"]), ids)
    partners, schools = (_pairs_of(layers.filter(pc.equal(layers["layer"], n)), ids) for n in ("partners", "schools"))
    outside = _ties_outside(snapshot, snapshot.incidence("memberships").csr.astype(np.float64))
    kept = np.flatnonzero(firm == 0)
    joined = _joined(snapshot, pairs, *(layers.filter(pc.equal(layers["layer"], n)) for n in ("partners", "schools")))
    return table(
        {
            "network": pick(ids, kept),
            "members": integers(snapshot.incidence("memberships").group_sizes[kept]),
            "shared_any": booleans(sharing[kept] > 0),
            "validated_ties": integers(firm[kept]),
            "ties_outside": integers(outside[kept]),
            "partners": integers(partners[kept]),
            "schools": integers(schools[kept]),
            "alone": booleans(~joined[kept]),
        }
    )


def _joined(snapshot: Snapshot, *pairs: pa.Table) -> npt.NDArray[np.bool_]:
    """Whether anything joins each network or its parts with a network that is none of these."""
    ids, parts = snapshot.ids("networks"), wholes(snapshot)
    family = once(sp.csr_array(parts + sp.eye_array(len(ids))))  # row: a network, columns: itself and its wholes
    belongs = snapshot.incidence("memberships").csr.astype(np.float64)
    joined = _ties_outside(snapshot, once(sp.csr_array(belongs @ family))) > 0
    for table_ in pairs:
        first, second = (family[positions(table_[side], ids)] for side in ("first", "second"))
        apart = first + second - 2.0 * first.multiply(second)  # ends of a pair that are of different families
        joined |= np.asarray(apart.sum(axis=0)).ravel() > 0
    return np.asarray(joined)


def _pairs_of(pairs: pa.Table, ids: pa.ChunkedArray) -> Ints:
    """How many of the pairs each network is in."""
    ends = [positions(pairs[side], ids) for side in ("first", "second")]
    return np.bincount(np.concatenate(ends).astype(np.int64), minlength=len(ids)).astype(np.int64)


def _ties_outside(snapshot: Snapshot, belongs: sp.csr_array) -> Ints:
    """For each network, its members' ties with people who are not in it, by direction."""
    directed = once(arcs(snapshot))
    tied = np.asarray(directed.sum(axis=0) + directed.sum(axis=1), dtype=np.float64).ravel()
    inside = np.asarray((directed @ belongs).multiply(belongs).sum(axis=0), dtype=np.float64).ravel()
    return np.rint(belongs.T @ tied - 2.0 * inside).astype(np.int64)


ISLANDS = Measure(
    id="islands",
    title=say("Islands"),
    question=say("Which networks stand alone?"),
    run=islands,
    outputs=(
        Output("network", say("Network without a validated overlap."), of="networks"),
        Output("members", say("Its members.")),
        Output(
            "shared_any", say("Whether it shares any member with another network that is not its part or its whole.")
        ),
        Output("validated_ties", say("Validated overlaps; 0 for every network listed.")),
        Output("ties_outside", say("Ties of its members with people who are not in it, by direction.")),
        Output("partners", say("Networks that have a partner in common with it.")),
        Output("schools", say("Networks with people at a school at which people of this one work.")),
        Output(
            "alone",
            say(
                "Whether nothing joins it or its parts with any other network: no member shared, no tie, no partner or "
                "school in common."
            ),
        ),
    ),
    needs=("overlap", "layers"),
    references=("Tumminello and others 2011: Statistically validated networks, doi:10.1371/journal.pone.0017994",),
    use=say(
        "To find networks that nobody, or hardly anybody, connects with the rest, and what joins them all the same."
    ),
    misleads=say(
        "A network with few members, or with nearly everybody, can hardly show more overlap than chance. What no "
        "roster states is not there: a network that stands alone here may have friends whom no roster knows."
    ),
    about="network",
    command="islands",
)

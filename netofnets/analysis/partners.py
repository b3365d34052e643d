"""Partner organizations: which networks they support, and where they stand between networks that nobody joins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import scipy.sparse as sp

from netofnets.analysis.measure import Measure, Output, Results, message_of
from netofnets.analysis.parts import kin
from netofnets.analysis.tables import integers, pick, sentences, table
from netofnets.analysis.ties import once, ties
from netofnets.graph.snapshot import Snapshot
from netofnets.language import say, say_count

__all__ = ["PARTNERS", "Apart", "apart_pairs", "joined_networks", "partners"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Apart:
    """Pairs of networks that one organization partners with and nobody joins, those with most members first."""

    first: Ints
    second: Ints


def partners(snapshot: Snapshot, results: Results) -> pa.Table:
    """The table of :data:`PARTNERS`."""
    supports = snapshot.incidence("partnerships")
    joined = joined_networks(snapshot)
    organizations = snapshot.count("organizations")
    apart = [apart_pairs(snapshot, joined, at) for at in range(organizations)]
    count = np.asarray([len(a.first) for a in apart], dtype=np.int64)
    first, second = (
        np.asarray([int(getattr(a, side)[0]) if len(a.first) else 0 for a in apart], dtype=np.int64)
        for side in ("first", "second")
    )
    alone = np.bincount(supports.csr.indices, supports.degrees[_rows(supports.csr)] == 1, organizations)
    networks = snapshot.ids("networks")
    return table(
        {
            "organization": snapshot.ids("organizations"),
            "networks": integers(supports.group_sizes),
            "people": integers(snapshot.incidence("affiliations").group_sizes),
            "only_partner": integers(alone.astype(np.int64)),
            "apart": integers(count),
            "first_network": pick(networks, first, count > 0),
            "second_network": pick(networks, second, count > 0),
            **sentences("reason", [_reason(snapshot, at, a) for at, a in enumerate(apart)]),
        }
    )


def joined_networks(snapshot: Snapshot) -> sp.csr_array:
    """1 for two networks that somebody joins (is in both, or works across), or of which one is part of the other."""
    belongs = once(sp.csr_array(snapshot.incidence("memberships").csr))
    related = kin(snapshot)
    if not belongs.nnz:
        return once(sp.csr_array(related.astype(np.float64)))
    found = sp.csr_array(belongs.T @ belongs + belongs.T @ once(ties(snapshot)) @ belongs + related)
    found.sort_indices()
    return once(found)


def apart_pairs(snapshot: Snapshot, joined: sp.csr_array, organization: int) -> Apart:
    """The pairs of an organization's networks that are not ``joined``; only networks that have members count."""
    sizes = snapshot.incidence("memberships").group_sizes
    own = snapshot.incidence("partnerships").actors_of(organization).astype(np.int64)
    own = own[sizes[own] > 0]
    among = np.asarray(joined[own][:, own].todense()) > 0
    a, b = np.nonzero(np.triu(~among, k=1))
    first, second = own[a], own[b]
    order = np.lexsort((second, first, -np.minimum(sizes[first], sizes[second]), -(sizes[first] + sizes[second])))
    return Apart(first[order], second[order])


def _rows(matrix: sp.csr_array) -> Ints:
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))


def _reason(snapshot: Snapshot, organization: int, apart: Apart) -> str | None:
    if not len(apart.first):
        return None
    names = snapshot.names("networks")
    first, second = (str(names[int(side[0])]) for side in (apart.first, apart.second))
    more = len(apart.first) - 1
    of = {"name": str(snapshot.names("organizations")[organization]), "first": first, "second": second}
    if not more:
        return say("{name} works with {first} and with {second}, which nobody joins.", **of)
    return say_count(
        "{name} works with {first} and with {second}, which nobody joins; so it is with {n:,} more pair.",
        "{name} works with {first} and with {second}, which nobody joins; so it is with {n:,} more pairs.",
        more,
        **of,
    )


PARTNERS = Measure(
    id="partners",
    title=say("Partner organizations"),
    question=say("Which organizations support which networks, and where do they stand between two that nobody joins?"),
    run=partners,
    outputs=(
        Output("organization", say("Every organization."), of="organizations"),
        Output("networks", say("Networks that it partners with.")),
        Output("people", say("Leaders who work for or with it.")),
        Output("only_partner", say("Networks that have no other partner.")),
        Output(
            "apart",
            say(
                "Pairs of its networks that nobody joins: nobody is in both, no member of one works with one of the "
                "other, and neither is part of the other."
            ),
        ),
        Output("first_network", say("One network of the largest such pair; empty when there is none."), of="networks"),
        Output("second_network", say("The other one."), of="networks"),
        Output("reason", say("One sentence about that pair; empty when there is none.")),
        message_of("reason"),
    ),
    use=say("To ask a partner that knows both sides to bring two networks together."),
    misleads=say("A partnership on paper is no acquaintance; a partner that nobody recorded is missing."),
    about="organization",
    command="partners",
    order=(("apart", "descending"), ("networks", "descending"), ("id", "ascending")),
)

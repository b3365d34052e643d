"""Who came into and went out of networks from one publication to the next, kept with each edition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.arrow_files import places_in
from netofnets.graph.snapshot import Edges, Snapshot
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.identifiers import relationship_id

__all__ = [
    "HISTORY",
    "NEW",
    "continued",
    "membership_codes",
    "membership_columns",
    "pair_codes",
    "undone",
]

HISTORY = pa.schema(
    [
        ("run", pa.int64()),  # of the publication that first showed it; 0 in the public edition
        ("day", pa.string()),  # of that publication
        ("leader", pa.string()),
        ("network", pa.string()),
        ("event", pa.string()),
    ]
)
_ENDS = ("leaders", "networks")
NEW = "new"
"""The event of somebody who was not in the edition before at all; the others are ``joined`` and ``left``."""


def continued(past: pa.Table, before: Snapshot, after: Snapshot, run: int, day: str) -> pa.Table:
    """``past`` with what changed from ``before`` to ``after``, published on ``day``.

    What speaks of somebody, or of a network, that ``after`` does not show is left out: whoever is erased or hides is in
    no history either.
    """
    leader, network = (places_in(before.ids(kind), after.ids(kind)) for kind in ("leaders", "networks"))
    old, width = before.edges["memberships"], max(after.count("networks"), 1)
    leaders, networks = leader[old.source], network[old.target]
    there = (leaders >= 0) & (networks >= 0)
    was = np.unique(leaders[there] * width + networks[there])
    now = np.unique(after.edges["memberships"].source.astype(np.int64) * width + after.edges["memberships"].target)
    known = np.zeros(after.count("leaders"), dtype=bool)
    known[leader[leader >= 0]] = True
    came, went = np.setdiff1d(now, was, assume_unique=True), np.setdiff1d(was, now, assume_unique=True)
    events = [*np.where(known[came // width], "joined", NEW).tolist(), *["left"] * len(went)]
    pairs = np.concatenate([came, went])
    ends = (after.ids("leaders").take(pa.array(pairs // width)), after.ids("networks").take(pa.array(pairs % width)))
    fresh = [pa.repeat(pa.scalar(run), len(pairs)), pa.repeat(day, len(pairs)), *ends, pa.array(events, pa.string())]
    whole = pa.concat_tables([past, pa.table(fresh, schema=HISTORY)]).combine_chunks()
    shown = pc.and_(
        pc.is_in(whole["leader"], value_set=after.ids("leaders")),
        pc.is_in(whole["network"], value_set=after.ids("networks")),
    )
    return whole.filter(shown)


def undone(snapshot: Snapshot, events: pa.Table) -> Snapshot:
    """``snapshot`` as it was before ``events``: who joined is out again, who left is in, without days or role."""
    if not events.num_rows:
        return snapshot
    codes = pair_codes(snapshot, events["leader"], events["network"])
    known = codes >= 0
    pairs, first = np.unique(codes[known], return_index=True)  # of each pair the first event tells
    told = np.asarray(pc.equal(events["event"], "left").to_numpy(zero_copy_only=False), dtype=bool)
    left = told[np.flatnonzero(known)[first]]
    edges, held = snapshot.edges["memberships"], membership_codes(snapshot)
    stays = np.isin(held, pairs[~left], invert=True)
    back = pairs[left & ~np.isin(pairs, held)]
    return snapshot.with_edges({**snapshot.edges, "memberships": _with(snapshot, _chosen(edges, stays), back)})


def membership_codes(snapshot: Snapshot) -> npt.NDArray[np.int64]:
    """A number for the pair of leader and network of each membership, spell by spell: equal for equal pairs."""
    edges = snapshot.edges["memberships"]
    return edges.source.astype(np.int64) * max(snapshot.count("networks"), 1) + edges.target


def pair_codes(snapshot: Snapshot, leaders: pa.Array, networks: pa.Array) -> npt.NDArray[np.int64]:
    """The same numbers for pairs of ids; -1 where the snapshot has not both."""
    leader, network = places_in(leaders, snapshot.ids("leaders")), places_in(networks, snapshot.ids("networks"))
    there = (leader >= 0) & (network >= 0)
    return np.where(there, leader * max(snapshot.count("networks"), 1) + network, -1)


def membership_columns(snapshot: Snapshot) -> tuple[pa.Array, pa.Array]:
    """The ids of leaders, and of networks, of all memberships, spell by spell."""
    edges = snapshot.edges["memberships"]
    return snapshot.ids("leaders").take(pa.array(edges.source)), snapshot.ids("networks").take(pa.array(edges.target))


def _chosen(edges: Edges, kept: npt.NDArray[np.bool_]) -> Edges:
    return Edges(edges.source[kept], edges.target[kept], edges.table.filter(pa.array(kept)))


def _with(snapshot: Snapshot, edges: Edges, pairs: npt.NDArray[np.int64]) -> Edges:
    """Memberships with more of them, of which nothing but the pair is known; in the order of all memberships."""
    more = np.divmod(pairs, max(snapshot.count("networks"), 1))
    ends = (snapshot.ids(kind).take(pa.array(at)).to_pylist() for kind, at in zip(_ENDS, more, strict=True))
    rows = [{"id": relationship_id("memberships", one, other, ("",))} for one, other in zip(*ends, strict=True)]
    schema = arrow_schema("memberships")
    names = [name for name in schema.names if name not in ("from_id", "to_id")]
    fresh = pa.Table.from_pylist(rows, schema=pa.schema([schema.field(name) for name in names]))
    source, target = np.concatenate([edges.source, more[0]]), np.concatenate([edges.target, more[1]])
    order = np.lexsort((target, source))  # spells of a pair stay as they stood
    table = pa.concat_tables([edges.table, fresh]).combine_chunks().take(pa.array(order))
    return Edges(source[order].astype(np.int32), target[order].astype(np.int32), table)

"""Who came into and went out of networks from one publication to the next, kept with each edition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.snapshot import Edges, Snapshot
from netofnets.schema.arrow import arrow_schema
from netofnets.schema.identifiers import relationship_id

__all__ = ["HISTORY", "NEW", "continued", "each_membership", "membership_pairs", "undone"]

HISTORY = pa.schema(
    [
        ("run", pa.int64()),  # of the publication that first showed it; 0 in the public edition
        ("day", pa.string()),  # of that publication
        ("leader", pa.string()),
        ("network", pa.string()),
        ("event", pa.string()),
    ]
)
NEW = "new"
"""The event of somebody who was not in the edition before at all; the others are ``joined`` and ``left``."""


def continued(past: pa.Table, before: Snapshot, after: Snapshot, run: int, day: str) -> pa.Table:
    """``past`` with what changed from ``before`` to ``after``, published on ``day``.

    What speaks of somebody, or of a network, that ``after`` does not show is left out: whoever is erased or hides is in
    no history either.
    """
    leader, network = (_places(before.ids(kind), after.ids(kind)) for kind in ("leaders", "networks"))
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


def _places(ids: pa.Array, among: pa.Array) -> npt.NDArray[np.int64]:
    """Where each of some ids stands in others; -1 where it does not."""
    found = pc.fill_null(pc.index_in(ids, value_set=among), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def undone(snapshot: Snapshot, events: pa.Table) -> Snapshot:
    """``snapshot`` as it was before ``events``: who joined is out again, who left is in, without days or role."""
    if not events.num_rows:
        return snapshot
    first: dict[tuple[str, str], str] = {}
    for row in events.to_pylist():
        first.setdefault((row["leader"], row["network"]), row["event"])
    out = {pair for pair, event in first.items() if event != "left"}
    held = membership_pairs(snapshot)
    back = [pair for pair, event in first.items() if event == "left" and pair not in held]
    edges = snapshot.edges["memberships"]
    stays = np.asarray([pair not in out for pair in each_membership(snapshot)], dtype=bool)
    return snapshot.with_edges({**snapshot.edges, "memberships": _with(snapshot, _chosen(edges, stays), back)})


def membership_pairs(snapshot: Snapshot) -> set[tuple[str, str]]:
    """Who is in which network: ids of leader and network, each pair once."""
    return set(each_membership(snapshot))


def each_membership(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The ids of leader and network of each membership, spell by spell, in their order."""
    edges = snapshot.edges["memberships"]
    leaders, networks = (np.asarray(snapshot.ids(kind).to_pylist(), object) for kind in ("leaders", "networks"))
    return list(zip(leaders[edges.source].tolist(), networks[edges.target].tolist(), strict=True))


def _chosen(edges: Edges, kept: npt.NDArray[np.bool_]) -> Edges:
    return Edges(edges.source[kept], edges.target[kept], edges.table.filter(pa.array(kept)))


def _with(snapshot: Snapshot, edges: Edges, pairs: list[tuple[str, str]]) -> Edges:
    """Memberships with more of them, of which nothing but the pair is known; in the order of all memberships."""
    source = np.concatenate([edges.source, [snapshot.position("leaders", leader) for leader, _ in pairs]])
    target = np.concatenate([edges.target, [snapshot.position("networks", network) for _, network in pairs]])
    schema = arrow_schema("memberships")
    names = [name for name in schema.names if name not in ("from_id", "to_id")]
    rows = [{"id": relationship_id("memberships", *pair, ("",))} for pair in pairs]
    more = pa.Table.from_pylist(rows, schema=pa.schema([schema.field(name) for name in names]))
    table = pa.concat_tables([edges.table, more]).combine_chunks()
    order = np.lexsort((np.asarray(table["id"].to_pylist(), dtype=np.str_), target, source))
    return Edges(source[order].astype(np.int32), target[order].astype(np.int32), table.take(pa.array(order)))

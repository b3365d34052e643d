"""How many leaders there are whom an audience is not shown, in groups: a small table beside each restricted edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.arrow_files import in_one, places_in
from netofnets.graph.cut import Levels, Tables
from netofnets.graph.edition import shown_to
from netofnets.graph.marks import NOTHING_SAID, OwnWords
from netofnets.graph.rounding import STEP, Cells
from netofnets.graph.snapshot import Edges, Snapshot, holding, nodes_of
from netofnets.graph.view import feed_table
from netofnets.schema.arrow import CLAIMS, GROUPS, arrow_schema
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.model import Visibility
from netofnets.schema.policy import IMPORTED, Standing

__all__ = ["LEAST", "Counted", "named_interests"]

LEAST = {"public": STEP, "signed_in": 3}
"""The smallest group that an audience is told of. Organizers see the people themselves."""

# What is read.
_NODES = {
    "leaders": ["id"],
    "networks": ["id", "region", "country"],
    "interests": ["id"],
    "organizations": ["id"],
}
_TIES = ("memberships", "leader_interests", "partnerships")


@dataclass(frozen=True)
class Counted:
    """What groups are counted in: who is tied to whom of what holds, and the level of each leader.

    Counted is who may be shown to fellows of a network (level ``shared_network`` or more open) and is not shown to the
    audience, by what the fellows are shown: nothing that was confided to a sensitive network. Whoever declined the map
    is in no count of it, and a disputed fact counts for nothing.
    """

    seen: Snapshot
    level: np.ndarray

    @classmethod
    def of(cls, tables: Tables, claims: pa.Table, levels: Levels, day: str, own: OwnWords = NOTHING_SAID) -> Counted:
        """Of tables and claims as a store scans them, on ``day``; ``own`` is what people said of themselves."""
        kept = shown_to(Standing.FELLOW, tables, claims, levels, own)
        nodes = {kind: nodes_of(_bare(kept[kind], columns), kind) for kind, columns in _NODES.items()}
        edges = {kind: _ends(kept[kind], kind, nodes, day) for kind in _TIES}
        seen = Snapshot(nodes, edges, CLAIMS.empty_table())
        return cls(seen, _levels(seen.ids("leaders"), levels))

    def key(self) -> str:
        """A digest of all that the counts follow from, but for the program."""
        digest = blake2b(digest_size=16)
        for level in Visibility:
            digest.update(np.packbits(self.level == level).tobytes())
        for kind, columns in _NODES.items():
            feed_table(digest, self.seen.nodes[kind].select(columns))
        for kind in _TIES:
            for ends in (self.seen.edges[kind].source, self.seen.edges[kind].target):
                digest.update(len(ends).to_bytes(8, "big") + ends.tobytes())
        return digest.hexdigest()

    def counts(self) -> dict[str, pa.Table]:
        """By audience the table :data:`netofnets.schema.arrow.GROUPS`.

        Those of each level are counted apart, and what is told of them is added: whoever sees the ones learns nothing
        more of the others. Only ``network``, ``shared``, ``subject`` and, where it tells of nobody, ``total`` are
        counted; ``interest``, ``organization``, ``region`` and ``country`` follow from what is told of these.
        """
        seen, counted = self.seen, self.level == Visibility.SHARED_NETWORK
        signed_in = _told(seen, counted, LEAST["signed_in"])
        public = _told(seen, counted, LEAST["public"]), _told(seen, self.level == Visibility.SIGNED_IN, LEAST["public"])
        return {"signed_in": _table(signed_in), "public": _table(*public)}


def _bare(table: pa.Table, read: Collection[str]) -> pa.Table:
    """A table with nothing in the columns that are not read: they need not be copied in order."""
    columns = [table[f.name] if f.name in read else pa.nulls(table.num_rows, f.type) for f in table.schema]
    return pa.table(columns, schema=table.schema)


def _ends(table: pa.Table, kind: str, nodes: Mapping[str, pa.Table], day: str) -> Edges:
    """Who is tied to whom of what holds on a day, each pair once and in order, without what is said of the ties."""
    declared = relationship_kind(kind)
    dated = {"start", "end"} <= set(table.column_names)
    there = table.filter(holding(table, day)) if dated else table
    sides = ((declared.source, "from_id"), (declared.target, "to_id"))
    own, other = (places_in(in_one(there[column]), in_one(nodes[side]["id"])) for side, column in sides)
    width = max(nodes[declared.target].num_rows, 1)
    pairs = np.sort((own * width + other)[(own >= 0) & (other >= 0)])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    source, target = (np.asarray(ends, dtype=np.int32) for ends in np.divmod(pairs, width))
    return Edges(source, target, arrow_schema(kind).empty_table())


def _levels(leaders: pa.Array, levels: Levels) -> np.ndarray:
    """The level of each leader; those who chose none are nearly all."""
    found = np.full(len(leaders), IMPORTED, dtype=object)
    chose = pa.array(sorted(leader for leader, field in levels if not field), pa.string())
    for leader, at in zip(chose.to_pylist(), pc.index_in(chose, value_set=leaders).to_pylist(), strict=True):
        if at is not None:
            found[at] = levels[leader, ""]
    return found


def named_interests(groups: pa.Table) -> list[str]:
    """The interests (ids) of which such a table tells."""
    found: list[str] = groups.filter(pc.equal(groups["kind"], "interest"))["first"].to_pylist()
    return found


def _told(seen: Snapshot, counted: np.ndarray, least: int) -> pa.Table:
    rows = np.flatnonzero(counted)
    memberships, interests = seen.incidence("memberships").csr, seen.incidence("leader_interests").csr
    cells = Cells.of(sp.csr_array(memberships[rows]), sp.csr_array(interests[rows]), least)
    derived = pa.Table.from_pylist(
        [dict(zip(GROUPS.names, (*key, value), strict=True)) for key, value in _derived(seen, cells)], GROUPS
    )
    found = pa.concat_tables([*_counted(seen, cells), derived])
    return found.filter(pc.greater(found["least"], 0))


def _counted(seen: Snapshot, cells: Cells) -> Iterator[pa.Table]:
    networks, interests = seen.ids("networks"), seen.ids("interests")
    yield _cells("network", networks, pa.array([""] * len(networks)), cells.networks)
    both, held = sp.triu(cells.pairs).tocoo(), cells.subjects.tocoo()
    yield _cells("shared", networks.take(pa.array(both.row)), networks.take(pa.array(both.col)), both.data)
    yield _cells("subject", networks.take(pa.array(held.row)), interests.take(pa.array(held.col)), held.data)


def _cells(kind: str, first: pa.Array, second: pa.Array, values: np.ndarray) -> pa.Table:
    kinds = pa.repeat(pa.scalar(kind, pa.string()), len(values))
    return pa.table([kinds, first, second, pa.array(values.astype(np.int64))], schema=GROUPS)


def _derived(seen: Snapshot, cells: Cells) -> Iterator[tuple[tuple[str, str, str], int]]:
    yield ("total", "", ""), max(cells.everybody, cells.union(np.flatnonzero(cells.networks)))
    interests = seen.ids("interests").to_pylist()
    for interest in np.unique(cells.subjects.indices).tolist():
        yield ("interest", interests[interest], ""), cells.with_interest(interest)
    for kind, groups in _groups(seen).items():
        for name, networks in sorted(groups.items()):
            yield (kind, name, ""), cells.union(np.array(sorted(networks), dtype=np.int64))


def _groups(seen: Snapshot) -> Mapping[str, Mapping[str, set[int]]]:
    """The networks of each partner organization, region and country, by position."""
    found: dict[str, dict[str, set[int]]] = {kind: defaultdict(set) for kind in ("organization", "region", "country")}
    organizations, partnerships = seen.ids("organizations").to_pylist(), seen.edges["partnerships"]
    for network, partner in zip(partnerships.source.tolist(), partnerships.target.tolist(), strict=True):
        found["organization"][organizations[partner]].add(network)
    for kind in ("region", "country"):
        for network, name in enumerate(seen.nodes["networks"][kind].to_pylist()):
            if name:
                found[kind][name].add(network)
    return found


def _table(*parts: pa.Table) -> pa.Table:
    """What is told of one group after the other, added up; in order."""
    *keys, value = GROUPS.names
    total = pa.concat_tables(parts).group_by(keys, use_threads=False).aggregate([(value, "sum")])
    return (
        total.select([*keys, f"{value}_sum"])
        .rename_columns(GROUPS.names)
        .cast(GROUPS)
        .sort_by([(key, "ascending") for key in keys])
    )

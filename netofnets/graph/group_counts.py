"""How many leaders there are whom an audience is not shown, in groups: a small table beside each restricted edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.arrow_files import in_one
from netofnets.graph.cut import Levels, Tables, only
from netofnets.graph.edition import shown_to
from netofnets.graph.marks import NOTHING_SAID, OwnWords
from netofnets.graph.rounding import STEP, Cells
from netofnets.graph.snapshot import Snapshot, holding
from netofnets.graph.view import feed_table
from netofnets.schema.arrow import GROUPS, arrow_schema
from netofnets.schema.model import Visibility
from netofnets.schema.policy import IMPORTED, Standing

__all__ = ["LEAST", "Counted", "group_counts", "named_interests"]

LEAST = {"public": STEP, "signed_in": 3}
"""The smallest group that an audience is told of. Organizers see the people themselves."""

_TIE = ("from_id", "to_id")
_READ: Mapping[str, Sequence[str]] = {
    "leaders": ("id",),
    "networks": ("id", "region", "country"),
    "interests": ("id",),
    "organizations": ("id",),
    "memberships": _TIE,
    "leader_interests": _TIE,
    "partnerships": _TIE,
}


def group_counts(
    tables: Tables, claims: pa.Table, levels: Levels, day: str, own: OwnWords = NOTHING_SAID
) -> dict[str, pa.Table]:
    """By audience the table :data:`netofnets.schema.arrow.GROUPS`, of what holds on ``day``.

    Counted is who may be shown to fellows of a network (level ``shared_network`` or more open) and is not shown to the
    audience, by what the fellows are shown: nothing that was confided to a sensitive network. Whoever declined the map
    (``own``) is in no count of it, and a disputed fact counts for nothing. Those of each level are counted apart, and
    what is told of them is added: whoever sees the ones learns nothing more of the others. Only ``network``,
    ``shared``, ``subject`` and, where it tells of nobody, ``total`` are counted; ``interest``, ``organization``,
    ``region`` and ``country`` follow from what is told of these.
    """
    return Counted.of(tables, claims, levels, day, own).counts()


@dataclass(frozen=True)
class Counted:
    """What groups are counted in: the columns that are read, of what holds, and the level that each leader chose."""

    tables: Tables
    levels: Levels

    @classmethod
    def of(cls, tables: Tables, claims: pa.Table, levels: Levels, day: str, own: OwnWords = NOTHING_SAID) -> Counted:
        """The same arguments as :func:`group_counts`."""
        kept = shown_to(Standing.FELLOW, tables, claims, levels, own)
        leaders = pa.array(sorted(leader for leader, field in levels if not field), pa.string())
        seen = leaders.filter(pc.is_in(leaders, value_set=in_one(kept["leaders"]["id"])))
        chosen = {(leader, ""): levels[leader, ""] for leader in seen.to_pylist()}
        return cls({kind: _holding(kept[kind], day).select(list(columns)) for kind, columns in _READ.items()}, chosen)

    def key(self) -> str:
        """A digest of all that the counts follow from, but for the program."""
        digest = blake2b(repr(sorted(self.levels.items())).encode(), digest_size=16)
        for kind in sorted(self.tables):
            digest.update(kind.encode())
            feed_table(digest, self.tables[kind])
        return digest.hexdigest()

    def counts(self) -> dict[str, pa.Table]:
        """What :func:`group_counts` gives."""
        seen = Snapshot.build({kind: _bare(table, kind) for kind, table in self.tables.items()})
        level = _levels(seen.ids("leaders"), self.levels)
        counted = level == Visibility.SHARED_NETWORK
        signed_in = _told(seen, counted, LEAST["signed_in"])
        public = _told(seen, counted, LEAST["public"]), _told(seen, level == Visibility.SIGNED_IN, LEAST["public"])
        return {"signed_in": _table(signed_in), "public": _table(*public)}


def _holding(table: pa.Table, day: str) -> pa.Table:
    """The rows that hold on a day, as :meth:`netofnets.graph.snapshot.Snapshot.at` has it; of nodes all."""
    if not {"start", "end"} <= set(table.column_names):
        return table
    return only(table, holding(table, day))


def _bare(table: pa.Table, kind: str) -> pa.Table:
    """A table with nothing in the columns that are not read: they need not be copied in order."""
    schema, read = arrow_schema(kind), table.column_names
    return pa.table([table[f.name] if f.name in read else pa.nulls(len(table), f.type) for f in schema], schema=schema)


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

"""What services look up again and again, built once per edition on first use."""

from __future__ import annotations

import threading
from functools import lru_cache, partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.graph.cells import Cells
from netofnets.graph.published import Edition, Published
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.text_index import TextIndex
from netofnets.graph.twomode import TwoMode
from netofnets.schema.kinds import relationship_kind
from netofnets.schema.modes import MODE_NAMES
from netofnets.services.once import BuildsOnce, BuiltOnce
from netofnets.services.refs import Ref, person_detail, ref
from netofnets.services.rows_of import RowOf, RowsOf
from netofnets.services.viewer import Viewer
from netofnets.services.words import said, said_at

__all__ = ["EditionIndex", "Ints", "index_of", "positions", "slice_of"]

Ints = npt.NDArray[np.int64]
_NAMED = 8_192  # networks that are at hand as references
_LATELY = 1_024  # people who were named lately

# The one piece of state that outlives a request: an edition never changes, so neither does its index.
_LOCK = threading.Lock()
_INDEXES: WeakKeyDictionary[Edition, EditionIndex] = WeakKeyDictionary()


def index_of(published: Published, viewer: Viewer) -> EditionIndex:
    """The index of the edition that this viewer reads."""
    edition = viewer.edition(published)
    if (index := _INDEXES.get(edition)) is not None:
        return index
    with _LOCK:
        if edition not in _INDEXES:
            _INDEXES[edition] = EditionIndex(edition)
        return _INDEXES[edition]


class EditionIndex(BuildsOnce):
    """Positions instead of ids: the results of one edition as arrays over its nodes.

    Arrays named after leaders or networks have one element for each, in the order of the snapshot; -1 is "none".
    """

    def __init__(self, edition: Edition) -> None:
        super().__init__()  # what it remembers depends on nothing but the edition
        self.version = edition.content_hash
        self.measures = edition.measures
        self.as_of = edition.as_of
        self.snapshot: Snapshot = edition.present
        self.record: Snapshot = edition.snapshot  # what is over is in it too
        self.history = edition.history
        # Tables and manifest, not the edition itself: a value that holds its key would never be let go.
        self._table = {m: edition.table(m) for m in edition.measures}
        self.read_texts = partial(TextIndex.published, edition.folder, edition.prebuilt, self.record.nodes)
        self.questions = edition.questions
        self.groups = edition.groups  # of leaders who are not in it
        self.earlier, self.earlier_ties = edition.earlier, edition.earlier_ties
        self.parameters: dict[str, Any] = {m: edition.parameters(m) for m in edition.measures}
        self._networks = lru_cache(_NAMED)(partial(ref, self.snapshot, "networks"))
        self._leaders = lru_cache(_LATELY)(partial(ref, self.snapshot, "leaders"))
        self.detail_of = lru_cache(_LATELY)(partial(person_detail, self.snapshot))

    def table(self, measure: str) -> pa.Table:
        """The published table of a measure."""
        return self._table[measure]

    def cells(self, measure: str) -> Cells:
        """The same, to look up one by one."""
        return self.once(("cells", measure), lambda: Cells(self.table(measure)))

    @property
    def people(self) -> int:
        """How many leaders there are."""
        return self.snapshot.count("leaders")

    @BuiltOnce
    def memberships(self) -> TwoMode:
        """Leaders by networks."""
        return self.snapshot.incidence("memberships")

    @BuiltOnce
    def interests(self) -> TwoMode:
        """Leaders by interests, whatever the mode."""
        return self.snapshot.incidence("leader_interests")

    @BuiltOnce
    def credentials(self) -> TwoMode:
        """Leaders by credentials that are valid."""
        return self.snapshot.incidence("leader_credentials")

    @BuiltOnce
    def modes(self) -> npt.NDArray[np.int8]:
        """The mode of each leader-interest tie: its place in :data:`MODE_NAMES`, -1 not said."""
        stated = self.snapshot.edges["leader_interests"].table["mode"]
        found = pc.index_in(stated, value_set=pa.array(MODE_NAMES))
        return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int8)

    def with_mode(self, mode: str) -> TwoMode:
        """Leaders by interests held in one of the :data:`MODE_NAMES`."""
        key = ("with_mode", mode)
        if key not in self.memo:
            edges, chosen = self.snapshot.edges["leader_interests"], self.modes == MODE_NAMES.index(mode)
            shape = (self.people, self.snapshot.count("interests"))
            self.memo[key] = TwoMode.from_pairs(edges.source[chosen], edges.target[chosen], shape)
        found: TwoMode = self.memo[key]
        return found

    @BuiltOnce
    def collaborators(self) -> sp.csr_array:
        """Who works directly with whom, both ways, without loops."""
        edges = self.snapshot.edges["collaborations"]
        apart = edges.source != edges.target
        s, t = edges.source[apart], edges.target[apart]
        ones = np.ones(2 * len(s), dtype=np.float32)
        both = (np.concatenate([s, t]), np.concatenate([t, s]))
        found = sp.csr_array((ones, both), shape=(self.people, self.people))
        found.sum_duplicates()
        found.sort_indices()
        return found

    def collaborators_of(self, leader: int) -> npt.NDArray[np.int32]:
        """Positions of the direct collaborators of a leader, sorted."""
        ties = self.collaborators
        return np.asarray(ties.indices[ties.indptr[leader] : ties.indptr[leader + 1]], dtype=np.int32)

    def row_of(self, measure: str, column: str, node: str) -> int:
        """Row of a node in the table of a measure that has one row for each, by an id column; -1 when it has none."""
        return self.once(("rows", measure, column), lambda: RowOf.of(self.table(measure)[column])).find(node)

    def arriving(self, kind: str) -> RowsOf:
        """The relationships of a kind by where they end; by where they begin they are sorted (:func:`slice_of`)."""
        own = self.snapshot.edges[kind]
        nodes = self.snapshot.count(relationship_kind(kind).target)
        return self.once(("arriving", kind), lambda: RowsOf.ending_at(nodes, own.target))

    @BuiltOnce
    def asking(self) -> npt.NDArray[np.bool_]:
        """Which leaders asked to be connected with others."""
        stated = pc.fill_null(self.snapshot.nodes["leaders"]["connect"], False)
        return np.asarray(stated.to_numpy(), dtype=bool)

    @BuiltOnce
    def unwilling(self) -> npt.NDArray[np.bool_]:
        """Which leaders are not to be suggested to anybody; not to be written to."""
        return self.snapshot.unwilling()

    def declining(self, purpose: str) -> npt.NDArray[np.bool_]:
        """Which leaders declined a purpose; not to be written to."""
        return self.once(("declining", purpose), lambda: self.snapshot.declining(purpose))

    @BuiltOnce
    def bridge_row(self) -> Ints:
        """Row of each leader in the table ``bridges``."""
        rows = np.full(self.people, -1, dtype=np.int64)
        found = positions(self.snapshot, "leaders", self.table("bridges")["leader"])
        rows[found] = np.arange(len(found))
        return rows

    @BuiltOnce
    def bridging(self) -> npt.NDArray[np.bool_]:
        """Whether each leader is called bridging."""
        marked = np.zeros(self.people, dtype=bool)
        table = self.table("bridges")
        chosen = table.filter(pc.fill_null(table["bridging"], False))
        marked[positions(self.snapshot, "leaders", chosen["leader"])] = True
        return marked

    @BuiltOnce
    def connector_row(self) -> Ints:
        """Row of each leader in the table ``connectors``."""
        rows = np.full(self.people, -1, dtype=np.int64)
        found = positions(self.snapshot, "leaders", self.table("connectors")["leader"])
        rows[found] = np.arange(len(found))
        return rows

    @BuiltOnce
    def connecting(self) -> npt.NDArray[np.bool_]:
        """Who stands outside the discs as a connector, without being called bridging: the strongest of them."""
        table = self.table("layout")
        apart = table.filter(pc.is_in(table["place"], value_set=pa.array(["gap", "rim"])))
        marked = np.zeros(self.people, dtype=bool)
        marked[positions(self.snapshot, "leaders", apart["id"])] = True
        return marked & ~self.bridging

    def joins(self, leader: int) -> str:
        """What hangs on a leader as a connector, in a sentence; empty when the leader joins nothing."""
        row = int(self.connector_row[leader])
        return said_at(self.cells("connectors"), row) if row >= 0 else ""

    def reason(self, leader: int) -> str:
        """Why a leader is called bridging; empty when not."""
        row = int(self.bridge_row[leader])
        return said_at(self.cells("bridges"), row) if row >= 0 and self.bridging[leader] else ""

    def communities(self, kind: str) -> Ints:
        """The community of each node of a kind (``leaders`` or ``networks``)."""
        key = ("communities", kind)
        if key not in self.memo:
            table = self.table("communities")
            own = table.filter(pc.and_(pc.equal(table["kind"], kind), table["community"].is_valid()))
            of = np.full(self.snapshot.count(kind), -1, dtype=np.int64)
            of[positions(self.snapshot, kind, own["id"])] = own["community"].to_numpy()
            self.memo[key] = of
        found: Ints = self.memo[key]
        return found

    @BuiltOnce
    def community_labels(self) -> dict[int, str]:
        """The label of each community."""
        table = self.table("community_summary")
        return {int(row["community"]): said(row, "label") for row in table.to_pylist()}

    @BuiltOnce
    def named_communities(self) -> frozenset[int]:
        """The communities whose label is a name that a person gave."""
        rows = self.table("community_summary").to_pylist()
        return frozenset(int(row["community"]) for row in rows if row.get("named"))  # older folders have no such column

    @BuiltOnce
    def community_slots(self) -> dict[int, int]:
        """The colour of each community that has one."""
        table = self.table("community_summary")
        slots = zip(table["community"].to_pylist(), table["slot"].to_pylist(), strict=True)
        return {int(c): int(slot) for c, slot in slots if slot is not None}

    def label_of(self, community: int) -> str:
        """The label of a community; empty for -1."""
        return self.community_labels.get(community, "")

    @BuiltOnce
    def pairs(self) -> tuple[Ints, Ints, pa.Table]:
        """The table ``overlap`` with the positions of the first and the second network of each row."""
        table = self.table("overlap")
        ends = (positions(self.snapshot, "networks", table[c]) for c in ("first", "second"))
        first, second = ends
        return first, second, table

    @BuiltOnce
    def name_order(self) -> Ints:
        """Rank of each leader by name (accents and case aside), ties by id."""
        names = pc.utf8_lower(pc.utf8_normalize(pc.fill_null(self.snapshot.names("leaders"), ""), "NFKD"))
        plain = pc.replace_substring_regex(names, r"\p{M}", "")  # the accents that NFKD has split off
        order = pc.sort_indices(plain)  # stable, and the names come sorted by id
        rank = np.empty(self.people, dtype=np.int64)
        rank[order.to_numpy()] = np.arange(self.people)
        return rank

    def by_name(self, leaders: npt.ArrayLike) -> Ints:
        """Positions of leaders, sorted by name."""
        found = np.asarray(leaders, dtype=np.int64)
        return found[np.argsort(self.name_order[found], kind="stable")]

    def leader(self, position: int) -> Ref:
        """Reference to a leader; whom a page shows it names several times."""
        return self._leaders(position)

    def network(self, position: int) -> Ref:
        """Reference to a network; those that were named lately are at hand, since every person is in a few."""
        return self._networks(position)

    def networks_of(self, leader: int) -> tuple[Ref, ...]:
        """The networks of a leader, by name."""
        found = (self.network(int(n)) for n in self.memberships.groups_of(leader))
        return tuple(sorted(found, key=lambda r: (r.name.casefold(), r.id)))


def positions(snapshot: Snapshot, kind: str, ids: pa.ChunkedArray) -> Ints:
    """Positions of nodes by id; ids that the snapshot has not (there should be none) are an error of publishing."""
    found = pc.index_in(ids, value_set=snapshot.ids(kind))
    return np.asarray(found.to_numpy(), dtype=np.int64)


def slice_of(sorted_positions: npt.NDArray[np.int32], position: int) -> range:
    """Rows of a node in the sorted ``source`` of :class:`Edges`."""
    # Of the same type: any other would have all positions copied for each question.
    ends = np.array([position, position + 1], dtype=sorted_positions.dtype)
    low, high = sorted_positions.searchsorted(ends).tolist()
    return range(low, high)

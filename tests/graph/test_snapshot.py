"""The Snapshot on a graph small enough to check by hand."""

import pyarrow as pa
import pytest

from netofnets.errors import NotFound
from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import CLAIMS, arrow_schema


def table(kind, *rows):
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(kind))


def two_networks():
    return {
        "leaders": table("leaders", {"id": "lb", "name": "B"}, {"id": "la", "name": "A"}, {"id": "lc", "name": "C"}),
        "networks": table("networks", {"id": "ny", "name": "Y"}, {"id": "nx", "name": "X"}),
        "memberships": table(
            "memberships",
            {"id": "r3", "from_id": "lb", "to_id": "nx", "start": "2020-01-01"},
            {"id": "r1", "from_id": "lb", "to_id": "nx"},
            {"id": "r2", "from_id": "lb", "to_id": "ny"},
            {"id": "r4", "from_id": "la", "to_id": "ny"},
            {"id": "r9", "from_id": "nobody", "to_id": "ny"},
        ),
    }


def test_nodes_are_sorted_by_id_and_edges_by_position():
    snapshot = Snapshot.build(two_networks())
    assert snapshot.ids("leaders").to_pylist() == ["la", "lb", "lc"]
    edges = snapshot.edges["memberships"]
    assert list(zip(edges.source.tolist(), edges.target.tolist(), strict=True)) == [(0, 1), (1, 0), (1, 0), (1, 1)]
    assert edges.table["id"].to_pylist() == ["r4", "r1", "r3", "r2"]


def test_an_edge_without_both_ends_is_left_out():
    assert Snapshot.build(two_networks()).count("memberships") == 4


def test_several_spells_are_one_incidence():
    mode = Snapshot.build(two_networks()).incidence("memberships")
    assert mode.csr.toarray().tolist() == [[0, 1], [1, 1], [0, 0]]
    assert mode.csc.toarray().tolist() == mode.csr.toarray().tolist()
    assert mode.group_sizes.tolist() == [1, 2]
    assert mode.degrees.tolist() == [1, 2, 0]
    assert mode.groups_of(1).tolist() == [0, 1]
    assert mode.actors_of(1).tolist() == [0, 1]


def test_order_of_rows_does_not_matter():
    given = two_networks()
    turned = {kind: rows.take(list(range(rows.num_rows))[::-1]) for kind, rows in given.items()}
    one, other = Snapshot.build(given), Snapshot.build(turned)
    assert all(one.nodes[k].equals(other.nodes[k]) for k in one.nodes)
    assert all(one.edges[k].table.equals(other.edges[k].table) for k in one.edges)


def test_positions_and_missing_ids():
    snapshot = Snapshot.build(two_networks())
    assert snapshot.position("leaders", "lb") == 1
    for missing in ("", "la0", "zz"):
        with pytest.raises(NotFound):
            snapshot.position("leaders", missing)


def test_source_ids_come_from_claims():
    rows = [
        {"kind": "leaders", "entity": "lb", "source": s, "local_id": i, "values": "{}", "origin": "", "first_run": 1}
        for s, i in (("two", "7"), ("one", "444"))
    ]
    snapshot = Snapshot.build(two_networks(), pa.Table.from_pylist(rows, schema=CLAIMS))
    assert snapshot.source_ids("leaders").to_pylist()[1] == {"source": "one", "source_id": "444", "also": "two:7"}


def test_an_empty_snapshot_works():
    snapshot = Snapshot.build({})
    assert snapshot.count("leaders") == snapshot.count("memberships") == 0
    assert snapshot.incidence("memberships").csr.shape == (0, 0)

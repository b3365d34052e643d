"""Marks and lines of the atlas, from the published layout."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.analysis.layers import NAMES
from netofnets.services.index import EditionIndex, Ints, positions
from netofnets.services.map.colours import Groups
from netofnets.services.map.scene import SceneEdge, SceneNode
from netofnets.services.networks.layers import pairs_in
from netofnets.services.refs import path_of
from netofnets.services.words import counted, listed, number

__all__ = ["disc_nodes", "network_edges", "people_nodes"]


def disc_nodes(index: EditionIndex, groups: Groups) -> tuple[SceneNode, ...]:
    """One disc for each network."""
    table, at = _placed(index, "networks")
    sizes = index.memberships.group_sizes
    names = index.snapshot.names("networks").to_pylist()
    validated = _validated_counts(index)
    nodes = []
    for row, network in zip(table.to_pylist(), at.tolist(), strict=True):
        detail = counted(int(sizes[network]), "member")
        if validated[network]:
            detail += f", {counted(int(validated[network]), 'overlap')} above chance"
        nodes.append(
            SceneNode(
                row["id"],
                "networks",
                names[network] or "",
                row["x"],
                row["y"],
                row["radius"],
                groups.key(int(groups.networks[network])),
                row["place"],
                detail=detail,
                href=path_of("networks", row["id"]),
                weight=float(sizes[network]),
            )
        )
    return tuple(nodes)


def people_nodes(
    index: EditionIndex, groups: Groups, room: int, keep: npt.ArrayLike = ()
) -> tuple[tuple[SceneNode, ...], Ints]:
    """Everybody and their positions; of more than ``room`` all with a ring and those to ``keep``, up to that number."""
    table, at = _placed(index, "leaders")
    chosen = _few(index, at, room, np.asarray(keep, dtype=np.int64))
    table, at = table.take(pa.array(chosen)), at[chosen]
    names = index.snapshot.names("leaders").take(pa.array(at)).to_pylist()
    network_names = [str(n or "") for n in index.snapshot.names("networks").to_pylist()]
    nodes = []
    for row, name, leader in zip(table.to_pylist(), names, at.tolist(), strict=True):
        networks = [network_names[n] for n in index.memberships.groups_of(leader)]
        nodes.append(
            SceneNode(
                row["id"],
                "leaders",
                name or "",
                row["x"],
                row["y"],
                row["radius"],
                groups.key(int(groups.leaders[leader])),
                row["place"],
                bool(index.bridging[leader]),
                listed(networks, 3) or "in no network",
                path_of("leaders", row["id"]),
                float(len(networks)),
                bool(index.connecting[leader]),
            )
        )
    return tuple(nodes), at


def network_edges(
    index: EditionIndex, most: int, selected: int | None, layer: str = "members", least: int = 1
) -> tuple[SceneEdge, ...]:
    """Links between discs in a layer: the ``most`` weightiest are always drawn, those of ``selected`` as well.

    Of less weight than ``least`` none is drawn.
    """
    first, second, table = pairs_in(index, layer)
    enough = np.asarray(table["shared"].to_numpy()) >= least
    backbone = _backbone(table)
    backbone = backbone[enough[backbone]][:most]
    own = (
        np.flatnonzero(((first == selected) | (second == selected)) & enough) if selected is not None else backbone[:0]
    )
    rows = np.concatenate([backbone, np.setdiff1d(own, backbone)])
    ids = index.snapshot.ids("networks")
    edges = []
    for row, pair in zip(rows.tolist(), table.take(pa.array(rows)).to_pylist(), strict=True):
        ends = (ids[int(first[row])].as_py(), ids[int(second[row])].as_py())
        edges.append(SceneEdge(*ends, float(pair["shared"]), _edge_label(pair, layer), always=True))
    return tuple(edges)


def _edge_label(pair: dict[str, object], layer: str) -> str:
    shared, expected = pair["shared"], pair["expected"]
    count = int(str(shared))
    label = counted(count, "shared member") if layer == "members" else f"{count:,} {NAMES[layer]}"
    if expected is not None:
        label += f", {number(float(str(expected)))} expected by chance"
    return label + ("; validated" if pair["validated"] else "")


def _backbone(table: pa.Table) -> Ints:
    """Rows of the overlap table, validated ones first, then by shared members; equal ones in the table's order."""
    validated = np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool)
    shared = np.asarray(table["shared"].to_numpy(), dtype=np.int64)
    return np.lexsort((-shared, ~validated)).astype(np.int64)


def _validated_counts(index: EditionIndex) -> Ints:
    first, second, table = index.pairs
    chosen = np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool)
    ends = np.concatenate([first[chosen], second[chosen]])
    return np.bincount(ends, minlength=index.snapshot.count("networks")).astype(np.int64)


def _placed(index: EditionIndex, kind: str) -> tuple[pa.Table, Ints]:
    """Rows of the layout for one kind of node, with the nodes' positions."""
    key = ("placed", kind)

    def build() -> tuple[pa.Table, Ints]:
        table = index.table("layout")
        own = table.filter(pc.equal(table["kind"], kind)).combine_chunks()
        return own, positions(index.snapshot, kind, own["id"])

    return index.once(key, build)


def _few(index: EditionIndex, at: Ints, room: int, keep: Ints) -> Ints:
    if len(at) <= room:
        return np.arange(len(at), dtype=np.int64)
    first, second = index.bridging[at], np.isin(at, keep)
    third = index.connecting[at]
    ordered = [first, second & ~first, third & ~(first | second)]
    return np.sort(np.concatenate([np.flatnonzero(mask) for mask in ordered])[:room]).astype(np.int64)

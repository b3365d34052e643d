"""All networks in one list: how large, how tied, what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.services.index import EditionIndex, index_of, positions
from netofnets.services.networks.indicators import with_parts
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer
from netofnets.services.words import counted

__all__ = ["NetworkRow", "NetworksList", "networks_list"]


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One line of the list of networks."""

    network: Ref
    kind: str
    region: str
    country: str
    members: int  # its own
    with_parts: int  # and those of its parts, each person once
    bridging: int
    neighbours: int  # networks that share a member
    validated: int  # of them, more than chance
    community: str
    note: str  # hangs on one person; no overlap above chance; shares nobody shown; empty


@dataclass(frozen=True, slots=True)
class NetworksList:
    """All networks of this viewer's edition."""

    version: str
    summary: str
    rows: tuple[NetworkRow, ...]  # largest first, parts included


def networks_list(published: Published, viewer: Viewer) -> NetworksList:
    """All networks with members, neighbours and what stands out."""
    index = index_of(published, viewer)
    networks = index.snapshot.count("networks")
    bridging = np.bincount(index.memberships.csr[np.flatnonzero(index.bridging)].indices, minlength=networks)
    first, second, table = index.pairs
    validated = np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool)
    neighbours = np.bincount(np.concatenate([first, second]), minlength=networks)
    above = np.bincount(np.concatenate([first[validated], second[validated]]), minlength=networks)
    hanging = _hanging(index)
    nodes = index.snapshot.nodes["networks"].to_pylist()
    rows = [
        _row(index, n, node, int(bridging[n]), int(neighbours[n]), int(above[n]), n in hanging)
        for n, node in enumerate(nodes)
    ]
    rows.sort(key=lambda r: (-r.with_parts, -r.members, r.network.name.casefold(), r.network.id))
    shown = "" if viewer.sees_people else " who is shown"
    islands = sum(not r.neighbours for r in rows)
    alone = f"; {islands:,} {'shares' if islands == 1 else 'share'} no member{shown} with any other" if islands else ""
    summary = f"{counted(networks, 'network').capitalize()}{alone}."
    return NetworksList(index.version, summary, tuple(rows))


def _hanging(index: EditionIndex) -> set[int]:
    table = index.table("dependence")
    return set(positions(index.snapshot, "networks", table.filter(table["sole_link"].is_valid())["network"]).tolist())


def _apart(index: EditionIndex, network: int, neighbours: int) -> str:
    """Why no overlap of a network is beyond chance, in two words; nothing where no member is shown."""
    if not index.memberships.group_sizes[network]:
        return ""
    return "no overlap above chance" if neighbours else "shares nobody shown"


def _row(
    index: EditionIndex, network: int, node: dict[str, Any], bridging: int, neighbours: int, above: int, hangs: bool
) -> NetworkRow:
    note = "hangs on one person" if hangs else ""
    if not above:
        note = note or _apart(index, network, neighbours)
    return NetworkRow(
        index.network(network),
        node["kind"] or "",
        node["region"] or "",
        node["country"] or "",
        int(index.memberships.group_sizes[network]),
        int(with_parts(index).group_sizes[network]),
        bridging,
        neighbours,
        above,
        index.label_of(int(index.communities("networks")[network])),
        note,
    )

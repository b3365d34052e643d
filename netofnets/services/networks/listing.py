"""All networks in one list: how large, how tied, what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.services.index import EditionIndex, Ints, index_of, positions
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
    note: str  # hangs on one person; no overlap told from chance; stands alone; empty


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
    hanging, alone = _hanging(index), np.isin(np.arange(networks), _alone(index))
    notes = [
        "hangs on one person"
        if n in hanging
        else ""
        if above[n]
        else _apart(index, viewer, n, int(neighbours[n]), bool(alone[n]))
        for n in range(networks)
    ]
    nodes = index.snapshot.nodes["networks"].to_pylist()
    rows = [
        _row(index, n, node, int(bridging[n]), int(neighbours[n]), int(above[n]), notes[n])
        for n, node in enumerate(nodes)
    ]
    rows.sort(key=lambda r: (-r.with_parts, -r.members, r.network.name.casefold(), r.network.id))
    shown = "" if viewer.sees_people else " who is shown"
    islands = sum(not r.neighbours for r in rows)
    aside = ", parts and wholes aside" if index.snapshot.count("network_parts") else ""
    verb = "shares" if islands == 1 else "share"
    apart = f"; {islands:,} {verb} no member{shown} with any other{aside}" if islands else ""
    summary = f"{counted(networks, 'network').capitalize()}{apart}."
    return NetworksList(index.version, summary, tuple(rows))


def _hanging(index: EditionIndex) -> set[int]:
    table = index.table("dependence")
    return set(positions(index.snapshot, "networks", table.filter(table["sole_link"].is_valid())["network"]).tolist())


def _alone(index: EditionIndex) -> Ints:
    """Networks that nothing joins with others, by position."""
    islands = index.table("islands")
    return positions(index.snapshot, "networks", islands.filter(islands["alone"])["network"])


def _apart(index: EditionIndex, viewer: Viewer, network: int, neighbours: int, alone: bool) -> str:
    """Why no overlap of a network is beyond chance, in few words; nothing where no member is shown."""
    if not index.memberships.group_sizes[network]:
        return ""
    if neighbours:
        return "no overlap told from chance"
    if not viewer.sees_people:
        return "shares nobody shown"
    return "stands alone" if alone else "joined, but not by members"


def _row(
    index: EditionIndex, network: int, node: dict[str, Any], bridging: int, neighbours: int, above: int, note: str
) -> NetworkRow:
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

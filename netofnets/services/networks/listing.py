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
from netofnets.services.unseen import Place, UnseenGroups, unseen_in
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
    unseen: int = 0  # at least so many leaders who are not shown
    unseen_neighbours: int = 0  # networks known to have leaders in common with it who are not shown


@dataclass(frozen=True, slots=True)
class NetworksList:
    """All networks of this viewer's edition."""

    version: str
    summary: str
    rows: tuple[NetworkRow, ...]  # largest first, parts included
    unseen: int = 0  # at least so many leaders who are not shown, in all of them
    places: tuple[Place, ...] = ()  # the same by region and country of the networks


def networks_list(published: Published, viewer: Viewer) -> NetworksList:
    """All networks with members, neighbours and what stands out."""
    index = index_of(published, viewer)
    networks = index.snapshot.count("networks")
    bridging = np.bincount(index.memberships.csr[np.flatnonzero(index.bridging)].indices, minlength=networks)
    first, second, table = index.pairs
    validated = np.asarray(pc.fill_null(table["validated"], False).to_numpy(), dtype=bool)
    neighbours = np.bincount(np.concatenate([first, second]), minlength=networks)
    above = np.bincount(np.concatenate([first[validated], second[validated]]), minlength=networks)
    notes, unseen = _notes(index, viewer, neighbours, above), unseen_in(index, viewer)
    nodes = index.snapshot.nodes["networks"].to_pylist()
    rows = [
        _row(index, unseen, n, node, int(bridging[n]), int(neighbours[n]), int(above[n]), notes[n])
        for n, node in enumerate(nodes)
    ]
    rows.sort(key=lambda r: (-r.with_parts - r.unseen, -r.members, r.network.name.casefold(), r.network.id))
    summary = _summary(index, viewer, unseen, sum(not r.neighbours for r in rows))
    return NetworksList(index.version, summary, tuple(rows), unseen.total, unseen.places)


def _summary(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, islands: int) -> str:
    networks = index.snapshot.count("networks")
    parts = [f"{counted(networks, 'network').capitalize()}"]
    if index.people or viewer.sees_people:
        shown = "" if viewer.sees_people else " who is shown"
        aside = ", parts and wholes aside" if index.snapshot.count("network_parts") else ""
        verb = "shares" if islands == 1 else "share"
        parts.append(f"{islands:,} {verb} no member{shown} with any other{aside}" if islands else "")
    if unseen:
        total = f"at least {counted(unseen.total, 'leader')}" if unseen.total else "leaders"
        parts.append(f"{total} in them are not shown to you, and are counted in groups only")
    return "; ".join(part for part in parts if part) + "."


def _hanging(index: EditionIndex) -> set[int]:
    table = index.table("dependence")
    return set(positions(index.snapshot, "networks", table.filter(table["sole_link"].is_valid())["network"]).tolist())


def _alone(index: EditionIndex) -> Ints:
    """Networks that nothing joins with others, by position."""
    islands = index.table("islands")
    return positions(index.snapshot, "networks", islands.filter(islands["alone"])["network"])


def _notes(index: EditionIndex, viewer: Viewer, neighbours: Ints, above: Ints) -> list[str]:
    """What stands out of each network: that it hangs on one person, else why it has no overlap beyond chance."""
    alone = np.isin(np.arange(len(above)), _alone(index))
    notes = [_apart(index, viewer, n, int(neighbours[n]), bool(alone[n])) for n in range(len(above))]
    hanging = _hanging(index)
    hangs = "hangs on one person" if viewer.sees_people else "of who is shown, hangs on one person"
    return [hangs if n in hanging else "" if above[n] else note for n, note in enumerate(notes)]


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
    index: EditionIndex,
    unseen: UnseenGroups,
    network: int,
    node: dict[str, Any],
    bridging: int,
    neighbours: int,
    above: int,
    note: str,
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
        unseen.at_least("network", node["id"]),
        len(unseen.shared_with(node["id"])),
    )

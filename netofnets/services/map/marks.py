"""Marks and lines of the atlas, from the published layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, positions
from netofnets.services.map.colours import Groups
from netofnets.services.map.phrases import members_words
from netofnets.services.map.scene import SceneEdge, SceneNode
from netofnets.services.networks.layers import backbone, flags, pairs_in, pairs_of
from netofnets.services.refs import path_of
from netofnets.services.words import listed, number

__all__ = ["MOST_MARKS", "disc_nodes", "drawn_people", "edges_of", "network_edges", "people_nodes", "people_who_come"]

MOST_MARKS = 20_000  # no picture carries more, whatever is in the store


def disc_nodes(index: EditionIndex, groups: Groups) -> tuple[SceneNode, ...]:
    """One disc for each network."""
    table, at = _placed(index, "networks")
    sizes = index.memberships.group_sizes
    names = index.snapshot.names("networks").to_pylist()
    validated = _validated_counts(index)
    nodes = []
    for row, network in zip(table.to_pylist(), at.tolist(), strict=True):
        detail = members_words(int(sizes[network]))
        if validated[network]:
            detail = joined([detail, _above_chance(int(validated[network]))], ", ")
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
    return _people_at(index, groups, table.take(pa.array(chosen)), at[chosen]), at[chosen]


def people_who_come(index: EditionIndex, groups: Groups, leaders: Ints) -> tuple[SceneNode, ...]:
    """Those of ``leaders`` (positions) who are not on the map of people before one of them, or theirs, is selected."""
    table, at = _placed(index, "leaders")
    rows = index.once("rows of people", lambda: np.argsort(at, kind="stable"))[leaders]
    rows = np.sort(rows[~drawn_people(index)[leaders]])
    return _people_at(index, groups, table.take(pa.array(rows)), at[rows])


def _people_at(index: EditionIndex, groups: Groups, table: pa.Table, at: Ints) -> tuple[SceneNode, ...]:
    """The marks of leaders: their rows of the layout and their positions."""
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
                listed(networks, 3) or say("in no network"),
                path_of("leaders", row["id"]),
                float(len(networks)),
                bool(index.connecting[leader]),
            )
        )
    return tuple(nodes)


def network_edges(
    index: EditionIndex, most: int, selected: int | None, layer: str = "members", least: int = 1
) -> tuple[SceneEdge, ...]:
    """Links between discs in a layer: the ``most`` weightiest are always drawn, those of ``selected`` as well.

    Of less weight than ``least`` none is drawn.
    """
    weights = pairs_in(index, layer)[2]["shared"].to_numpy()
    heaviest = backbone(index, layer)
    first_drawn = heaviest[weights[heaviest] >= least][:most]
    own = pairs_of(index, layer, selected) if selected is not None else first_drawn[:0]
    own = own[weights[own] >= least]
    return edges_of(index, layer, np.concatenate([first_drawn, np.setdiff1d(own, first_drawn)]))


def edges_of(index: EditionIndex, layer: str, rows: Ints) -> tuple[SceneEdge, ...]:
    """These pairs of a layer as links."""
    first, second, table = pairs_in(index, layer)
    ids = index.snapshot.ids("networks")
    edges = []
    for row, pair in zip(rows.tolist(), table.take(pa.array(rows)).to_pylist(), strict=True):
        ends = (ids[int(first[row])].as_py(), ids[int(second[row])].as_py())
        edges.append(SceneEdge(*ends, float(pair["shared"]), _edge_label(pair, layer), always=True))
    return tuple(edges)


def drawn_people(index: EditionIndex) -> npt.NDArray[np.bool_]:
    """By position, who is on the map of people when nobody is selected."""

    def build() -> npt.NDArray[np.bool_]:
        _, at = _placed(index, "leaders")
        drawn = np.zeros(index.people, dtype=bool)
        drawn[at[_few(index, at, MOST_MARKS - index.snapshot.count("networks"), at[:0])]] = True
        return drawn

    return index.once("drawn people", build)


def _edge_label(pair: dict[str, object], layer: str) -> str:
    shared, expected = pair["shared"], pair["expected"]
    count = int(str(shared))
    label = _SHARED[layer](count)
    if expected is not None:
        by_chance = say("{number} expected by chance", number=number(float(str(expected))))
        label = joined([label, by_chance], ", ")
    return joined([label, say("validated")], "; ") if pair["validated"] else label


_SHARED: Mapping[str, Callable[[int], str]] = {
    "members": lambda n: say_count("{n:,} shared member", "{n:,} shared members", n),
    "ties": lambda n: say("{n:,} pairs of people who work together across", n=n),
    "partners": lambda n: say("{n:,} partners of both", n=n),
    "schools": lambda n: say("{n:,} schools with people of both", n=n),
    "interests": lambda n: say("{n:,} interests typical of both", n=n),
}


def _above_chance(overlaps: int) -> str:
    return say_count("{n:,} overlap above chance", "{n:,} overlaps above chance", overlaps)


def _validated_counts(index: EditionIndex) -> Ints:
    first, second, _ = index.pairs
    chosen = flags(index, "members")
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

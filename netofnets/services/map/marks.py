"""Marks and lines of the atlas, from the published layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, positions
from netofnets.services.map.colours import Groups
from netofnets.services.map.phrases import members_words
from netofnets.services.map.scene import SceneEdge, SceneNode
from netofnets.services.networks.layers import backbone, flags, pairs_in, pairs_of
from netofnets.services.refs import path_of
from netofnets.services.rows_of import rows_with
from netofnets.services.words import listed, number

__all__ = [
    "MOST_MARKS",
    "MOST_OWN",
    "carries_everybody",
    "come_with",
    "disc_nodes",
    "drawn_people",
    "edges_of",
    "guests_at",
    "leader_edges",
    "network_edges",
    "own_lines",
    "people_nodes",
    "rows_to_come",
]

MOST_OWN = 200  # lines of what is selected
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


def people_nodes(index: EditionIndex, groups: Groups, keep: npt.ArrayLike = ()) -> tuple[tuple[SceneNode, ...], Ints]:
    """Everybody and their positions; where not everybody fits those with a ring, and as guests those to ``keep``."""
    table, at = _placed(index, "leaders")
    stay, guests = np.flatnonzero(drawn_people(index)[at]), rows_to_come(index, np.asarray(keep, dtype=np.int64))
    nodes = _people_at(index, groups, table.take(pa.array(stay)), at[stay])
    come = _people_at(index, groups, table.take(pa.array(guests)), at[guests], guests=True)
    return nodes + come, at[np.concatenate([stay, guests])]


def guests_at(index: EditionIndex, groups: Groups, rows: Ints) -> tuple[SceneNode, ...]:
    """The people of these :func:`rows_to_come`."""
    table, at = _placed(index, "leaders")
    return _people_at(index, groups, table.take(pa.array(rows)), at[rows], guests=True)


def come_with(index: EditionIndex, kind: str, chosen: int) -> Ints:
    """Who comes with a mark where not everybody fits: a network's members, a person with those of the home network."""
    if kind == "networks":
        return index.memberships.actors_of(chosen).astype(np.int64)
    table, at = _placed(index, "leaders")
    row = int(_rows_of_people(index)[chosen])
    home = table["home"][row].as_py() if at[row] == chosen else None
    others = index.memberships.actors_of(index.snapshot.position("networks", home)) if home else at[:0]
    return np.concatenate([[chosen], others[others != chosen]]).astype(np.int64)


def carries_everybody(index: EditionIndex) -> bool:
    """Whether a picture has room for all networks and all people."""
    return index.people <= _room(index)


def _room(index: EditionIndex) -> int:
    return MOST_MARKS - index.snapshot.count("networks")


def rows_to_come(index: EditionIndex, leaders: Ints) -> Ints:
    """Rows of the layout of those of ``leaders`` who are not drawn anyway, as many as there is room for."""
    drawn = drawn_people(index)
    rows = _rows_of_people(index)[leaders]
    return np.sort(rows[~drawn[leaders]][: max(_room(index) - int(drawn.sum()), 0)])


def _rows_of_people(index: EditionIndex) -> Ints:
    """The row of the layout that each leader has, by position."""
    _, at = _placed(index, "leaders")
    return index.once("rows of people", lambda: np.argsort(at, kind="stable"))


def _people_at(
    index: EditionIndex, groups: Groups, table: pa.Table, at: Ints, *, guests: bool = False
) -> tuple[SceneNode, ...]:
    """The marks of leaders: their rows of the layout and their positions."""
    names = index.snapshot.names("leaders").take(pa.array(at)).to_pylist()
    nodes: list[SceneNode] = []
    known: dict[tuple[int, ...], str] = {}  # many members of a disc are in the same networks

    def told(networks: tuple[int, ...]) -> str:
        if networks not in known:
            known[networks] = listed([index.network(n).name for n in networks], 3) or say("in no network")
        return known[networks]

    for row, name, leader in zip(table.to_pylist(), names, at.tolist(), strict=True):
        networks = tuple(index.memberships.groups_of(leader).tolist())
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
                told(networks),
                path_of("leaders", row["id"]),
                float(len(networks)),
                bool(index.connecting[leader]),
                guests,
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
    own = own_lines(index, layer, selected, least) if selected is not None else first_drawn[:0]
    return edges_of(index, layer, np.concatenate([first_drawn, np.setdiff1d(own, first_drawn)]))


def own_lines(index: EditionIndex, layer: str, network: int, least: int = 1) -> Ints:
    """The pairs of a network in a layer that are drawn when it is selected, in the table's order: at most 200,
    validated ones first, then the weightiest."""
    weights = pairs_in(index, layer)[2]["shared"].to_numpy()
    own: Ints = pairs_of(index, layer, network)
    heavy: Ints = own[weights[own] >= least]
    if len(heavy) <= MOST_OWN:
        return heavy
    order = np.lexsort((-weights[heavy].astype(np.int64), ~flags(index, layer)[heavy]))
    return np.sort(heavy[order[:MOST_OWN]]).astype(np.int64)


def edges_of(index: EditionIndex, layer: str, rows: Ints) -> tuple[SceneEdge, ...]:
    """These pairs of a layer as links."""
    first, second, table = pairs_in(index, layer)
    ids = index.snapshot.ids("networks")
    edges = []
    for row, pair in zip(rows.tolist(), table.take(pa.array(rows)).to_pylist(), strict=True):
        ends = (ids[int(first[row])].as_py(), ids[int(second[row])].as_py())
        edges.append(SceneEdge(*ends, float(pair["shared"]), _edge_label(pair, layer), always=True))
    return tuple(edges)


def leader_edges(index: EditionIndex, leader: int, drawn: Callable[[int], bool]) -> tuple[SceneEdge, ...]:
    """Links of a leader to all own networks, and to those direct collaborators who are drawn."""
    own = index.leader(leader).id
    discs = [index.network(int(n)).id for n in index.memberships.groups_of(leader)]
    people = [index.leader(int(p)).id for p in index.collaborators_of(leader) if drawn(int(p))]
    edges = [SceneEdge(own, n, 1.0, say("member"), always=True) for n in discs]
    edges += [SceneEdge(own, p, 1.0, say("works together"), always=True) for p in people]
    return tuple(edges)


def drawn_people(index: EditionIndex) -> npt.NDArray[np.bool_]:
    """By position, who is on the map of people when nobody is selected: everybody where there is room, else those with
    a ring, who leave a quarter of it to the members of a disc."""

    def build() -> npt.NDArray[np.bool_]:
        _, at = _placed(index, "leaders")
        first, second = index.bridging[at], index.connecting[at]
        ringed = np.concatenate([np.flatnonzero(first), np.flatnonzero(second & ~first)])
        drawn = np.zeros(index.people, dtype=bool)
        drawn[at if carries_everybody(index) else at[ringed[: max(_room(index) * 3 // 4, 0)]]] = True
        return drawn

    return index.once(("drawn people", MOST_MARKS), build)


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
        own = rows_with(index.table("layout"), "kind", kind)
        return own, positions(index.snapshot, kind, own["id"])

    return index.once(key, build)

"""The networks of a map where people are counted in groups only: discs as large as their groups, and lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.layout import disc_radius, room_between
from netofnets.analysis.packing import pack
from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex
from netofnets.services.map.scene import SceneEdge, SceneNode
from netofnets.services.unseen import UnseenGroups

__all__ = ["counted_discs", "undisclosed", "unseen_edges", "unseen_summary"]

_Floats = npt.NDArray[np.float64]


def counted_discs(index: EditionIndex, unseen: UnseenGroups, nodes: tuple[SceneNode, ...]) -> tuple[SceneNode, ...]:
    """The discs with the leaders counted who are not shown, placed anew: who has many in common comes to lie near.

    Everything follows from what is shown and what the counts tell: no place says more than they do.
    """
    place = {node.id: at for at, node in enumerate(nodes)}
    sizes = np.array([node.weight + unseen.at_least("network", node.id) for node in nodes], dtype=np.float64)
    near = _closeness(index, unseen, place, sizes)
    key = ("counted discs", unseen)

    def build() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        radius = disc_radius(sizes)
        return np.round(pack(radius, near, room_between(radius, _gap(index))), 2), np.round(radius, 2)

    centre, radius = index.once(key, build)
    alone = np.diff(near.indptr) == 0
    return tuple(
        replace(
            node,
            x=float(centre[at, 0]),
            y=float(centre[at, 1]),
            radius=float(radius[at]),
            place="island" if alone[at] and not unseen.at_least("network", node.id) else "disc",
            detail=_detail(node, unseen.words("network", node.id)),
            weight=float(sizes[at]),
        )
        for at, node in enumerate(nodes)
    )


def undisclosed(nodes: tuple[SceneNode, ...]) -> tuple[SceneNode, ...]:
    """The discs as they are, where nothing is told of who is not shown; it is not said that there is nobody."""
    return tuple(node if node.weight else replace(node, detail=_detail(node, "")) for node in nodes)


def unseen_edges(
    index: EditionIndex, unseen: UnseenGroups, most: int, selected: str, least_drawn: int = 1
) -> tuple[SceneEdge, ...]:
    """Lines between networks with leaders in common who are not shown: most first, those of ``selected`` as well."""
    return tuple(
        SceneEdge(a, b, float(least), _in_both(least), always=True)
        for at, (a, b, least) in enumerate(unseen.shared)
        if least >= least_drawn and (at < most or selected in (a, b))
    )


def unseen_summary(index: EditionIndex, unseen: UnseenGroups, drawn: int) -> str:
    """What a map says on which nobody is shown."""
    networks = index.snapshot.count("networks")
    parts = [_networks(networks, _at_least(unseen.total)) if networks else _no_networks(_at_least(unseen.total))]
    if pairs := len(unseen.shared):
        shared = say_count("{n:,} pair of networks shares leaders", "{n:,} pairs of networks share leaders", pairs)
        links = [say_count("{n:,} link drawn", "{n:,} links drawn", drawn)] if drawn else []
        parts.append(joined([joined([shared, *links], "; "), "."], ""))
    return joined(parts)


def _networks(n: int, leaders: str) -> str:
    return say_count(
        "{n:,} network with {leaders}, who are not shown to you: they are counted in groups only.",
        "{n:,} networks with {leaders}, who are not shown to you: they are counted in groups only.",
        n,
        leaders=leaders,
    )


def _no_networks(leaders: str) -> str:
    return say(
        "No networks with {leaders}, who are not shown to you: they are counted in groups only.", leaders=leaders
    )


def _at_least(leaders: int) -> str:
    return say_count("at least {n:,} leader", "at least {n:,} leaders", leaders) if leaders else say("leaders")


def _in_both(least: int) -> str:
    return say_count(
        "at least {n:,} leader in both, not shown to you", "at least {n:,} leaders in both, not shown to you", least
    )


def _closeness(index: EditionIndex, unseen: UnseenGroups, place: dict[str, int], sizes: _Floats) -> sp.csr_array:
    """How near two discs want to be: leaders in common, shown or not, by the geometric mean of their sizes."""
    first, second, table = index.pairs
    ids = index.snapshot.ids("networks").to_pylist()
    rows = [place[ids[a]] for a in first.tolist()] + [place[a] for a, _, _ in unseen.shared]
    columns = [place[ids[b]] for b in second.tolist()] + [place[b] for _, b, _ in unseen.shared]
    shared = np.array([*table["shared"].to_pylist(), *(least for *_, least in unseen.shared)], dtype=np.float64)
    weight = shared / np.sqrt(sizes[rows] * sizes[columns]) if rows else np.zeros(0)
    half = sp.coo_array((weight, (rows, columns)), shape=(len(sizes), len(sizes))).tocsr()
    both = sp.csr_array(half + half.T)
    both.sort_indices()
    return both


def _gap(index: EditionIndex) -> float:
    return float(index.parameters["layout"]["gap"])


def _detail(node: SceneNode, words: str) -> str:
    """What is said of a network: who is shown in it, and how many are not."""
    if not words:
        return node.detail if node.weight else say("its leaders are not shown to you")
    return say("{members} shown; {unseen}", members=node.detail, unseen=words) if node.weight else words

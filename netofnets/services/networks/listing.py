"""All networks in one list: how large, how tied, what stands out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.graph.published import Published
from netofnets.graph.vocabulary import named_so, words_in
from netofnets.language import capital, joined, say, say_count
from netofnets.services.index import EditionIndex, Ints, index_of, positions
from netofnets.services.networks.indicators import with_parts
from netofnets.services.networks.islands import could_be_joined
from netofnets.services.networks.layers import flags
from netofnets.services.paged import Paged, paged
from netofnets.services.refs import Ref
from netofnets.services.unseen import Place, UnseenGroups, unseen_in
from netofnets.services.viewer import Viewer

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
    """The networks of this viewer's edition, or those that fit a text, page by page."""

    version: str
    summary: str
    rows: tuple[NetworkRow, ...]  # largest first, parts included; those of the page
    paged: Paged
    text: str = ""  # the filter: words that a network has in its name
    shown: bool = True  # whether anybody is shown in any of them
    counted: bool = False  # whether leaders are counted in any of them who are not shown
    unseen: int = 0  # at least so many leaders who are not shown, in all of them
    places: tuple[Place, ...] = ()  # the same by region and country of the networks


def networks_list(
    published: Published, viewer: Viewer, *, text: str = "", limit: int | None = None, page: int = 1
) -> NetworksList:
    """The networks with members, neighbours and what stands out, ``limit`` on a page (None: all on one).

    ``text`` keeps those with each of its words, or the beginning of it, in their name.
    """
    index, unseen = index_of(published, viewer), unseen_in(index_of(published, viewer), viewer)
    told = _counts(index)
    order = index.once(("networks by size", viewer.k), lambda: _by_size(index, unseen))
    if asked := words_in(text[:200]):
        names = index.snapshot.names("networks")
        order = order[[named_so(names[int(n)].as_py() or "", asked) for n in order]]
    at = paged(len(order), limit, page)
    ids = index.snapshot.ids("networks")
    return NetworksList(
        index.version,
        _summary(index, viewer, unseen, int(np.count_nonzero(told.neighbours == 0))),
        tuple(_row(index, viewer, unseen, told, int(n)) for n in order[at.rows]),
        at,
        text,
        viewer.sees_people or bool(index.memberships.group_sizes.any()),
        bool(unseen) and any(unseen.at_least("network", str(one)) for one in ids.to_pylist()),
        unseen.total,
        unseen.places,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the list says of each network, by position."""

    bridging: Ints
    neighbours: Ints
    above: Ints  # neighbours with more members in common than chance would give
    alone: npt.NDArray[np.bool_]
    hanging: npt.NDArray[np.bool_]  # on one person


def _counts(index: EditionIndex) -> _Counts:
    def build() -> _Counts:
        networks = index.snapshot.count("networks")
        first, second, _ = index.pairs
        firm = flags(index, "members")
        return _Counts(
            np.bincount(index.memberships.csr[np.flatnonzero(index.bridging)].indices, minlength=networks),
            np.bincount(np.concatenate([first, second]), minlength=networks),
            np.bincount(np.concatenate([first[firm], second[firm]]), minlength=networks),
            np.isin(np.arange(networks), _alone(index)),
            np.isin(np.arange(networks), _hanging(index)),
        )

    return index.once("listed networks", build)


def _by_size(index: EditionIndex, unseen: UnseenGroups) -> Ints:
    """The networks, those with most leaders first, parts included; equal ones by their own members, then by name."""
    names = [str(name or "").casefold() for name in index.snapshot.names("networks").to_pylist()]
    ids = index.snapshot.ids("networks").to_pylist()
    own, whole = index.memberships.group_sizes.tolist(), with_parts(index).group_sizes.tolist()
    seen = [whole[n] + unseen.at_least("network", one) for n, one in enumerate(ids)]
    return np.array(sorted(range(len(ids)), key=lambda n: (-seen[n], -own[n], names[n], ids[n])), dtype=np.int64)


def _summary(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, islands: int) -> str:
    networks = index.snapshot.count("networks")
    parts = [say_count("{n:,} network", "{n:,} networks", networks) if networks else capital(say("no networks"))]
    if islands and (index.people or viewer.sees_people):
        aside = bool(index.snapshot.count("network_parts"))
        parts.append(_share_nobody(islands, aside=aside, everybody=viewer.sees_people))
    if unseen.total:
        parts.append(
            say_count(
                "at least {n:,} leader in them are not shown to you, and are counted in groups only",
                "at least {n:,} leaders in them are not shown to you, and are counted in groups only",
                unseen.total,
            )
        )
    elif unseen:
        parts.append(say("leaders in them are not shown to you, and are counted in groups only"))
    return say("{all}.", all=joined(parts, "; "))


def _share_nobody(islands: int, *, aside: bool, everybody: bool) -> str:
    if everybody and aside:
        return say_count(
            "{n:,} shares no member with any other, parts and wholes aside",
            "{n:,} share no member with any other, parts and wholes aside",
            islands,
        )
    if everybody:
        return say_count("{n:,} shares no member with any other", "{n:,} share no member with any other", islands)
    if aside:
        return say_count(
            "{n:,} shares no member who is shown with any other, parts and wholes aside",
            "{n:,} share no member who is shown with any other, parts and wholes aside",
            islands,
        )
    return say_count(
        "{n:,} shares no member who is shown with any other",
        "{n:,} share no member who is shown with any other",
        islands,
    )


def _hanging(index: EditionIndex) -> Ints:
    """Networks whose ties to others all go through one person, by position."""
    table = index.table("dependence")
    return positions(index.snapshot, "networks", table.filter(table["sole_link"].is_valid())["network"])


def _alone(index: EditionIndex) -> Ints:
    """Networks that nothing joins with others, by position."""
    islands = index.table("islands")
    found = positions(index.snapshot, "networks", islands.filter(islands["alone"])["network"])
    return np.array([network for network in found if could_be_joined(index, int(network))], dtype=np.int64)


def _note(index: EditionIndex, viewer: Viewer, told: _Counts, network: int) -> str:
    """What stands out of a network: that it hangs on one person, else why it has no overlap beyond chance."""
    if told.hanging[network]:
        return say("hangs on one person") if viewer.sees_people else say("of who is shown, hangs on one person")
    if told.above[network]:
        return ""
    return _apart(index, viewer, network, int(told.neighbours[network]), bool(told.alone[network]))


def _apart(index: EditionIndex, viewer: Viewer, network: int, neighbours: int, alone: bool) -> str:
    """Why no overlap of a network is beyond chance, in few words; nothing where no member is shown."""
    if not index.memberships.group_sizes[network]:
        return ""
    if neighbours:
        return say("no overlap told from chance")
    if not viewer.sees_people:
        return say("shares nobody shown")
    if alone:
        return say("stands alone")
    return say("joined, but not by members") if could_be_joined(index, network) else ""


def _row(index: EditionIndex, viewer: Viewer, unseen: UnseenGroups, told: _Counts, network: int) -> NetworkRow:
    node = index.snapshot.nodes["networks"].slice(network, 1).to_pylist()[0]
    return NetworkRow(
        index.network(network),
        node["kind"] or "",
        node["region"] or "",
        node["country"] or "",
        int(index.memberships.group_sizes[network]),
        int(with_parts(index).group_sizes[network]),
        int(told.bridging[network]),
        int(told.neighbours[network]),
        int(told.above[network]),
        index.label_of(int(index.communities("networks")[network])),
        _note(index, viewer, told, network),
        unseen.at_least("network", node["id"]),
        len(unseen.shared_with(node["id"])),
    )

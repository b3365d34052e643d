"""Networks without an overlap beyond chance, in words: what joins them all the same, and which stand alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from netofnets.analysis.parts import kin
from netofnets.language import listed, say, say_count
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.refs import Ref
from netofnets.services.viewer import Viewer

__all__ = ["Island", "could_be_joined", "island_of", "islands_of"]


@dataclass(frozen=True, slots=True)
class Island:
    """A network without a validated overlap."""

    network: Ref
    members: int
    shared_any: int  # members who are also in another network that is not its part or its whole
    alone: bool  # nothing joins it in any layer, as far as the viewer may see
    words: str


def islands_of(index: EditionIndex, viewer: Viewer) -> tuple[Island, ...]:
    """Those with members: who stands alone first, then by name. Nothing can be said of a network of nobody."""
    key = ("islands", viewer.sees_people)

    def build() -> tuple[Island, ...]:
        found = [_island(index, viewer, row) for row in index.table("islands").to_pylist() if row["members"]]
        return tuple(sorted(found, key=lambda i: (not i.alone, i.network.name.casefold(), i.network.id)))

    return index.once(key, build)


def island_of(index: EditionIndex, viewer: Viewer, network: int) -> Island | None:
    """The network as an island; None when an overlap of it is beyond chance."""
    key = "island rows"
    rows = index.once(key, lambda: {row["network"]: row for row in index.table("islands").to_pylist()})
    row = rows.get(index.network(network).id)
    return None if row is None else _island(index, viewer, row)


def _words(viewer: Viewer, members: int, shared: int, kin_known: bool, row: dict[str, Any]) -> str:
    """What joins a network and what does not, as a sentence without its subject's name and without a full stop.

    What a viewer may not see is not shown; it is never said that there is none.
    """
    if not members:
        return say("it has no members") if viewer.sees_people else say("its members are not shown")
    if shared:
        return say_count(
            "{n:,} member is in other networks too; none of these overlaps can be told apart from chance",
            "{n:,} members are in other networks too; none of these overlaps can be told apart from chance",
            shared,
        )
    start = _nobody(kin_known, everybody=viewer.sees_people)
    if otherwise := _otherwise(row):
        return say("{nobody}, but {otherwise}", nobody=start, otherwise=listed(otherwise))
    if viewer.sees_people:
        return say("{nobody}, and nothing else joins it, as far as these rosters say", nobody=start)
    return say("{nobody}, and nothing else joins it, as far as is shown", nobody=start)


def _nobody(kin_known: bool, *, everybody: bool) -> str:
    if everybody and kin_known:
        return say("no member is in another network, its parts and wholes aside")
    if everybody:
        return say("no member is in another network")
    if kin_known:
        return say("no member who is shown is in another network, its parts and wholes aside")
    return say("no member who is shown is in another network")


def _otherwise(row: dict[str, Any]) -> list[str]:
    """What joins it that is no member."""
    found = []
    if n := row["ties_outside"]:
        found.append(
            say_count(
                "its members have {n:,} tie with people outside", "its members have {n:,} ties with people outside", n
            )
        )
    if n := row["partners"]:
        found.append(
            say_count(
                "it has a partner in common with {n:,} network", "it has a partner in common with {n:,} networks", n
            )
        )
    if n := row["schools"]:
        found.append(
            say_count(
                "its members work at the same school as people of {n:,} network",
                "its members work at the same school as people of {n:,} networks",
                n,
            )
        )
    return found or ([] if row["alone"] else [say("its parts reach others")])


def _island(index: EditionIndex, viewer: Viewer, row: dict[str, Any]) -> Island:
    at = index.snapshot.position("networks", row["network"])
    own = _kin_of(index, at)
    shared = _elsewhere(index, at, own)
    members, alone = int(row["members"]), bool(row["alone"] and row["members"])
    if alone and (lonely := _nothing_to_join(index, viewer, at)):
        return Island(index.network(at), members, shared, False, lonely)
    words = _words(viewer, members, shared, len(own) > 0, row)
    return Island(index.network(at), members, shared, alone, words)


def could_be_joined(index: EditionIndex, network: int) -> bool:
    """Whether any network with members is neither its part nor its whole: else nothing could join it."""
    filled = np.flatnonzero(index.memberships.group_sizes)
    return bool(np.setdiff1d(filled, np.append(_kin_of(index, network), network)).size)


def _nothing_to_join(index: EditionIndex, viewer: Viewer, network: int) -> str:
    """Why a network without others beside its parts and wholes is called no island; empty where there are others."""
    if could_be_joined(index, network):
        return ""
    if _kin_of(index, network).size:
        return say("every other network with members here is a part or a whole of it")
    if viewer.sees_people:
        return say("there is no other network with members")
    return say("no other network is here whose members are shown")


def _kin_of(index: EditionIndex, network: int) -> Ints:
    """The parts and the wholes of a network."""
    related = index.once("kin", lambda: kin(index.snapshot))
    return np.asarray(related.indices[related.indptr[network] : related.indptr[network + 1]], dtype=np.int64)


def _elsewhere(index: EditionIndex, network: int, related: Ints) -> int:
    """Members who are also in a network that is neither part nor whole of it."""
    of = index.memberships.csr[index.memberships.actors_of(network).astype(np.int64)]
    other = ~np.isin(of.indices, np.append(related, network))
    return len(np.unique(np.repeat(np.arange(of.shape[0]), np.diff(of.indptr))[other]))

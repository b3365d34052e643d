"""What the map of networks, and that of people, say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, positions
from netofnets.services.networks.layers import flags, pairs_in
from netofnets.services.viewer import Viewer
from netofnets.services.words import listed

__all__ = ["networks_summary", "people_summary"]


def networks_summary(index: EditionIndex, viewer: Viewer, layer: str, drawn: int) -> str:
    """How many networks, the largest, what joins them, and which stand alone."""
    sizes = index.memberships.group_sizes
    if not len(sizes):
        return say("There is no network to show.")
    if not index.people and not viewer.sees_people:
        return say_count(
            "{n:,} network. Who is in them is not shown to you.",
            "{n:,} networks. Who is in them is not shown to you.",
            len(sizes),
        )
    islands = index.table("islands").to_pylist()
    alone = sorted(
        index.snapshot.position("networks", i["network"]) for i in islands if i["members"] and not i["shared_any"]
    )
    parts = [
        say_count("{n:,} network with {people}.", "{n:,} networks with {people}.", len(sizes), people=_people(index)),
        _largest(viewer, index.network(int(np.argmax(sizes))).name, int(sizes.max())),
        _links_words(index, viewer, layer, drawn),
    ]
    if alone:
        parts.append(_alone(index, viewer, [index.network(n).name for n in alone]))
    return joined(parts)


def _people(index: EditionIndex) -> str:
    return say_count("{n:,} person", "{n:,} people", index.people) if index.people else say("no people")


def _largest(viewer: Viewer, name: str, members: int) -> str:
    if viewer.sees_people:
        if not members:
            return say("The largest is {network}, with no members.", network=name)
        return say_count(
            "The largest is {network}, with {n:,} member.",
            "The largest is {network}, with {n:,} members.",
            members,
            network=name,
        )
    if not members:
        return say("The largest is {network}, with no members shown.", network=name)
    return say_count(
        "The largest is {network}, with {n:,} member shown.",
        "The largest is {network}, with {n:,} members shown.",
        members,
        network=name,
    )


def _alone(index: EditionIndex, viewer: Viewer, alone: list[str]) -> str:
    names, aside = listed(alone, 4), bool(index.snapshot.count("network_parts"))
    if viewer.sees_people and aside:
        return say_count(
            "{names} shares no member with any other network, parts and wholes aside.",
            "{names} share no member with any other network, parts and wholes aside.",
            len(alone),
            names=names,
        )
    if viewer.sees_people:
        return say_count(
            "{names} shares no member with any other network.",
            "{names} share no member with any other network.",
            len(alone),
            names=names,
        )
    if aside:
        return say_count(
            "{names} shares no member who is shown with any other network, parts and wholes aside.",
            "{names} share no member who is shown with any other network, parts and wholes aside.",
            len(alone),
            names=names,
        )
    return say_count(
        "{names} shares no member who is shown with any other network.",
        "{names} share no member who is shown with any other network.",
        len(alone),
        names=names,
    )


_PAIRS: Mapping[str, Callable[[int], str]] = {
    "members": lambda n: say_count("{n:,} pair of networks shares members", "{n:,} pairs of networks share members", n),
    "ties": lambda n: say_count(
        "{n:,} pair of networks is joined by pairs of people who work together across",
        "{n:,} pairs of networks are joined by pairs of people who work together across",
        n,
    ),
    "partners": lambda n: say_count(
        "{n:,} pair of networks is joined by partners of both",
        "{n:,} pairs of networks are joined by partners of both",
        n,
    ),
    "schools": lambda n: say_count(
        "{n:,} pair of networks is joined by schools with people of both",
        "{n:,} pairs of networks are joined by schools with people of both",
        n,
    ),
    "interests": lambda n: say_count(
        "{n:,} pair of networks has typical interests in common, which joins nobody yet",
        "{n:,} pairs of networks have typical interests in common, which joins nobody yet",
        n,
    ),
}


def _links_words(index: EditionIndex, viewer: Viewer, layer: str, drawn: int) -> str:
    """How many pairs a layer joins, what of it is beyond chance, and how much of it is drawn."""
    total, validated = pairs_in(index, layer)[2].num_rows, int(flags(index, layer).sum())
    if not total and viewer.sees_people:
        return say("No two networks share a member.")
    if not total:
        return say("No two networks share a member who is shown.")
    if validated:
        chance = say("{validated:,} of them beyond chance", validated=validated)
    else:
        chance = say("none of it can be told apart from chance")
    links = say_count("{n:,} link is drawn", "{n:,} links are drawn", drawn) if drawn else say("no links are drawn")
    return _sentence([_PAIRS[layer](total), chance, links])


def people_summary(index: EditionIndex, viewer: Viewer) -> str:
    """How many people are in how many networks, and who of them joins networks."""
    networks = index.snapshot.count("networks")
    bridging, drawn, connectors = int(index.bridging.sum()), int(index.connecting.sum()), _connectors(index)
    parts = [_people_in(index.people, networks)]
    if bridging:
        parts.append(
            say_count(
                "{n:,} bridging leader stands between networks, drawn with a ring.",
                "{n:,} bridging leaders stand between networks, drawn with a ring.",
                bridging,
            )
        )
    if drawn:
        others = connectors - bridging
        parts.append(_sentence([_who_joins(others, beside=bool(bridging)), _rings(index, drawn, others)]))
    if networks > 1 and not connectors and viewer.sees_people:
        parts.append(say("Nobody is in two of them or works across two, as far as these rosters say."))
    elif networks > 1 and not connectors and index.people:
        parts.append(say("Nobody who is shown is in two of them or works across two."))
    return joined(parts)


def _people_in(people: int, networks: int) -> str:
    where = say_count("in {n:,} network", "in {n:,} networks", networks) if networks else say("in no networks")
    if not people:
        return say("No people {where}.", where=where)
    return say_count("{n:,} person {where}.", "{n:,} people {where}.", people, where=where)


def _who_joins(others: int, *, beside: bool) -> str:
    if beside:
        return say_count("{n:,} other person joins networks", "{n:,} other people join networks", others)
    return say_count("{n:,} person joins networks", "{n:,} people join networks", others)


def _rings(index: EditionIndex, drawn: int, others: int) -> str:
    if drawn >= others:
        return say("drawn with a thin ring")
    if _stronger(index):
        if drawn == 1:
            return say("the one on whom most hangs is drawn with a thin ring")
        return say("the {drawn:,} on whom most hangs are drawn with a thin ring", drawn=drawn)
    if drawn == 1:
        return say("one of them is drawn with a thin ring")
    return say("{drawn:,} of them are drawn with a thin ring", drawn=drawn)


def _sentence(clauses: list[str]) -> str:
    return joined([joined(clauses, "; "), "."], "")


def _stronger(index: EditionIndex) -> bool:
    """Whether more hangs on each connector who is drawn than on any other."""
    rank = np.asarray(index.table("connectors")["rank"].to_numpy())
    own = positions(index.snapshot, "leaders", index.table("connectors")["leader"])
    drawn, bridging = index.connecting[own], index.bridging[own]
    return bool(rank[drawn].max(initial=0) < rank[~drawn & ~bridging].min(initial=np.iinfo(np.int64).max))


def _connectors(index: EditionIndex) -> int:
    """How many people join networks."""
    return int(index.table("connectors").num_rows)

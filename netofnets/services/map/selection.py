"""What the panel beside a map says about the mark that is selected."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from netofnets.language import joined, say, say_count
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.map.marks import MOST_OWN, own_lines
from netofnets.services.map.phrases import members_words
from netofnets.services.networks.layers import flags, pairs_in, pairs_of
from netofnets.services.person.facts import label_of
from netofnets.services.refs import Ref
from netofnets.services.unseen import UnseenGroups
from netofnets.services.words import listed, number, share_words

__all__ = [
    "Neighbour",
    "Neighbours",
    "Selection",
    "leader_selection",
    "neighbours_of",
    "network_selection",
    "overlapping",
    "with_lines",
]

_PEOPLE = 60  # names in the panel; the network's page has them all
_NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another network (or, for a leader, one of the leader's networks) and the members shared with it."""

    ref: Ref
    shared: int
    expected: float | None = None
    validated: bool = False
    words: str = ""  # "12 people are in both; 3 would be expected by chance"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the panel beside the map says about the selected mark."""

    ref: Ref
    summary: str  # one or two sentences
    facts: tuple[tuple[str, str], ...]  # (label, value) in words
    networks: tuple[Neighbour, ...]  # networks that share members with it; for a leader: the leader's networks
    people: tuple[Ref, ...]  # a network's members (bridging first), a leader's direct collaborators; capped
    people_total: int
    reason: str = ""  # why a leader is called bridging
    joins: str = ""  # what hangs on a leader as a connector


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Which rows of the table of overlaps a network is in: those beyond chance first, then by members in both."""

    rows: Ints
    validated: int  # so many of the first

    def __len__(self) -> int:
        return len(self.rows)


def overlapping(index: EditionIndex, network: int) -> Neighbours:
    """The networks that share members with a network, in their order; what is said of each is made of those shown."""
    first, second, table = index.pairs
    rows = pairs_of(index, "members", network)
    others = np.where(first[rows] == network, second[rows], first[rows])
    validated = flags(index, "members")[rows]
    shared = pairs_in(index, "members")[2]["shared"].to_numpy()[rows]
    order = np.lexsort((name_ranks(index)[others], -shared, ~validated))
    return Neighbours(rows[order], int(validated.sum()))


def name_ranks(index: EditionIndex) -> Ints:
    """The place of each network by name, then by id."""

    def build() -> Ints:
        order = pc.sort_indices(pc.fill_null(index.snapshot.names("networks"), ""))  # stable, and ids come sorted
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order.to_numpy()] = np.arange(len(order))
        return ranks

    return index.once("names of networks", build)


def neighbours_of(index: EditionIndex, network: int, found: Neighbours, most: int) -> tuple[Neighbour, ...]:
    """What is said of the first ``most`` networks that share members with a network."""
    first, second, _ = index.pairs
    rows, cells = found.rows[:most], index.cells("overlap")
    told = (cells.row(row, ("shared", "expected", "validated")) for row in rows.tolist())
    others = np.where(first[rows] == network, second[rows], first[rows]).tolist()
    return tuple(
        Neighbour(
            index.network(other),
            pair["shared"],
            pair["expected"],
            bool(pair["validated"]),
            share_words(pair["shared"], pair["expected"]),
        )
        for other, pair in zip(others, told, strict=True)
    )


def network_selection(index: EditionIndex, network: int, unseen: UnseenGroups) -> Selection:
    """The panel of a network: its members, bridging leaders first, and the networks it shares members with.

    Where leaders are not shown, it says how many at least, and which networks have some of them in common.
    """
    members = index.memberships.actors_of(network)
    ordered = index.by_name(members)
    bridging = index.bridging[ordered]
    shown = [*ordered[bridging], *ordered[~bridging]][:_PEOPLE]
    found = overlapping(index, network)
    neighbours = neighbours_of(index, network, found, _NEIGHBOURS)
    reference = index.network(network)
    summary = _has(reference.name, len(members), _overlaps(len(found), found.validated))
    facts = [(say("Members"), number(len(members))), (say("Bridging leaders"), number(int(bridging.sum())))]
    facts += [(label, v) for label, v in _stated(index, network) if v]
    people = tuple(index.leader(int(p)) for p in shown)
    if words := unseen.words("network", reference.id):
        if len(members):
            summary = joined([summary, say("It has {leaders}.", leaders=words)])
        else:
            summary = say("{network} has {leaders}.", network=reference.name, leaders=words)
        facts = facts if len(members) else facts[2:]
        neighbours += tuple(Neighbour(g.of, g.least, words=g.words) for g in unseen.shared_with(reference.id))
    elif unseen and not len(members):
        summary, facts = say("The leaders of {network} are not shown to you.", network=reference.name), facts[2:]
    return Selection(reference, summary, tuple(facts), neighbours[:_NEIGHBOURS], people, len(members))


def with_lines(panel: Selection, index: EditionIndex, network: int, layer: str, least: int) -> Selection:
    """The panel of a network, which also says so where not all of its lines are drawn."""
    drawn = len(own_lines(index, layer, network, least))
    if drawn < MOST_OWN:
        return panel
    weights = pairs_in(index, layer)[2]["shared"].to_numpy()
    every = int((weights[pairs_of(index, layer, network)] >= least).sum())
    told = say("the {drawn:,} strongest of {n:,}", drawn=drawn, n=every)
    return replace(panel, facts=(*panel.facts, (say("Lines on the map"), told))) if every > drawn else panel


def leader_selection(index: EditionIndex, leader: int) -> Selection:
    """The panel of a leader: the leader's networks and direct collaborators, and why the leader bridges."""
    reference = index.leader(leader)
    networks = tuple(
        Neighbour(index.network(int(n)), int(index.memberships.group_sizes[n]), words=_members(index, int(n)))
        for n in index.memberships.groups_of(leader)
    )
    collaborators = index.by_name(index.collaborators_of(leader))
    names = listed([n.ref.name for n in networks], 4)
    if names:
        summary = say("{name} is in {networks}.", name=reference.name, networks=names)
    else:
        summary = say("{name} is in no network.", name=reference.name)
    row = index.snapshot.nodes["leaders"].slice(leader, 1).to_pylist()[0]
    facts = [(label_of(n), str(row[n])) for n in ("job", "school", "region", "country") if row[n]]
    people = tuple(index.leader(int(p)) for p in collaborators[:_PEOPLE])
    return Selection(
        reference,
        summary,
        tuple(facts),
        networks,
        people,
        len(collaborators),
        index.reason(leader),
        index.joins(leader),
    )


def _members(index: EditionIndex, network: int) -> str:
    return members_words(int(index.memberships.group_sizes[network]))


def _has(network: str, members: int, overlaps: str) -> str:
    if not members:
        return say("{network} has no members; {overlaps}.", network=network, overlaps=overlaps)
    return say_count(
        "{network} has {n:,} member; {overlaps}.",
        "{network} has {n:,} members; {overlaps}.",
        members,
        network=network,
        overlaps=overlaps,
    )


def _overlaps(neighbours: int, validated: int) -> str:
    if not neighbours:
        return say("it shares no member that is shown with another network")
    if not validated:
        return say_count(
            "it shares members with {n:,} network; these data tell none of that from chance",
            "it shares members with {n:,} networks; these data tell none of that from chance",
            neighbours,
        )
    return say_count(
        "it shares members with {n:,} network, with {validated:,} of them more than chance would give",
        "it shares members with {n:,} networks, with {validated:,} of them more than chance would give",
        neighbours,
        validated=validated,
    )


def _stated(index: EditionIndex, network: int) -> list[tuple[str, str]]:
    row = index.snapshot.nodes["networks"].slice(network, 1).to_pylist()[0]
    community = index.label_of(int(index.communities("networks")[network]))
    stated = [(say("Kind"), row["kind"]), (say("Region"), row["region"]), (say("Country"), row["country"])]
    return [*((label, value or "") for label, value in stated), (say("Community"), community)]

"""The signature picture: networks as discs, members inside, who joins them in the gaps between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.blocks import blocks_of
from netofnets.analysis.communities import labels_of
from netofnets.analysis.districts import arrange, spacing
from netofnets.analysis.home import homes
from netofnets.analysis.lasting import lasting
from netofnets.analysis.measure import Measure, Output, Parameter, Results
from netofnets.analysis.overlap import shared_members
from netofnets.analysis.packing import SMALL
from netofnets.analysis.standing import stand
from netofnets.analysis.tables import floats, pick, positions, table, texts
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.twomode import TwoMode
from netofnets.language import say

__all__ = ["LAYOUT", "disc_radius", "layout", "room_between"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DOT, RING = 1.0, 2.0  # radii of a member and of a leader with a ring; the unit of the map is a member's radius
MOST_CONNECTORS = 30  # so many connectors, the strongest, stand outside the discs beside the bridging leaders
_SPREAD = 1.65  # a network of n members has radius _SPREAD * sqrt(n) + _EDGE
_EDGE = 3.5
_DECIMALS = 2
_PULL = 0.4  # of a bridging leader on the two networks; two equal networks with half their members in common pull 0.5
_FARTHER = 5.0  # times as much on a map of districts, where the two are in different ones


@dataclass(frozen=True)
class _People:
    """Per leader: position, radius of the mark, place, home disc and the disc faced (-1: none)."""

    spots: Floats
    radius: Floats
    place: list[str]
    home: Ints
    toward: Ints


def layout(snapshot: Snapshot, results: Results, *, gap: float, previous: pa.Table | None = None) -> pa.Table:
    """The table of :data:`LAYOUT`."""
    memberships = snapshot.incidence("memberships")
    radius = disc_radius(memberships.group_sizes)
    room = room_between(radius, gap)
    weights = _closeness(memberships)
    near = sp.csr_array(weights + _bridged(snapshot, results["bridges"]))
    near.sort_indices()
    community = labels_of(results["communities"], snapshot.count("leaders"))[1].astype(np.int64)
    centre = arrange(radius, near, community, gap, room)
    if previous is not None:
        before = _places(previous, snapshot.ids("networks"))
        centre = lasting(centre, before, radius, near, spacing(len(radius), gap, room))
    centre = np.round(centre, _DECIMALS)  # as the next publication finds it
    people = _stand_all(snapshot, results, centre, radius, room)
    ids, networks = snapshot.ids("leaders"), snapshot.ids("networks")
    islands = np.diff(weights.indptr) == 0
    spots = np.round(np.vstack([centre, people.spots]), _DECIMALS)
    nobody = pa.nulls(len(networks), pa.string())
    return table(
        {
            "kind": texts(["networks"] * len(networks) + ["leaders"] * len(ids)),
            "id": pa.concat_arrays([networks, ids]),
            "x": floats(spots[:, 0]),
            "y": floats(spots[:, 1]),
            "radius": floats(np.round(np.concatenate([radius, people.radius]), _DECIMALS)),
            "place": texts(["island" if alone else "disc" for alone in islands.tolist()] + people.place),
            "home": pa.concat_arrays([nobody, pick(networks, people.home, people.home >= 0)]),
            "toward": pa.concat_arrays([nobody, pick(networks, people.toward, people.toward >= 0)]),
        }
    )


def disc_radius(members: npt.ArrayLike) -> Floats:
    """The radius of the disc of a network with so many members."""
    return np.asarray(_SPREAD * np.sqrt(members) + _EDGE, dtype=np.float64)


def room_between(radius: Floats, gap: float) -> float:
    """The least distance between two discs: more on a larger map."""
    return max(gap, 0.05 * float(np.sqrt((radius**2).sum())))


def _places(previous: pa.Table, networks: pa.Array) -> Floats:
    """Where each of the networks was in an earlier table of this measure; NaN: it was not there."""
    rows = previous.filter(pc.equal(previous["kind"], "networks"))
    at = positions(networks, rows["id"])
    places = np.column_stack([rows["x"].to_numpy(), rows["y"].to_numpy()])
    return np.where((at >= 0)[:, None], places[np.maximum(at, 0)] if len(places) else 0.0, np.nan)


def _closeness(memberships: TwoMode) -> sp.csr_array:
    """How near two networks want to be: shared members by the geometric mean of their sizes."""
    first, second, shared = shared_members(memberships)
    sizes = memberships.group_sizes.astype(np.float64)
    weight = shared / np.sqrt(sizes[first] * sizes[second]) if len(first) else np.zeros(0)
    half = sp.coo_array((weight, (first, second)), shape=(len(sizes), len(sizes))).tocsr()
    both = sp.csr_array(half + half.T)
    both.sort_indices()
    return both


def _bridged(snapshot: Snapshot, bridges: pa.Table) -> sp.csr_array:
    """A pull between the two networks of each bridging leader, so that the two may come to lie side by side."""
    networks = snapshot.ids("networks")
    found = bridges.filter(bridges["bridging"])
    near, far = positions(found["first_network"], networks), positions(found["second_network"], networks)
    shape = (len(networks), len(networks))
    pull = _PULL if len(networks) <= SMALL else _FARTHER * _PULL
    half = sp.coo_array((np.full(len(near), pull), (near, far)), shape=shape).tocsr()
    return sp.csr_array(half + half.T)


def _stand_all(snapshot: Snapshot, results: Results, centre: Floats, radius: Floats, room: float) -> _People:
    leaders = snapshot.count("leaders")
    labels = np.concatenate(labels_of(results["communities"], leaders))
    home = homes(snapshot.incidence("memberships"), labels)
    people = _People(
        np.zeros((leaders, 2)), np.full(leaders, DOT), ["member"] * leaders, home, np.full(leaders, -1, dtype=np.int64)
    )
    outward = np.zeros(leaders)
    if results["bridges"].num_rows:
        at = positions(results["bridges"]["leader"], snapshot.ids("leaders"))
        outward[at] = results["bridges"]["participation"].fill_null(0.0).to_numpy()
    apart = _stand_between(snapshot, results, people, centre, radius, room)
    inside = np.flatnonzero((home >= 0) & ~apart)
    _sunflowers(people, inside[np.lexsort((inside, np.round(outward[inside], 6), home[inside]))], centre, radius)
    _unattached(people, np.flatnonzero(home < 0), centre, radius, room)
    return people


def _stand_between(
    snapshot: Snapshot, results: Results, people: _People, centre: Floats, radius: Floats, room: float
) -> npt.NDArray[np.bool_]:
    """Place the bridging leaders, then the strongest connectors, by rank; returns who now stands outside the discs."""
    apart = np.zeros(len(people.home), dtype=bool)
    leader, near, far = _sides(snapshot, results["bridges"].filter(results["bridges"]["bridging"]))
    _nearest_pairs(snapshot, blocks_of(results["blocks"]), leader, near, far, centre, radius)
    others = _connecting(snapshot, results["connectors"], leader)
    leader, near, far = (np.concatenate(both) for both in zip((leader, near, far), others, strict=True))
    if len(leader) == 0:
        return apart
    standing = stand(near, far, centre, radius, room, RING)
    for row, person in enumerate(leader.tolist()):
        people.home[person], people.toward[person] = near[row], far[row]
        if standing.place[row]:
            apart[person] = True
            people.place[person] = standing.place[row]
            people.spots[person], people.radius[person] = standing.spots[row], RING
    return apart


def _sides(snapshot: Snapshot, table_: pa.Table) -> tuple[Ints, Ints, Ints]:
    """Leaders of a table, and the network on either side of each."""
    networks = snapshot.ids("networks")
    leader = positions(table_["leader"], snapshot.ids("leaders"))
    return leader, positions(table_["first_network"], networks), positions(table_["second_network"], networks)


def _connecting(snapshot: Snapshot, connectors: pa.Table, bridging: Ints) -> tuple[Ints, Ints, Ints]:
    """The strongest connectors who are not bridging leaders, each with an own network and the one faced."""
    connectors = connectors.slice(0, MOST_CONNECTORS + len(bridging) + 1)
    leader, first, second = _sides(snapshot, connectors)
    others = np.flatnonzero(~np.isin(leader, bridging))
    others = others[: _foremost(np.asarray(connectors["rank"].to_numpy())[others])]
    leader, first, second = leader[others], first[others], second[others]
    memberships = snapshot.incidence("memberships")
    in_first, in_second = (
        np.array([n in memberships.groups_of(p) for p, n in zip(leader.tolist(), side, strict=True)], dtype=bool)
        for side in (first, second)
    )
    near, far = np.where(in_first, first, second), np.where(in_first, second, first)
    kept = (in_first | in_second) & (near != far)
    return leader[kept], near[kept], far[kept]


def _foremost(rank: Ints) -> int:
    """How many of the first 30 stand before all that follow; where all are equals, as many as there may be."""
    if len(rank) <= MOST_CONNECTORS:
        return len(rank)
    return int(np.searchsorted(rank, rank[MOST_CONNECTORS])) or MOST_CONNECTORS


def _nearest_pairs(
    snapshot: Snapshot, block_of: Ints, leader: Ints, near: Ints, far: Ints, centre: Floats, radius: Floats
) -> None:
    """Of a leader's networks on the two sides, take the two whose discs are nearest to each other."""
    memberships = snapshot.incidence("memberships")
    for row, person in enumerate(leader.tolist()):
        own = memberships.groups_of(person)
        here, there = (own[block_of[own] == block_of[side[row]]] for side in (near, far))
        apart = np.hypot(*(centre[here][:, None, :] - centre[there][None, :, :]).transpose(2, 0, 1))
        free = np.round(apart - radius[here][:, None] - radius[there][None, :], _DECIMALS)
        first, second = divmod(int(np.argmin(free)), len(there))
        near[row], far[row] = here[first], there[second]


def _sunflowers(people: _People, members: Ints, centre: Floats, radius: Floats) -> None:
    """Members in their home disc, in the order given from the middle outwards (phyllotaxis, Vogel 1979)."""
    disc = people.home[members]
    starts = np.searchsorted(disc, disc, side="left")
    number = np.arange(len(members)) - starts
    count = np.bincount(disc, minlength=len(radius))[disc]
    reach = (radius[disc] - _EDGE) * np.sqrt((number + 0.5) / np.maximum(count, 1))
    people.spots[members] = centre[disc] + _golden(number, reach)


def _golden(number: Ints, reach: Floats) -> Floats:
    turn = number * (np.pi * (3.0 - np.sqrt(5.0)))
    return np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])


def _unattached(people: _People, nobody: Ints, centre: Floats, radius: Floats, room: float) -> None:
    """Leaders without a network: one loose cluster below the discs."""
    number = np.arange(len(nobody))
    size = _SPREAD * np.sqrt(len(nobody)) + _EDGE
    low = float((centre[:, 1] - radius).min(initial=0.0)) - 2.0 * room - size if len(radius) else 0.0
    people.spots[nobody] = np.array([0.0, low]) + _golden(number, _SPREAD * np.sqrt(number + 0.5))
    for person in nobody.tolist():
        people.place[person] = "unattached"


LAYOUT = Measure(
    id="layout",
    title=say("Layout"),
    question=say("Where does everybody stand on the map?"),
    run=layout,
    outputs=(
        Output("kind", say("{networks} or {leaders}.", networks="networks", leaders="leaders")),
        Output("id", say("Id of the network or leader."), of="kind"),
        Output("x", say("To the right, in radii of a member's dot; the middle of all discs is 0.")),
        Output("y", say("Upwards, in the same unit.")),
        Output("radius", say("Radius of the disc or dot; a disc's area grows with the members of the network.")),
        Output(
            "place",
            say(
                "Networks: {disc}, or {island} when no member is shared with another network. Leaders: {member} (of "
                "the home network), {gap} (facing two discs), {rim} (of the home disc, facing the other) or "
                "{unattached}. Bridging leaders and the strongest connectors stand in a gap or on a rim.",
                **{place: place for place in ("disc", "island", "member", "gap", "rim", "unattached")},
            ),
        ),
        Output(
            "home",
            say("Network whose disc the leader stands in or beside; empty for networks and the unattached."),
            of="networks",
        ),
        Output("toward", say("Network that a leader outside the discs faces; else empty."), of="networks"),
    ),
    parameters=(Parameter("gap", 10.0, say("Least distance between two discs, in radii of a member's dot.")),),
    needs=("blocks", "communities", "bridges", "connectors"),
    references=("Vogel 1979: A better way to construct the sunflower head, doi:10.1016/0025-5564(79)90080-4",),
    use=say(
        "As the one map of everybody: the same data gives the same picture, to the byte, where nothing was published "
        "before; else networks stay where they were published last, as far as the map is nearly as good as a fresh one."
    ),
    misleads=say(
        "A person stands in one disc only, whatever their other networks; and only what is side by side is close: "
        "the distance of far discs means little. A home with a past and one without may differ."
    ),
    about="id",
    command="layout",
    continues=True,
)

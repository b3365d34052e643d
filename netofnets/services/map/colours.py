"""What the colours of a map mean: at most eight groups and the rest, in an order that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.language import say
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.map.phrases import first_part
from netofnets.services.map.scene import Legend

__all__ = ["COLOURS", "OTHER", "SLOTS", "Groups", "chosen_colour", "groups_by"]

COLOURS: dict[str, str] = {"region": say("Region"), "community": say("Community")}
SLOTS = 8  # more colours than this cannot be told apart
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of every network and leader: a number below ``len(labels)``, or -1 for all others."""

    title: str
    labels: tuple[str, ...]
    networks: Ints
    leaders: Ints

    def key(self, group: int) -> str:
        """The legend key of a group."""
        return f"g{group}" if group >= 0 else OTHER

    def legend(self, counted: npt.ArrayLike, drawn: npt.ArrayLike = ()) -> tuple[Legend, ...]:
        """The entries for these groups with their counts; those of other marks that are ``drawn`` are there as well."""
        counts = np.bincount(np.asarray(counted, dtype=np.int64) + 1, minlength=len(self.labels) + 1)
        there = np.flatnonzero(counts).tolist() + (np.asarray(drawn, dtype=np.int64) + 1).tolist()
        entries = [Legend(self.key(g), label, g, int(counts[g + 1])) for g, label in enumerate(self.labels)]
        entries.append(Legend(OTHER, say("Other or not stated"), -1, int(counts[0])))
        shown = {self.key(g - 1) for g in set(there)}
        return tuple(e for e in entries if e.key in shown)


def chosen_colour(index: EditionIndex, colour: str) -> str:
    """A colour that exists: what was asked for, else region when several are stated, else community."""
    if colour in COLOURS:
        return colour
    return "region" if len(groups_by(index, "region").labels) > 1 else "community"


def groups_by(index: EditionIndex, colour: str) -> Groups:
    """The groups of a colour (a key of :data:`COLOURS`); worked out once per edition."""
    key = ("groups", colour)
    return index.once(key, lambda: _by_region(index) if colour == "region" else _by_community(index))


def _by_community(index: EditionIndex) -> Groups:
    leaders, networks = index.communities("leaders"), index.communities("networks")
    slots = index.community_slots  # a community keeps its colour from one publication to the next
    labels = [""] * (max(slots.values(), default=-1) + 1)
    for community, slot in slots.items():
        labels[slot] = index.label_of(community)
    named = {slots[c] for c in index.named_communities if c in slots}
    # A legend has little room: of a description its first part, of a name that somebody gave all of it.
    short = [label if slot in named else first_part(label) for slot, label in enumerate(labels)]
    labels = [s if short.count(s) == 1 else label for s, label in zip(short, labels, strict=True)]
    return Groups(COLOURS["community"], tuple(labels), _regrouped(networks, slots), _regrouped(leaders, slots))


def _regrouped(communities: Ints, slots: Mapping[int, int]) -> Ints:
    slot = np.full(int(communities.max(initial=-1)) + 2, -1, dtype=np.int64)  # the last one is for -1
    for community, group in slots.items():
        if community < len(slot) - 1:
            slot[community] = group
    return slot[communities]


def _by_region(index: EditionIndex) -> Groups:
    """People by their own region; a network by its own, else by the one most of its members name."""
    nodes = index.snapshot.nodes
    stated = pa.chunked_array([*nodes["leaders"]["region"].chunks, *nodes["networks"]["region"].chunks], pa.string())
    values = pc.drop_null(pc.unique(stated)).sort()
    people = _codes(nodes["leaders"]["region"], values)
    networks = _codes(nodes["networks"]["region"], values)
    networks = np.where(networks >= 0, networks, _commonest(index, people, len(values)))
    counts = np.bincount(people[people >= 0], minlength=len(values))
    counts = counts * (len(networks) + 1) + np.bincount(networks[networks >= 0], minlength=len(values))
    kept = np.sort(np.argsort(-counts, kind="stable")[:SLOTS])  # the largest, in alphabetical order
    slot = np.full(len(values) + 1, -1, dtype=np.int64)
    slot[kept] = np.arange(len(kept))
    labels = tuple(values[int(k)].as_py() for k in kept)
    return Groups(COLOURS["region"], labels, slot[networks], slot[people])


def _codes(column: pa.ChunkedArray, values: pa.Array) -> Ints:
    found = pc.fill_null(pc.index_in(column, value_set=values, skip_nulls=True), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _commonest(index: EditionIndex, people: Ints, values: int) -> Ints:
    """For each network the region most members name; -1 when none names any."""
    networks = index.snapshot.count("networks")
    if not values:
        return np.full(networks, -1, dtype=np.int64)
    matrix = index.memberships.csr
    member = np.repeat(np.arange(index.people), np.diff(matrix.indptr))
    known = people[member] >= 0
    cells = matrix.indices[known].astype(np.int64) * values + people[member[known]]
    table = np.bincount(cells, minlength=networks * values).reshape(networks, values)
    return np.where(table.any(axis=1), table.argmax(axis=1), -1)

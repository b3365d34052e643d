"""What the colours of a map mean: at most eight groups and the rest, in an order that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.language import say
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.phrases import first_part
from netofnets.services.map.scene import Legend
from netofnets.services.viewer import Viewer

__all__ = ["COLOURS", "OTHER", "SLOTS", "Groups", "chosen_colour", "groups_by", "groups_for", "offered"]

COLOURS: dict[str, str] = {
    "community": say("Community"),
    "region": say("Region"),
    "interest": say("Typical interest"),
    "country": say("Country"),
    "kind": say("Kind of network"),
    "job": say("Job"),
    "experience": say("Experience"),
    "grades": say("Ages taught"),
}
_PROPERTIES: dict[str, tuple[str, ...]] = {  # which nodes state it
    "region": ("leaders", "networks"),
    "country": ("leaders", "networks"),
    "kind": ("networks",),
    "job": ("leaders",),
    "experience": ("leaders",),
    "grades": ("leaders",),
}
SLOTS = 8  # more colours than this cannot be told apart
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of every network and leader: a number below ``len(labels)``, or -1 for all others."""

    title: str
    labels: tuple[str, ...]
    networks: Ints
    leaders: Ints
    communities: tuple[str, ...] = ()  # their numbers, where the groups are communities

    def key(self, group: int) -> str:
        """The legend key of a group."""
        return f"g{group}" if group >= 0 else OTHER

    def legend(self, counted: npt.ArrayLike, drawn: npt.ArrayLike = ()) -> tuple[Legend, ...]:
        """The entries for these groups with their counts; those of other marks that are ``drawn`` are there as well."""
        counts = np.bincount(np.asarray(counted, dtype=np.int64) + 1, minlength=len(self.labels) + 1)
        there = np.flatnonzero(counts).tolist() + (np.asarray(drawn, dtype=np.int64) + 1).tolist()
        which = self.communities or ("",) * len(self.labels)
        told = enumerate(zip(self.labels, which, strict=True))
        entries = [Legend(self.key(g), label, g, int(counts[g + 1]), number) for g, (label, number) in told]
        entries.append(Legend(OTHER, say("Other or not stated"), -1, int(counts[0])))
        shown = {self.key(g - 1) for g in set(there)}
        return tuple(e for e in entries if e.key in shown)


def chosen_colour(index: EditionIndex, colour: str) -> str:
    """A colour that exists: what was asked for, else region when several are stated, else community."""
    if colour in COLOURS:
        return colour
    return "region" if len(groups_by(index, "region").labels) > 1 else "community"


def offered(index: EditionIndex, colour: str = "") -> tuple[tuple[str, str], ...]:
    """The colours that tell anything apart here, as (key, label), and the chosen ``colour``."""

    def build() -> tuple[str, ...]:
        always = ("community", "region")
        told = ["interest"] if len(np.flatnonzero(index.interests.group_sizes)) > 1 else []
        told += [name for name in _PROPERTIES if name not in always and len(_stated(index, name)) > 1]
        return (*always, *told)

    keys = index.once("colours", build)
    return tuple((key, label) for key, label in COLOURS.items() if key in keys or key == colour)


def groups_for(published: Published, viewer: Viewer, colour: str) -> Groups:
    """The groups of a colour as they are published: on the map of another day too, so that colours stay."""
    index, present = index_of(published, viewer), index_of(published, replace(viewer, as_of=""))
    groups = groups_by(present, colour)
    return groups if index is present else replace(groups, title=say("{colour} as published", colour=groups.title))


def groups_by(index: EditionIndex, colour: str) -> Groups:
    """The groups of a colour (a key of :data:`COLOURS`); worked out once per edition."""

    def build() -> Groups:
        if colour == "community":
            return _by_community(index)
        return _by_interest(index) if colour == "interest" else _by_property(index, colour)

    return index.once(("groups", colour), build)


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
    number = {slot: str(community) for community, slot in slots.items()}
    numbers = tuple(number.get(slot, "") for slot in range(len(labels)))
    of = (_regrouped(networks, slots), _regrouped(leaders, slots))
    return Groups(COLOURS["community"], tuple(labels), *of, numbers)


def _regrouped(communities: Ints, slots: Mapping[int, int]) -> Ints:
    slot = np.full(int(communities.max(initial=-1)) + 2, -1, dtype=np.int64)  # the last one is for -1
    for community, group in slots.items():
        if community < len(slot) - 1:
            slot[community] = group
    return slot[communities]


def _by_property(index: EditionIndex, name: str) -> Groups:
    """People by what they state; a network by what it states itself, else by what most of its members do.

    Where only networks state it, a person is in the group of those that the person is in, if they agree.
    """
    values = _stated(index, name)
    people, networks = (_codes(index, kind, name, values) for kind in ("leaders", "networks"))
    if "leaders" in _PROPERTIES[name]:
        networks = np.where(networks >= 0, networks, _commonest(index, people, len(values)))
    else:
        people = _agreed(index, networks)
    counts = np.bincount(people[people >= 0], minlength=len(values))
    counts = counts * (len(networks) + 1) + np.bincount(networks[networks >= 0], minlength=len(values))
    kept = np.sort(np.argsort(-counts, kind="stable")[:SLOTS])  # the largest, in alphabetical order
    slot = np.full(len(values) + 1, -1, dtype=np.int64)
    slot[kept] = np.arange(len(kept))
    labels = tuple(values[int(k)].as_py() for k in kept)
    return Groups(COLOURS[name], labels, slot[networks], slot[people])


def _stated(index: EditionIndex, name: str) -> pa.Array:
    """The values of a property of people and networks, sorted."""
    chunks = [chunk for kind in _PROPERTIES[name] for chunk in index.snapshot.nodes[kind][name].chunks]
    return pc.drop_null(pc.unique(pa.chunked_array(chunks, pa.string()))).sort()


def _codes(index: EditionIndex, kind: str, name: str, values: pa.Array) -> Ints:
    if kind not in _PROPERTIES[name]:
        return np.full(index.snapshot.count(kind), -1, dtype=np.int64)
    found = pc.index_in(index.snapshot.nodes[kind][name], value_set=values, skip_nulls=True)
    return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)


def _agreed(index: EditionIndex, networks: Ints) -> Ints:
    """For each person the value of all own networks that have one; -1 when they have several, or none."""
    matrix = index.memberships.csr
    member = np.repeat(np.arange(index.people), np.diff(matrix.indptr))
    value = networks[matrix.indices]
    known = value >= 0
    least = np.full(index.people, np.iinfo(np.int64).max)
    most = np.full(index.people, -1, dtype=np.int64)
    np.minimum.at(least, member[known], value[known])
    np.maximum.at(most, member[known], value[known])
    return np.where(least == most, most, -1)


def _by_interest(index: EditionIndex) -> Groups:
    """Of the eight interests that most people hold, the one most typical of a network: held by more of its members,
    against everybody, than any other, and by two or more. A person has the rarest of those that the person holds."""
    held = index.interests.csc
    sizes = index.interests.group_sizes
    chosen = np.argsort(-sizes, kind="stable")[:SLOTS]
    names = index.snapshot.names("interests").to_pylist()
    kept = np.array(sorted((int(k) for k in chosen if sizes[k]), key=lambda k: names[k] or ""), dtype=np.int64)
    labels = tuple(names[k] or "" for k in kept.tolist())
    if not len(kept):
        networks, people = (np.full(n, -1, dtype=np.int64) for n in (index.snapshot.count("networks"), index.people))
        return Groups(COLOURS["interest"], (), networks, people)
    holds = np.asarray(held[:, kept].todense()) > 0
    rare = np.where(holds, -sizes[kept], np.iinfo(np.int64).min)
    people = np.where(holds.any(axis=1), rare.argmax(axis=1), -1)
    inside = np.asarray(index.memberships.csr.T @ holds.astype(np.float64))
    lift = np.where(inside >= 2, inside / sizes[kept], 0.0)
    networks = np.where(lift.any(axis=1), lift.argmax(axis=1), -1)
    return Groups(COLOURS["interest"], labels, networks, people)


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

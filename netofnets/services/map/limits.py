"""Which marks of a map a reader's choices leave: the same for the picture, the table, the counts and the twin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow.compute as pc

from netofnets.graph.published import Published
from netofnets.language import joined, listed, say, say_count
from netofnets.services import words
from netofnets.services.find.choices import Mask, top
from netofnets.services.find.filters import Facet, FacetValue, Filters, facets, fitting
from netofnets.services.index import EditionIndex, Ints, index_of
from netofnets.services.map.in_community import community_facet, in_community
from netofnets.services.map.scene import Legend, Scene, SceneNode
from netofnets.services.viewer import Viewer

__all__ = ["KINDS", "PEOPLE_FILTERS", "STEPS", "Chip", "Kept", "Limited", "Limits", "limited"]

KINDS = {
    "networks": say("Networks"),
    "bridging": say("Bridging leaders"),
    "connecting": say("Connectors"),
    "members": say("Other members"),
    "changed": say("What changed"),  # since the day that is compared with
}
STEPS = 2  # of a neighbourhood, at most
_FOUND = ("interest", "domain", "network", "region", "language", "release")  # filters of people, as the search has them
PEOPLE_FILTERS = (*_FOUND, "role", "community")
_ROLES = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader chose: a legend entry, a kind of mark, filters of people, steps around the mark ``around``."""

    group: str = ""
    kind: str = ""  # a key of KINDS
    people: Mapping[str, str] = field(default_factory=dict)  # by the names of PEOPLE_FILTERS
    near: int = 0
    around: str = ""  # id of a mark; where there is none, the community that is chosen
    among: tuple[str, ...] = ()  # ids of networks: these, and who is in any of them
    changed: frozenset[str] = frozenset()  # ids of marks that changed, for the kind of that name

    @property
    def any(self) -> bool:
        """Whether anything is limited at all."""
        return bool(self.group or self.kind or self.among or any(self.people.values()) or (self.near and self.around))


@dataclass(frozen=True, slots=True)
class Kept:
    """A mark that is left, by its id; not a bare text, so that whoever withdrew is taken out of the list."""

    id: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was chosen: its name in the address, and what it says."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Limited:
    """What is left of a map. ``marks`` is None when nothing is limited."""

    marks: tuple[Kept, ...] | None
    networks: int
    people: int
    words: str  # "showing 9 of 24 networks and 112 of 1,232 people"; empty when nothing is limited
    legend: tuple[Legend, ...]  # with counts of what is left
    facets: tuple[Facet, ...]  # choices of people, counted among those who are left
    chosen: tuple[Chip, ...] = ()

    def keeps(self, scene: Scene) -> tuple[SceneNode, ...]:
        """The marks of a scene that are left."""
        if self.marks is None:
            return scene.nodes
        left = frozenset(one.id for one in self.marks)
        return tuple(node for node in scene.nodes if node.id in left)


def limited(published: Published, viewer: Viewer, scene: Scene, limits: Limits) -> Limited:
    """What ``limits`` leave of a scene of networks or people that this viewer was given.

    A filter of people leaves those who fit and the networks that have one of them; what names nothing there leaves
    nobody.
    """
    index = index_of(published, viewer)
    wanted = {name: limits.people.get(name, "") for name in PEOPLE_FILTERS}
    fits = _people(index, wanted)
    choices = (*_facets(index, fits, wanted), community_facet(published, viewer, fits, wanted["community"]))
    if not limits.any:
        return Limited(None, *_totals(scene.nodes), "", scene.legend, choices)
    tests = [_by_people(index, fits)] if any(value for name, value in wanted.items() if name != "community") else []
    own = in_community(published, viewer, wanted["community"]) if wanted["community"] else None
    chosen = [_within(own)] if own is not None else []
    if limits.near and limits.around:
        tests.append(_within(_neighbourhood(index, scene, [limits.around], limits.near)))
    elif limits.near and own is not None:
        chosen = [_within(_neighbourhood(index, scene, own, limits.near))]
    if limits.among:
        tests.append(_in_any(index, limits.among))
    if limits.kind == "changed":
        tests.append(_within(limits.changed))
    elif limits.kind in KINDS:
        tests.append(lambda node: _kind(node) == limits.kind)
    others = [node for node in scene.nodes if all(test(node) for test in tests)]
    inside = [node for node in others if all(test(node) for test in chosen)]
    left = [node for node in inside if not limits.group or node.group == limits.group]
    (networks, people), (all_networks, all_people) = _totals(left), _totals(scene.nodes)
    words = _showing(scene, (networks, all_networks), (people, all_people))
    marks = tuple(Kept(node.id) for node in left)
    chips = tuple(_chips(scene, limits, choices))
    alike = any(entry.community for entry in scene.legend)  # an entry says what choosing it instead would show
    return Limited(marks, networks, people, words, _legend(scene, others if alike else inside), choices, chips)


def _showing(scene: Scene, networks: tuple[int, int], people: tuple[int, int]) -> str:
    """How many of how many are left."""
    discs = say_count("{left:,} of {n:,} network", "{left:,} of {n:,} networks", networks[1], left=networks[0])
    dots = say_count("{left:,} of {n:,} person", "{left:,} of {n:,} people", people[1], left=people[0])
    told = ([discs] if networks[1] else []) + ([dots] if scene.level == "people" else [])
    return say("showing {counts}", counts=listed(told)) if told else ""


def _chips(scene: Scene, limits: Limits, choices: tuple[Facet, ...]) -> Iterator[Chip]:
    """What was chosen, in words."""
    for facet in choices:
        if limits.people.get(facet.name):
            labels = [value.label for value in facet.values if value.chosen]
            yield Chip(facet.name, _chosen(facet.label, labels[0] if labels else say("none of that name")))
    if limits.kind in KINDS:
        yield Chip("kind", KINDS[limits.kind])
    if limits.group:
        entries = {entry.key: entry.label for entry in scene.legend}
        yield Chip("group", _chosen(scene.legend_title, entries.get(limits.group, say("none of these"))))
    if limits.among:
        named = {node.id: node.label for node in scene.nodes if node.kind == "networks"}
        names = [named[one] for one in limits.among if one in named]
        yield Chip("among", _chosen(say("Among"), words.listed(names) if names else say("none of these")))
    if limits.near and limits.around:
        yield Chip("near", _within_words(limits.near))
    elif limits.near and limits.people.get("community"):
        yield Chip("near", _beside_words(limits.near))


def _chosen(title: str, value: str) -> str:
    return joined([title, value], ": ")


def _within_words(steps: int) -> str:
    return say_count("Within {n:,} step of what is selected", "Within {n:,} steps of what is selected", steps)


def _beside_words(steps: int) -> str:
    return say_count("Within {n:,} step of the community", "Within {n:,} steps of the community", steps)


def _people(index: EditionIndex, wanted: Mapping[str, str]) -> Mask:
    fits = fitting(index, Filters(**{name: wanted[name] for name in _FOUND}))
    return fits & _in_role(index, wanted["role"]) if wanted["role"] else fits


def _in_role(index: EditionIndex, role: str) -> Mask:
    edges = index.snapshot.edges["memberships"]
    same = np.asarray(pc.fill_null(pc.equal(edges.table["role"], role), False).to_numpy(), dtype=bool)
    marked = np.zeros(index.people, dtype=bool)
    marked[edges.source[same]] = True
    return marked


def _facets(index: EditionIndex, fits: Mask, wanted: Mapping[str, str]) -> tuple[Facet, ...]:
    found = np.flatnonzero(fits).astype(np.int64)
    own = [f for f in facets(index, found, Filters(**{name: wanted[name] for name in _FOUND})) if f.name in _FOUND]
    return (*own, _roles(index, fits, wanted["role"]))


def _roles(index: EditionIndex, fits: Mask, chosen: str) -> Facet:
    """The roles in networks, with how many of the people who are left hold each."""
    edges = index.snapshot.edges["memberships"]
    stated = edges.table["role"].combine_chunks().dictionary_encode()
    if hasattr(stated, "combine_chunks"):
        stated = stated.combine_chunks()
    labels = [str(v) for v in stated.dictionary.to_pylist()]
    codes = np.asarray(pc.fill_null(stated.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    held = fits[edges.source] & (codes >= 0)
    pairs = np.unique(codes[held] * max(index.people, 1) + edges.source[held])
    counts = np.bincount(pairs // max(index.people, 1), minlength=len(labels)).astype(np.int64)
    kept = top(counts, _ROLES)
    if chosen in labels and labels.index(chosen) not in kept:
        kept.append(labels.index(chosen))
    values = (FacetValue(labels[n], labels[n], int(counts[n]), labels[n] == chosen) for n in kept)
    return Facet("role", say("Role in a network"), tuple(values))


def _by_people(index: EditionIndex, fits: Mask) -> Callable[[SceneNode], bool]:
    """Whether a person fits, or a network has somebody who does."""
    leaders, networks = _place(index, "leaders"), _place(index, "networks")
    has = np.asarray(index.memberships.csr.T @ fits.astype(np.int32)) > 0

    def test(node: SceneNode) -> bool:
        return bool(has[networks[node.id]] if node.kind == "networks" else fits[leaders[node.id]])

    return test


def _in_any(index: EditionIndex, among: tuple[str, ...]) -> Callable[[SceneNode], bool]:
    """Whether a network is one of these, or a person is in one of them."""
    networks = _place(index, "networks")
    people = np.zeros(index.people, dtype=bool)
    for at in filter(lambda at: at >= 0, (networks.get(one, -1) for one in among)):
        people[index.memberships.actors_of(at)] = True
    leaders = _place(index, "leaders")
    return lambda node: node.id in among if node.kind == "networks" else bool(people[leaders[node.id]])


def _place(index: EditionIndex, kind: str) -> dict[str, int]:
    return index.once(
        ("place of each", kind), lambda: {v: n for n, v in enumerate(index.snapshot.ids(kind).to_pylist())}
    )


def _neighbourhood(index: EditionIndex, scene: Scene, around: Collection[str], steps: int) -> frozenset[str]:
    """Ids within so many steps of some marks: on a map of networks from network to network by shared members, on one of
    people between people and their networks and between those who work together."""
    networks = _marked(index, "networks", around)
    if scene.level == "networks":
        return _networks_near(index, networks, min(steps, STEPS))
    return _people_near(index, networks, _marked(index, "leaders", around), min(steps, STEPS))


def _marked(index: EditionIndex, kind: str, ids: Collection[str]) -> Mask:
    place, marked = _place(index, kind), np.zeros(index.snapshot.count(kind), dtype=bool)
    marked[[place[one] for one in ids if one in place]] = True
    return marked


def _networks_near(index: EditionIndex, near: Mask, steps: int) -> frozenset[str]:
    first, second, _ = index.pairs
    for _ in range(steps):
        touched = near[first] | near[second]
        near[first[touched]] = near[second[touched]] = True
    return _ids(index, "networks", np.flatnonzero(near))


def _people_near(index: EditionIndex, networks: Mask, people: Mask, steps: int) -> frozenset[str]:
    members = index.memberships.csr
    for _ in range(steps):
        joined = np.asarray(members.T @ people.astype(np.int32)) > 0
        inside = np.asarray(members @ networks.astype(np.int32)) > 0
        works = np.asarray(index.collaborators @ people.astype(np.float32)) > 0
        networks, people = networks | joined, people | inside | works
    return _ids(index, "networks", np.flatnonzero(networks)) | _ids(index, "leaders", np.flatnonzero(people))


def _ids(index: EditionIndex, kind: str, at: Ints) -> frozenset[str]:
    return frozenset(index.snapshot.ids(kind).take(at).to_pylist())


def _within(ids: frozenset[str]) -> Callable[[SceneNode], bool]:
    return lambda node: node.id in ids


def _kind(node: SceneNode) -> str:
    if node.kind == "networks":
        return "networks"
    return "bridging" if node.bridging else "connecting" if node.connecting else "members"


def _totals(nodes: tuple[SceneNode, ...] | list[SceneNode]) -> tuple[int, int]:
    networks = sum(node.kind == "networks" for node in nodes)
    return networks, len(nodes) - networks


def _legend(scene: Scene, left: list[SceneNode]) -> tuple[Legend, ...]:
    """The legend with counts of what the other choices leave, so that an entry says what choosing it would show."""
    counts: dict[str, int] = {}
    for node in left:
        if (node.kind == "networks") == (scene.level == "networks"):
            counts[node.group] = counts.get(node.group, 0) + 1
    return tuple(replace(entry, count=counts.get(entry.key, 0)) for entry in scene.legend)

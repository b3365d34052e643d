"""The leaders whom a viewer is not shown: how many there are at least, in groups too large to point at anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from netofnets.graph.snapshot import IntArray
from netofnets.language import say_count
from netofnets.services.index import EditionIndex
from netofnets.services.refs import Ref, ref
from netofnets.services.viewer import Viewer

__all__ = ["Place", "UnseenGroup", "UnseenGroups", "at_least_words", "in_both_words", "unseen_in"]

_PLACES = ("region", "country")


@dataclass(frozen=True, slots=True)
class UnseenGroup:
    """A network, interest or organization with leaders who are not shown; ``words`` say how many at least."""

    of: Ref
    least: int
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region or country of networks, and how many leaders are in them at least who are not shown."""

    name: str
    least: int
    words: str


class UnseenGroups:
    """What the published counts tell of one edition, in steps of ``k`` where only larger groups may be told of."""

    def __init__(self, index: EditionIndex, k: int) -> None:
        self._index = index
        self._told: dict[tuple[str, str, str], int] = {}
        for row in index.groups.to_pylist():
            least = row["least"] // k * k if k else row["least"]
            if least:
                self._told[row["kind"], row["first"], row["second"]] = least

    def __bool__(self) -> bool:
        return bool(self._told)

    @property
    def total(self) -> int:
        """At least so many leaders in networks; 0 when nothing is told."""
        return self._told.get(("total", "", ""), 0)

    def at_least(self, kind: str, node_id: str) -> int:
        """At least so many leaders of a ``network``, ``interest`` or ``organization``; 0 when nothing is told."""
        return self._told.get((kind, node_id, ""), 0)

    def words(self, kind: str, node_id: str) -> str:
        """The same in words; empty when nothing is told."""
        return at_least_words(self.at_least(kind, node_id))

    @cached_property
    def shared(self) -> tuple[tuple[str, str, int], ...]:
        """Pairs of networks (ids) with leaders in both who are not shown: most first."""
        found = [(a, b, least) for (kind, a, b), least in self._told.items() if kind == "shared"]
        return tuple(sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1])))

    def shared_with(self, network: str) -> tuple[UnseenGroup, ...]:
        """The networks that have leaders in common with a network, most first."""
        ends = [(b if a == network else a, least) for a, b, least in self.shared if network in (a, b)]
        found = [UnseenGroup(self._ref("networks", end), least, in_both_words(least)) for end, least in ends]
        return _sorted(found)

    def subjects_of(self, network: str, most: int) -> tuple[UnseenGroup, ...]:
        """What leaders of a network work on, what most name first."""
        return self._pairs("interests", most, lambda key: key[2] if key[:2] == ("subject", network) else "")

    def networks_of(self, interest: str, most: int) -> tuple[UnseenGroup, ...]:
        """The networks whose leaders name an interest, most first."""
        return self._pairs("networks", most, lambda key: key[1] if key[0] == "subject" and key[2] == interest else "")

    def interests(self, most: int) -> tuple[UnseenGroup, ...]:
        """The interests that most leaders name."""
        return self._pairs("interests", most, lambda key: key[1] if key[0] == "interest" else "")

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Regions of networks, then countries, most leaders first."""
        found = [(kind, name, least) for (kind, name, _), least in self._told.items() if kind in _PLACES]
        found.sort(key=lambda one: (_PLACES.index(one[0]), -one[2], one[1]))
        return tuple(Place(name, least, at_least_words(least)) for _, name, least in found)

    def tells_of(self, interest: str) -> bool:
        """Whether an interest may be named: somebody shown has to do with it, or enough leaders name it."""
        return ("interest", interest, "") in self._told or interest not in self._only_counted

    @cached_property
    def _only_counted(self) -> frozenset[str]:
        """Interests that are in the edition for their count alone."""
        groups, tied = self._index.groups, set[str]()
        every: set[str] = set(groups.filter(pc.equal(groups["kind"], "interest"))["first"].to_pylist())
        record = self._index.record
        for kind in ("leader_interests", "network_focuses", "organization_focuses"):
            tied.update(_ends(record.edges[kind].target, record.ids("interests")))
        for kind in ("broader_interests", "related_interests"):
            for end in (record.edges[kind].source, record.edges[kind].target):
                tied.update(_ends(end, record.ids("interests")))
        return frozenset(every - tied)

    def _pairs(self, kind: str, most: int, chosen: Callable[[tuple[str, str, str]], str]) -> tuple[UnseenGroup, ...]:
        found = [(end, least) for key, least in self._told.items() if (end := chosen(key))]
        groups = [UnseenGroup(self._ref(kind, end), least, at_least_words(least)) for end, least in found]
        return _sorted(groups)[:most]

    def _ref(self, kind: str, node_id: str) -> Ref:
        snapshot = self._index.snapshot
        return ref(snapshot, kind, snapshot.position(kind, node_id))


def unseen_in(index: EditionIndex, viewer: Viewer) -> UnseenGroups:
    """What this viewer is told of leaders who are not shown; nothing for whoever sees them, or on another day."""
    key = ("unseen", viewer.k)
    return index.once(key, lambda: UnseenGroups(index, viewer.k))


def at_least_words(least: int) -> str:
    """``at least 15 leaders, who are not shown to you``; empty for 0."""
    if not least:
        return ""
    return say_count(
        "at least {n:,} leader, who are not shown to you", "at least {n:,} leaders, who are not shown to you", least
    )


def in_both_words(least: int) -> str:
    """``at least 15 leaders are in both, who are not shown to you``."""
    return say_count(
        "at least {n:,} leader are in both, who are not shown to you",
        "at least {n:,} leaders are in both, who are not shown to you",
        least,
    )


def _sorted(groups: list[UnseenGroup]) -> tuple[UnseenGroup, ...]:
    """Groups with most leaders first, then by name."""
    return tuple(sorted(groups, key=lambda one: (-one.least, one.of.name.casefold(), one.of.id)))


def _ends(positions: IntArray, ids: pa.Array) -> list[str]:
    return [str(i) for i in ids.take(pa.array(positions)).to_pylist()]

"""What limits the people found: each filter declared once; question, choices, page and command follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netofnets.errors import NotFound, SettingsError
from netofnets.graph.twomode import TwoMode
from netofnets.language import capital, say
from netofnets.schema.modes import MODE_NAMES, mode_words
from netofnets.services.find.choices import (
    Mask,
    counted_texts,
    credential_holders,
    domain_matrix,
    fits_hours,
    fits_text,
    holders,
    language_matrix,
    members,
    top,
    zones_in_reach,
)
from netofnets.services.index import EditionIndex, Ints
from netofnets.services.person.in_common import in_circle

__all__ = ["FILTERS", "Facet", "FacetValue", "Filter", "Filters", "facets", "fitting"]

_CHOICES = 12
_SHARES = ("20", "40", "60", "80")
_FROM_THERE = {"circle"}  # filters that differ by who asks
_SIDES = {"outside": say("In none of my networks"), "inside": say("In my networks")}

Chosen = Mapping[str, str]
Counts = list[tuple[str, str, int]]  # value, label, people


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: who fits a value (:class:`NotFound` when there is no such thing), and the choices among people."""

    name: str  # in addresses, and with -- on the command line
    label: str
    help: str
    fits: Callable[[EditionIndex, str, Chosen], Mask]
    choices: Callable[[EditionIndex, Ints, Chosen], Counts]  # most frequent first
    kind: str = ""  # kind of node that a value names by its id


@dataclass(frozen=True, init=False)
class Filters:
    """What is chosen, by the names in :data:`FILTERS`: ``Filters(region="North", mode="offers")``.

    ``me`` is the leader who asks, by id, for the filter that looks from there.
    """

    chosen: dict[str, str]
    me: str

    def __init__(self, me: str = "", **chosen: str) -> None:
        unknown = chosen.keys() - {f.name for f in FILTERS}
        if unknown:
            raise SettingsError(
                f"there is no filter {sorted(unknown)[0]!r}; there are {', '.join(f.name for f in FILTERS)}"
            )
        object.__setattr__(self, "chosen", {f.name: chosen.get(f.name, "") for f in FILTERS})
        object.__setattr__(self, "me", me)

    @property
    def context(self) -> Chosen:
        """What is chosen, and ``me``: what a filter may look at besides its own value."""
        return {**self.chosen, "me": self.me}

    @property
    def any(self) -> bool:
        """Whether anything is limited at all."""
        return any(self.chosen.values())


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a filter: ``value`` goes into the URL."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its choices, most frequent first, counted over the people found before the cap."""

    name: str  # of a filter
    label: str
    values: tuple[FacetValue, ...]


def fitting(index: EditionIndex, filters: Filters) -> Mask:
    """Which people fit the filters; nobody when one names something that is not there."""
    wanted = np.ones(index.people, dtype=bool)
    try:
        for declared in FILTERS:
            if value := filters.chosen[declared.name]:
                wanted &= declared.fits(index, value, filters.context)
    except NotFound:
        return np.zeros(index.people, dtype=bool)
    return wanted


def facets(index: EditionIndex, leaders: Ints, filters: Filters, known: Iterable[Facet] = ()) -> tuple[Facet, ...]:
    """The choices among the people found, and what is chosen; of ``known``, for anybody else who asked, what can be."""
    of_all = {one.name: one for one in known if one.name not in _FROM_THERE}
    return tuple(of_all.get(f.name) or _facet(index, f, leaders, filters) for f in FILTERS)


def _facet(index: EditionIndex, declared: Filter, leaders: Ints, filters: Filters) -> Facet:
    found, chosen = declared.choices(index, leaders, filters.context), filters.chosen[declared.name]
    shown = found[:_CHOICES]
    if chosen and chosen not in {value for value, _, _ in shown}:
        shown += [c for c in found if c[0] == chosen] or _chosen(index, declared, chosen)
    values = (FacetValue(value, label, count, value == chosen) for value, label, count in shown)
    return Facet(declared.name, declared.label, tuple(values))


def _chosen(index: EditionIndex, declared: Filter, chosen: str) -> Counts:
    """What was chosen and nobody found has; nothing when it names a node that is not there."""
    if not declared.kind:
        return [(chosen, chosen, 0)]
    try:
        at = index.snapshot.position(declared.kind, chosen)
    except NotFound:
        return []
    return [(chosen, str(index.snapshot.value(declared.kind, at, "name") or ""), 0)]


def _fits_interest(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    return holders(index, index.snapshot.position("interests", value), chosen["mode"])


def _fits_mode(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    return holders(index, -1, value)


def _fits_network(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    return members(index, index.snapshot.position("networks", value))


def _fits_credential(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    return credential_holders(index, index.snapshot.position("credentials", value))


def _text(name: str) -> Callable[[EditionIndex, str, Chosen], Mask]:
    return lambda index, value, chosen: fits_text(index, name, value)


def _texts(name: str) -> Callable[[EditionIndex, Ints, Chosen], Counts]:
    return lambda index, leaders, chosen: [(v, v, n) for v, n in counted_texts(index, name, leaders)]


def _by_matrix(name: str) -> Callable[[EditionIndex, str, Chosen], Mask]:
    def fits(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
        labels, matrix = _MATRICES[name](index)
        if value not in labels:
            raise NotFound(f"there is no {name} {value!r}")
        return np.asarray(matrix[:, [labels.index(value)]].toarray()[:, 0] > 0, dtype=bool)

    return fits


def _in_matrix(name: str) -> Callable[[EditionIndex, Ints, Chosen], Counts]:
    def choices(index: EditionIndex, leaders: Ints, chosen: Chosen) -> Counts:
        labels, matrix = _MATRICES[name](index)
        counts = np.bincount(TwoMode(matrix).ties_of(leaders)[1], minlength=len(labels))
        return [(labels[n], labels[n], int(counts[n])) for n in top(counts, _CHOICES)]

    return choices


_MATRICES = {"domain": domain_matrix, "language": language_matrix}


def _of_nodes(kind: str, ties: Callable[[EditionIndex], TwoMode]) -> Callable[..., Counts]:
    def choices(index: EditionIndex, leaders: Ints, chosen: Chosen) -> Counts:
        counts = np.bincount(ties(index).ties_of(leaders)[1], minlength=index.snapshot.count(kind))
        return [(*index.snapshot.label(kind, n), int(counts[n])) for n in top(counts, _CHOICES)]

    return choices


def _modes(index: EditionIndex, leaders: Ints, chosen: Chosen) -> Counts:
    counts = ((m, int(np.count_nonzero(index.with_mode(m).degrees[leaders]))) for m in MODE_NAMES)
    return [(mode, capital(mode_words(mode)), count) for mode, count in counts if count]


def _fits_circle(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    if value not in _SIDES or not chosen["me"]:
        raise NotFound("nobody said whose networks are meant" if value in _SIDES else f"there is no side {value!r}")
    inside = in_circle(index, index.snapshot.position("leaders", chosen["me"]))
    return inside if value == "inside" else ~inside


def _sides(index: EditionIndex, leaders: Ints, chosen: Chosen) -> Counts:
    if not chosen["me"]:
        return []
    inside = int(np.count_nonzero(_fits_circle(index, "inside", chosen)[leaders]))
    counts = {"outside": len(leaders) - inside, "inside": inside}
    return [(side, label, counts[side]) for side, label in _SIDES.items() if counts[side]]


def _fits_release(index: EditionIndex, value: str, chosen: Chosen) -> Mask:
    if not value.isdecimal() or len(value) > 3:
        raise NotFound(f"{value!r} is no share of time in percent")
    return np.asarray(_released(index) >= int(value), dtype=bool)


def _releases(index: EditionIndex, leaders: Ints, chosen: Chosen) -> Counts:
    stated = _released(index)[leaders]
    counts = ((share, int(np.count_nonzero(stated >= int(share)))) for share in _SHARES)
    return [(share, say("{share} % or more", share=share), count) for share, count in counts if count]


def _released(index: EditionIndex) -> npt.NDArray[np.float32]:
    def build() -> npt.NDArray[np.float32]:
        stated = index.snapshot.nodes["leaders"]["release_time"].to_numpy()
        return np.asarray(np.nan_to_num(stated.astype(np.float64), nan=-1.0), dtype=np.float32)

    return index.once("release time", build)


FILTERS: tuple[Filter, ...] = (
    Filter(
        "circle",
        say("My own circle"),
        "outside: people in none of the networks of the person who asks (--me); inside: the others.",
        _fits_circle,
        _sides,
    ),
    Filter(
        "interest",
        say("Interest"),
        "People with this interest.",
        _fits_interest,
        _of_nodes("interests", lambda index: index.interests),
        "interests",
    ),
    Filter("mode", say("How"), "People who offer, seek or practise it (or anything).", _fits_mode, _modes),
    Filter(
        "domain",
        say("Domain"),
        "People with an interest in this domain of teacher leadership.",
        *(_by_matrix("domain"), _in_matrix("domain")),
    ),
    Filter(
        "network",
        say("Network"),
        "Members of this network.",
        _fits_network,
        _of_nodes("networks", lambda index: index.memberships),
        "networks",
    ),
    Filter(
        "credential",
        say("Credential"),
        "People who hold this credential.",
        _fits_credential,
        _of_nodes("credentials", lambda index: index.credentials),
        "credentials",
    ),
    Filter("region", say("Region"), "People in this region.", _text("region"), _texts("region")),
    Filter("country", say("Country"), "People in this country.", _text("country"), _texts("country")),
    Filter("grades", say("Grades"), "People who work with these grades or ages.", _text("grades"), _texts("grades")),
    Filter(
        "language",
        say("Language"),
        "People who work in this language.",
        _by_matrix("language"),
        _in_matrix("language"),
    ),
    Filter(
        "release",
        say("Time released for leading"),
        "People with at least this share of their paid time released for leading, in percent.",
        _fits_release,
        _releases,
    ),
    Filter(
        "hours",
        say("Three working hours in common with"),
        "People who share three working hours or more with this time zone, such as Europe/Lisbon.",
        lambda index, value, chosen: fits_hours(index, value),
        lambda index, leaders, chosen: [(zone, zone, n) for zone, n in zones_in_reach(index, leaders)],
    ),
)

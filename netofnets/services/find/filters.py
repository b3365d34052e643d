"""What limits the people found, and the choices there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from netofnets.schema.modes import MODE_NAMES
from netofnets.services.index import EditionIndex, Ints

__all__ = ["Facet", "FacetValue", "Filters", "facets"]

_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Filters:
    """What limits the people found: ids of an interest and a network, texts of region and country, a mode."""

    interest: str = ""
    network: str = ""
    region: str = ""
    country: str = ""
    mode: str = ""  # one of MODE_NAMES (together with interest, or of any interest)

    @property
    def any(self) -> bool:
        """Whether anything is limited at all."""
        return bool(self.interest or self.network or self.region or self.country or self.mode)


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

    name: str  # interest | network | region | country | mode
    label: str
    values: tuple[FacetValue, ...]


def facets(index: EditionIndex, leaders: Ints, filters: Filters) -> tuple[Facet, ...]:
    """The choices among the people found; what is chosen already is always among them."""
    among = np.zeros(index.people, dtype=bool)
    among[leaders] = True
    interests = _of_nodes(index, "interests", index.interests.csr[leaders], filters.interest)
    networks = _of_nodes(index, "networks", index.memberships.csr[leaders], filters.network)
    return (
        Facet("interest", "Interest", interests),
        Facet("mode", "How", _of_modes(index, among, filters.mode)),
        Facet("network", "Network", networks),
        Facet("region", "Region", _of_texts(index, "region", leaders, filters.region)),
        Facet("country", "Country", _of_texts(index, "country", leaders, filters.country)),
    )


def _of_nodes(index: EditionIndex, kind: str, matrix: object, chosen: str) -> tuple[FacetValue, ...]:
    counts = np.bincount(matrix.indices, minlength=index.snapshot.count(kind))  # type: ignore[attr-defined]
    ids, names = index.snapshot.ids(kind), index.snapshot.names(kind)
    found = [(ids[int(n)].as_py(), names[int(n)].as_py() or "", int(counts[n])) for n in _top(counts)]
    if chosen and chosen not in {value for value, _, _ in found}:
        at = np.flatnonzero(np.asarray(pc.equal(ids, chosen).to_numpy(zero_copy_only=False)))
        found += [(chosen, names[int(n)].as_py() or "", int(counts[n])) for n in at]
    return tuple(FacetValue(value, name, count, value == chosen) for value, name, count in found)


def _of_texts(index: EditionIndex, name: str, leaders: Ints, chosen: str) -> tuple[FacetValue, ...]:
    stated = index.snapshot.nodes["leaders"][name].take(pa.array(leaders))
    counted = pc.value_counts(pc.drop_null(stated)).to_pylist()
    ordered = sorted(((str(c["values"]), int(c["counts"])) for c in counted), key=lambda c: (-c[1], c[0]))
    found = ordered[:_CHOICES]
    if chosen and chosen not in {value for value, _ in found}:
        found += [c for c in ordered if c[0] == chosen] or [(chosen, 0)]
    return tuple(FacetValue(value, value, count, value == chosen) for value, count in found)


def _of_modes(index: EditionIndex, among: npt.NDArray[np.bool_], chosen: str) -> tuple[FacetValue, ...]:
    found = []
    for mode in MODE_NAMES:
        count = int(np.count_nonzero(among & (index.with_mode(mode).degrees > 0)))
        if count or mode == chosen:
            found.append(FacetValue(mode, mode.capitalize(), count, mode == chosen))
    return tuple(found)


def _top(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    order = np.argsort(-counts, kind="stable")[:_CHOICES]
    return order[counts[order] > 0]

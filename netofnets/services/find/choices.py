"""Who has what, as arrays over the people of an edition: what the filters count and choose by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from netofnets.analysis.hours import shared_hours
from netofnets.errors import NotFound
from netofnets.graph.vocabulary import words_in
from netofnets.schema.modes import MODE_NAMES
from netofnets.services.find.thesaurus import thesaurus
from netofnets.services.index import EditionIndex, Ints

__all__ = [
    "Mask",
    "counted_texts",
    "credential_holders",
    "domain_matrix",
    "fits_hours",
    "fits_text",
    "holders",
    "language_matrix",
    "members",
    "top",
    "zones_in_reach",
]

Mask = npt.NDArray[np.bool_]
Labelled = tuple[list[str], sp.csr_array]  # names of the columns; people by columns

_HOURS = 3.0  # a working day in common that allows a call and something around it


def holders(index: EditionIndex, interest: int, mode: str) -> Mask:
    """Who holds an interest (-1: any) in a mode (empty: any); :class:`NotFound` when there is no such mode."""
    if mode and mode not in MODE_NAMES:
        raise NotFound(f"there is no mode {mode!r}")
    ties = index.with_mode(mode) if mode else index.interests
    return _marked(index, ties.actors_of(interest) if interest >= 0 else np.flatnonzero(ties.degrees))


def members(index: EditionIndex, network: int) -> Mask:
    """Who is in a network."""
    return _marked(index, index.memberships.actors_of(network))


def credential_holders(index: EditionIndex, credential: int) -> Mask:
    """Who holds a credential that is valid."""
    return _marked(index, index.credentials.actors_of(credential))


def fits_text(index: EditionIndex, name: str, value: str) -> Mask:
    """Whose property says exactly this."""
    same = pc.fill_null(pc.equal(index.snapshot.nodes["leaders"][name], value), False)
    return np.asarray(same.to_numpy(), dtype=bool)


def fits_hours(index: EditionIndex, zone: str) -> Mask:
    """Who shares three working hours or more with a time zone; :class:`NotFound` when it is none."""
    if shared_hours(zone, zone) is None:
        raise NotFound(f"there is no time zone {zone!r}")
    stated = index.snapshot.nodes["leaders"]["time_zone"]
    near = [z for z in pc.unique(stated).to_pylist() if z and (shared_hours(zone, z) or 0.0) >= _HOURS]
    return np.asarray(pc.is_in(stated, value_set=pa.array(near, pa.string())).to_numpy(), dtype=bool)


def counted_texts(index: EditionIndex, name: str, leaders: Ints) -> list[tuple[str, int]]:
    """What the property of these people says, most frequent first, then by alphabet."""
    codes, values = _coded(index, name)
    counts = np.bincount(codes[leaders] + 1, minlength=len(values) + 1)[1:]
    return [(values[n], int(counts[n])) for n in top(counts, len(values))]


def zones_in_reach(index: EditionIndex, leaders: Ints) -> list[tuple[str, int]]:
    """The time zones of these people, most frequent first, with how many of them share the hours with each."""
    found = counted_texts(index, "time_zone", leaders)
    return [(zone, sum(n for z, n in found if (shared_hours(zone, z) or 0.0) >= _HOURS)) for zone, _ in found]


def language_matrix(index: EditionIndex) -> Labelled:
    """People by the languages that they work in."""

    def build() -> Labelled:
        stated = [v or () for v in index.snapshot.nodes["leaders"]["languages"].to_pylist()]
        return _matrix([sorted(set(v)) for v in stated])

    return index.once("languages", build)


def domain_matrix(index: EditionIndex) -> Labelled:
    """People by the domains of their interests: as the data say, else as the shipped vocabulary does."""

    def build() -> Labelled:
        known = {_key(w): c.domain for c in reversed(thesaurus()) for w in (*c.also, c.name)}
        nodes = index.snapshot.nodes["interests"]
        named = zip(nodes["domain"].to_pylist(), nodes["name"].to_pylist(), strict=True)
        labels, of = _matrix([[d] if (d := said or known.get(_key(name or ""))) else [] for said, name in named])
        held = sp.csr_array(index.interests.csr.astype(np.int32) @ of)
        return labels, held

    return index.once("domains", build)


def top(counts: npt.NDArray[np.int64], most: int) -> list[int]:
    """Places of the largest counts above 0, largest first; of equals the first."""
    order = np.argsort(-counts, kind="stable")[:most]
    return [int(n) for n in order if counts[n] > 0]


def _coded(index: EditionIndex, name: str) -> tuple[npt.NDArray[np.int64], list[str]]:
    """For each person the place of what the property says among its sorted values, -1 where it says nothing."""
    key = ("coded", name)

    def build() -> tuple[npt.NDArray[np.int64], list[str]]:
        stated = index.snapshot.nodes["leaders"][name]
        values = sorted(str(v) for v in pc.unique(stated).to_pylist() if v)
        places = pc.index_in(stated, value_set=pa.array(values, pa.string()))
        return np.asarray(pc.fill_null(places, -1).to_numpy(), dtype=np.int64), values

    return index.once(key, build)


def _matrix(stated: list[list[str]]) -> Labelled:
    labels = sorted({label for labels in stated for label in labels})
    place = {label: n for n, label in enumerate(labels)}
    columns = np.array([place[label] for labels in stated for label in labels], dtype=np.int32)
    rows = np.repeat(np.arange(len(stated), dtype=np.int32), [len(labels) for labels in stated])
    ones = np.ones(len(columns), dtype=np.int32)
    return labels, sp.csr_array((ones, (rows, columns)), shape=(len(stated), len(labels)))


def _marked(index: EditionIndex, leaders: npt.ArrayLike) -> Mask:
    marked = np.zeros(index.people, dtype=bool)
    marked[np.asarray(leaders, dtype=np.int64)] = True
    return marked


def _key(name: str) -> str:
    return " ".join(words_in(name))

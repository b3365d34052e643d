"""Two levels of a map: the discs of one community packed beside each other, then the communities side by side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from netofnets.analysis.leiden import partition
from netofnets.analysis.packing import SMALL, pack

__all__ = ["arrange", "spacing"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_TOGETHER = 8.0  # pull between two discs of one community on a small map, in units of the mean weight
_CLOSER = 3.0  # on a large map discs of one community stand so many times closer than communities do
_SPLIT = 300  # a community of more discs is packed part by part, too
_TURNS = 24  # ways round that a district is tried in, and as many mirrored
_WIDE = 1.4  # rows of islands: so many times wider than high
_MOAT = 3.0  # rows of islands keep so many rooms' distance


def arrange(radius: Floats, weights: sp.csr_array, community: Ints, gap: float, room: float) -> Floats:
    """Centres of discs, shape (discs, 2), around the origin; no two are nearer than ``gap``.

    ``weights`` (symmetric) say how near two discs want to be, ``community`` whose each is (-1: nobody's). On a small
    map all discs are packed at once, ``room`` apart, those of a community drawn together. On a large one each
    community fills a circle, a district; districts stand ``room`` apart, turned so that discs face those outside that
    they weigh most with; discs without weight stand in rows below. The work grows with the discs and their weights,
    and with the square of the districts.
    """
    if len(radius) <= SMALL:
        return pack(radius, _drawn_together(weights, community), room)
    centre = np.zeros((len(radius), 2))
    tied = np.diff(weights.indptr) > 0
    districts = _districts(weights, community, np.flatnonzero(tied))
    within = spacing(len(radius), gap, room)
    size = np.zeros(len(districts))
    for number, discs in enumerate(districts):
        packed = pack(radius[discs], _among(weights, discs), within, again=0)
        centre[discs], size[number] = _encircled(packed, radius[discs])
    if districts:
        district = _numbered(districts, len(radius))
        middle = pack(size, _between(weights, district, len(districts)), room)
        _turn(centre, middle, districts, district, weights)
        centre[tied] += middle[district[tied]]
    _in_rows(centre, radius, tied, within, _MOAT * room)
    return centre - np.average(centre, axis=0, weights=radius**2)


def spacing(discs: int, gap: float, room: float) -> float:
    """The least distance between two discs of a map of so many."""
    return room if discs <= SMALL else max(gap, room / _CLOSER)


def _drawn_together(weights: sp.csr_array, community: Ints) -> sp.csr_array:
    """The weights, and more between any two tied discs of one community."""
    if not weights.nnz:
        return weights
    whose = np.where(np.diff(weights.indptr) > 0, community, -1)
    same = (whose[:, None] == whose[None, :]) & (whose >= 0)[:, None]
    np.fill_diagonal(same, False)
    both = sp.csr_array(weights + sp.csr_array(same * (_TOGETHER * weights.data.mean())))
    both.sort_indices()
    return both


def _districts(weights: sp.csr_array, community: Ints, discs: Ints) -> list[Ints]:
    """The discs of each community; those of a large one as modularity divides them further."""
    if not len(discs):
        return []
    order = discs[np.argsort(community[discs], kind="stable")]
    found = np.split(order, np.flatnonzero(np.diff(community[order])) + 1)
    return [part for whole in found for part in _split(weights, whole)]


def _split(weights: sp.csr_array, discs: Ints) -> list[Ints]:
    if len(discs) <= _SPLIT:
        return [discs]
    parts = partition(_among(weights, discs), 1.0, 0)[0]
    if parts.max(initial=0) <= parts.min(initial=0):
        return [discs]
    return [deep for part in np.unique(parts) for deep in _split(weights, discs[parts == part])]


def _among(weights: sp.csr_array, discs: Ints) -> sp.csr_array:
    found = sp.csr_array(weights[discs][:, discs])
    found.sort_indices()
    return found


def _numbered(districts: list[Ints], discs: int) -> Ints:
    """The district of every disc, -1 for none."""
    found = np.full(discs, -1, dtype=np.int64)
    found[np.concatenate(districts)] = np.repeat(np.arange(len(districts)), [len(d) for d in districts])
    return found


def _encircled(centre: Floats, radius: Floats) -> tuple[Floats, float]:
    """Discs moved so that a nearly smallest circle around them is about the origin, and its radius.

    Every step goes towards the disc that reaches farthest, less far each time (Badoiu and Clarkson 2003: Smaller
    core-sets for balls).
    """
    at = centre.mean(axis=0)
    for step in range(50):
        away = centre - at
        far = int(np.argmax(np.round(np.hypot(*away.T) + radius, 6)))
        at = at + away[far] / (step + 2.0)
    return centre - at, float((np.hypot(*(centre - at).T) + radius).max())


def _between(weights: sp.csr_array, district: Ints, districts: int) -> sp.csr_array:
    """How near two districts want to be: the weight between them by the geometric mean of the whole of each."""
    rows = np.repeat(np.arange(len(district)), np.diff(weights.indptr))
    here, there = district[rows], district[weights.indices]
    whole = np.bincount(here, weights.data, districts)
    apart = here != there
    here, there = here[apart], there[apart]
    value = weights.data[apart] / np.sqrt(whole[here] * whole[there])
    found = sp.csr_array(sp.coo_array((value, (here, there)), shape=(districts, districts)).tocsr())
    found.sort_indices()
    return found


def _turn(centre: Floats, middle: Floats, districts: list[Ints], district: Ints, weights: sp.csr_array) -> None:
    """Turn or mirror the districts, one by one, so that discs lie towards those outside that they weigh most with."""
    ways = np.exp(2j * np.pi * np.arange(_TURNS) / _TURNS)[:, None]
    place, hub = centre @ np.array([1.0, 1j]), middle @ np.array([1.0, 1j])
    for number, discs in enumerate(districts):
        ends = sp.coo_array(weights[discs])
        out = district[ends.col] != number
        if len(discs) < 2 or not out.any():
            continue
        other, row = ends.col[out], ends.row[out]
        way = hub[district[other]] + place[other] - hub[number]
        pull = ends.data[out] * way / np.maximum(np.abs(way), 1e-9)
        drawn = np.bincount(row, pull.real, len(discs)) - 1j * np.bincount(row, pull.imag, len(discs))
        tried = np.concatenate([ways * place[discs], ways * place[discs].conj()])
        place[discs] = tried[int(np.argmax(np.round((tried @ drawn).real, 6)))]
    centre[:] = np.column_stack([place.real, place.imag])


def _in_rows(centre: Floats, radius: Floats, tied: npt.NDArray[np.bool_], gap: float, moat: float) -> None:
    """Place the discs that are not tied in rows below the others, the largest first."""
    islands = np.flatnonzero(~tied)
    if not len(islands):
        return
    islands = islands[np.lexsort((islands, -radius[islands]))]
    sizes = 2.0 * radius[islands] + gap
    width = float(np.sqrt(_WIDE * (sizes**2).sum()))
    x, y, high = 0.0, 0.0, float(sizes[0])
    for disc, size in zip(islands.tolist(), sizes.tolist(), strict=True):
        if x > 0.0 and x + size > width:
            x, y, high = 0.0, y - high, size
        centre[disc] = x + size / 2.0, y - high / 2.0
        x += size
    lowest = float((centre[tied, 1] - radius[tied]).min()) - moat if tied.any() else (high - y) / 2.0
    centre[islands] += np.array([-width / 2.0, lowest])

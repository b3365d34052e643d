"""Discs on a plane: networks that share members side by side, none overlapping, islands apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["SMALL", "joined", "pack"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ANGLES = 36  # positions tried around a disc
_TURN = 2.0 * np.pi * np.arange(_ANGLES) / _ANGLES
_AROUND = np.column_stack([np.cos(_TURN), np.sin(_TURN)])
_HOSTS = 14  # discs around which a place is sought: those nearest to where it should be
_FEW_HOSTS = 4  # the same in large maps
_PARTNERS = 48  # the strongest ties count
SMALL = 150  # up to so many discs, more places are tried, and each is moved twice more when all others are in place
_FLAT = 1.3  # screens are wider than high
_MOAT = 3.0  # islands keep so many gaps' distance


@dataclass
class _Board:
    """The discs placed so far; ``centre`` rows of others mean nothing yet."""

    radius: Floats
    gap: Floats
    weights: sp.csr_array
    centre: Floats
    placed: npt.NDArray[np.bool_]
    hosts: int  # so many discs are tried at once
    closed: Floats  # the smallest size that found no spot beside a disc: larger ones need not try

    def partners(self, disc: int) -> tuple[Ints, Floats]:
        """Placed discs that this one shares members with, strongest first, and the weights."""
        span = slice(self.weights.indptr[disc], self.weights.indptr[disc + 1])
        others, weight = self.weights.indices[span].astype(np.int64), self.weights.data[span]
        there = self.placed[others]
        others, weight = others[there], weight[there]
        order = np.lexsort((others, -weight))
        return others[order], weight[order]


def pack(radius: Floats, weights: sp.csr_array, gap: float, *, again: int = 2) -> Floats:
    """Centres of discs, shape (discs, 2), around the origin.

    Discs are placed one by one, each next to those it weighs most with (``weights`` symmetric), where the weighted
    distance to all of them is smallest; no two are nearer than ``gap``. Discs without weight stand apart. Up to 150
    discs are each moved ``again`` so many times when all are placed. The work grows with the square of the discs.
    """
    discs = len(radius)
    alone = np.diff(weights.indptr) == 0
    gaps = np.where(alone & (not alone.all()), _MOAT * gap, gap)
    again = again if discs <= SMALL else 0
    hosts = _HOSTS if again else _FEW_HOSTS
    nowhere, closed = np.zeros((discs, 2)), np.full(discs, np.inf)
    board = _Board(radius, gaps, weights, nowhere, np.zeros(discs, dtype=bool), hosts, closed)
    order = _order(radius, weights)
    for disc in order:
        board.centre[disc] = _best(board, disc)
        board.placed[disc] = True
    for _ in range(again):
        for disc in order:
            board.placed[disc] = False
            board.closed[:] = np.inf  # a disc less: there may be room again
            board.centre[disc] = _best(board, disc)
            board.placed[disc] = True
    return board.centre - _middle(board) if discs else board.centre


def joined(centre: Floats, placed: npt.NDArray[np.bool_], radius: Floats, weights: sp.csr_array, gap: float) -> Floats:
    """Centres with those that are not ``placed`` put beside those that are, one by one, as :func:`pack` does."""
    discs = len(radius)
    gaps, closed = np.full(discs, gap), np.full(discs, np.inf)
    board = _Board(radius, gaps, weights, centre.copy(), placed.copy(), _FEW_HOSTS, closed)
    for disc in _order(radius, weights):
        if not placed[disc]:
            board.centre[disc] = _best(board, disc)
            board.placed[disc] = True
    return board.centre


def _order(radius: Floats, weights: sp.csr_array) -> list[int]:
    """The disc with most weight first, then always the one that weighs most with those before."""
    discs = len(radius)
    total = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
    pull = np.zeros(discs)
    waiting = np.ones(discs, dtype=bool)
    order: list[int] = []
    first = np.lexsort((np.arange(discs), -radius, -total))
    place = np.empty(discs)
    place[first] = np.arange(discs)
    for _ in range(discs):
        score = np.where(waiting, np.round(pull, 9) - place * 1e-12, -np.inf)
        disc = int(np.argmax(score))
        waiting[disc] = False
        order.append(disc)
        span = slice(weights.indptr[disc], weights.indptr[disc + 1])
        pull[weights.indices[span]] += weights.data[span]
    return order


def _best(board: _Board, disc: int) -> Floats:
    """The cheapest free spot beside one of the discs nearest to where this one should be."""
    placed = np.flatnonzero(board.placed)
    if len(placed) == 0:
        return np.zeros(2)
    partners, weight = board.partners(disc)
    partners, weight = partners[:_PARTNERS], weight[:_PARTNERS]
    middle = _middle(board)
    size = board.radius[disc] + board.gap[disc]
    hosts = _hosts(board, placed[board.closed[placed] > size], partners, weight, middle)
    for start in range(0, len(hosts), board.hosts):
        spots, free = _beside(board, disc, hosts[start : start + board.hosts], placed)
        if free.any():
            break
    spots = spots[free.ravel()]
    cost = 0.02 * (weight.sum() + 1.0) * _distance(spots, middle[None, :])[:, 0]
    if len(partners):
        cost = cost + _distance(spots, board.centre[partners]) @ weight
    return np.asarray(spots[int(np.argmin(np.round(cost, 6)))], dtype=np.float64)


def _hosts(board: _Board, able: Ints, partners: Ints, weight: Floats, middle: Floats) -> Ints:
    """Placed discs by distance from the weighted middle of the partners (without partners: of everything)."""
    target = middle
    if len(partners):
        target = (board.centre[partners] * weight[:, None]).sum(axis=0) / weight.sum()
    apart = np.hypot(*(board.centre[able] - target).T) - board.radius[able]
    return able[np.argsort(np.round(apart, 6), kind="stable")]


def _beside(board: _Board, disc: int, hosts: Ints, placed: Ints) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Spots around the hosts, and which are free, shape (hosts, angles); hosts without any are closed to such sizes."""
    away = _reach(board, disc, hosts)
    flat = (board.centre[hosts][:, None, :] + away[:, None, None] * _AROUND).reshape(-1, 2)
    x, y = flat[:, 0], flat[:, 1]
    limit = _reach(board, disc, placed)
    across, up = board.centre[placed, 0], board.centre[placed, 1]
    near = (across + limit > x.min()) & (across - limit < x.max()) & (up + limit > y.min()) & (up - limit < y.max())
    across, up = x[:, None] - across[near], y[:, None] - up[near]
    free = (across * across + up * up >= (limit[near] - 1e-6) ** 2).all(axis=1).reshape(len(hosts), _ANGLES)
    shut = hosts[~free.any(axis=1)]
    board.closed[shut] = np.minimum(board.closed[shut], board.radius[disc] + board.gap[disc])
    return flat, free


def _middle(board: _Board) -> Floats:
    area = np.where(board.placed, board.radius**2, 0.0)
    return np.asarray((board.centre * area[:, None]).sum(axis=0) / area.sum(), dtype=np.float64)


def _distance(spots: Floats, centres: Floats) -> Floats:
    across = spots[:, None, 0] - centres[None, :, 0]
    up = (spots[:, None, 1] - centres[None, :, 1]) * _FLAT
    return np.asarray(np.sqrt(across * across + up * up), dtype=np.float64)  # nothing here is near the ends of floats


def _reach(board: _Board, disc: int, others: Ints) -> Floats:
    gaps = np.maximum(board.gap[disc], board.gap[others])
    return np.asarray(board.radius[disc] + board.radius[others] + gaps, dtype=np.float64)

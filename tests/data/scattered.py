"""People with planted communities and bridges among whom many join another community by accident."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.data.planted import Planted

__all__ = ["scattered"]

_STRAY = 0.08  # of the memberships lead to a network of any community
_WIDE = 0.3  # of the memberships lead to a network of a whole region, or of everybody


def scattered(seed: int, *, people: int = 4000, communities: int = 16, bridges: int = 24, mega: float = 0.0) -> Planted:
    """Communities of uneven size with local networks of heavy-tailed sizes; four regions; two national networks.

    Everybody has one network at home and up to five more; one membership in twelve strays into any community, so
    that joining two is nothing special. ``bridges`` people have two networks at home and one each in two to
    four others, and as many decoys have four to six at home. Direct ties run between members of small networks.
    ``mega`` is the share of everybody who joins one more network.
    """
    random = np.random.default_rng(seed)
    share = random.lognormal(0.0, 0.5, communities)
    home = random.choice(communities, people, p=share / share.sum())
    local = _local(random, np.bincount(home, minlength=communities))
    special = random.choice(people, 2 * bridges, replace=False)
    found: set[tuple[int, int]] = set()
    for who in range(people):
        found.update((who, network) for network in _joined(random, local, home[who], who, special))
        if random.random() < mega:
            found.add((who, len(local.of) + 10))
    pairs = np.array(sorted(found))
    is_bridge = np.isin(np.arange(people), special[:bridges])
    ties = _ties(random, pairs, local.of, 2 * people)
    return Planted(pairs[:, 0], pairs[:, 1], people, len(local.of) + 11, is_bridge, home, ties)


@dataclass(frozen=True)
class _Local:
    """The local networks: the community of each, how often each is joined; and how many communities there are."""

    of: np.ndarray
    size: np.ndarray
    communities: int

    def draw(self, random: np.random.Generator, community: int) -> int:
        own = np.flatnonzero(self.of == community)
        return int(random.choice(own, p=self.size[own] / self.size[own].sum()))


def _local(random: np.random.Generator, sizes: np.ndarray) -> _Local:
    drawn = [(c, 8.0 + 12.0 * random.pareto(1.3)) for c, size in enumerate(sizes) for _ in range(size // 14 + 3)]
    return _Local(np.array([c for c, _ in drawn]), np.array([s for _, s in drawn]), len(sizes))


def _joined(random: np.random.Generator, local: _Local, home: int, who: int, special: np.ndarray) -> list[int]:
    """The networks of one person; of ``special``, the first half bridge and the others are decoys."""
    place = np.flatnonzero(special == who)
    if not len(place):
        more = min(int(random.geometric(0.45)) - 1, 5)
        return [local.draw(random, home), *(_more(random, local, home) for _ in range(more))]
    if place[0] >= len(special) // 2:
        return [local.draw(random, home) for _ in range(int(random.integers(4, 7)))]
    others = np.flatnonzero(np.arange(local.communities) != home)
    abroad = random.choice(others, int(random.integers(2, 5)), replace=False)
    return [local.draw(random, home), local.draw(random, home), *(local.draw(random, int(c)) for c in abroad)]


def _more(random: np.random.Generator, local: _Local, home: int) -> int:
    """One more network: of the region (two for each of four) or national (two), of any community, or at home."""
    if random.random() < _WIDE:
        regional, national = len(local.of) + 2 * (home % 4), len(local.of) + 8
        return int((regional if random.random() < 0.6 else national) + random.integers(2))
    return local.draw(random, int(random.integers(local.communities)) if random.random() < _STRAY else home)


def _ties(random: np.random.Generator, pairs: np.ndarray, of: np.ndarray, count: int) -> tuple[np.ndarray, ...]:
    """Ties between two members of a local network; drawn twice, they count twice."""
    local = pairs[pairs[:, 1] < len(of)]
    by_network = local[np.argsort(local[:, 1], kind="stable")]
    start = np.searchsorted(by_network[:, 1], np.arange(len(of) + 1))
    drawn = local[random.integers(len(local), size=count)]
    width = start[drawn[:, 1] + 1] - start[drawn[:, 1]]
    other = by_network[start[drawn[:, 1]] + (random.random(count) * width).astype(int), 0]
    ends = np.sort(np.column_stack([drawn[:, 0], other])[drawn[:, 0] != other], axis=1)
    tied, times = np.unique(ends, axis=0, return_counts=True)
    return tied[:, 0], tied[:, 1], times

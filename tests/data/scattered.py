"""People with planted communities and bridges among whom many join another community by accident."""

from __future__ import annotations

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
    local = [np.flatnonzero(home == c) for c in range(communities)]
    networks = [
        (c, 8.0 + 12.0 * random.pareto(1.3)) for c in range(communities) for _ in range(len(local[c]) // 14 + 3)
    ]
    of = np.array([c for c, _ in networks])
    size = np.array([s for _, s in networks])
    wide = len(networks) + 2 * (np.arange(communities) % 4)  # two networks for each region
    national, everybody = len(networks) + 8, len(networks) + 10
    special = random.choice(people, 2 * bridges, replace=False)
    kind = np.zeros(people, dtype=int)
    kind[special[:bridges]], kind[special[bridges:]] = 1, 2

    def inside(community: int) -> int:
        own = np.flatnonzero(of == community)
        return int(random.choice(own, p=size[own] / size[own].sum()))

    def more(who: int) -> int:
        if random.random() < _WIDE:
            return int((wide[home[who]] if random.random() < 0.6 else national) + random.integers(2))
        return inside(int(random.integers(communities)) if random.random() < _STRAY else home[who])

    found = set()
    for who in range(people):
        if kind[who] == 1:
            abroad = random.choice(
                np.flatnonzero(np.arange(communities) != home[who]), int(random.integers(2, 5)), False
            )
            joined = [inside(home[who]), inside(home[who]), *(inside(int(c)) for c in abroad)]
        elif kind[who] == 2:
            joined = [inside(home[who]) for _ in range(int(random.integers(4, 7)))]
        else:
            joined = [inside(home[who]), *(more(who) for _ in range(min(int(random.geometric(0.45)) - 1, 5)))]
        found.update((who, network) for network in joined)
        if random.random() < mega:
            found.add((who, everybody))
    pairs = np.array(sorted(found))
    ties = _ties(random, pairs, of, 2 * people)
    return Planted(pairs[:, 0], pairs[:, 1], people, everybody + 1, kind == 1, home, ties)


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

"""Teachers in blocks of networks that hardly anybody joins, with interests, and ties of which some can be hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import snapshot

__all__ = ["Strangers", "strangers"]

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Strangers:
    """Who is in what, names what, and works with whom; ``hidden`` are ties that the snapshot does not have."""

    belongs: dict[str, list[str]]
    interests: dict[str, list[str]]
    ties: list[tuple[str, str]]
    hidden: set[tuple[str, str]]

    def snapshot(self) -> Snapshot:
        return snapshot(self.belongs, self.ties, interests=self.interests)


def strangers(seed: int, *, people: int = 400, networks: int = 24, blocks: int = 6, ties: int = 0) -> Strangers:
    """Everybody is in 1 + Poisson(0.9) networks of a block, sizes log-normal; six people are in a second block as well.

    Everybody names three to five of 30 interests, half of them from the eight that are usual in the own block. ``ties``
    are drawn among people who are alike enough, whatever networks lie between them, seven times as often in one
    network; a fifth of them is hidden.
    """
    random = np.random.default_rng(seed)
    block = np.arange(networks) % blocks
    weight = random.lognormal(0.0, 0.6, networks)
    home = random.integers(0, blocks, people)
    member = np.zeros((people, networks), dtype=bool)
    for who in range(people):
        own = 1 + int(random.poisson(0.9))
        member[who, _draw(random, np.flatnonzero(block == home[who]), weight, own)] = True
    for who in random.choice(people, 6, replace=False):
        other = int(random.choice(np.flatnonzero(np.arange(blocks) != home[who])))
        member[who, _draw(random, np.flatnonzero(block == other), weight, 1)] = True
    held = _interests(random, home, blocks)
    kept, hidden = _ties(random, member, held, ties)
    names = [f"p{i:03d}" for i in range(people)]
    return Strangers(
        {names[i]: [f"n{n:02d}" for n in np.flatnonzero(member[i])] for i in range(people)},
        {names[i]: [f"i{t:02d}" for t in np.flatnonzero(held[i])] for i in range(people)},
        [(names[a], names[b]) for a, b in kept],
        {(names[a], names[b]) for a, b in hidden},
    )


def _draw(random: np.random.Generator, among: np.ndarray, weight: np.ndarray, count: int) -> np.ndarray:
    share = weight[among] / weight[among].sum()
    return random.choice(among, min(count, len(among)), replace=False, p=share)


def _interests(random: np.random.Generator, home: np.ndarray, blocks: int, topics: int = 30) -> np.ndarray:
    usual = [random.choice(topics, 8, replace=False) for _ in range(blocks)]
    held = np.zeros((len(home), topics), dtype=bool)
    for who, at in enumerate(home):
        for _ in range(int(random.integers(3, 6))):
            held[who, random.choice(usual[at]) if random.random() < 0.5 else random.integers(topics)] = True
    return held


def _ties(random: np.random.Generator, member: np.ndarray, held: np.ndarray, count: int) -> tuple[Pairs, Pairs]:
    if not count:
        return [], []
    size = held.sum(axis=1)
    alike = (held.astype(int) @ held.T) / np.sqrt(np.outer(size, size))
    together = (member.astype(int) @ member.T) > 0
    pull = (1.0 / (1.0 + np.exp(-20.0 * (alike - 0.55))) + 0.003) * np.exp(2.0 * together)
    one, other = np.triu_indices(len(held), k=1)
    chance = pull[one, other] / pull[one, other].sum()
    drawn = np.sort(random.choice(len(one), count, replace=False, p=chance))
    away = random.random(count) < 0.2
    pairs = list(zip(one[drawn].tolist(), other[drawn].tolist(), strict=True))
    return [p for p, a in zip(pairs, away, strict=True) if not a], [p for p, a in zip(pairs, away, strict=True) if a]

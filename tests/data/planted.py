"""People and networks with planted blocks and bridges, and memberships shuffled so that nothing is left of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from netofnets.graph.snapshot import Snapshot
from netofnets.schema.arrow import arrow_schema


@dataclass(frozen=True)
class Planted:
    """Memberships (person, network), and what is hidden in them; ``home`` is each person's block."""

    person: np.ndarray
    network: np.ndarray
    people: int
    networks: int
    is_bridge: np.ndarray
    home: np.ndarray
    ties: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None

    def snapshot(self) -> Snapshot:
        leaders = [f"l{i:07d}" for i in range(self.people)]
        networks = [f"n{i:07d}" for i in range(self.networks)]
        tables = {
            "leaders": _table("leaders", id=leaders, name=leaders),
            "networks": _table("networks", id=networks, name=networks),
            "memberships": _edges("memberships", leaders, self.person, networks, self.network),
        }
        if self.ties is not None:
            source, target, count = self.ties
            tables["collaborations"] = _edges("collaborations", leaders, source, leaders, target, count=count)
        return Snapshot.build(tables)

    def shuffled(self, seed: int, rounds: int = 30) -> Planted:
        """The same degrees and sizes, everything else at random (pairs of memberships swap their networks)."""
        random = np.random.default_rng(seed)
        person, network = self.person.copy(), self.network.copy()
        half = len(person) // 2
        for _ in range(rounds):
            order = random.permutation(len(person))
            a, b = order[:half], order[half : 2 * half]
            there = np.sort(person * self.networks + network)
            fresh = np.concatenate([person[a] * self.networks + network[b], person[b] * self.networks + network[a]])
            at = np.minimum(np.searchsorted(there, fresh), len(there) - 1)
            _, inverse, count = np.unique(fresh, return_inverse=True, return_counts=True)
            bad = (there[at] == fresh) | (count[inverse] > 1)
            good = ~(bad[:half] | bad[half:])
            network[a[good]], network[b[good]] = network[b[good]], network[a[good]]
        return Planted(person, network, self.people, self.networks, self.is_bridge, self.home)


def planted(seed: int, *, people: int = 1000, mega: float = 0.3, bridges: int = 30) -> Planted:
    """56 networks in 8 blocks; bridging people in two blocks, as many decoys with 5-7 networks at home.

    One more network is joined by the share ``mega`` of everybody, wherever they belong.
    """
    random = np.random.default_rng(seed)
    block = np.arange(56) % 8
    weight = random.lognormal(0.0, 0.6, 56)
    home = random.integers(0, 8, people)
    special = random.choice(people, 2 * bridges, replace=False)
    is_bridge, is_decoy = np.zeros(people, bool), np.zeros(people, bool)
    is_bridge[special[:bridges]], is_decoy[special[bridges:]] = True, True

    def join(of: int, count: int) -> list[int]:
        inside = np.flatnonzero(block == of)
        share = weight[inside] / weight[inside].sum()
        return [int(n) for n in random.choice(inside, min(count, len(inside)), replace=False, p=share)]

    found: set[tuple[int, int]] = set()
    for who in range(people):
        own = int(random.integers(5, 8)) if is_decoy[who] else 1 + int(random.poisson(0.9))
        if is_bridge[who]:
            other = int(random.choice(np.flatnonzero(np.arange(8) != home[who])))
            chosen = join(int(home[who]), int(random.integers(1, 3))) + join(other, 1)
        else:
            chosen = join(int(home[who]), own)
        found.update((who, n) for n in chosen)
        if random.random() < mega:
            found.add((who, 56))
    pairs = np.array(sorted(found))
    return Planted(pairs[:, 0], pairs[:, 1], people, 57, is_bridge, home)


def _edges(kind, sources, source, targets, target, **values):
    ids = [f"r{i:08d}" for i in range(len(source))]
    ends = pa.array(sources).take(pa.array(source)), pa.array(targets).take(pa.array(target))
    return _table(kind, id=ids, from_id=ends[0], to_id=ends[1], **values)


def _table(name: str, /, **columns) -> pa.Table:
    length = len(columns["id"])
    return pa.table(
        [
            pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(length, field.type)
            for field in arrow_schema(name)
        ],
        schema=arrow_schema(name),
    )

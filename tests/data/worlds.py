"""Made-up worlds with the shape of larger real data: boards and their directors, a city and its meetup groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

__all__ = ["Rosters", "boards", "meetups"]

Rosters = Mapping[str, list[str]]


def boards(seed: int = 7, *, people: int = 1495, core: int = 90, leaves: int = 108) -> tuple[Rosters, list[str]]:
    """Boards with directors, and the directors without whom a board would hang on nothing.

    The ``core`` boards share two directors with the next one, round in a circle, so that nobody can be missed there;
    each of the ``leaves`` boards shares one director with a board of the core. All others sit on one board, whose
    sizes are heavy-tailed.
    """
    random = np.random.default_rng(seed)
    names = [f"Core Board {i:03d}" for i in range(core)] + [f"Leaf Board {i:03d}" for i in range(leaves)]
    rosters: dict[str, list[str]] = {name: [] for name in names}
    for i in range(core):
        for k in range(2):
            for board in (i, (i + 1) % core):
                rosters[names[board]].append(f"Core Director {i:03d} {k}")
    cutting = [f"Joint Director {i:03d}" for i in range(leaves)]
    for i, director in enumerate(cutting):
        rosters[names[core + i]].append(director)
        rosters[names[int(random.integers(core))]].append(director)
    weight = random.pareto(1.5, len(names)) + 1.0
    others = people - leaves - 2 * core
    places = np.concatenate([np.arange(core, len(names)), random.choice(len(names), others - leaves, p=_parts(weight))])
    for i, at in enumerate(places.tolist()):
        rosters[names[at]].append(f"Plain Director {i:04d}")
    return rosters, cutting


def meetups(seed: int = 7, *, people: int = 1757, groups: int = 40) -> Rosters:
    """Groups of a city with heavy-tailed sizes: two in three people are in one group, few in many, as it falls."""
    random = np.random.default_rng(seed)
    share = _parts(random.pareto(1.1, groups) + 0.05)
    rosters: dict[str, list[str]] = {f"Group {i:03d}": [] for i in range(groups)}
    for person in range(people):
        count = min(int(random.geometric(0.66)), groups)
        for at in random.choice(groups, count, replace=False, p=share).tolist():
            rosters[f"Group {at:03d}"].append(f"Neighbour {person:05d}")
    return {name: members for name, members in rosters.items() if members}


def _parts(weight: np.ndarray) -> np.ndarray:
    return np.asarray(weight / weight.sum())

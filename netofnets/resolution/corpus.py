"""What all records together say, whichever are compared: how many, how usual each value, how strangers agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from netofnets.resolution.compare import COMPARISONS, Levels, compare
from netofnets.resolution.records import Ints, People

__all__ = ["COUNTED", "SAMPLE", "Corpus"]

SAMPLE = 300
"""Records of whom all pairs are compared, to learn how often strangers agree: some 45,000 pairs."""

COUNTED: tuple[str, ...] = tuple(
    dict.fromkeys(level.by for comparison in COMPARISONS for level in comparison.levels if level.by)
)
"""The columns of which it counts how usual a value is."""


@dataclass(frozen=True)
class Corpus:
    """``size`` records; by column, how many ``said`` something and ``counts`` of each value, in the order of its codes.

    ``strangers`` are the levels of pairs of different sources in a sample, ``apart`` the share of such pairs in it.
    """

    size: int
    said: Mapping[str, int]
    counts: Mapping[str, Ints]
    strangers: Levels
    apart: float

    @property
    def possible(self) -> float:
        """How many pairs of records of different sources there are."""
        return self.size * (self.size - 1) / 2 * self.apart

    @classmethod
    def of(cls, people: People, seed: int = 7) -> Corpus:
        """What these records say, when they are all there are."""
        columns = {name: getattr(people, name) for name in COUNTED}
        counts = {
            name: np.bincount(c.codes[c.codes >= 0], minlength=len(c.values)).astype(np.int64)
            for name, c in columns.items()
        }
        said = {name: int(count.sum()) for name, count in counts.items()}
        drawn = np.sort(np.random.default_rng(seed).permutation(len(people))[:SAMPLE])
        return cls(len(people), said, counts, *strangers(people, drawn))


def strangers(people: People, drawn: Ints) -> tuple[Levels, float]:
    """The levels of the pairs of different sources among the rows ``drawn``, and their share of all pairs."""
    first, second = np.triu_indices(len(drawn), 1)
    left, right = drawn[first], drawn[second]
    source = people.source.codes
    apart = (source[left] != source[right]) | (source[left] < 0)
    return compare(people, left[apart], right[apart]), float(apart.mean() if len(apart) else 0)

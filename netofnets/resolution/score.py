"""The scorer: how likely two records are one person, by a Fellegi-Sunter model that the records themselves estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from netofnets.resolution.compare import COMPARISONS, UNKNOWN, Comparison, Level, Levels, compare
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.records import Ints, People

__all__ = ["FellegiSunter", "Floats", "Scored", "Scorer"]

Floats = npt.NDArray[np.float64]

_ROUNDS = 6
_SHY = 300.0  # records, or pairs of strangers, that what is usual elsewhere weighs against those at hand
_GIVEN_OUT_ONCE = ("email", "mailbox", "url")  # a name is given to many, an address to one
_PRIOR = 40.0  # pairs of one person that it weighs


@dataclass(frozen=True)
class Scored:
    """Pairs of rows (left < right) with their levels; ``weight`` is the log-odds in nats, ``probability`` follows."""

    left: Ints
    right: Ints
    levels: Levels
    weight: Floats
    parts: Mapping[str, Floats]  # what each comparison adds to the weight

    @property
    def probability(self) -> Floats:
        """Probability that a pair is one person."""
        return _logistic(self.weight)

    def where(self, rows: npt.NDArray[np.bool_] | Ints) -> Scored:
        """Some of the pairs."""
        levels = {name: level[rows] for name, level in self.levels.items()}
        parts = {name: part[rows] for name, part in self.parts.items()}
        return Scored(self.left[rows], self.right[rows], levels, self.weight[rows], parts)


class Scorer(Protocol):
    """Whatever can say how likely pairs of records are one person."""

    model: str

    def __call__(self, people: People, left: Ints, right: Ints, corpus: Corpus) -> Scored:
        """Score the pairs of rows ``left`` and ``right``; ``corpus`` says how usual what they agree in is."""


class FellegiSunter:
    """Fellegi and Sunter 1969 with ordered levels, expectation maximisation and term frequencies (Winkler 1990, 2000).

    ``m`` (how often records of one person agree) is learned from pairs that share an address and from pairs that
    share name and place, since those are mostly one person; ``u`` from pairs of strangers in a sample. Both
    begin at what is usual and leave it as far as the records bear out, so that two small rosters can be compared, too.
    """

    model = "fellegi-sunter-1"

    def __call__(self, people: People, left: Ints, right: Ints, corpus: Corpus) -> Scored:
        """Score the pairs; the same records give the same numbers."""
        levels = compare(people, left, right)
        m = {c.name: np.array([level.m for level in c.levels]) for c in COMPARISONS}
        u = {c.name: _shares(corpus.strangers[c.name], [level.u for level in c.levels], _SHY) for c in COMPARISONS}
        rarity = {c.name: np.log(_rarity(c, people, levels[c.name], left, u[c.name], corpus)) for c in COMPARISONS}
        prior = -np.log(max(corpus.possible / max(0.2 * corpus.size, 1.0), 4.0))
        scored = Scored(left, right, levels, np.zeros(len(left)), {})
        for _ in range(_ROUNDS):
            parts = {name: _part(levels[name], m[name], rarity[name]) for name in levels}
            weight = np.asarray(prior + sum(parts.values(), np.zeros(len(left))))
            scored = Scored(left, right, levels, weight, parts)
            chance = scored.probability
            m = _learned(levels, chance)
            prior = _prior(float(chance.sum()), corpus)
        return scored


def _shares(levels: npt.NDArray[np.int8], usual: list[float], weight: float) -> Floats:
    counts = np.bincount(levels[levels != UNKNOWN], minlength=len(usual)).astype(float)
    return np.asarray((counts + weight * np.array(usual)) / (counts.sum() + weight * sum(usual)))


def _rarity(
    comparison: Comparison, people: People, levels: npt.NDArray[np.int8], left: Ints, u: Floats, corpus: Corpus
) -> Floats:
    """``u`` of each pair: how often a stranger agrees so, which for a level ``by`` a column depends on the value."""
    found = np.append(u, 1.0)[levels]
    for number, level in enumerate(comparison.levels):
        if level.by:
            at = levels == number
            found[at] = np.minimum(_frequency(people, level, corpus)[left[at]], 1.0)
    return found


def _frequency(people: People, level: Level, corpus: Corpus) -> Floats:
    """For each record: how usual its value is, between what is counted and what is usual elsewhere."""
    counts = corpus.counts[level.by]
    if level.by in _GIVEN_OUT_ONCE:
        counts = np.maximum(counts - 2, 0)  # the two themselves do not show that others have it
    share = (counts + _SHY * level.u) / (corpus.said[level.by] + _SHY)
    return np.asarray(np.append(share, 1.0)[getattr(people, level.by).codes])


def _part(levels: npt.NDArray[np.int8], m: Floats, log_u: Floats) -> Floats:
    """log(m / u) of each pair; nothing where nothing is said."""
    return np.where(levels == UNKNOWN, 0.0, np.log(np.append(m, 1.0))[levels] - log_u)


def _learned(levels: Levels, chance: Floats) -> dict[str, Floats]:
    """m anew: names and places from pairs with one address, addresses from pairs with one name in one place."""
    by_address = levels["email"] == 0
    by_name = (levels["given"] >= 0) & (levels["given"] <= 1) & (levels["family"] == 0)
    by_name &= (levels["place"] >= 0) & (levels["place"] <= 2)
    found = {}
    for comparison in COMPARISONS:
        usual = np.array([level.m for level in comparison.levels])
        of = by_name if comparison.name in ("email", "url") else by_address
        of = of & (levels[comparison.name] != UNKNOWN)
        counts = np.bincount(levels[comparison.name][of], weights=chance[of], minlength=len(usual))
        found[comparison.name] = (counts + _PRIOR * usual) / (counts.sum() + _PRIOR * usual.sum())
    return found


def _prior(expected: float, corpus: Corpus) -> float:
    """Log-odds of two records drawn at random: between one in fifty records having a double, and every one."""
    matches = float(np.clip(expected, 0.02 * corpus.size, 1.0 * corpus.size))
    return -float(np.log(max(corpus.possible / max(matches, 1e-9), 4.0)))


def _logistic(weight: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(weight, -500, 500))))

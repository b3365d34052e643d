"""Why two records may be one person, in words: what speaks for it and what against, the strongest first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from netofnets.language import say
from netofnets.resolution.compare import COMPARISONS, UNKNOWN, Comparison
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.records import Ints, People
from netofnets.resolution.score import Scored

__all__ = ["GENERATIONS", "Told", "listed", "reasons"]

Told = tuple[tuple[str, ...], tuple[str, ...]]
"""What speaks for it, and what against it; the strongest first."""

_SAYS_SOMETHING = 0.4  # nats
_RARE, _COMMON = 0.001, 0.01  # share of the records that say a value
_MANY = 200  # records from which on rare and common mean something
GENERATIONS = say("one is called senior, junior or a number, the other another one")


def reasons(people: People, scored: Scored, pairs: Ints, corpus: Corpus) -> list[Told]:
    """What speaks for and against each of these ``pairs`` of ``scored``, in their order."""
    weights, texts = [], []
    for comparison in COMPARISONS:
        levels = scored.levels[comparison.name][pairs]
        weights.append(np.where(levels == UNKNOWN, 0.0, scored.parts[comparison.name][pairs]).tolist())
        texts.append(_words(comparison, levels, people, scored.left[pairs], corpus))
    weights.append(_generations(people, scored.left[pairs], scored.right[pairs]))
    texts.append([GENERATIONS] * len(pairs))
    found = []
    for weight, words in zip(zip(*weights, strict=True), zip(*texts, strict=True), strict=True):
        both = zip(weight, words, strict=True)
        said = sorted((-abs(w), text, w > 0) for w, text in both if abs(w) >= _SAYS_SOMETHING)
        found.append((tuple(t for _, t, speaks in said if speaks), tuple(t for _, t, speaks in said if not speaks)))
    return found


def _words(
    comparison: Comparison, levels: npt.NDArray[np.int8], people: People, left: Ints, corpus: Corpus
) -> list[str]:
    """The words of a comparison for each pair; of a name that both have, how usual it is as well."""
    words = [level.words for level in comparison.levels]
    found = [words[level] for level in levels.tolist()]
    for number, level in enumerate(comparison.levels):
        if level.by in ("given", "family") and corpus.size >= _MANY:
            at = np.flatnonzero(levels == number)
            for pair, usual in zip(at.tolist(), _how_usual(people, level.by, left[at], corpus), strict=True):
                found[pair] += usual
    return found


def _how_usual(people: People, column: str, rows: Ints, corpus: Corpus) -> list[str]:
    codes = getattr(people, column).codes[rows]
    share = np.append(corpus.counts[column] / max(corpus.said[column], 1), np.nan)[codes]
    return [" (rare here)" if s <= _RARE else " (common here)" if s >= _COMMON else "" for s in share.tolist()]


def _generations(people: People, left: Ints, right: Ints) -> list[float]:
    a, b = people.generation.codes[left], people.generation.codes[right]
    return [-5.0 if apart else 0.0 for apart in ((a >= 0) & (b >= 0) & (a != b)).tolist()]


def listed(words: tuple[str, ...]) -> str:
    """The reasons as one phrase."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"

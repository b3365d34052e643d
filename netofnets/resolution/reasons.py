"""Why two records may be one person, in words: what speaks for it and what against, the strongest first."""

from __future__ import annotations

from netofnets.resolution.compare import COMPARISONS, UNKNOWN
from netofnets.resolution.corpus import Corpus
from netofnets.resolution.records import People
from netofnets.resolution.score import Scored

__all__ = ["listed", "reasons"]

_SAYS_SOMETHING = 0.4  # nats
_RARE, _COMMON = 0.001, 0.01  # share of the records that say a value
_MANY = 200  # records from which on rare and common mean something


def reasons(people: People, scored: Scored, pair: int, corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for and against one of the pairs."""
    told = []
    for comparison in COMPARISONS:
        level = int(scored.levels[comparison.name][pair])
        weight = float(scored.parts[comparison.name][pair])
        if level != UNKNOWN and abs(weight) >= _SAYS_SOMETHING:
            by = comparison.levels[level].by
            told.append(
                (weight, comparison.levels[level].words + _how_usual(people, by, int(scored.left[pair]), corpus))
            )
    if _generations_apart(people, int(scored.left[pair]), int(scored.right[pair])):
        told.append((-5.0, "one is called senior, junior or a number, the other another one"))
    told.sort(key=lambda one: (-abs(one[0]), one[1]))
    return tuple(words for weight, words in told if weight > 0), tuple(words for weight, words in told if weight < 0)


def _how_usual(people: People, column: str, row: int, corpus: Corpus) -> str:
    if column not in ("given", "family") or corpus.size < _MANY:
        return ""
    code = int(getattr(people, column).codes[row])
    if code < 0:
        return ""
    share = int(corpus.counts[column][code]) / corpus.said[column]
    return " (rare here)" if share <= _RARE else " (common here)" if share >= _COMMON else ""


def _generations_apart(people: People, left: int, right: int) -> bool:
    a, b = people.generation.codes[left], people.generation.codes[right]
    return bool(a >= 0 and b >= 0 and a != b)


def listed(words: tuple[str, ...]) -> str:
    """The reasons as one phrase."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"

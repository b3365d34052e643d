"""How alike two records are, property by property, in ordered levels: what is weighed, and what reasons are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from netofnets.language import say
from netofnets.resolution.records import Coded, Ints, People
from netofnets.resolution.short_forms import short_forms

__all__ = ["COMPARISONS", "LIKE_SCHOOL", "SAME_PLACE", "UNKNOWN", "Comparison", "Level", "Levels", "compare"]

UNKNOWN = -1
Levels = Mapping[str, npt.NDArray[np.int8]]
"""Name of a comparison -> level of each pair, :data:`UNKNOWN` where one of the two says nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of likeness. ``m`` and ``u``: how usual it is of records of one person, and of two strangers.

    Both are where estimation begins, and where it stays when a roster is too small to tell. ``by`` names the column
    whose rarity counts: sharing a rare value says more than sharing a common one.
    """

    words: str
    m: float
    u: float
    by: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One property of people, with its levels from most to least alike."""

    name: str
    levels: tuple[Level, ...]


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "given",
        (
            Level(say("the same given name"), 0.62, 0.01, by="given"),
            Level(say("a short form of the given name"), 0.14, 0.002, by="given_key"),
            Level(say("an initial that fits the given name"), 0.12, 0.01),
            Level(say("a given name spelled much alike"), 0.07, 0.008),
            Level(say("different given names"), 0.05, 0.97),
        ),
    ),
    Comparison(
        "family",
        (
            Level(say("the same family name"), 0.82, 0.002, by="family"),
            Level(say("one of two family names in common"), 0.04, 0.001),
            Level(say("a family name spelled much alike"), 0.08, 0.003),
            Level(say("different family names"), 0.06, 0.994),
        ),
    ),
    Comparison(
        "email",
        (
            Level(say("the same address"), 0.6, 0.00002, by="email"),
            Level(say("the same mailbox at another domain"), 0.1, 0.0001, by="mailbox"),
            Level(say("different addresses"), 0.3, 0.99988),
        ),
    ),
    # One comparison, not three: who shares a school shares its town and region as well, and would be counted thrice.
    Comparison(
        "place",
        (
            Level(say("the same school"), 0.55, 0.002, by="school"),
            Level(say("a school spelled much alike"), 0.16, 0.004),
            Level(say("the same town"), 0.13, 0.02, by="place"),
            Level(say("the same region, the town not said"), 0.05, 0.05, by="region"),
            Level(say("the same region, another town"), 0.06, 0.1, by="region"),
            Level(say("different places"), 0.05, 0.82),
        ),
    ),
    Comparison("url", (Level(say("the same page"), 0.9, 0.0001, by="url"), Level(say("different pages"), 0.1, 0.9999))),
)

SAME_SCHOOL, LIKE_SCHOOL, SAME_PLACE, REGION_ALONE, SAME_REGION, ELSEWHERE = range(6)


def compare(people: People, left: Ints, right: Ints) -> dict[str, npt.NDArray[np.int8]]:
    """The level of every comparison for each pair of rows."""
    given, family = _given(people, left, right), _family(people, left, right)
    lone = _levels(people.lone, left, right, {2: _alike(0.90)}, lowest=3)
    only = (family == UNKNOWN) & (lone >= 0) & (lone < 3) & ((given < 0) | (given > lone))
    family[only], given[only] = lone[only], UNKNOWN  # one word is all that one of them has, and it is the family name
    turned = _equal(people.whole, left, right) & (given >= 0) & (family >= 0)  # all words agree, in another order
    given[turned], family[turned] = 0, 0
    generation = people.generation.codes
    apart = (generation[left] != generation[right]) & (generation[left] >= 0) & (generation[right] >= 0)
    given[apart] = 4
    return {
        "given": given,
        "family": family,
        "email": _email(people, left, right),
        "place": _place(people, left, right),
        "url": _levels(people.url, left, right, {}),
    }


def _given(people: People, left: Ints, right: Ints) -> npt.NDArray[np.int8]:
    return _levels(people.given, left, right, {1: _short, 2: _initial, 3: _alike(0.88)}, lowest=4)


def _family(people: People, left: Ints, right: Ints) -> npt.NDArray[np.int8]:
    found = _levels(people.family, left, right, {2: _alike(0.90)}, lowest=3)
    second, family = people.second, people.family
    number = {text: i for i, text in enumerate(family.values)}
    of_second = np.append(np.array([number.get(text, -1) for text in second.values], np.int64), -1)[second.codes]
    own = family.codes
    part = ((of_second[left] == own[right]) & (own[right] >= 0)) | ((of_second[right] == own[left]) & (own[left] >= 0))
    found[part & (found > 1)] = 1
    return found


def _email(people: People, left: Ints, right: Ints) -> npt.NDArray[np.int8]:
    found = _levels(people.email, left, right, {}, lowest=2)
    found[(found == 2) & _equal(people.mailbox, left, right)] = 1
    return found


def _place(people: People, left: Ints, right: Ints) -> npt.NDArray[np.int8]:
    """School, else town, else region: the finest that both say."""
    school = _levels(people.school, left, right, {1: _alike(0.92, 0.8)}, lowest=2)
    place = _levels(people.place, left, right, {0: _alike(0.94, 0.85)}, lowest=1)
    region = _levels(people.region, left, right, {}, lowest=1)
    found = np.full(len(left), UNKNOWN, dtype=np.int8)
    found[region == 0] = REGION_ALONE
    found[(region == 0) & ((place == 1) | (school == 2))] = SAME_REGION
    found[(region == 1) | ((region == UNKNOWN) & ((place == 1) | (school == 2)))] = ELSEWHERE
    found[place == 0] = SAME_PLACE
    found[(school == 1) & (place != 1)] = LIKE_SCHOOL
    found[school == 0] = SAME_SCHOOL
    return found


_Test = Callable[[list[str], list[str]], npt.NDArray[np.bool_]]


def _levels(
    column: Coded, left: Ints, right: Ints, tests: Mapping[int, _Test], lowest: int = 1
) -> npt.NDArray[np.int8]:
    """Level 0 where the values are equal, that of the first of ``tests`` that holds, else ``lowest``.

    Each two values are looked at once, however many pairs of records have them.
    """
    a, b = column.codes[left], column.codes[right]
    found = np.where(a == b, 0, lowest).astype(np.int8)
    found[(a < 0) | (b < 0)] = UNKNOWN
    open_pairs = np.flatnonzero(found == lowest)
    if not tests or not len(open_pairs):
        return found
    low, high = np.minimum(a, b)[open_pairs], np.maximum(a, b)[open_pairs]
    keys, inverse = np.unique(low * len(column.values) + high, return_inverse=True)
    ends = keys // len(column.values), keys % len(column.values)
    texts = [[column.values[i] for i in codes.tolist()] for codes in ends]
    level = np.full(len(keys), lowest, dtype=np.int8)
    for number, test in sorted(tests.items(), reverse=True):
        level[test(*texts)] = number
    found[open_pairs] = level[inverse]
    return found


def _equal(column: Coded, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    return np.asarray((column.codes[left] == column.codes[right]) & (column.codes[left] >= 0), dtype=bool)


def _short(left: list[str], right: list[str]) -> npt.NDArray[np.bool_]:
    return np.fromiter(map(short_forms, left, right), bool, len(left))


def _initial(left: list[str], right: list[str]) -> npt.NDArray[np.bool_]:
    pairs = zip(left, right, strict=True)
    return np.fromiter((min(len(a), len(b)) == 1 and a[0] == b[0] for a, b in pairs), bool, len(left))


def _alike(jaro_winkler: float, levenshtein: float = 2.0) -> _Test:
    """Texts whose Jaro-Winkler or Levenshtein similarity (0 to 1) reaches a bound; the second is not asked above 1."""

    def test(left: list[str], right: list[str]) -> npt.NDArray[np.bool_]:
        alike = _similarity(left, right, JaroWinkler.similarity) >= jaro_winkler
        if levenshtein <= 1:
            alike |= _similarity(left, right, Levenshtein.normalized_similarity) >= levenshtein
        return np.asarray(alike, dtype=bool)

    return test


def _similarity(left: list[str], right: list[str], scorer: Any) -> npt.NDArray[np.float32]:
    return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32), dtype=np.float32)

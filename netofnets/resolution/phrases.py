"""What speaks for and against two being one, as messages again: questions are published as text, of fixed phrases."""

from __future__ import annotations

import re
from functools import cache

from netofnets.language import say, say_count
from netofnets.resolution.compare import COMPARISONS
from netofnets.resolution.reasons import GENERATIONS
from netofnets.resolution.spellings import AREA_WORDS, NOT_KNOWN, SAME_COUNTRY, SAME_PAGE, WORDS

__all__ = ["phrase"]

_RARE, _COMMON = " (rare here)", " (common here)"
_IN_BOTH = re.compile(r"([\d,]+) (?:person is|people are) in both\Z")
_PARTNERS = re.compile(r"([\d,]+) (?:network partners|networks partner) with both\Z")


def phrase(text: str) -> str:
    """A published reason as a message; text that nobody here wrote stays as it is."""
    if text.endswith(_RARE):
        return say("{what} (rare here)", what=phrase(text.removesuffix(_RARE)))
    if text.endswith(_COMMON):
        return say("{what} (common here)", what=phrase(text.removesuffix(_COMMON)))
    if both := _IN_BOTH.match(text):
        return say_count("{n:,} person is in both", "{n:,} people are in both", _number(both))
    if both := _PARTNERS.match(text):
        return say_count("{n:,} network partners with both", "{n:,} networks partner with both", _number(both))
    return _phrases().get(text, text)


def _number(found: re.Match[str]) -> int:
    return int(found[1].replace(",", ""))


@cache
def _phrases() -> dict[str, str]:
    people = [level.words for comparison in COMPARISONS for level in comparison.levels]
    areas = [words for both in AREA_WORDS.values() for words in both]
    return {str(one): one for one in (*people, GENERATIONS, *WORDS, *areas, SAME_PAGE, SAME_COUNTRY, *NOT_KNOWN)}

"""Networks and organizations that may be one under two spellings: always asked about, never joined on a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from netofnets.language import say
from netofnets.resolution.named import Named, initials, run_together, words_of
from netofnets.resolution.normalise import latin
from netofnets.resolution.verdicts import Answered

__all__ = ["LARGEST", "Spelling", "spellings"]

LARGEST = 60
"""Up to so many things that share a key are compared each with each; of more, those in one place, else none."""

_COMPASS = re.compile("north|south|east|west")
_SHORTEST_SLIP = 6  # letters of a word in which a slip of the pen is told from another word
_ABBREVIATION = range(3, 9)  # letters of a name that may be the initials of another


# How close two names are, from the same to initials.
WORDS = (
    say("the same name"),
    say("the same name but for case, accents, blanks or punctuation"),
    say("the same words in another order, shortened, or without small words"),
    say("names spelled much alike"),
    say("one name is the initials of the other"),
)
AREA_WORDS = {
    "networks": (say("the same region"), say("another region")),
    "organizations": (say("the same place"), say("another place")),
}
SAME_PAGE, SAME_COUNTRY = say("the same page"), say("the same country")
NOT_KNOWN = (say("the place is not known"), say("one place is not known"))  # of both, of one


@dataclass(frozen=True, slots=True)
class Spelling:
    """Two networks, or two organizations (canonical ids, ``left < right``), that may be one, and why.

    ``rating`` between 0 and 1 puts questions in an order; it is no probability, since nothing was counted for it.
    """

    kind: str
    left: str
    right: str
    rating: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    put_off: bool = False


def spellings(kind: str, things: Sequence[Named], answered: Answered, fresh: Set[str] | None = None) -> list[Spelling]:
    """The pairs of ``things`` to ask about, the likeliest first.

    A name is never enough: two organizations are asked about when their names are close and their places agree or are
    not said of one of them; networks also when only the region differs and the spelling does not. A source that knows
    both by ids of their own lists them as two. What was judged ``different`` is not asked about again. ``fresh`` are
    the entities of which one must be in each pair; None: all.
    """
    found = []
    for one, other in _candidates(things):
        pair = frozenset((one.entity, other.entity))
        if (fresh is not None and not fresh & pair) or pair in answered.apart or one.by_id & other.by_id:
            continue
        if told := _told(kind, one, other):
            left, right = sorted(pair)
            found.append(Spelling(kind, left, right, *told, put_off=pair in answered.put_off))
    return sorted(found, key=lambda s: (s.put_off, -s.rating, s.left, s.right))


def _candidates(things: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Pairs whose names share a key, each once."""
    by_key: defaultdict[str, set[int]] = defaultdict(set)
    for at, thing in enumerate(things):
        for key in {key for name in thing.names for key in _keys(name)}:
            by_key[key].add(at)
    seen: set[tuple[int, int]] = set()
    for group in by_key.values():
        for pair in _pairs(things, group):
            if pair not in seen:
                seen.add(pair)
                yield things[pair[0]], things[pair[1]]


def _keys(name: str) -> Iterator[str]:
    words, together = words_of(name), run_together(name)
    yield f"together {together}"
    yield f"words {' '.join(words)}"
    for at, word in enumerate(words):  # all words but one, and how that one begins: room for a slip in it
        yield f"but {' '.join(words[:at] + words[at + 1 :])}|{word[:1]}"
    yield from (f"initials {letters}" for letters in initials(name))
    if len(together) in _ABBREVIATION:
        yield f"initials {together}"


def _pairs(things: Sequence[Named], group: Set[int]) -> Iterable[tuple[int, int]]:
    if len(group) <= LARGEST:
        return combinations(sorted(group), 2)
    by_place: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(group):
        for place in {latin(text) for text in things[at].area}:
            by_place[place].append(at)
    near = (combinations(there, 2) for there in by_place.values() if len(there) <= LARGEST)
    return (pair for pairs in near for pair in pairs)


_Told = tuple[float, tuple[str, ...], tuple[str, ...]]


def _told(kind: str, one: Named, other: Named) -> _Told | None:
    """Rating, reasons for and against; None for what nobody needs to be asked."""
    rating, words, surest = max((_alike(a, b) for a in one.names for b in other.names), key=lambda alike: alike[0])
    area, page = _agree(one.area, other.area), _agree(one.url, other.url)
    country = _agree(_comparable(one.country), _comparable(other.country))
    if not rating or country is False or (area is False and (kind == "organizations" or not surest)):
        return None
    if rating == _INITIALS and not (area or page):
        return None
    same, another = AREA_WORDS[kind]
    reasons = [words, *([same] if area else []), *([SAME_PAGE] if page else [])]
    if country and not area:
        reasons.append(SAME_COUNTRY)
    against = [another] if area is False else []
    if area is None and kind == "organizations":
        against.append(NOT_KNOWN[bool(one.area or other.area)])
    sure = 1.0 if area or page else 0.4 if area is False else 0.7
    return rating * sure, tuple(reasons), tuple(against)


_SAME, _RESPELLED, _REORDERED, _SLIP, _INITIALS = 0.95, 0.9, 0.7, 0.5, 0.4


def _alike(one: str, other: str) -> tuple[float, str, bool]:
    """How close two names are, 0 for not at all; in words; and whether nothing but the spelling differs."""
    if one == other:
        return _SAME, WORDS[0], True
    together = run_together(one), run_together(other)
    if together[0] == together[1]:
        return _RESPELLED, WORDS[1], True
    words = words_of(one), words_of(other)
    if words[0] == words[1]:
        return _REORDERED, WORDS[2], False
    if len(words[0]) == len(words[1]) and _slip(*words):
        return _SLIP, WORDS[3], False
    if together[1] in initials(one) or together[0] in initials(other):
        return _INITIALS, WORDS[4], False
    return 0.0, "", False


def _slip(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one word differs, and by a slip: a letter or, in a long word, two. Numbers and short words never do."""
    left, right = (sorted(set(a) - set(b)) for a, b in ((one, other), (other, one)))
    if len(left) != 1 or len(right) != 1:
        return False
    shorter = min(len(left[0]), len(right[0]))
    if shorter < _SHORTEST_SLIP or not (left[0].isalpha() and right[0].isalpha()):
        return False
    if all(_COMPASS.match(word) for word in (left[0], right[0])):
        return False  # southeastern and southwestern are two
    return Levenshtein.distance(left[0], right[0]) <= (2 if shorter >= 2 * _SHORTEST_SLIP else 1)


def _agree(one: Set[str], other: Set[str]) -> bool | None:
    """Whether any of the texts fit: the same, or the same but for what stands behind a comma; None: one is missing."""
    if not one or not other:
        return None
    return any(_fit(a, b) for a in one for b in other)


def _fit(one: str, other: str) -> bool:
    a, b = ([latin(part) for part in text.rstrip("/").split(",")] for text in (one, other))
    return a == b or set(a) <= set(b) or set(b) <= set(a)


def _comparable(countries: Set[str]) -> set[str]:
    """Without codes: ``GB`` and ``United Kingdom`` would speak against each other."""
    return {country for country in countries if len(country) > 3}

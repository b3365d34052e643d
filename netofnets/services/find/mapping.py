"""From free tags to a vocabulary: by rule where that is plain, else the nearest concepts, for people to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from netofnets.graph.vocabulary import distance, words_in
from netofnets.services.find.embedder import Embedder
from netofnets.services.find.meaning import Topic, Topics
from netofnets.services.find.thesaurus import Concept

__all__ = ["SIMILAR", "Mapped", "Way", "map_tags"]

SIMILAR = 0.8
"""Likeness from which a concept is called likely; of wordings that were left out, 73 % so found their own."""

_NEAREST = 5  # concepts that are shown for a tag without one
_LONG = 6  # letters of a word that may be a slip of another
_Key = tuple[str, ...]
_T = TypeVar("_T", _Key, str)


class Way(StrEnum):
    """How a tag came to its concept; the first six are sure, a likely one and none are for people to look at."""

    DECIDED = "decided"
    NAME = "same name"
    WORDING = "other wording"
    SHORT = "abbreviation"
    SLIP = "slip"
    WITHIN = "wording inside"
    LIKELY = "likely"
    NONE = "none"

    @property
    def sure(self) -> bool:
        """Whether it may be used without somebody having looked at it."""
        return self not in (Way.LIKELY, Way.NONE)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A tag in its own words, and the concept (its name; empty: none) that it is taken for."""

    tag: str
    concept: str
    way: Way
    score: float  # likeness (0 to 1), 1 for what is sure
    near: tuple[str, ...] = ()  # the nearest concepts, for people to choose from


@dataclass(frozen=True)
class _Rules:
    """What concepts are called, folded and without plurals; what several are called is not in it."""

    names: dict[_Key, str]
    wordings: dict[_Key, str]
    short: dict[str, str]
    but_one: dict[tuple[int, _Key], list[tuple[str, str]]]  # (place, the other words) -> (word, concept)


def map_tags(
    tags: Sequence[str], concepts: Sequence[Concept], embedder: Embedder | None, said: Mapping[str, str] | None = None
) -> tuple[Mapped, ...]:
    """Each tag with its concept. ``said`` is what people decided: tag -> name of a concept, or empty for none of them.

    The first of these that applies: what people said; the same words as a name, another wording or an abbreviation; one
    word of six letters or more that is a slip; a wording of at least two words inside the tag; likeness from
    :data:`SIMILAR` on, which is only called likely.
    """
    rules = _rules(concepts)
    topics = Topics.of([Topic(c.name, c.also, c.short) for c in concepts], embedder)
    found = []
    for tag in tags:
        if said is not None and tag in said:
            found.append(Mapped(tag, said[tag], Way.DECIDED, 1.0))
            continue
        concept, way = _by_rule(rules, tag)
        found.append(Mapped(tag, concept, way, 1.0) if concept else _by_likeness(topics, tag))
    return tuple(found)


def _by_rule(rules: _Rules, tag: str) -> tuple[str, Way]:
    key = _key(tag)
    ways = (
        (rules.names.get(key), Way.NAME),
        (rules.short.get(tag.strip()), Way.SHORT),
        (rules.wordings.get(key), Way.WORDING),
        (_slip(rules, key), Way.SLIP),
        (_within(rules, key), Way.WITHIN),
    )
    return next(((concept, way) for concept, way in ways if concept), ("", Way.NONE))


def _by_likeness(topics: Topics, tag: str) -> Mapped:
    near = topics.nearest(tag, _NEAREST)
    names = tuple(topics.topics[at].name for at, _ in near)
    if near and near[0][1] >= SIMILAR:
        return Mapped(tag, names[0], Way.LIKELY, round(near[0][1], 3), names)
    return Mapped(tag, "", Way.NONE, round(near[0][1], 3) if near else 0.0, names)


def _rules(concepts: Sequence[Concept]) -> _Rules:
    names = _single((_key(c.name), c.name) for c in concepts)
    wordings = _single((_key(w), c.name) for c in concepts for w in (c.name, *c.also))
    short = _single((s, c.name) for c in concepts for s in c.short)
    but_one: dict[tuple[int, _Key], list[tuple[str, str]]] = {}
    for key, concept in wordings.items():
        for place, word in enumerate(key):
            if len(word) >= _LONG:
                but_one.setdefault((place, key[:place] + key[place + 1 :]), []).append((word, concept))
    return _Rules(names, wordings, short, but_one)


def _single(pairs: Iterator[tuple[_T, str]]) -> dict[_T, str]:
    """What means one concept only."""
    found: dict[_T, set[str]] = {}
    for wording, concept in pairs:
        if wording:
            found.setdefault(wording, set()).add(concept)
    return {wording: min(meant) for wording, meant in found.items() if len(meant) == 1}


def _slip(rules: _Rules, key: _Key) -> str:
    """The concept of a wording that differs in one word, by a slip; none when several are as near."""
    best: dict[int, set[str]] = {}
    for place, word in enumerate(key):
        if len(word) < _LONG:
            continue
        allowed = 1 if len(word) < 8 else 2
        for other, concept in rules.but_one.get((place, key[:place] + key[place + 1 :]), ()):
            if other[0] == word[0] and abs(len(other) - len(word)) <= allowed:
                best.setdefault(distance(word, other), set()).add(concept)
    slips = min((n for n in best if n <= 2), default=0)
    allowed = 1 if max((len(w) for w in key), default=0) < 8 else 2
    return min(best[slips]) if 0 < slips <= allowed and len(best[slips]) == 1 else ""


def _within(rules: _Rules, key: _Key) -> str:
    """The concept of the longest wording inside, of at least two words; none when two are as long."""
    for length in range(len(key) - 1, 1, -1):
        inside = {rules.wordings.get(key[at : at + length], "") for at in range(len(key) - length + 1)} - {""}
        if inside:
            return min(inside) if len(inside) == 1 else ""
    return ""


def _key(text: str) -> _Key:
    return tuple(_one(word) for word in words_in(text))


def _one(word: str) -> str:
    """A word without the ending of a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

"""The shipped vocabulary: interests of teacher leaders with their domains, other wordings and abbreviations."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from netofnets.graph.vocabulary import words_in

__all__ = ["DOMAINS", "Concept", "is_known", "thesaurus"]

# Short names of the seven domains of the Teacher Leader Model Standards (2011), in their order.
DOMAINS: tuple[str, ...] = (
    "Fostering a collaborative culture",
    "Accessing and using research",
    "Promoting professional learning",
    "Facilitating improvements in instruction",
    "Promoting the use of assessments and data",
    "Improving outreach to families and community",
    "Advocating for student learning and the profession",
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One interest of the shipped vocabulary."""

    name: str
    domain: str  # one of DOMAINS
    also: tuple[str, ...] = ()  # other wordings
    short: tuple[str, ...] = ()  # abbreviations
    wider: str = ""  # name of the concept that it is part of
    unesco: str = ""  # id of the nearest concept of the UNESCO Thesaurus (http://skos.um.es/unescothes/ID)


@cache
def thesaurus() -> tuple[Concept, ...]:
    """The concepts, as `data/interests.toml` declares them."""
    text = (files("netofnets.services.find") / "data" / "interests.toml").read_text(encoding="utf-8")
    return tuple(
        Concept(
            c["name"],
            c["domain"],
            tuple(c.get("also", ())),
            tuple(c.get("short", ())),
            c.get("wider", ""),
            c.get("unesco", ""),
        )
        for c in tomllib.loads(text)["interest"]
    )


def is_known(word: str) -> bool:
    """Whether a folded word, or its plural, stands in the vocabulary: it is then no slip for a name."""
    return word in _words() or f"{word}s" in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(w for c in thesaurus() for wording in (c.name, *c.also, *c.short) for w in words_in(wording))

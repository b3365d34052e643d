"""Names and addresses in comparable form: case, accents, titles, order, initials and well-known short forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from netofnets.resolution.short_forms import short_forms
from netofnets.schema.identifiers import fold

__all__ = ["NameParts", "another_person", "compatible", "is_role_mailbox", "latin", "parse_name", "school_key"]

_TITLES = frozenset(
    """
    dr drs prof professor profa mr mrs ms miss mx sir dame rev fr sra sr srta don dona herr frau mme mlle monsieur
    madame ing lic coach principal sister brother hon
    """.split()
)
# Not MA or MD, which are also short for Maria and Mohammed.
_DEGREES = frozenset("phd edd mba msc bsc esq nbct".split())
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")

_ROLES = frozenset(
    """
    admin administration admissions contact enquiries frontdesk general headteacher hello help helpdesk hr info
    inquiries it library mail membership no-reply noreply office postmaster principal reception registrar school
    schooloffice secretary secretariat staff support team teachers webmaster
    """.split()
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: ``first`` given name, all ``other`` words after it, the ``last`` of them, and jr/sr/ii."""

    first: str
    other: tuple[str, ...]
    last: str
    generation: str = ""


@lru_cache(maxsize=16_384)
def parse_name(name: str) -> NameParts:
    """Folded parts of ``name``; ``Last, First`` is turned round, titles and degrees are left out."""
    before, comma, after = name.partition(",")
    words, behind = _words(before), _words(after)
    generation = next((w for w in (*words[1:], *behind) if w in _GENERATIONS), "")
    if comma and all(w in _DEGREES or w in _GENERATIONS for w in behind):
        comma, behind = "", []
    family, given = (_bare(words), _bare(behind)) if comma else ([], _bare(words))
    parts = [*given, *family]
    if not parts:
        return NameParts("", (), "", generation)
    return NameParts(parts[0], tuple(parts[1:]), parts[-1] if len(parts) > 1 else "", generation)


# Letters of Cyrillic and Greek as passports write them (ICAO 9303, simplified): after folding, so in small letters.
_LATIN = """
а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu
я ya і i ї i є ie ґ g α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps
ω o
""".split()
_TRANSLITERATION = str.maketrans({**dict(zip(_LATIN[::2], _LATIN[1::2], strict=True)), "ь": "", "ъ": ""})


def latin(text: str) -> str:
    """``text`` folded and in Latin letters, as far as it is written in Cyrillic or Greek ones."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_TRANSLITERATION)


_KINDS_OF_SCHOOL = frozenset(
    """
    school sch schools elementary elem es primary ps secondary ss high hs middle ms junior jr senior sr academy acad
    college community the of at and for a de la el le escuela colegio instituto ies ecole lycee gymnasium schule public
    state
    """.split()
)
_UNMARKED = str.maketrans("", "", ".'\u2019")
_SPELLED_OUT = {"st": "saint", "mt": "mount", "ft": "fort", "n": "north", "s": "south", "e": "east", "w": "west"}


@lru_cache(maxsize=16_384)
def school_key(school: str) -> str:
    """What is a school's own in its name: without words for kinds of schools, abbreviations spelled out."""
    words = _words(school.translate(_UNMARKED))
    own = [_SPELLED_OUT.get(word, word) for word in words if word not in _KINDS_OF_SCHOOL]
    return " ".join(own or words)


def _words(text: str) -> list[str]:
    return _WORD.findall(latin(text).replace(".", " "))


def _bare(words: list[str]) -> list[str]:
    """Without titles in front and degrees behind, as long as a name remains."""
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and (words[-1] in _GENERATIONS or (words[-1] in _DEGREES and len(words) > 2)):
        words = words[:-1]
    return words


def compatible(left: str, right: str) -> bool:
    """Whether two names may well be one person's, given a strong reason to think so (never a reason by itself).

    They share a family name (also one of two), and the given names are equal, an initial, or a known short form;
    or all words agree in another order.
    """
    a, b = parse_name(left), parse_name(right)
    if a.generation and b.generation and a.generation != b.generation:
        return False
    if sorted((a.first, *a.other)) == sorted((b.first, *b.other)):
        return True
    if not a.last or not b.last:
        return False
    return (a.last in b.other or b.last in a.other) and _same_given(a.first, b.first)


_SLIP = 0.85  # Jaro-Winkler similarity of two whole names from which on one may be a slip of the other


def another_person(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether what a source says under one id now is most likely about somebody else than before.

    The names do not fit and are no slip of the pen, and neither address, page, nor school with one given name agrees.
    """
    names = [str(values.get("name") or "") for values in (before, after)]
    if not all(names) or compatible(*names) or JaroWinkler.similarity(*map(latin, names)) >= _SLIP:
        return False
    same = {n for n in ("email", "url", "school") if before.get(n) and before.get(n) == after.get(n)}
    return not (
        {"email", "url"} & same or ("school" in same and parse_name(names[0]).first == parse_name(names[1]).first)
    )


def _same_given(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return short_forms(a, b)


def is_role_mailbox(email: str) -> bool:
    """Whether an address belongs to an office, not to a person (``office@``, ``info@`` ...)."""
    local = email.partition("@")[0].casefold().partition("+")[0]
    return local in _ROLES or local.replace(".", "").replace("-", "").replace("_", "") in _ROLES
